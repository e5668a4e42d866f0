import type { Clock, Intake, Logger } from '../../app/ports.ts';
import type { SlackDirectory } from './directory.ts';
import type { Home } from './home.ts';
import type { Modals } from './modals.ts';
import type { Tell } from './tell.ts';
import type { ThreadsOfPosts } from './threads-of-posts.ts';
import type { SlackWords } from './words.ts';

/** What everything that people do in Slack is taken with. */
export type InteractionDependencies = {
  intake: () => Intake | undefined;
  /** Fills in the names behind mentions. */
  directory: Pick<SlackDirectory, 'named'>;
  home: Home;
  /** Where a press does not say in which thread it was. */
  threads?: Pick<ThreadsOfPosts, 'of'>;
  modals: Modals;
  tell: Tell;
  words: SlackWords;
  clock: Clock;
  logger: Logger;
};
