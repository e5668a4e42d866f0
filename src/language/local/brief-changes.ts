import type { QuestionId } from '../../domain/questions.ts';
import type { ChangedPart, Reading, ReadKpi, ReplyContext, Span } from '../language.ts';
import { changeIn, type Found, hasWord, ofTheMoment, repeatsFigure, type Sentence } from './brief-change-rules.ts';
import { dateWords, otherMatters } from './brief-change-words.ts';
import { sharedWith } from './corrections.ts';
import { normalise, trimSpan } from './normalise.ts';
import { entitiesIn } from './read-answers.ts';
import { sentencesOf } from './sentences.ts';

/** Longer messages tell a story, in which figures and days change all the time. */
const longest = 400;
/** As sure as a plain correction: the words name what they change. */
const confidence = 0.85;

/**
 * Once a brief stands, talk goes on beside it: what a message puts right in it is a change only where it says so. Everything else that sounds like a
 * correction is left to people. A deadline that is all that is said is one at any time, and answers no question.
 */
export function asChange(text: string, reading: Reading, context: ReplyContext): Reading {
  if (context.field || reading.language === 'other' || reading.acts.includes('stop')) return reading;
  const low = normalise(text);
  const deadline = deadlineAlone(low, context);
  if (deadline) return { ...withoutAnswers(reading), acts: ['correction', 'answer'], wishes: [], parts: 'part' in deadline ? [deadline] : [] };
  if (!context.drafted || context.asked !== undefined) return reading;
  if (low.length > longest || reading.wishes.length > 0) return reading;
  const sentences = sentencesOf(low).map((span): Sentence => ({ text, low: low.slice(span.start, span.end), span, context }));
  const changes = sentences.flatMap((sentence) => {
    const found = isTalk(sentence.low) ? undefined : changeIn(sentence);
    return found ? [{ sentence, found }] : [];
  });
  const [only, ...others] = changes;
  if (only && others.length === 0) return changed(only.sentence, only.found);
  if (only) return together(changes.map(({ sentence, found }) => changed(sentence, found, false)));
  if (sentences.length === 1 && sentences.some(repeatsFigure)) return withoutAnswers(reading);
  if (!context.addressed && (sentences.some((sentence) => isTalk(sentence.low)) || !rests(low, reading, context))) return withoutAnswers(reading);
  return saysNow(low, reading) ? { ...reading, acts: ['correction', ...reading.acts] } : reading;
}

const onlyDeadline = new RegExp(
  `^\\W*(?:(?:actually|sorry|correction)\\W+)?(?:(?:the |our )?(?:deadline|due date)\\s?(?:is|=|:)|(?:it is|it'?s|all of it is) due)\\s?(?:now )?(?:by |on |before |in )?(?:the )?(${dateWords})(?: now)?[.!\\s]*$`,
  'u',
);

/** "The deadline is 30 April", and nothing else; `said`: it stands there already. */
function deadlineAlone(low: string, context: ReplyContext): ChangedPart | { said: true } | undefined {
  const match = onlyDeadline.exec(low);
  const day = match?.[1];
  if (day === undefined || match === null) return undefined;
  const start = match.index + match[0].lastIndexOf(day);
  const stands = normalise(context.told?.find(({ part }) => part === 'deadline')?.text ?? '');
  return hasWord(stands, day) ? { said: true } : { part: 'deadline', span: { start, end: start + day.length } };
}

const hedged =
  /\?|\b(?:if|maybe|perhaps|might|could|would|should (?:we|i|they|that)|shall|what about|how about|wonder|wish|hope(?:fully)?|imagine|suppose|unless|probably|in theory|ideally|i think|i guess|not sure|feels? like|thinking of|thinking about|let'?s see|we'?ll see|used to|as if|like it'?s|last (?:week|month|year|quarter)|(?:don'?t|doesn'?t|didn'?t) (?:think|believe|know)|(?:says?|said|thinks?|claims?|joked|heard|read|told me)(?: that)? (?:he|she|they|i|we|it)|still)\b/;
/** What somebody else, or another group, has. */
const elsewhere =
  /\b(?:my|your|our|their|his|her|the|another|some) (?:other|old|last|previous|former|own) \p{L}+|\bat (?:my|our) (?:old|last|former)\b|\bin (?:my|his|her) (?:old|last|former)\b|\bother (?:team|project|client|customer|company|region|course|programme|program)s?\b/u;

function isTalk(low: string): boolean {
  return hedged.test(low) || elsewhere.test(low) || otherMatters.test(low);
}

const anything = /\b(?:day|week|month|quarter|year|team|account|number)s?\b/giu;

/** Whether a correction takes up words of what it corrects; a figure alone that stands in the brief as well may be anything. */
function rests(low: string, { acts, answers }: Reading, { said = [] }: ReplyContext): boolean {
  const [only] = answers;
  if (!acts.includes('correction') || !only) return true;
  const own = said.flatMap((one) => (one.questionId === only.questionId ? [{ ...one, text: one.text.replace(anything, ' ') }] : []));
  if (only.questionId === 'leading-kpis' && (ofTheMoment.test(low) || !sharedWith(low, own))) return false;
  return only.questionId !== 'driver' || sharedWith(low, own) !== undefined;
}

function withoutAnswers(reading: Reading): Reading {
  return { ...reading, acts: reading.answers.length > 0 ? ['chit-chat'] : reading.acts, answers: [], entities: { ...reading.entities, kpis: [] } };
}

const now = /\b(?:now|from now on|going forward|no longer|any ?more|instead|as of|these days)\b/;

/** "Ops pulls the data now": a full answer to what was answered before, said to hold from now on. */
function saysNow(low: string, { acts, answers }: Reading): boolean {
  return acts.includes('answer') && !acts.includes('correction') && answers.length === 1 && answers[0]?.thin === false && now.test(low);
}

const lead =
  /^[\s"'*(]*(?:(?:hi|hey|hello|ok|okay|so|and|well|by the way|btw|fyi|heads[- ]up|quick update|update|news|one change|small change)\b[\s,:.–—-]*)?(?:(?:actually|sorry|correction|oops|wait|no|my mistake|my bad)\b[\s,:.–—-]+)*/;
const because = /[\s,;–—(-]+(?:because|since|as (?=we|the|our|i|they|he|she|it|\w+ (?:left|is|are|was|has))|due to|so that)\s/;

/** Several things that one message puts right. A reason stays in its own sentence, since a reading has one for all. */
function together(readings: readonly Reading[]): Reading {
  const entities = readings.map((one) => one.entities);
  const when = entities.find((one) => one.when)?.when;
  return {
    acts: ['correction', 'answer'],
    wishes: [],
    cues: [],
    answers: readings.flatMap(({ answers }) => answers),
    parts: readings.flatMap(({ parts = [] }) => parts),
    entities: { people: entities.flatMap(({ people }) => people), kpis: entities.flatMap(({ kpis }) => kpis), ...(when && { when }) },
  };
}

/** The sentence as the new words; why it is so stands apart, where `withReason`. */
function changed({ text, low, span, context }: Sentence, found: Found, withReason = true): Reading {
  const why = withReason ? because.exec(low) : null;
  const end = why ? span.start + why.index : span.end;
  const begin = span.start + (lead.exec(low)?.[0].length ?? 0);
  const words = trimSpan(text, begin, end) ?? trimSpan(text, span.start, span.end) ?? span;
  const reason = why ? trimSpan(text, span.start + why.index + why[0].length, span.end) : undefined;
  const told = { acts: ['correction', 'answer'] as const, wishes: [], cues: [], ...(reason && { reason }) };
  if ('part' in found) return { ...told, answers: [], entities: { people: [], kpis: [] }, parts: [found] };
  const { questionId, kpi } = found;
  const entities = entitiesIn(text, normalise(text), words, questionId, { ...context, correcting: true });
  const kpis = entities.kpis.filter(({ name }) => !kpi || isKnown(context, low.slice(name.start - span.start, name.end - span.start)));
  const named = kpi && kpis.length === 0 ? [unnamedKpi(kpi)] : kpis.map((one) => (kpi && kpis.length === 1 ? withFigure(one, kpi) : one));
  return {
    ...told,
    answers: [{ questionId, text: text.slice(words.start, words.end), span: words, confidence, thin: false }],
    entities: { ...entities, kpis: named },
  };
}

/** Whether the brief speaks of that indicator: words around a figure are often no name. */
function isKnown({ said = [] }: ReplyContext, named: string): boolean {
  const known = normalise(said.flatMap(({ questionId, text }) => (questionId === 'leading-kpis' ? [text] : [])).join(' '));
  return (named.match(/\p{L}{5,}/gu) ?? []).some((word) => hasWord(known, word));
}

type Figure = NonNullable<Extract<Found, { questionId: QuestionId }>['kpi']>;

/** "The target for second meetings is 40 now": what the figure is was said before it, whatever stands after it. */
function withFigure(one: ReadKpi, { figure, as }: Figure): ReadKpi {
  const holds = (span: Span | undefined) => span !== undefined && span.start <= figure.start && figure.end <= span.end;
  if (holds(one[as])) return one;
  const { baseline, target, ...named } = one;
  const others = { ...(baseline && !holds(baseline) && { baseline }), ...(target && !holds(target) && { target }) };
  return { ...named, ...others, [as]: figure };
}

/** "The target is 40": of which indicator, the brief says. */
function unnamedKpi({ figure, as }: Figure): ReadKpi {
  return { name: figure, [as]: figure, leading: true, unnamed: true };
}
