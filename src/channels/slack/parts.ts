import type { Clock, Intake, Logger, WrittenMessage } from '../../app/ports.ts';
import type { Home } from './home.ts';
import type { Modals } from './modals.ts';
import type { Tell } from './tell.ts';
import type { SlackWords } from './words.ts';

/** What everything that people do in Slack is taken with. */
export type Parts = {
  intake: () => Intake | undefined;
  /** Fills in the names behind mentions. */
  directory: { complete: (event: WrittenMessage) => Promise<WrittenMessage> };
  home: Home;
  modals: Modals;
  tell: Tell;
  words: SlackWords;
  clock: Clock;
  logger: Logger;
};
