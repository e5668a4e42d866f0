import type { Clock, Intake, Logger } from '../../app/ports.ts';
import type { Connector } from './connector.ts';
import type { KeptMessages } from './kept-messages.ts';
import type { References } from './references.ts';
import type { Tell } from './tell.ts';
import type { TeamsWords } from './words.ts';

/** What everything that people do in Teams is taken with. */
export type InteractionDependencies = {
  intake: () => Intake | undefined;
  tell: Tell;
  connector: Pick<Connector, 'member' | 'remove'>;
  references: Pick<References, 'learn'>;
  /** What Teams keeps of messages, where Plumb can ask for it. */
  kept?: Pick<KeptMessages, 'said'>;
  words: TeamsWords;
  clock: Clock;
  logger: Logger;
  /** Where people add Plumb for themselves. */
  addLink?: string;
  /** How long the app may take before somebody is told that it takes longer (milliseconds). */
  patienceMs?: number;
};
