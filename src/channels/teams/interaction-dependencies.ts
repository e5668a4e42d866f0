import type { Clock, Intake, Logger } from '../../app/ports.ts';
import type { Connector } from './connector.ts';
import type { MessagesInGraph } from './messages-in-graph.ts';
import type { Pace } from './pace.ts';
import type { References } from './references.ts';
import type { Tell } from './tell.ts';
import type { TeamsWords } from './words.ts';

/** What everything that people do in Teams is taken with. */
export type InteractionDependencies = {
  intake: () => Intake | undefined;
  tell: Tell;
  connector: Pick<Connector, 'member' | 'remove' | 'update'>;
  /** The one that all that is sent keeps to. */
  pace: Pace;
  references: Pick<References, 'learn'>;
  /** What Teams keeps of messages, where Plumb can ask for it. */
  inGraph?: Pick<MessagesInGraph, 'said'>;
  words: TeamsWords;
  clock: Clock;
  logger: Logger;
  /** Where people add Plumb for themselves. */
  addLink?: string;
  /** How long the app may take before somebody is told that it takes longer (milliseconds). */
  patienceMs?: number;
};
