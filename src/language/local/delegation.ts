import type { ReadPerson, ReplyContext, Span } from '../language.ts';
import { peopleIn } from './entities/people.ts';

/** Forms with which a question is handed to somebody. `role`: a function ("ask finance") may stand where the name is. For normalised text; the name follows or precedes. */
const handsOver: readonly RegExp[] = [
  /\b(?:please |pls |plz |you (?:should|could|can|might|'?d have to|'?d need to|have to) |better |best (?:to )?|let'?s |try |maybe |privately |i'?d |to |just |can you |could you )?(?:ask|interview)\b(?! (?:me|again|for|us|yourself|them|about|you|why|if|how|what|which|in|a month))/,
  /\b(?:talk|speak|go|write|reach out|refer|forward(?:ing)?(?: (?:this|it|that))?|send it|pass (?:it|this|that)?(?: on)?|hand (?:it|this)|that goes|belongs|goes|over|leave (?:that|this|it|the \w+)|leave the metrics) (?:to|with)\b/,
  /\b(?:check|see|sort it out|confirm|clarify|arrange it|verify|contact|ping|dm|message|get (?:it|them|that) from|consult|find out from)(?: (?:w\/|with|by))?\b/,
  /\b(?:would|will|should|might|could|can|does|may) (?:\w+ )?(?:know|tell you|answer|brief you|explain|be able to (?:say|tell))\b/,
  /\bknows? (?:that|this|it|better|best|more|the|all)\b/,
  /\b(?:is|are) (?:the )?(?:best placed|your (?:man|woman|person)|the (?:person|one) to (?:ask|talk)|the right person|better placed|who to ask)\b/,
  /\b(?:best|right|better) person (?:for|to)\b/,
  /\b(?:that'?s|this is|it'?s|one|question|that is) (?:a )?(?:one |question )?for\b/,
  /\bover to you\b|\byour (?:turn|call|one|area)\b/,
  /\b(?:let|have|rather have|better if|would rather) (?:@?[\w<>.-]+ ){1,3}(?:answer|pick|explain|explains|decide|say|take|tell|confirm)\b/,
  /\b(?:decides? on|handles|has the|does those|signs those|releases?|can release|looks after|keeps|manages my|i never touch|above my pay grade|not by me|breathes|has (?:all )?the (?:numbers|baseline|figures))\b/,
  /\b(?:question|topics? go to|to confirm|to be answered by|name is|is the one)\b/,
  /@\S+ (?:can|could|would|will) you (?:take|answer|explain|say|tell|help|fill|chip|weigh|jump)|@\S+ (?:any(?:thing)?|what|how|who|you|do you know|find us|will know|\?)|→ @?\p{L}+$|<@\w+>/u,
];
const privately = /\b(?:privately|in private|by dm|in a dm|via dm|dm (?:her|him|them|@?\w+)|directly|one[- ]on[- ]one|quietly|on the side)\b/;
const roles = /\b(?:finance|hr|revops|rev ops|sales ops|ops|it|procurement|controlling|marketing|product marketing|legal|my boss|the managers|country managers|cfo|ceo|cco|coo)\b/;

export type Delegation = { to?: ReadPerson; privately: boolean };

/** Whether a message hands the question to somebody else, and to whom. Names of people who answer ("Tomas owns it") are no delegation. */
export function delegationIn(text: string, low: string, context: ReplyContext): Delegation | undefined {
  const form = handsOver.map((pattern) => pattern.exec(low)).find((match) => match !== null);
  if (!form) return undefined;
  const whole: Span = { start: 0, end: low.length };
  const people = peopleIn(text, whole, context, true);
  const after = people.find((person) => person.name.start >= form.index);
  const to = after ?? lowercaseName(low, form.index + form[0].length) ?? people[0];
  if (!to && !roles.test(low)) return undefined;
  return { ...(to ? { to } : {}), privately: privately.test(low) };
}

/** "ask tomas": a name in small letters straight after the verb. */
function lowercaseName(low: string, from: number): ReadPerson | undefined {
  const match = /^\s(?!the\b|my\b|our\b|a\b|an\b|me\b|him\b|her\b|them\b|to\b|with\b|about\b|if\b|it\b|hr\b|l&d\b)(\p{L}{3,20})(?=[\s,.!?]|$)/u.exec(low.slice(from));
  if (!match?.[1] || roles.test(match[1]) || !/[.!?\s]*$|^[\s,.!?]*(?:he|she|they|would|knows|about|please|pls)/.test(low.slice(from + match[0].length))) return undefined;
  const start = from + match[0].length - match[1].length;
  return { name: { start, end: start + match[1].length } };
}
