import { type QuestionId, questionIds } from '../../domain/questions.ts';
import type { ActKind, ReadAnswer, Reading, ReadPerson } from '../language.ts';
import { wordCount } from './acts.ts';
import { aimed, sharedWith } from './corrections.ts';
import { selfIn } from './entities/self.ts';
import { asOneKpi } from './kpi-answer.ts';
import { isLeftover } from './leftovers.ts';
import { trimSpan } from './normalise.ts';
import { namesAlone, speaksOfAnybody } from './owner-words.ts';
import { bare, combinedScores, type Placed, placeClauses, scoresOf } from './place.ts';
import { entitiesOf, type Situation, toAnswers } from './read-answers.ts';
import { type Message, reading } from './reply-message.ts';
import { sentencesOf } from './sentences.ts';

/** Strength from which a clause carries an answer although nothing was asked. */
const clear = 4;
/** Learned score from which a question is hardly meant. */
const unlikely = 0;
/** Strength of what the rules recognise of one question, in a word or two. */
const plain = 2;
/** Words that only take breath before what is meant. */
const breath = /^\W*(?:(?:no|oh|ah|hm+|ok|ups|oops|well|sorry|wait|hang on|hold on|actually|scratch that|i meant|correction)\W*){1,4}$/;
const bareDenial =
  /^(?:no,? )?(?:that'?s (?:wrong|not)|not (?:her|him|them|that|what)|you'?ve|pls delete|please delete|wrong|\w+days? (?:don'?t|dont|doesn'?t) work|no that'?s)/;
const part =
  '(?:(?:business |leading |weekly |status )?(?:owner|driver|reason|kpis?|metrics?|targets?|baselines?|budget|call|call time|data source|source|deadline|audience|topic|managers?|context|follow[- ]?up|reinforcement|name|names|date|number|numbers))';
const bareRequestToChange = new RegExp(
  `^(?:no|nope|wait|sorry|hm+|well|yes|almost|nearly|not quite|not yet)?[\\s,.:!–-]*(?:(?:(?:please|pls|can (?:you|we)|could (?:you|we)|we (?:need|have) to|i (?:need|want|would like) to|let'?s) )?(?:change|fix|update|redo|correct|edit|revise|replace|remove|delete)\\s(?:the |my |our |that |this )?${part}|(?:the|my|our|that) ${part} (?:is|are|isn'?t|aren'?t|looks?) (?:wrong|not right|right(?<=n'?t right)|incorrect|off|not correct|outdated))[\\s.!]*$`,
);

/** Answers in a message, or what it puts right. */
export function substance(message: Message, correcting: boolean): Reading {
  const { text, low, context, learned } = message;
  const placed =
    fragment(message) ??
    retracted(message) ??
    figuresAlone(message) ??
    owned(message) ??
    inAWord(message) ??
    asOneKpi(low, placeClauses(text, low, context.asked, context, learned), context.asked);
  const torn = correcting ? [] : tornBetween(message, placed);
  if (torn.length > 0) return { ...reading(['chit-chat']), needsClarification: { between: torn } };
  if (deniesOnly(message, correcting)) return takenBack(message);
  const situation: Situation = { ...context, correcting, judgeThin: message.judgeThin };
  const meant = meantOf(message, correcting ? redirected(message, placed) : placed, situation);
  if (isNobody(message, answersOf(message, meant, situation)))
    return { ...reading(['chit-chat']), needsClarification: { between: leaningTo(message, 'owner') } };
  const answers = answersOf(message, withoutTalk(message, meant), situation);
  if (isHint(message, answers)) return { ...reading(['chit-chat']), needsClarification: { between: answers.map(({ questionId }) => questionId).slice(0, 2) } };
  if (answers.length > 0) return answered(message, answers, situation);
  if (correcting) return takenBack(message);
  if (!context.addressed) return reading(['chit-chat']);
  return { ...reading(['chit-chat']), needsClarification: { between: leaningTo(message) } };
}

/** Strength from which what stands behind words that put something right is about something else. */
const another = 3;

/** What is put right, and beside it what says plainly that it is about something else. */
function retracted({ text, low, context, learned, retraction }: Message): Placed[] | undefined {
  if (!retraction) return undefined;
  const { questionId, span, upTo } = retraction;
  const rest = low.slice(0, span.start) + ' '.repeat(span.end - span.start) + low.slice(span.end);
  const others = placeClauses(text, rest, context.asked, context, learned).filter(
    (one) => one.questionId !== questionId && (one.span.end <= span.start || one.strength >= (one.questionId === context.asked ? clear + 1 : another)),
  );
  const end = Math.min(upTo, ...others.map((one) => one.span.start).filter((start) => start >= span.end));
  return [...others, { questionId, span: trimSpan(low, span.start, Math.max(span.end, end)) ?? span, strength: clear }].toSorted(
    (one, other) => one.span.start - other.span.start,
  );
}

function fragment({ fragment: found }: Message): Placed[] | undefined {
  return found && [{ ...found, strength: clear }];
}

/** A word or two after a question answer that question, unless they name another; a yes or no names none. */
function inAWord({ low, context, evidence }: Message): Placed[] | undefined {
  const span = trimSpan(low, 0, low.length);
  if (!context.asked || !span || evidence.words > 2 || questionIds.some((id) => id !== context.asked && id !== 'sufficiency' && evidence.scores[id] >= plain))
    return undefined;
  return [{ questionId: context.asked, span, strength: Math.max(1, evidence.scores[context.asked]) }];
}

const figureWord =
  /[€$£]?\d[\d.,]*\s?(?:%|k|m|pct|percent|per ?cent)?|\b(?:like|as|i|said|say|wrote|told you|from|to|and|now|today|currently|at the moment|should be|must be|could be|want|wanted|target|goal|baseline|of|out|per|an?|week|month|day|quarter|it'?s|it|is|was|be|we'?re|we|at|then|later|up|the|need|by|summer|year|end|half|only|just|about|around|roughly)\b/g;
/** Questions that figures alone may answer. */
const takesFigures: readonly QuestionId[] = ['leading-kpis', 'driver', 'budget', 'weekly-call'];

/** "2 of 10, should be 8 of 10": where a number stands today and where it should, whatever is asked. */
function figuresAlone({ low, context }: Message): Placed[] | undefined {
  const span = trimSpan(low, 0, low.length);
  if (!context.asked || takesFigures.includes(context.asked) || !span || low.length > 80) return undefined;
  const figures = low.match(/\d[\d.,]*/g)?.length ?? 0;
  if (figures < 2 || !/\b(?:from|to|and|should|target|goal|want|now|today|need)\b|->|→/.test(low) || /[\p{L}\d]/u.test(low.replace(figureWord, ' ')))
    return undefined;
  return [{ questionId: 'leading-kpis', span, strength: clear }];
}

/** "Me and the two branch managers", where a number was asked for: who owns it. */
function owned({ text, low, context }: Message): Placed[] | undefined {
  const span = namesAlone(text, low, context);
  return span && [{ questionId: 'owner', span, strength: clear }];
}

/** Words that say little when nothing was asked. */
const fewWords = 4;

/** "@Plumb the report": hints at a question without saying anything that counts. */
function isHint({ low, context }: Message, answers: readonly ReadAnswer[]): boolean {
  const words = low.replace(/@?\bplumb\b/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
  return context.asked === undefined && context.offered === undefined && words.length < fewWords && answers.length > 0 && answers.every(({ thin }) => thin);
}

const ofOthers = /^\W*(?:they|we|it|people|reps|customers|the \w+s)\b/;

/** Under the question about the owner, a statement without anybody in it, in which nothing speaks of owning. */
function isNobody({ low, context, evidence, learned }: Message, answers: readonly ReadAnswer[]): boolean {
  const [only, second] = answers;
  if (context.asked !== 'owner' || !only || second || only.questionId !== 'owner' || evidence.scores.owner > 0) return false;
  if (evidence.words > 6 && ofOthers.test(low) && !speaksOfAnybody(low)) return true;
  if (!only.thin) return false;
  if (evidence.words > 3 && !speaksOfAnybody(low)) return true;
  return evidence.words > 1 && learned(only.span, evidence.scores).owner < unlikely && ofOthers.test(low);
}

const handsOver = /\b(?:ask|can|could|would|will|let|over to|talk to|speak to|check with|leave|hand|pass)\b/;

/** Something is to be put right, but not how: what it is about is asked back. */
function takenBack(message: Message): Reading {
  const { low, context } = message;
  const [aim] = aimed(low, [], context.said, message.evidence.replaced);
  const shared = sharedWith(low, context.said);
  const between = shared ? [shared] : aim ? [aim.questionId] : leaningTo(message).slice(0, 1);
  const reread = { ...reading(['correction']), entities: entitiesOf(message.text, message.low, [], message.context) };
  return between.length > 0 ? { ...reread, needsClarification: { between } } : reread;
}

function answered(message: Message, answers: readonly ReadAnswer[], situation: Situation): Reading {
  const { text, low } = message;
  const thin = answers.every((answer) => answer.thin);
  const acts: ActKind[] = [...(situation.correcting ? (['correction'] as const) : []), thin ? 'partial' : 'answer'];
  const entities = entitiesOf(text, low, answers, situation);
  const rest = handsOverTheRest(message, answers);
  return rest ? { ...reading([...acts, 'delegate']), answers, entities: { ...entities, delegateTo: rest } } : { ...reading(acts), answers, entities };
}

/** "…. Can Priya do the rest?": who is to go on, in a sentence of its own behind the answer. */
function handsOverTheRest({ low, evidence }: Message, answers: readonly ReadAnswer[]): ReadPerson | undefined {
  const { delegation } = evidence;
  if (!delegation?.sure || !delegation.to) return undefined;
  const { start } = delegation.to.name;
  const own = sentencesOf(low).findLast((sentence) => sentence.start <= start && start < sentence.end);
  if (!own || own.start === 0 || !handsOver.test(low.slice(own.start, own.end))) return undefined;
  return answers.some(({ span }) => span.start < own.start) ? delegation.to : undefined;
}

/** Learned score below which hardly anything that people wrote was an answer to a question; found on replies in threads. */
const hardlyAnswers = -0.9;
/** And from which it is taken for an answer to another question than the one that was asked. */
const answersAnother = -0.4;

/** So few words say what they are about only where they name what can be counted. */
const aWordOrTwo = 2;
/** A few words for a role or a body ("the area managers") are an answer about the owner, however seldom those words are one. */
const roleInFewWords = 4;

/** Whatever somebody says of their people or customers, where the reason is asked for, is one. */
const complains =
  /^\W*(?:they|my|our|the (?:team|reps|sellers|customers|buyers)|customers|buyers|reps|people|everybody|everyone|nobody|too (?:many|much|few)|we)\b/;

/** Talk beside the question is left out, and what answers another one goes there: "Mill had the kiln problem" while the owner is asked for. */
function withoutTalk(message: Message, meant: readonly Placed[]): Placed[] {
  const kept = meant.map((one) => (isBesideIt(message, one) ? whereItBelongs(message, one) : one));
  return kept.flatMap((one) => (one && (meant.includes(one) || !meant.some(({ questionId }) => questionId === one.questionId)) ? [one] : []));
}

function isBesideIt({ text, low, context, learned, evidence }: Message, { questionId, span, strength }: Placed): boolean {
  if (questionId !== context.asked || strength >= clear) return false;
  const byRule = scoresOf(text, low, span, context);
  if (byRule[questionId] > plain || learned(span, byRule)[questionId] >= hardlyAnswers) return false;
  const isSomebody = selfIn(low, span, questionId) !== undefined || (evidence.words <= roleInFewWords && speaksOfAnybody(low));
  if (questionId === 'driver' && !context.answered.includes('driver') && complains.test(low)) return false;
  return questionId !== 'owner' || !isSomebody;
}

function whereItBelongs({ text, low, context, learned }: Message, one: Placed): Placed | undefined {
  const seen = learned(one.span, scoresOf(text, low, one.span, context));
  const [best] = questionIds.toSorted((first, second) => seen[second] - seen[first]);
  const isNamed = best === 'leading-kpis' || wordCount(low.slice(one.span.start, one.span.end)) > aWordOrTwo;
  return best !== undefined && isNamed && seen[best] >= answersAnother ? { ...one, questionId: best, strength: clear } : undefined;
}

function meantOf({ low, context: { asked }, evidence }: Message, placed: readonly Placed[], situation: Situation): Placed[] {
  return placed.filter(
    (one) =>
      !(placed.length > 1 && breath.test(low.slice(one.span.start, Math.min(one.span.end, one.span.start + 60)))) &&
      (one.strength >= 1 || (one.questionId === asked && evidence.side < 3)) &&
      !isLeftover(low, one, situation),
  );
}

function answersOf({ text, low, context: { asked, addressed, offered } }: Message, meant: readonly Placed[], situation: Situation): ReadAnswer[] {
  return toAnswers(text, low, meant, situation, asked !== undefined ? 0 : addressed || offered ? 3 : clear);
}

/** "Not her", "that's wrong", "change the owner": takes back without saying what is right. */
function deniesOnly({ low, evidence }: Message, correcting: boolean): boolean {
  const said = low.trim();
  if (evidence.takesOut && wordCount(low) <= 16) return true;
  if (wordCount(low) > 10 || /\b(?:it'?s|should be|i meant|but|instead)\b/.test(said)) return false;
  return bareRequestToChange.test(said) || (correcting && bareDenial.test(said));
}

/** What a correction is about: an earlier answer that it shares words with, else the scope of the whole. */
function redirected({ low, context, evidence }: Message, placed: readonly Placed[]): readonly Placed[] {
  const at = aimed(low, placed, context.said, evidence.replaced);
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

/** Words from which a message says enough that taking it for the open question by default would be a guess. */
const substantial = 7;
/** Answered in so many ways that words of other questions say nothing: in the example data all that was left over here answered what was asked. */
const openEnded: readonly QuestionId[] = ['contribution', 'owner-role', 'reinforcement', 'data-source'];

/** Strengths that are no further apart say as much of one question as of the other. */
const close = 0.5;

/** Two questions that a message of one piece speaks about equally of, other than the one that was asked. */
function tornBetween({ text, low, context, learned }: Message, placed: readonly Placed[]): QuestionId[] {
  const [only] = placed;
  const { asked } = context;
  if (!asked || !only || placed.length > 1 || wordCount(low) < substantial) return [];
  if (only.questionId === asked && only.strength > bare) return [];
  if (only.questionId === asked && (openEnded.includes(asked) || /^(?:yes|yep|yeah|no|nope|none)\b/.test(low.trim()))) return [];
  const byRule = scoresOf(text, low, only.span, context);
  const scores = combinedScores(text, low, only.span, context, learned);
  const [first, second, third] = questionIds.filter((id) => id !== asked && scores[id] >= 2).sort((a, b) => scores[b] - scores[a]);
  if (!first || !second || byRule[asked] > 0) return [];
  const near = (one: QuestionId, other: QuestionId) =>
    Math.abs(scores[one] - scores[other]) <= close || (only.strength < clear && byRule[one] > 0 && byRule[one] === byRule[other]);
  return near(first, second) && !(third && near(second, third)) ? [first, second] : [];
}

/** At most two questions that a message leans to, `asked` among them, without reaching any. */
export function leaningTo({ text, low, context, learned }: Message, asked?: QuestionId): QuestionId[] {
  const scores = combinedScores(text, low, { start: 0, end: low.length }, context, learned);
  return questionIds
    .filter((questionId) => scores[questionId] >= 1 || questionId === asked)
    .sort((a, b) => scores[b] - scores[a])
    .slice(0, 2);
}
