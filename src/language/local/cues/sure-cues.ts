import type { CueKind } from '../../../domain/cues.ts';
import type { QuestionId } from '../../../domain/questions.ts';
import type { Span } from '../../language.ts';
import { teamNouns } from '../lexicon.ts';
import { oneOf } from '../normalise.ts';
import { type CueWindow, cueLimit } from './cue-windows.ts';

export type SureCue = { cue: CueKind; span: Span; confidence: number };

const presses =
  /\b(?:a\.?s\.?a\.?p|urgent(?:ly)?|immediately|right away|at once|as (?:soon|fast|quick(?:ly)?) as (?:possible|you can)|at the earliest|(?:need|want)(?:ed)? (?:it |this |them )?(?:like )?(?:yesterday|now|tomorrow)|this week|by (?:friday|monday|tomorrow)|before the weekend|cannot wait|can'?t wait|no time to lose|drop everything|emergency|within days)\b/;
/** What makes it urgent, or at least says why then. */
const reasons =
  /\b(?:because|since|due to|as we|so that|otherwise|deadline|goes? live|launch(?:es)?|opens?|starts? on|changes on|in force|before (?:the |our |calving|seeding)?(?:july|tender|fair|launch|season|renewals?|audit|rule|law)|regulat\w+|the rule|comes? into force|expires?|that is when)\b/;
const aboutLearning = /\b(?:train\w*|courses?|workshops?|seminars?|sessions?|coach\w*|skills?|bootcamp|teach|trained|class)\b/;

const people = oneOf(
  teamNouns.filter((noun) => !['lot', 'people', 'heads', 'group', 'floor', 'desk', 'support', 'office', 'sales', 'partners'].includes(noun)),
);
const whole = new RegExp(
  `\\b(?:(?:the )?(?:whole|entire|complete|full|global) (?:sales|field|commercial|dealer|branch)[ -]?(?:force|team|organi[sz]ation|org|department|staff|network|crew)?|every(?:body|one) (?:in|who) (?:sales|sells)|every (?:seller|rep|adviser|salesperson) (?:we have|in)|all (?:our |the )?${people}(?:,| in all| across| from| worldwide))`,
  'g',
);
/** "our 52 relationship officers", "all 46", "everybody in sales, 320 people". */
const counted = new RegExp(
  `\\b(?:all|our|the|entire|whole|for) (?:our |the |of our )?(\\d{2,5})\\b(?! ?(?:%|percent|million|accounts|customers|clients|hours|days))(?: (?:\\w+ ){0,2}${people})?`,
  'g',
);
const many = 45;

/** What needs no model: a normalised text that presses for time without a reason, or speaks of everybody who sells. `request`: it is one. */
export function sureCuesIn(low: string, request: boolean): SureCue[] {
  const head = low.slice(0, cueLimit);
  const pressed = presses.exec(head);
  const isUrgent = pressed !== null && (request || aboutLearning.test(head)) && !hasReason(low);
  return [
    ...(isUrgent && pressed ? [{ cue: 'urgency' as const, span: { start: pressed.index, end: pressed.index + pressed[0].length }, confidence: 0.9 }] : []),
    ...(request || aboutLearning.test(head) ? wholeForce(head, request) : []),
    ...(request ? doubtedFromTheStart(head) : []),
  ];
}

/** Somebody above who wants it, or calls it so. */
const wantedAbove =
  /\b(?:boss|board|directors?|director general|ceo|cfo|md|hq|head ?office|headquarters|group|management|hr|chair(?:man|woman)?|president|consultants?)\b[^.!?\n]{0,40}\b(?:wants|wanted|says|said|asks|asked|sends|sent|writes|wrote|orders|ordered|insists|thinks|decided|told)\b/;
/** What whoever passes it on makes of it. */
const ownView =
  /\bi (?:say|think|guess|suspect|believe|bet|would say)\b|\bi'd (?:say|bet)\b|\bthey (?:don'?t|do not) need\b|\bsmells? (?:of|like)\b|\bbetween (?:you and me|us)\b/;
const doubted =
  /\b(?:i(?:'m| am) not (?:so |really |at all |entirely )?(?:convinced|sure (?:it|this|that|if|whether|training|a course))|not convinced|i (?:don'?t|do not) (?:really )?(?:think|believe|see|feel)(?: so)?\b[^.!?\n]{0,25}\b(?:help|training|course|workshop|answer|solve|it is|it'?s)\b|i (?:rather )?doubt (?:it|that|if|whether)\b|s[ck]eptical\b|before (?:we|i) (?:spend|pay|waste|throw)\b|(?:is it|if it'?s|if it is|whether it'?s|whether it is|whether this is|if this is) (?:really |even )?(?:a )?(?:training|course|workshop)\b|keep asking myself\b|think (?:with me|rather than)\b|help me (?:to )?(?:think|look at|find out|see|check|work out) (?:it|this|that|what|whether|if|before|rather|which)\b|how do (?:we|i) find out\b|(?:is|are) it (?:the|my|our) (?:people|reps|sellers|team) or\b)/;

/** Whoever asks doubts in the request itself that training is what it takes, or passes on what somebody above wants and sees it otherwise. */
function doubtedFromTheStart(head: string): SureCue[] {
  const above = wantedAbove.exec(head);
  const found = doubted.exec(head) ?? (above && ownView.exec(head));
  return found ? [{ cue: 'doubts-training', span: { start: found.index, end: found.index + found[0].length }, confidence: 0.8 }] : [];
}

/** Whether a normalised text says why something must be soon, or what is then. */
export function hasReason(low: string): boolean {
  return reasons.test(low.slice(0, cueLimit));
}

/** "Of the 60 offers we lost, 45 never got to the owner": most of what went wrong has something in common besides what people can do. */
const inCommon =
  /\b(?:of|from|out of|at|through) (?:the |our |all )?(?:last )?\d+\b[^.!?\n]{0,50}\b(?:lost|los[et]|left|cancelled|died|failed|did not|didn'?t|gone|unsigned|quit|resigned)\b[^!?\n\d]{0,40}\d+[^.!?\n]{0,25}\b(?:never|nobody|no one|had no|had only|not one|only|without|too late|less than|later than|were outside|came from)\b/g;
/** "Those who discount most have two open deals, the others nine." */
const compared =
  /\b(?:those|the (?:\w+ )?(?:ones|reps|sellers|people|six|five|four|three|seven|eight|ten|\d+)|reps|sellers) (?:who|that|with)\b[^.!?\n]{3,60}(?:\d|\b(?:one|two|three|four|five|no|none|twice|half)\b)[^.!?\n]{0,40}[,;:]? ?(?:and )?\b(?:the (?:others?|rest)|those (?:who|with)(?:out)?|everyone else)\b[^.!?\n]{0,30}(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|none)\b)/g;

/** A count or a comparison that shows what those who fail have in common; its form is sure enough without a model. */
export function shownElsewhere(low: string): SureCue[] {
  const head = low.slice(0, cueLimit);
  const [found] = [...head.matchAll(inCommon), ...head.matchAll(compared)];
  if (!found) return [];
  const rest = head.slice(found.index + found[0].length).search(/[.!?\n](?:\s|$)|$/);
  return [{ cue: 'elsewhere', span: { start: found.index, end: found.index + found[0].length + Math.max(0, rest) }, confidence: 0.85 }];
}

function wholeForce(head: string, request: boolean): SureCue[] {
  for (const found of head.matchAll(whole)) return [{ cue: 'whole-force', span: { start: found.index, end: found.index + found[0].length }, confidence: 0.85 }];
  if (!request) return [];
  for (const found of head.matchAll(counted)) {
    if (Number(found[1]) < many) continue;
    return [{ cue: 'whole-force', span: { start: found.index, end: found.index + found[0].length }, confidence: 0.7 }];
  }
  return [];
}

/** "No, just get me the course": said in so many words, it needs no model. */
const insists =
  /(?<=^|[.!?\n] ?)(?:(?:no|nope|nah|sorry|thanks)\W+)*(?:i (?:hear you\W+(?:but )?(?:i )?)?)?(?:just|still|simply) (?:get|give|book|organi[sz]e|want|need|send|find|do)\b[^.!?\n]{0,40}\b(?:course|training|workshop|trainer|seminar|as (?:i )?asked|what i asked)\b|\b(?:the|my|that) (?:\w+ ){0,2}(?:course|training|workshop|seminar) (?:comes |goes |is )?first\b/;

const comesRound =
  /\b(?:let'?s|let us|we should|i would|i'd|we'?ll|then we) [^.!?\n]{0,50}\binstead\b|(?<=^|[.!?\n] ?)(?:\w+\W+){0,3}(?:leave|forget|drop|scrap|skip|cancel) (?:the|my|that) (?:\w+ ){0,2}(?:course|training|workshop|seminar|trainer|request|idea)\b|\bthen it(?:'?s| is) not (?:the|a|about)\b|\bwhat (?:i|we) (?:really|actually) (?:need|want) is\b|\b(?:course|training|workshop|seminar|bootcamp) (?:can|may|has to|will have to|should) (?:wait|follow|come (?:later|after|second))\b|\b(?:park|postpone|shelve) (?:the|my|that) (?:\w+ ){0,2}(?:course|training|workshop|seminar)\b|\b(?:let'?s|let us|we|i'?ll|i) (?:start|begin) (?:there|with that)\b/;

/** "Hm, the second" takes one of two things. */
const theOther =
  /(?<=^|[.!?\n] ?)(?:(?:hm+|ok|okay|well|then|rather|more|i (?:think|guess)|it'?s|probably)\W+)*(?:the )?(?:second|latter|other)(?: one| thing)?(?:,? (?:probably|i (?:think|guess|suppose)|rather|maybe|then))?(?=\s*(?:[.!\n]|$))/;

/** Whoever was asked what lies behind the request: that they insist on it, or come round. Half an agreement is neither. */
export function decided(low: string): SureCue[] {
  if (low.includes('?')) return [];
  const head = low.slice(0, cueLimit);
  const kept = insists.exec(head);
  const changed = kept || hedges.test(head) ? null : comesRound.exec(head);
  const found = kept ?? changed ?? theOther.exec(head);
  if (!found) return [];
  return [{ cue: kept ? 'keeps-request' : 'changes-focus', span: { start: found.index, end: found.index + found[0].length }, confidence: 0.8 }];
}

/** Something else comes first, and the training is put off: said outright, whoever asked before. */
const startsElsewhere =
  /\b(?:let'?s|let us|we(?:'ll| will| should)?|i(?:'d| would) rather) (?:start|begin) (?:with|by|in)\b[^.!?\n]{0,120}\b(?:course|training|workshop|seminar|bootcamp) (?:can|may|has to|will have to|should|could) (?:wait|follow|come (?:later|after|second)|be (?:later|next))\b/;

export function putOff(low: string): SureCue[] {
  const found = low.includes('?') || hedges.test(low.slice(0, cueLimit)) ? null : startsElsewhere.exec(low.slice(0, cueLimit));
  return found ? [{ cue: 'changes-focus', span: { start: found.index, end: found.index + found[0].length }, confidence: 0.8 }] : [];
}

/** Half an agreement decides nothing. */
export const hedges =
  /\b(?:i suppose|perhaps|possibly|not sure|both|let (?:us|me|'?s) (?:see|check|think|look)|let'?s (?:see|check|look)|do(?:n'?t| not) know|no idea|could be|good question)\b/;

const no =
  /^\W*(?:no\b|nope|nah|not (?:alone|really|enough|sufficient|by|with)|alone\W+no|partly|partially|in part|hardly|half|never|rather (?:no|not)|fifty|(?:training )?alone no|i doubt|probably not)/;
const yes = /^\W*(?:yes|yep|yeah|yup|ya\b|sure|should be|i (?:think|guess|hope) so|mostly|enough|definitely)/;

/** What the first words answer to "can training alone achieve it?". */
export function answeredAboutTraining(low: string, asked: QuestionId | undefined, windows: readonly CueWindow[]): SureCue[] {
  const first = windows[0];
  if (asked !== 'sufficiency' || !first) return [];
  const span = { start: first.start, end: first.end };
  if (no.test(low)) return [{ cue: 'doubts-training', span, confidence: 0.8 }];
  return yes.test(low) && !/\b(?:but|and no|yes and no|if|unless|except)\b/.test(low) ? [{ cue: 'only-training', span, confidence: 0.8 }] : [];
}
