import type { ActKind, Reading, ReplyContext } from '../language.ts';
import type { Fragment } from './fragments.ts';
import type { Learned } from './place.ts';
import type { Situation } from './read-answers.ts';
import type { Evidence } from './reply-evidence.ts';
import type { Retraction } from './retractions.ts';

/** A message on its way to a reading. `text` ends at the reading limit; `low` is it normalised. */
export type Message = {
  text: string;
  low: string;
  context: ReplyContext;
  evidence: Evidence;
  learned: Learned;
  judgeThin: NonNullable<Situation['judgeThin']>;
  /** What few words answer by their form alone. */
  fragment?: Fragment;
  /** What it takes back of an earlier answer, and puts in its place. */
  retraction?: Retraction;
};

/** A reading that says nothing besides what somebody does. */
export function reading(acts: readonly ActKind[]): Reading {
  return { acts, answers: [], wishes: [], entities: { people: [], kpis: [] }, cues: [] };
}
