import type { GivenAnswer } from '../domain/command.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import type { AnswerFacts, Kpi, NamedPerson, QuestionId } from '../domain/questions.ts';
import type { OtherRequest, Understood } from '../domain/state.ts';
import type { Entities, OtherRequest as HeardOther, ReadAnswer, ReadPerson, Span, Understanding } from '../language/language.ts';
import { quoteOf, type ReadText } from './burst.ts';

/** Below this confidence (0 to 1) an engine is guessing, and a guess is never presented as fact (PRODUCT "The conversation"). */
export const sureEnough = 0.35;
const namesPeople: readonly QuestionId[] = ['owner', 'manager-role', 'owner-role', 'data-source', 'weekly-call'];
const firstPerson = /^(?:i|me|myself|i am|i'm|it's me|mine)$/i;

/** What an engine understood of a request, as quotes. */
export function understoodOf(source: ReadText, understanding: Understanding): Understood {
  const entries = Object.entries(understanding).flatMap(([key, span]) => (span ? [[key, quoteOf(source, span)] as const] : []));
  return Object.fromEntries(entries);
}

/** Further requests of the same message, as quotes. */
export function othersOf(source: ReadText, others: readonly HeardOther[]): OtherRequest[] {
  return others.map(({ words, ...understanding }) => ({ request: quoteOf(source, words), understood: understoodOf(source, understanding) }));
}

/** A KPI that was named before, by its words. */
export type KnownKpi = { name: Quote; words: string; leading: boolean };

/** Answers that an engine read, as the domain takes them: with quotes, and names resolved to people where it is clear who is meant. */
export async function givenAnswers(
  source: ReadText,
  answers: readonly ReadAnswer[],
  entities: Entities,
  known: readonly KnownKpi[] = [],
): Promise<GivenAnswer[]> {
  const kept = answers.filter((answer) => answer.confidence >= sureEnough && answer.span.end > answer.span.start);
  return Promise.all(
    kept.map(async (answer): Promise<GivenAnswer> => {
      const facts = await factsOf(source, answer, entities, known);
      return {
        questionId: answer.questionId,
        status: answer.thin ? 'thin' : 'clear',
        text: quoteOf(source, answer.span),
        ...(Object.keys(facts).length > 0 && { facts }),
      };
    }),
  );
}

async function factsOf(source: ReadText, answer: ReadAnswer, entities: Entities, known: readonly KnownKpi[]): Promise<AnswerFacts> {
  const people = namesPeople.includes(answer.questionId)
    ? await namedPeople(
        source,
        entities.people.filter((person) => within(person.name, answer.span)),
      )
    : [];
  const kpis =
    answer.questionId === 'leading-kpis'
      ? entities.kpis
          .filter((kpi) => within(kpi.name, answer.span))
          .flatMap((kpi) => (kpi.unnamed ? onlyKnown(source, kpi, known) : [kpiOf(source, kpi, known)]))
      : [];
  const when = answer.questionId === 'weekly-call' ? entities.when : undefined;
  const zone = when && !when.timeZone ? (await source.directory.person(source.tenant, source.author))?.timeZone : undefined;
  return {
    ...(people.length > 0 && { people }),
    ...(kpis.length > 0 && { kpis }),
    ...(when && { when: zone ? { ...when, timeZone: zone } : when }),
  };
}

function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function kpiOf(source: ReadText, kpi: Entities['kpis'][number], known: readonly KnownKpi[]): Kpi {
  const words = source.text.slice(kpi.name.start, kpi.name.end).trim().toLowerCase();
  // An empty name is part of every other.
  const corrected = words === '' ? [] : known.filter((one) => one.words.toLowerCase().includes(words) || words.includes(one.words.toLowerCase()));
  const [only, second] = corrected;
  // Two that fit are none: the brief then shows both, and the people put it right.
  const one = second ? undefined : only;
  return {
    // "Second meetings" for "second meetings per account manager" is a short form of its name, not another one.
    name: one && one.words.length > words.length ? one.name : quoteOf(source, kpi.name),
    ...(kpi.baseline && { baseline: quoteOf(source, kpi.baseline) }),
    ...(kpi.target && { target: quoteOf(source, kpi.target) }),
    leading: kpi.leading,
    ...(one && { corrects: one.name }),
  };
}

/** A figure alone is of the one indicator that there is; where there are several, the words stand beside them and people put it right. */
function onlyKnown(source: ReadText, { baseline, target }: Entities['kpis'][number], known: readonly KnownKpi[]): Kpi[] {
  const [only, second] = known;
  if (!only || second) return [];
  const { name, leading } = only;
  return [{ name, leading, corrects: name, ...(baseline && { baseline: quoteOf(source, baseline) }), ...(target && { target: quoteOf(source, target) }) }];
}

async function namedPeople(source: ReadText, people: readonly ReadPerson[]): Promise<NamedPerson[]> {
  return Promise.all(
    people.map(async (person): Promise<NamedPerson> => {
      const personId = await whoIsMeant(source, person);
      const name = quoteOf(source, person.name);
      return personId === undefined ? { name } : { name, personId };
    }),
  );
}

/** The one person that a name can mean; undefined when nobody or several people fit. */
export async function whoIsMeant(source: ReadText, person: ReadPerson): Promise<PersonId | undefined> {
  if (person.personId !== undefined) return person.personId;
  const name = source.text.slice(person.name.start, person.name.end).replace(/^@/, '').trim();
  if (firstPerson.test(name)) return source.author;
  const candidates = await source.directory.resolve(source.tenant, name, source.place);
  return candidates.length === 1 ? candidates[0]?.id : undefined;
}
