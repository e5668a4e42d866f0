import { type QuestionId, questionIds } from '../../domain/questions.ts';
import type { ReplyContext, Span } from '../language.ts';
import { takesOut } from './act-cues.ts';
import { type ActsRead, asksBack, corrects, objects, saysUnknown, sideTalkIn, wholeMessageActs, wordCount } from './acts.ts';
import { replaces, takesBackFrom } from './corrections.ts';
import { type Delegation, delegationIn } from './delegation.ts';
import { kpisIn } from './entities/kpis.ts';
import { moneyIn } from './entities/money.ts';
import { peopleIn, smallNameIn } from './entities/people.ts';
import { selfIn } from './entities/self.ts';
import { weeklyTimeIn } from './entities/times.ts';
import { valuesIn } from './entities/values.ts';
import { type Scores, scoresOf } from './place.ts';

/** What the rules see in a message, gathered once: the rules decide by it, and the learned models take it as features. */
export type Evidence = {
  whole: ActsRead | undefined;
  side: number;
  delegation: Delegation | undefined;
  unknown: boolean;
  asksBack: boolean;
  objects: boolean;
  corrects: boolean;
  /** It speaks plainly of a question that was answered before, in words that correct. */
  putsRight: boolean;
  /** It withdraws words of one earlier answer. */
  takesBack: boolean;
  /** The question whose earlier answer it replaces by another name, day or figure. */
  replaced: QuestionId | undefined;
  /** It wants words of an earlier answer gone. */
  takesOut: boolean;
  /** It has the form that the open question asks for: a name, a day and a time, a sum, an indicator with its values. */
  fits: boolean;
  /** It has that form and says nothing else. */
  fitsOnly: boolean;
  scores: Scores;
  words: number;
  named: readonly string[];
};

/** `text` is cut to the reading limit, `low` is it normalised. */
export function evidenceOf(text: string, low: string, context: ReplyContext): Evidence {
  const whole = wholeMessageActs(low, context);
  const scores = scoresOf(text, low, { start: 0, end: low.length }, context);
  const replaced = replaces(text, low, context.said);
  const takesBack = replaced !== undefined || takesBackFrom(low, context.said) !== undefined;
  const again = questionIds.some((id) => scores[id] >= 2 && context.answered.includes(id)) || takesBack;
  const evidence = {
    whole,
    side: sideTalkIn(text, low, context),
    delegation: delegationIn(text, low, context),
    unknown: saysUnknown(low),
    asksBack: asksBack(low),
    objects: objects(low),
    corrects: corrects(low, again),
    takesBack,
    replaced,
    takesOut: takesOut.test(low.trim()),
    putsRight: takesBack || (corrects(low, again) && questionIds.some((id) => scores[id] >= 4 && context.answered.includes(id))),
    fits: fitsQuestion(text, low, context),
    fitsOnly: fitsAlone(text, low, context),
    scores,
    words: wordCount(low),
  };
  return { ...evidence, named: [...namesOf(evidence), ...shapeOf(text, low, context), ...namesOfScores(scores), ...namesOfAsked(scores, context.asked)] };
}

/** "Because our numbers are bad": a reason, however thin. */
const givesReason = /^\W*(?:(?:well|just|mainly|simply|honestly)[,\s]+)?(?:because|cause|cos|coz|since (?:we|our|the|i|they)) \w/;

function fitsQuestion(text: string, low: string, context: ReplyContext): boolean {
  const whole = { start: 0, end: low.length };
  const words = wordCount(low);
  switch (context.asked) {
    case 'owner':
      return (
        words <= 6 &&
        !low.includes('?') &&
        (selfIn(low, whole, 'owner') !== undefined ||
          smallNameIn(low, whole) !== undefined ||
          (words <= 6 && peopleIn(text, whole, context, true).length === 1))
      );
    case 'weekly-call':
      return words <= 24 && weekday.test(low);
    case 'budget':
      return /^\W*(?:no|none|zero|nothing)\W*$/.test(low) || (words <= 12 && moneyIn(low, whole) !== undefined);
    case 'reinforcement':
      return /^\W*(?:no|none|nothing)\W*$/.test(low);
    case 'leading-kpis':
      return kpisIn(low, whole, true).some((kpi) => kpi.baseline && kpi.target);
    case 'sufficiency':
      return /^\W*(?:yes|no|nope|yeah|partly|partially|half|not really|never)\b/.test(low);
    case 'driver':
      return givesReason.test(low) && !low.includes('?');
    case undefined:
      return volunteers.test(low) && (context.said ?? []).some(({ questionId }) => questionId === 'owner');
    default:
      return false;
  }
}

/** "Put me down then": takes on what somebody else was named for. */
const volunteers =
  /^(?:(?:ok|okay|fine|sure|right|well|alright)[\s,.]+){0,2}(?:(?:just )?(?:put|count|write|note) me (?:down|in)|i'?ll (?:own|be the owner of) (?:it|this|that))(?: then| instead| please)?\W*$/;

const weekday = /\b(?:mon|tue|wed|thu|fri|sat|sun)(?:days?|s|r|rs|sdays?|nesdays?|rsdays?|urdays?)?\b/;
const timeWords =
  /\b(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6}\b|\d{1,2}(?:[:.h]\d{2})?\s?(?:am|pm|h|uhr)?\b|\b(?:either|or|and|on|at|every|each|from|to|the|in|any|day|but|not|weekly|time|cet|gmt|utc|est|et|pt|uk|noon|morning|afternoon|mornings|afternoons)\b/g;

/** "L&D": says who, though nobody by name. */
const departmentAlone =
  /^\W*(?:(?:our|the) )?(?:l&d|hr|sales|sales ops|rev ?ops|marketing|finance|enablement|operations|product|the board|management)(?: team| department)?\W*$/;

function fitsAlone(text: string, low: string, context: ReplyContext): boolean {
  const whole = { start: 0, end: low.length };
  if (low.includes('?')) return false;
  if (context.asked === undefined) return fitsQuestion(text, low, context);
  if (context.asked === 'driver') return wordCount(low) <= 12 && fitsQuestion(text, low, context);
  if (context.asked === 'owner') {
    if (departmentAlone.test(low) || (selfIn(low, whole, 'owner') !== undefined && wordCount(low) <= 3)) return true;
    const [only, second] = peopleIn(text, whole, context, true);
    return only !== undefined && second === undefined && !/[\p{L}\p{N}]/u.test(low.slice(0, only.name.start) + low.slice(only.name.end));
  }
  if (context.asked !== 'weekly-call') return false;
  const when = weeklyTimeIn(low, whole);
  if (when?.weekday && when.time && when.timeZone) return true;
  return weekday.test(low) && wordCount(low.replace(timeWords, ' ')) <= 1;
}

function namesOf({
  whole,
  side,
  delegation,
  unknown,
  asksBack: back,
  objects: against,
  corrects: correcting,
  takesBack,
  fits,
  fitsOnly,
}: Omit<Evidence, 'named'>): string[] {
  return [
    ...(takesBack ? ['takes-back'] : []),
    ...(fits ? ['fits'] : []),
    ...(fitsOnly ? ['fits-only'] : []),
    ...(whole ? [...whole.acts, ...whole.wishes].map((name) => `whole:${name}`) : []),
    `side:${side}`,
    ...(delegation ? [delegation.sure ? 'handing' : 'maybe-handing'] : []),
    ...(unknown ? ['unknown'] : []),
    ...(back ? ['asks-back'] : []),
    ...(against ? ['objects'] : []),
    ...(correcting ? ['corrects'] : []),
  ];
}

/** How a message is built, whatever it says. */
function shapeOf(text: string, low: string, context: ReplyContext): string[] {
  const whole = { start: 0, end: low.length };
  const words = low.match(/[\p{L}\p{N}']+/gu) ?? [];
  return [
    `words:${Math.min(6, Math.floor(Math.log2(words.length + 1)))}`,
    `first:${words[0] ?? ''}`,
    `start:${words.slice(0, 2).join(' ')}`,
    `last:${words.at(-1) ?? ''}`,
    ...(/\?\s*$/.test(low) ? ['ends-asking'] : low.includes('?') ? ['asks'] : []),
    ...entityNames(text, low, whole, context),
    ...(/^\s*(?:<@|@)/.test(low) ? ['calls'] : low.includes('@') ? ['mentions'] : []),
    ...(/^\s*\p{Lu}\p{Ll}+,\s/u.test(text) ? ['vocative'] : []),
    ...(/\b(?:you|your|u|ya)\b/.test(low) ? ['you'] : []),
    ...(/\b(?:i|i'm|i'll|my|me)\b/.test(low) ? ['i'] : []),
    ...(/\b(?:we|we're|our|us)\b/.test(low) ? ['we'] : []),
    ...(/[^\0-\u024f\u2000-\u206f\u20a0-\u20cf\u2190-\u21ff]/u.test(low) ? ['picture'] : []),
    ...(context.offered ? [`offered:${context.offered}`] : []),
  ];
}

function entityNames(text: string, low: string, span: Span, knowledge: Pick<ReplyContext, 'mentions' | 'people'>): string[] {
  const when = weeklyTimeIn(low, span);
  const values = valuesIn(low, span).length;
  const people = peopleIn(text, span, knowledge, false).length;
  return [
    ...(when?.weekday ? ['weekday'] : []),
    ...(when?.time ? ['clock'] : []),
    ...(values > 0 ? [`values:${Math.min(3, values)}`] : ['no-values']),
    ...(moneyIn(low, span) ? ['money'] : []),
    ...(people > 0 ? [`people:${Math.min(3, people)}`] : ['nobody']),
  ];
}

/** What the rules make of the twelve questions in a stretch of text, by name. */
function namesOfScores(scores: Scores): string[] {
  const [first, second] = questionIds.filter((id) => scores[id] > 0).sort((one, other) => scores[other] - scores[one]);
  return [
    ...questionIds.filter((id) => scores[id] > 0).map((id) => `rule:${id}:${Math.min(6, Math.round(scores[id]))}`),
    ...(first ? [`best:${first}`, `lead:${first}:${Math.min(4, Math.round(scores[first] - (second ? scores[second] : 0)))}`] : ['nothing-speaks']),
  ];
}

/** How what is said stands to what was asked. */
function namesOfAsked(scores: Scores, asked: QuestionId | undefined): string[] {
  const [first] = questionIds.filter((id) => scores[id] > 0).sort((one, other) => scores[other] - scores[one]);
  return [`asked:${asked ?? 'nothing'}`, ...(first ? [`best:${first === asked ? 'asked' : 'other'}:${Math.min(5, Math.round(scores[first]))}`] : [])];
}

/** What stands in a stretch of text and how it is built, by name: what the learned models see beside the words. */
export function namesOfStretch(text: string, low: string, span: Span, scores: Scores, knowledge: Pick<ReplyContext, 'mentions' | 'people'>): string[] {
  return [...namesOfScores(scores), ...entityNames(text, low, span, knowledge)];
}

/** What the learned judge of thin answers sees. */
export function namesOfAnswer(
  questionId: QuestionId,
  text: string,
  low: string,
  span: Span,
  byRule: boolean,
  knowledge: Pick<ReplyContext, 'mentions' | 'people'>,
): string[] {
  const words = Math.min(6, Math.floor(Math.log2(wordCount(low.slice(span.start, span.end)) + 1)));
  const all = [...entityNames(text, low, span, knowledge), `words:${words}`, byRule ? 'thin' : 'full'];
  return [`of:${questionId}`, ...all, ...all.map((name) => `${questionId} ${name}`)];
}
