import type { Logger } from '../../app/ports.ts';
import type { Feed, FeedEntry } from './feed.ts';
import { isPlumbs } from './message.ts';
import { roomChannel } from './people.ts';
import type { Timeline } from './timeline.ts';

type Dependencies = { timeline: Timeline; feed: Feed; logger: Logger; delay: (ms: number, signal: AbortSignal) => Promise<void> };

// How long Plumb may take, and how long a newcomer looks at what it said, in milliseconds.
const replyWithin = 20_000;
const readingTime = 1_400;

/** Waits until Plumb has said something in a thread, or privately, after feed entry `since`: true then, false when it stays silent. */
export function createAwaitReply({ timeline, feed, logger, delay }: Dependencies) {
  return async function awaitReply(since: number, thread: string, signal: AbortSignal): Promise<boolean> {
    const heard = ({ n, change }: FeedEntry): boolean => {
      if (n <= since || change.type !== 'message') return false;
      const message = timeline.get(change.messageId);
      return message !== undefined && isPlumbs(message) && (message.thread === thread || message.place !== roomChannel.place);
    };
    const waiting = new AbortController();
    let unsubscribe = (): void => waiting.abort();
    const came = new Promise<true>((resolve) => {
      unsubscribe = feed.subscribe((entry) => heard(entry) && resolve(true));
      const missed = feed.resume(feed.idOf(since));
      if (missed.kind === 'replay' && missed.entries.some(heard)) resolve(true);
    });
    const silence = delay(replyWithin, AbortSignal.any([signal, waiting.signal])).then(() => false as const);
    // When the reply wins the race, nobody waits for the silence any more.
    silence.catch((error: unknown) => logger.debug({ error }, 'The example no longer waits for a reply.'));
    try {
      const replied = await Promise.race([came, silence]);
      if (replied) await delay(readingTime, signal);
      return replied;
    } finally {
      unsubscribe();
      waiting.abort();
    }
  };
}
