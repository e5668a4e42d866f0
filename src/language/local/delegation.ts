import type { ReadPerson, ReplyContext, Span } from '../language.ts';
import { peopleIn } from './entities/people.ts';
import { notNames } from './name-words.ts';

/** Where an instruction can begin: at the start, after punctuation, or after what makes it one ("please", "you should"). */
const instructing =
  "(?:^|[.,!?;:–-] ?|\\b(?:please|pls|plz|you should|you could|you can|you may|you might want to|you'?d (?:have|need) to|you have to|better|best|best to|let'?s|maybe|privately|try|just|should|to|but|so|and|idk,?|off) )";

/** Forms that surely hand a question to somebody, for normalised text. */
const explicit: readonly RegExp[] = [
  new RegExp(
    `${instructing}(?:@\\S{1,40} )?(?:ask|interview)\\b(?! (?:me|again|for|us|yourself|them|you|why|if|how|what|which|in|a month|whether|about|the same|is|every|first|more|better)\\b)`,
  ),
  new RegExp(
    `${instructing}(?:talk|speak|go|write|reach out|forward(?:ing)?(?: (?:this|it|that))?|send it|pass (?:it|this|that)(?: on)?|hand (?:it|this)(?: over)?) (?:to|with)\\b(?! (?:the team|customers|each|buyers|them|everyone|all))`,
  ),
  new RegExp(
    `${instructing}(?:check|see|sort it out|confirm|clarify|arrange it|contact|ping|consult|get (?:it|them|that) from|find out from) (?:w/|with |by |from )?(?=@|\\p{L})(?!whether|if|that|how|what|usage|in|the (?:crm|report|numbers))`,
    'u',
  ),
  /\b(?:would|will|should|might|could|can) (?:\w+ )?(?:know(?: (?:that|this|better|more))?|tell you|brief you|be able to (?:say|tell)|answer (?:that|this|it))\b/,
  /\b(?:is|are) (?:the )?(?:best placed|your (?:man|woman|person)|better placed|the (?:person|one) to (?:ask|talk to))\b|\b(?:best|right|better) person (?:for|to)\b|\bover to you\b/,
  /\b(?:that'?s|this is|it'?s|that is) (?:a |one )?(?:question )?for (?=@|\p{L})(?!the (?:team|training|reps)|all|me\b|us\b|now|both)/u,
  /\b(?:let|have|rather have|better if|would rather) (?:@?[\w<>.-]+ ){1,3}(?:answer|pick|explain|explains|decide|say|confirm)\b/,
  /\b(?:that'?s|is) (?:above my pay grade|not my (?:area|call))\b|\bto be answered by\b|\b(?:leave|i leave) (?:that|this|it|the \w+) (?:to|with)\b|\b(?:cfo|ceo|hr|finance|it) question\b/,
  /^\W*(?:the |our )?(?:finance|hr|revops|rev ops|sales ops|it|procurement|controlling|marketing|product marketing|legal|l&d|data)(?: (?:team|people|guys))?,? (?:please|pls|plz)\W*$/,
  /@\S{1,40} (?:can|could|would|will) you (?:take (?:this|that|it)|answer|explain|say|tell|help (?:here|with this)|fill|chip|weigh|jump)|<@\w+> (?:can|could|would) you/,
];
const notMine =
  /\b(?:not me|i (?:don'?t|wouldn'?t|couldn'?t|can'?t) (?:know|say|tell|answer|decide)|can'?t (?:say|tell|answer)|no (?:idea|clue)|dunno|not mine|above my pay grade|don'?t ask me|wasn'?t (?:there|me))\b/;
const theyCan = /^,?\s(?:can|does|did|is|was|might|would|will|should|may|knows|decides)(?:\s(?:know|say|tell|answer|though))?\W*$/;
const taking = /^,?\s(?:please|pls|plz)\s(?:answer|take|help|fill|say|reply)\b|^,\s(?:your turn|over to you|all yours)\b|^,\s(?:can|could|would) you\s?\?/;
const onlyThey = /\b(?:nobody|no one|none) but $/;

/** Whoever can answer in place of somebody who cannot ("not me, Ana does"), or is called to take over ("Ana, your turn"). */
function instead(low: string, people: readonly ReadPerson[]): ReadPerson | undefined {
  return people.find(({ name }) => {
    const after = low.slice(name.end, name.end + 40);
    return (
      (notMine.test(low.slice(0, name.start)) && theyCan.test(after)) ||
      (/^\W*$/.test(low.slice(0, name.start)) && taking.test(after)) ||
      (onlyThey.test(low.slice(Math.max(0, name.start - 16), name.start)) && /^\s(?:knows|understands|can|has)\b/.test(after))
    );
  });
}

/** "Can priya do the rest", "tom should answer this": the name stands within the form. */
const within =
  /\b(?:can|could|would|will|let|have|maybe|perhaps|please)\s(?<name>\p{L}[\p{L}'-]{1,20})\s(?:please |pls |maybe )?(?:do|take|answer|finish|handle|fill in|cover|complete|pick up)s?\s(?:over\s)?(?:the (?:rest|others?|remaining|next|last)|this|that|it|them|these|those|one)\b/u;

/** "Priya can do the rest". */
const doesTheRest =
  /(?:^|[.,;!?–-]\s|\b(?:and|but|so|then|maybe|perhaps) )(?<name>\p{L}[\p{L}'-]{1,20})\s(?:can|could|will|should|would|may|might)\s(?:please |then |maybe )?(?:do|take|answer|finish|handle|fill in|cover|complete)\s(?:over\s)?(?:the (?:rest|others?|remaining)|(?:these|those|your) questions)\b/u;

/** Forms that hand over only in a short message that says nothing else. */
const implicit =
  /\bknows? (?:that|this|it|better|best|more)\b|\b(?:handles|decides? on(?! the \d)|looks after|does those|has the (?:numbers|baselines?|figures)|can release|i never touch)\b|^[\p{L} ]{2,20} → @?\p{L}+$|@\S{1,40}\?$|^(?:<@\w{1,40}>|@\S{1,40})(?:[^?]{0,80})\?/u;
/** Straight before a name these hand over wherever they stand. */
const beforeName =
  /\b(?:ask|speak (?:to|with|w\/)|talk to|ticket to|reach out to|forwarding to|take (?:it|this|that) up with|put (?:it|this|that) to|pass (?:it|this|that) on to|(?:forward|send) (?:it|this|that) to|check with|over to|question for|one for|topics go to|go to) $/;
/** Whoever decides or knows it themselves hands nothing over: "I decide on it with finance", "we will know in May". */
const firstPerson =
  /\b(?:i|we|i'll|we'll|i'd|we'd|i've|we've|(?:and|&) (?:i|me))(?:\s(?:will|would|can|could|should|shall|am|are|have|do|then|also|still|usually|only|just|really|always|both|jointly|myself|personally|alone|to|going|the one(?:s)? (?:to|who))){0,4}\s$/;
const privately = /\b(?:privately|in private|by dm|in a dm|via dm|dm (?:her|him|them|@?\w+)|one[- ]on[- ]one|quietly|on the side)\b/;
const roles =
  /\b(?:finance|hr|revops|rev ops|sales ops|data team|ops|it|procurement|controlling|marketing|product marketing|legal|my boss|the managers|country managers|l&d|cfo|ceo|cco|coo)\b/;

const pronoun = /^(?:that|this|them|those|these|someone|somebody|anyone|everyone|people|around|again|back|later|first)$/;

export type Delegation = { to?: ReadPerson; privately: boolean; sure: boolean };

/** Whether a message hands the question to somebody else, and to whom. Naming the one who answers for it ("Tomas owns it") hands nothing over. */
export function delegationIn(text: string, low: string, context: ReplyContext): Delegation | undefined {
  const trimmed = low.trimEnd();
  const people = peopleIn(text, { start: 0, end: low.length }, context, true).filter(({ name }) => !isPlumb(low, name));
  const called = instead(low, people) ?? people.find(({ name }) => beforeName.test(low.slice(Math.max(0, name.start - 24), name.start)));
  if (called) return { to: called, privately: privately.test(low), sure: true };
  const inside = within.exec(trimmed) ?? doesTheRest.exec(trimmed);
  const name = inside?.groups?.['name'];
  if (inside && name && !notNames.has(name)) {
    const start = inside.index + inside[0].indexOf(` ${name}`) + 1;
    return { to: { name: { start, end: start + name.length } }, privately: privately.test(low), sure: true };
  }
  const found = explicit.map((pattern) => pattern.exec(trimmed)).find((match) => match !== null && !isOwn(trimmed, match));
  const form = found ?? implicit.exec(trimmed);
  if (!form || isOwn(trimmed, form)) return undefined;
  const after = people.find((person) => person.name.start >= form.index);
  const before = people.findLast((person) => person.name.end <= form.index && form.index - person.name.end < 60);
  const to = after ?? (found && lowercaseName(low, form.index + form[0].length)) ?? before ?? roleIn(text, low, form);
  if (!to) return undefined;
  return { ...(to ? { to } : {}), privately: privately.test(low), sure: found !== undefined };
}

/** Whoever speaks to Plumb hands nothing over to it. */
export function isPlumb(low: string, { start, end }: Span): boolean {
  return low.slice(start, end).replace('@', '') === 'plumb';
}

/** Whether the subject of a form is the author; an instruction ("ask …") has none of its own. */
function isOwn(low: string, { 0: words, index }: RegExpExecArray): boolean {
  return !/\b(?:ask|interview|talk|speak|write|forward|ping|consult|contact)\b/.test(words) && firstPerson.test(low.slice(Math.max(0, index - 60), index));
}

/** "ask tomas": a name in small letters straight after the verb. */
function lowercaseName(low: string, from: number): ReadPerson | undefined {
  const match = /^\s?(?!the\b|my\b|our\b|a\b|an\b|me\b|him\b|her\b|them\b|to\b|with\b|about\b|if\b|it\b|hr\b|l&d\b)(\p{L}{3,20})(?=[\s,.!?]|$)/u.exec(
    low.slice(from),
  );
  if (!match?.[1] || roles.test(match[1]) || pronoun.test(match[1])) return undefined;
  const rest = low.slice(from + match[0].length);
  if (!/^[\s,.!?]*(?:$|he\b|she\b|they\b|would\b|knows\b|about\b|please\b|pls\b|privately\b|directly\b)/.test(rest)) return undefined;
  const start = from + match[0].length - match[1].length;
  return { name: { start, end: start + match[1].length } };
}

/** "ask finance", "our CFO decides that": the role stands for the name until somebody says who it is. */
function roleIn(text: string, low: string, { 0: words, index }: RegExpExecArray): ReadPerson | undefined {
  const form = index + words.length;
  const found = [...low.matchAll(new RegExp(roles, 'g'))].filter((role) => role[0] !== 'it' || text.slice(role.index, role.index + 2) === 'IT');
  const role = found.find((one) => one.index >= form) ?? found[0];
  return role && { name: { start: role.index, end: role.index + role[0].length } };
}
