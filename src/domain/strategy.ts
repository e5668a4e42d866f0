import type { Quote } from './conversation.ts';

/** One business objective of a tenant. Plain text, as an admin or L&D partner confirmed it. */
export type Objective = {
  id: string;
  text: string;
  /** Until when, in their words ("by December"). */
  timeFrame?: string;
  /** 3: this year stands or falls with it; 1: nice to have. */
  weight: 1 | 2 | 3;
  competencies: readonly Competency[];
};
/** As it was understood, before anybody confirmed it. */
export type ProposedObjective = Omit<Objective, 'id'>;
export type Competency = { kind: 'knowledge' | 'skill' | 'behaviour' | 'process' | 'tool'; text: string };
export type Strategy = { objectives: readonly Objective[]; confirmedBy?: string; confirmedAt?: number };

/** How a request stands to the strategy on file. `words`: what in the objective and the request made it so, for the reason that is shown. */
export type Fit =
  | { kind: 'no-strategy' }
  | { kind: 'unclear' }
  | { kind: 'fits'; objective: string; words: readonly string[] }
  | { kind: 'fits-none' }
  | { kind: 'conflicts'; objective: string; words: readonly string[] };

/**
 * How it stood to the strategy on file when it was signed, whatever is on file later: `objective` in the words it had, held against `heldBy`. `confirmedAt`:
 * from when that strategy was (epoch milliseconds).
 */
export type SignedFit = { kind: Exclude<Fit['kind'], 'no-strategy' | 'unclear'>; objective?: string; heldBy: readonly Quote[]; confirmedAt?: number };
