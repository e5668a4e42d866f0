import type { ChannelName } from '../domain/conversation.ts';
import type { OfChannels } from './store.ts';

/** Asked anew each time: channels are opened one after the other while Plumb starts. */
export function servedBy(channels: ReadonlyMap<ChannelName, unknown> | undefined): OfChannels {
  return channels ? { channels: [...channels.keys()] } : {};
}
