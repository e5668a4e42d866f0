import type { ChannelName } from '../domain/conversation.ts';
import type { Language } from '../language/language.ts';
import type { Prompts } from '../prompts.ts';
import type { Channel, Clock, Logger } from './ports.ts';
import type { Store } from './store.ts';

/** What handling a conversation needs. */
export type HandleDependencies = {
  store: Store;
  language: Language;
  prompts: Prompts;
  /** Whether an external language model is configured: only then may an admin choose what it reads. */
  model: 'none' | 'configured';
  channels: ReadonlyMap<ChannelName, Channel>;
  clock: Clock;
  /** A new unique id for each call. */
  newId: () => string;
  logger: Logger;
};
