import type { ChannelName } from '../domain/conversation.ts';
import type { Language } from '../language/language.ts';
import type { Prompts } from '../prompts.ts';
import type { Channel, Clock, Logger } from './ports.ts';
import type { Store } from './store.ts';
import type { Workspaces } from './tenant-language.ts';

/** What handling a conversation needs. */
export type HandleDependencies = {
  store: Store;
  language: Language;
  prompts: Prompts;
  /** Whether an external language model is configured: only then may an admin choose what it reads. */
  model: 'none' | 'configured';
  /** Decides what that model may read as long as no admin has chosen. */
  workspaces: Workspaces;
  /** The longest that any organisation keeps what is over, in days; absent: there is no such limit. */
  retentionDays?: number;
  channels: ReadonlyMap<ChannelName, Channel>;
  clock: Clock;
  /** A new unique id for each call. */
  newId: () => string;
  logger: Logger;
};
