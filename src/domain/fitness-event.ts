import type { PersonId } from './conversation.ts';
import type { ChangeAction, FitnessAnswer, FitnessElement } from './fitness-state.ts';

type At = { at: number };
type By = At & { by: PersonId; act: string };

/** An anonymous answer has no author, no act and no time of its own: `at` is when the check was opened. */
export type FitnessEvent =
  | ({
      type: 'FitnessOpened';
      anonymous: boolean;
      elements: readonly FitnessElement[];
      asked: readonly PersonId[];
      keys?: readonly string[];
      readers?: readonly PersonId[];
      closesAt: number;
    } & By)
  | ({ type: 'FitnessAnswered'; answer: FitnessAnswer } & At)
  /** Somebody who answered by name asked to be forgotten. */
  | ({ type: 'FitnessAnswerRemoved'; key: string } & At)
  | ({ type: 'FitnessClosed' } & At)
  | ({ type: 'ActionNoted'; action: ChangeAction } & By)
  | ({ type: 'ActionRemoved'; id: string } & By)
  | ({ type: 'ReviewerChosen'; personId: PersonId } & By);
