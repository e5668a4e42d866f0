import type { By } from './command.ts';
import type { PersonId } from './conversation.ts';
import type { ChangeAction, FitnessAnswer, FitnessElement } from './fitness-state.ts';

export type FitnessCommand =
  | ({
      type: 'OpenFitness';
      anonymous: boolean;
      elements: readonly FitnessElement[];
      ask: readonly PersonId[];
      keys?: readonly string[];
      closesAt: number;
    } & By)
  | ({ type: 'AnswerFitness'; answer: FitnessAnswer } & By)
  /** They asked to be forgotten: an answer that bears their name goes. */
  | ({ type: 'ForgetFitnessAnswer' } & By)
  | ({ type: 'CloseFitness' } & By)
  | { type: 'FitnessDue' }
  /** A new action, or, with a known id, another version of it. */
  | ({ type: 'NoteAction'; action: Omit<ChangeAction, 'by' | 'at'> } & By)
  | ({ type: 'RemoveAction'; id: string } & By)
  | ({ type: 'ChooseReviewer'; personId: PersonId } & By);
