import { type QuestionId, questionIds } from '../../domain/questions.ts';
import type { ActKind, Entities, ReadAnswer, Reading, ReadPerson, ReplyContext, Span } from '../language.ts';
import { asksBack, corrects, objects, saysUnknown, sideTalkIn, wholeMessageActs, wordCount, wordlessActs } from './acts.ts';
import { aimed, completedTime, completesKpi, takesBackFrom } from './corrections.ts';
import { type Delegation, delegationIn } from './delegation.ts';
import { kpisIn } from './entities/kpis.ts';
import { peopleIn } from './entities/people.ts';
import { selfIn } from './entities/self.ts';
import { weeklyTimeIn } from './entities/times.ts';
import { valuesIn } from './entities/values.ts';
import { isForeign } from './foreign.ts';
import { isLeftover } from './leftovers.ts';
import { normalise } from './normalise.ts';
import { bare, type Placed, placeClauses, scoresOf } from './place.ts';
import { isThin } from './thin.ts';

/** `correcting`: the message puts right what was said before, so a part of a good answer is enough. */
type Situation = ReplyContext & { correcting?: boolean };

const nothing: Entities = { people: [], kpis: [] };
const bareDenial =
  /^(?:no,? )?(?:that'?s (?:wrong|not)|not (?:her|him|them|that|what)|you'?ve|pls delete|please delete|wrong|\w+days? (?:don'?t|dont|doesn'?t) work|no that'?s)/;
const part =
  '(?:(?:business |leading |weekly |status )?(?:owner|driver|reason|kpis?|metrics?|targets?|baselines?|budget|call|call time|data source|source|deadline|audience|topic|managers?|context|follow[- ]?up|reinforcement|name|names|date|number|numbers))';
const bareRequestToChange = new RegExp(
  `^(?:no|nope|wait|sorry|hm+|well|yes|almost|nearly|not quite|not yet)?[\\s,.:!–-]*(?:(?:(?:please|pls|can (?:you|we)|could (?:you|we)|we (?:need|have) to|i (?:need|want|would like) to|let'?s) )?(?:change|fix|update|redo|correct|edit|revise|replace|remove|delete)\\s(?:the |my |our |that |this )?${part}|(?:the|my|our|that) ${part} (?:is|are|isn'?t|aren'?t|looks?) (?:wrong|not right|right(?<=n'?t right)|incorrect|off|not correct|outdated))[\\s.!]*$`,
);
/** Strength from which a clause carries an answer although the message also says "no idea", objects or asks. */
const clear = 4;

/** What a message in a conversation says: acts, answers with their own stretches, wishes, people, KPIs, time. Never throws; time is bounded by the reading limit. */
export function readMessage(text: string, context: ReplyContext): Reading {
  const low = normalise(text);
  const head = text.slice(0, low.length);
  if (!/[\p{L}\p{N}]/u.test(low)) return { ...reading([]), ...wordlessActs(head, context) };
  if (isForeign(head)) return { ...reading(['chit-chat']), language: 'other' };
  const whole = wholeMessageActs(low, context);
  if (whole) return { ...reading(whole.acts), wishes: whole.wishes, entities: entitiesOf(head, low, [], context) };
  const placed = placeClauses(head, low, context.asked, context);
  const strongest = Math.max(0, ...placed.map((one) => one.strength));
  const side = sideTalkIn(head, low, context);
  const delegation = delegationIn(head, low, context);
  if (delegation && isHandingOver(low, delegation, placed, side, context)) return handedOver(head, low, delegation, context);
  if (side >= 2 && strongest < clear + side + 1) return reading(['chit-chat']);
  return substance(head, low, placed, strongest, side, context);
}

function reading(acts: readonly ActKind[]): Reading {
  return { acts, answers: [], wishes: [], entities: nothing, signals: [] };
}

/** Handing over is the matter unless the message surely answers something too, or it is talk between people. */
function isHandingOver(low: string, delegation: Delegation, placed: readonly Placed[], side: number, context: ReplyContext): boolean {
  if (side >= 3 && !delegation.sure) return context.asked !== undefined && side < 4 && wordCount(low) <= 10 && /\?/.test(low);
  const speaks = placed.find((one) => one.questionId === context.asked);
  if (delegation.sure) return !placed.some((one) => one.strength >= clear + 2 && one.questionId !== context.asked) && (speaks?.strength ?? 0) < clear + 4;
  return context.asked !== undefined && context.asked !== 'owner' && wordCount(low) <= 14 && placed.every((one) => one.strength < clear);
}

function handedOver(text: string, low: string, delegation: Delegation, context: ReplyContext): Reading {
  const entities = entitiesOf(text, low, [], context);
  return {
    ...reading(saysUnknown(low) && wordCount(low) > 4 ? ['dont-know', 'delegate'] : ['delegate']),
    entities: { ...entities, ...(delegation.to ? { delegateTo: delegation.to } : {}), ...(delegation.privately ? { delegatePrivately: true } : {}) },
  };
}

function substance(text: string, low: string, placed: readonly Placed[], strongest: number, side: number, context: ReplyContext): Reading {
  const words = wordCount(low);
  const correcting = corrects(low, placed.some((one) => context.answered.includes(one.questionId)) || takesBackFrom(low, context.said) !== undefined);
  const informs = valuesIn(low, { start: 0, end: low.length }).length > 0 || weeklyTimeIn(low, { start: 0, end: low.length }) !== undefined;
  if (saysUnknown(low) && strongest < clear + 1 && words <= 22 && !correcting) return reading(['dont-know']);
  if (!correcting && asksBack(low) && (strongest < clear + 1 || (!informs && words <= 16)))
    return reading([side > 0 && context.asked === undefined ? 'chit-chat' : 'counter-question']);
  if (objects(low) && strongest < clear + 3 && !correcting) return reading(['objection']);
  const torn = correcting ? [] : tornBetween(text, low, placed, context);
  if (torn.length > 0) return { ...reading(['chit-chat']), needsClarification: { between: torn } };
  const situation = { ...context, correcting };
  if (deniesOnly(low, correcting)) return takenBack(text, low, context);
  const answers = answersOf(text, low, correcting ? redirected(low, placed, context) : placed, situation);
  if (answers.length > 0) return answered(text, low, answers, situation);
  if (correcting) return { ...reading(['correction']), entities: entitiesOf(text, low, [], context) };
  if (!context.addressed) return reading(['chit-chat']);
  return { ...reading(['chit-chat']), needsClarification: { between: leaning(text, low, context) } };
}

/** Something is to be put right, but not how: what it is about is asked back. */
function takenBack(text: string, low: string, context: ReplyContext): Reading {
  const between = leaning(text, low, context).slice(0, 1);
  const reread = { ...reading(['correction']), entities: entitiesOf(text, low, [], context) };
  return between.length > 0 ? { ...reread, needsClarification: { between } } : reread;
}

function answered(text: string, low: string, answers: readonly ReadAnswer[], situation: Situation): Reading {
  const thin = answers.every((answer) => answer.thin);
  const acts: ActKind[] = [...(situation.correcting ? (['correction'] as const) : []), thin ? 'partial' : 'answer'];
  return { ...reading(acts), answers, entities: entitiesOf(text, low, answers, situation) };
}

/** "Not her", "that's wrong", "change the owner": takes back without saying what is right. */
function deniesOnly(low: string, correcting: boolean): boolean {
  const said = low.trim();
  if (wordCount(low) > 10 || /\b(?:it'?s|should be|i meant|but|instead)\b/.test(said)) return false;
  return bareRequestToChange.test(said) || (correcting && bareDenial.test(said));
}

/** What a correction is about: an earlier answer that it shares words with, else the scope of the whole. */
function redirected(low: string, placed: readonly Placed[], context: ReplyContext): readonly Placed[] {
  const at = aimed(low, placed, context.said);
  return at === placed ? rescoped(low, placed) : at;
}

/** Corrections of audience, scope or deadline belong to `context` (shared data, labels). */
function rescoped(low: string, placed: readonly Placed[]): readonly Placed[] {
  const scope =
    /\b(?:audience|deadline|scope|pilot|(?:it'?s|they'?re|we'?re|there are|should be|make (?:it|that)) \d+ (?:\w+ ){0,2}(?:people|managers|reps|sellers|agents|sdrs|bdrs|aes|ams|executives|advis[eo]rs|consultants|heads|teams|stores|branches)|people not \d|not all (?:of|\d)|this is for|change the date|in (?:polish|german|french|spanish|dutch)|two[- ]day thing|half of them need|region|the (?:end of|product'?s called)|(?:by|until|before) (?:the end|\d|june|july))\b/.test(
      low,
    );
  const only = placed[0];
  return scope && only && placed.length === 1 && only.strength < clear ? [{ ...only, questionId: 'context', strength: Math.max(1, only.strength) }] : placed;
}

function answersOf(text: string, low: string, placed: readonly Placed[], context: Situation): ReadAnswer[] {
  const side = sideTalkIn(text, low, context);
  const meant = placed.filter((one) => (one.strength >= 1 || (one.questionId === context.asked && side === 0)) && !isLeftover(low, one, context));
  return toAnswers(text, low, meant, context, context.asked !== undefined ? 0 : context.addressed ? 3 : clear);
}

/** Placed clauses of at least this strength as answers, each judged thin or not by what stands in it. */
export function toAnswers(text: string, low: string, placed: readonly Placed[], context: Situation, atLeast: number): ReadAnswer[] {
  return placed.flatMap(({ questionId, span, strength }) => {
    if (strength < atLeast) return [];
    const words = text.slice(span.start, span.end);
    const entities = entitiesIn(text, low, span, questionId, context);
    const mended = context.correcting && questionId === 'leading-kpis' && completesKpi(low, span, entities.kpis);
    const thin = !mended && isThin(questionId, low, span, entities);
    return [{ questionId, text: words, span, confidence: confidenceOf(strength, questionId === context.asked), thin }];
  });
}

/** 0.5 for a bare statement under the open question, up to 0.95 where the question itself is named. */
function confidenceOf(strength: number, asked: boolean): number {
  const base = asked ? 0.5 : 0.4;
  return Math.min(0.95, Math.round((base + strength * 0.07) * 100) / 100);
}

function entitiesIn(text: string, low: string, span: Span, questionId: QuestionId, context: Situation): Entities {
  const named =
    questionId === 'owner' ||
    questionId === 'manager-role' ||
    questionId === 'owner-role' ||
    questionId === 'budget' ||
    questionId === 'data-source' ||
    questionId === 'weekly-call';
  const when = questionId === 'weekly-call' ? weeklyTimeIn(low, span) : undefined;
  return {
    people: named ? peopleOf(text, low, span, questionId, context) : [],
    kpis: questionId === 'leading-kpis' ? kpisIn(low, span, true) : [],
    ...(when ? { when: context.correcting ? completedTime(when, context.said) : when } : {}),
  };
}

/** "Ana's team", "Ana's managers": not Ana. */
const ofSomebody = /^'s (?:team|people|group|lot|managers|boss|department|reps|crew|office|side|area|org|colleagues)\b/;

/** The people named in an answer, its author among them where they mean themselves ("I do", "me and Ana"). */
function peopleOf(text: string, low: string, span: Span, questionId: QuestionId, context: ReplyContext): ReadPerson[] {
  const named = peopleIn(text, span, context, questionId === 'owner' || questionId === 'manager-role');
  const self = questionId === 'budget' || questionId === 'weekly-call' ? undefined : selfIn(low, span, questionId);
  // "It's me, Ines": one person, with a name. "Me, and Tom helps": two.
  const signed = named.some(
    ({ name }) => self && name.start > self.start && /[,:(.–-]\s?$/.test(low.slice(self.end, name.start)) && /^\s?(?:$|[,.;:!)–-])/.test(low.slice(name.end)),
  );
  const helped = (name: Span) =>
    self && questionId === 'owner' && /\b(?:with|supported by|helped by|and get help from)\s$/.test(low.slice(Math.max(0, name.start - 20), name.start));
  const others = named.filter(({ name }) => !helped(name) && !(questionId === 'owner' && ofSomebody.test(low.slice(name.end, name.end + 24))));
  return signed || !self ? others : [{ name: self }, ...others].sort((a, b) => a.name.start - b.name.start);
}

/** All that was recognised, answer by answer; without answers, what stands in the message anyway. */
export function entitiesOf(text: string, low: string, answers: readonly ReadAnswer[], context: Situation): Entities {
  const whole = { start: 0, end: low.length };
  if (answers.length === 0) return { people: peopleIn(text, whole, context, false), kpis: [] };
  const parts = answers.map((answer) => entitiesIn(text, low, answer.span, answer.questionId, context));
  const when = parts.find((part) => part.when)?.when;
  return { people: parts.flatMap((part) => part.people), kpis: parts.flatMap((part) => part.kpis), ...(when ? { when } : {}) };
}

/** Words from which a message says enough that taking it for the open question by default would be a guess. */
const substantial = 7;
/** Answered in so many ways that words of other questions say nothing: in the example data all that was left over here answered what was asked. */
const openEnded: readonly QuestionId[] = ['contribution', 'owner-role', 'reinforcement', 'data-source'];

/** Two other questions that a message speaks about equally of, when no clause is clear and nothing speaks of the one that was asked. */
function tornBetween(text: string, low: string, placed: readonly Placed[], context: ReplyContext): QuestionId[] {
  const [only] = placed;
  const { asked } = context;
  if (!asked || !only || placed.length > 1 || only.strength >= clear || wordCount(low) < substantial) return [];
  const byDefault = only.questionId === asked && only.strength <= bare;
  if (!byDefault && only.questionId === asked) return [];
  if (byDefault && (openEnded.includes(asked) || /^(?:yes|yep|yeah|no|nope|none)\b/.test(low.trim()))) return [];
  const scores = scoresOf(text, low, only.span, context);
  const [first, second, third] = questionIds.filter((id) => scores[id] >= 2).sort((a, b) => scores[b] - scores[a]);
  if (!first || !second || scores[asked] > 0 || scores[first] - scores[second] > (byDefault ? 1 : 0)) return [];
  return third && scores[third] === scores[second] ? [] : [first, second];
}

/** Open questions that a message leans to without reaching any. */
function leaning(text: string, low: string, context: ReplyContext): QuestionId[] {
  const scores = scoresOf(text, low, { start: 0, end: low.length }, context);
  return questionIds
    .filter((questionId) => scores[questionId] >= 1)
    .sort((a, b) => scores[b] - scores[a])
    .slice(0, 2);
}
