import type { QuestionId, WeeklyTime } from '../../domain/questions.ts';
import type { Entities, ReadAnswer, ReadKpi, ReadPerson, Span } from '../language.ts';
import { saidTime } from './evidence.ts';
import { findQuote, type Searchable, searchable } from './find-quote.ts';
import type { Masked } from './placeholders.ts';
import type { Stated } from './schemas.ts';

/** A message as it was sent, and how to come back to the text as it was written. */
export type Sent = { text: string; masked: Masked; found: Searchable };

export function sentText(text: string, masked: Masked): Sent {
  return { text, masked, found: searchable(masked.text) };
}

/** Where quoted words stand in the text as it was written; undefined when nobody wrote them. */
export function locate(sent: Sent, quote: string | null): Span | undefined {
  const span = quote === null ? undefined : findQuote(sent.found, quote);
  return span && sent.masked.original(span);
}

/** Answers and entities of which every word stands in the text. `unfounded`: how many answers do not. */
export function checkStated(sent: Sent, stated: Stated): { answers: ReadAnswer[]; entities: Entities; unfounded: number } {
  const people = stated.people.flatMap((quote) => personIn(sent, quote) ?? []);
  const kpis = stated.kpis.flatMap((kpi) => kpiIn(sent, kpi));
  const when = timeIn(sent, stated.when);
  const entities: Entities = { people: apart(people), kpis, ...(when && { when }) };
  const answersOf = (quote: string) => new Set(stated.answers.filter((answer) => answer.quote === quote).map(({ question }) => question)).size;
  const answers = stated.answers.flatMap(({ question: questionId, quote, plain, thin }): ReadAnswer[] => {
    const span = locate(sent, quote);
    if (!span) return [];
    const text = sent.text.slice(span.start, span.end);
    if (saysNothing(text) || answersOf(quote) > mostOfOneQuote) return [];
    // 0.75 is what counts as said plainly (app/reply.ts); the rest rests on the question that was asked.
    return [{ questionId, text, span, confidence: plain ? 0.9 : 0.65, thin: thin || lacksItsCore(questionId, text, span, entities) }];
  });
  return { answers: distinct(answers), entities, unfounded: stated.answers.length - answers.length };
}

/** "Each manager sits in on two calls a week" may say what managers do and what sustains it; words that answer more than that answer nothing. */
const mostOfOneQuote = 3;

const emptyWords: ReadonlySet<string> = new Set(
  'a an and are as at be been by for from had has have he her his if in is it its of on or our she so that the their them there they this to was we were with you your'.split(
    ' ',
  ),
);

/** Words that only join others are no answer, though they stand in every message. */
function saysNothing(text: string): boolean {
  return !(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => !emptyWords.has(word));
}

/** A person named by words of the text. A possessive ending is no part of the name. */
export function personIn(sent: Sent, quote: string): ReadPerson | undefined {
  const at = findQuote(sent.found, quote.replace(/['’]s$/u, ''));
  if (!at) return undefined;
  const name = sent.masked.original(at);
  const personId = sent.masked.personAt(at);
  return { name, ...(personId !== undefined && { personId }) };
}

function kpiIn(sent: Sent, kpi: Stated['kpis'][number]): ReadKpi[] {
  const name = locate(sent, kpi.name);
  if (!name) return [];
  const baseline = locate(sent, kpi.baseline);
  const target = locate(sent, kpi.target);
  return [{ name, leading: kpi.leading, ...(baseline && { baseline }), ...(target && { target }) }];
}

function timeIn(sent: Sent, when: Stated['when']): WeeklyTime | undefined {
  const span = when && locate(sent, when.quote);
  if (!when || !span) return undefined;
  const zone = locate(sent, when.timeZoneQuote);
  return saidTime(when, sent.text.slice(span.start, span.end), zone && sent.text.slice(zone.start, zone.end));
}

const themselves = /(?<![\p{L}])(?:i|i'm|i’m|me|myself|mine|ich|mich|moi|je|yo|eu|io|ik|jag|jeg|ja|я|私|我)(?![\p{L}])/iu;

/** What METHOD §2 calls a good answer has a core that can be checked: without it an answer is thin, whatever the model thinks. */
function lacksItsCore(questionId: QuestionId, text: string, span: Span, { people, kpis, when }: Entities): boolean {
  const within = (inner: Span) => inner.start < span.end && span.start < inner.end;
  switch (questionId) {
    case 'owner':
      return !people.some(({ name }) => within(name)) && !themselves.test(text);
    case 'leading-kpis':
      return !kpis.some((kpi) => kpi.leading && kpi.baseline && kpi.target);
    case 'weekly-call':
      return !(when?.weekday && when.time);
    default:
      return false;
  }
}

function apart(people: readonly ReadPerson[]): ReadPerson[] {
  const kept: ReadPerson[] = [];
  for (const person of people) {
    if (!kept.some(({ name }) => name.start < person.name.end && person.name.start < name.end)) kept.push(person);
  }
  return kept.sort((one, other) => one.name.start - other.name.start);
}

/** One answer to a question for each stretch: the same words twice are one answer. */
function distinct(answers: readonly ReadAnswer[]): ReadAnswer[] {
  const kept: ReadAnswer[] = [];
  for (const answer of answers) {
    const again = kept.some(({ questionId, span }) => questionId === answer.questionId && span.start < answer.span.end && answer.span.start < span.end);
    if (!again) kept.push(answer);
  }
  return kept.sort((one, other) => one.span.start - other.span.start);
}
