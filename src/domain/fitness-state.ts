import type { PersonId, Quote } from './conversation.ts';

/** Where an organisation can get in the way of what people could do (METHOD §6, S4); shared values may be left out. */
export const fitnessElements = ['strategy', 'structure', 'systems', 'skills', 'style', 'staff', 'shared-values'] as const;
export type FitnessElement = (typeof fitnessElements)[number];

export type Scale = 1 | 2 | 3 | 4 | 5;
export type Phase = 'now' | 'next' | 'later';

/** `key` is the person, or a random token where the check is anonymous: then nothing says whose it is. `rating` 5: helps; 1: is in the way. */
export type FitnessAnswer = { key: string; ratings: Readonly<Partial<Record<FitnessElement, Scale>>>; notes: Readonly<Partial<Record<FitnessElement, Quote>>> };

/** Something besides training that has to change. Impact and cost from 1 (little) to 5 (much). */
export type ChangeAction = {
  id: string;
  element: FitnessElement;
  text: Quote;
  impact: Scale;
  cost: Scale;
  phase: Phase;
  owner?: PersonId;
  by: PersonId;
  at: number;
};

export type Fitness = {
  status: 'open' | 'closed';
  anonymous: boolean;
  elements: readonly FitnessElement[];
  /** Who was asked; in an anonymous check nothing says who of them has answered. */
  asked: readonly PersonId[];
  /** In an anonymous check the tokens that were handed out, sorted: one for each of those asked, and nothing says which. */
  keys?: readonly string[];
  answers: readonly FitnessAnswer[];
  /** Who alone will see what comes out, as those asked were told; absent where it is shown to everybody in the conversation. */
  readers?: readonly PersonId[];
  openedBy: PersonId;
  openedAt: number;
  closesAt: number;
  actions: readonly ChangeAction[];
  /** Somebody other than the sponsor who looks at the findings. */
  reviewer?: PersonId;
};

/** More would be a survey, and nobody could talk about what came out of it. */
export const mostAsked = 20;
/** More would be no plan, and no picture that anybody could read. */
export const mostActions = 20;

/** Fewer answers are not shown where the check is anonymous: somebody could be recognised (METHOD §6, §8). */
export const fewestAnonymous = 3;
