import { z } from 'zod';
import { type FitnessElement, fitnessElements } from '../domain/fitness-state.ts';
import { checked, Sentence, type SourceFile } from './source.ts';

const Element = z.strictObject(
  {
    /** Short name for lists. */
    label: Sentence.max(40, 'expected a short label of at most 40 characters'),
    /** In plain words, answered on a scale from "helps" to "gets in the way". */
    question: Sentence,
    /** What a low score often means. */
    low: Sentence,
    /** Which of the five articles it comes from (S0 … S4). */
    source: z.enum(['S0', 'S1', 'S2', 'S3', 'S4'], 'expected the source as S0, S1, S2, S3 or S4'),
    /** First steps that others took; people choose their own words. */
    actions: z.array(Sentence.max(200, 'expected an action of at most 200 characters'), 'expected a list of actions').min(2, 'expected at least two actions'),
  },
  'expected an element with label, question, low, source and actions',
);
type Text = z.output<typeof Element>;

// Object.fromEntries forgets the keys' type; every element is in the list.
const shape = Object.fromEntries(fitnessElements.map((element) => [element, Element])) as Record<FitnessElement, typeof Element>;

const Elements = z.strictObject(shape, `expected exactly these elements: ${fitnessElements.join(', ')}`);
export type FitnessTexts = Readonly<Record<FitnessElement, Text>>;

/** What is asked about each element of an organisation, and what a low score often means. Throws PromptsError. */
export function readFitness(source: SourceFile): FitnessTexts {
  return checked(source, Elements);
}
