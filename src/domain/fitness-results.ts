import type { PersonId, Quote } from './conversation.ts';
import { type Fitness, type FitnessElement, fewestAnonymous, type Scale } from './fitness-state.ts';

/** What somebody added; without `by` where the check was anonymous. */
export type FindingNote = { text: Quote; by?: PersonId };

/** What the answers say about one element. `average` from 1 (in the way) to 5 (helps), to one decimal. */
export type Finding = { element: FitnessElement; answers: number; average: number; lowest: Scale; highest: Scale; notes: readonly FindingNote[] };

/** `hidden`: elements that too few rated to be shown without giving somebody away. */
export type FitnessResults =
  | { status: 'too-few'; answered: number }
  | { status: 'shown'; answered: number; findings: readonly Finding[]; hidden: readonly FitnessElement[] };

/** What came out of the check, the weakest element first; undefined while it is open, or where nobody was asked. */
export function resultsOf(fitness: Fitness): FitnessResults | undefined {
  if (fitness.status === 'open' || fitness.elements.length === 0) return undefined;
  const answered = fitness.answers.length;
  if (answered === 0 || (fitness.anonymous && answered < fewestAnonymous)) return { status: 'too-few', answered };
  const findings = fitness.elements.flatMap((element) => findingOf(fitness, element));
  const shown = findings.map(({ element }) => element);
  const rated = fitness.elements.filter((element) => fitness.answers.some(({ ratings }) => ratings[element] !== undefined));
  return {
    status: 'shown',
    answered,
    findings: findings.toSorted((one, other) => one.average - other.average),
    hidden: rated.filter((element) => !shown.includes(element)),
  };
}

function findingOf(fitness: Fitness, element: FitnessElement): Finding[] {
  const ratings = fitness.answers.flatMap((answer) => answer.ratings[element] ?? []);
  const fewest = fitness.anonymous ? fewestAnonymous : 1;
  if (ratings.length < fewest) return [];
  const sorted = ratings.toSorted((one, other) => one - other);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (lowest === undefined || highest === undefined) return [];
  const average = Math.round((ratings.reduce((sum: number, rating) => sum + rating, 0) / ratings.length) * 10) / 10;
  const notes = fitness.answers.flatMap(({ key, notes: given }): FindingNote[] => {
    const text = given[element];
    if (!text) return [];
    return [fitness.anonymous ? { text } : { text, by: key }];
  });
  return [{ element, answers: ratings.length, average, lowest, highest, notes }];
}

/** Average below which an element is in the way rather than a help: the middle of the scale, which says neither. */
const middle = 3;

/** What gets in the way most: at most two elements, for which a first step is proposed. */
export function weakest(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ average }) => average < middle).slice(0, 2);
}
