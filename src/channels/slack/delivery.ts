import { createHash } from 'node:crypto';
import { z } from 'zod';
import { optionally } from '../optional.ts';
import { momentOf, timestampSchema } from './timestamp.ts';

type Raw = Record<string, unknown>;

const Envelope = z.object({ event_id: optionally(z.string().min(1).max(200)), event_time: optionally(z.number().nonnegative()) });
const Event = z.object({ event_ts: optionally(timestampSchema) });

/**
 * What tells an event of the Events API from every other one, and when it happened (epoch milliseconds, 0 when that is not told). Slack gives each an id
 * (docs: Events API, event_id); without one its words and its moment stand in. Undefined where there is neither: then a repetition could not be told
 * from a second event.
 */
export function deliveryOf(envelope: Raw, event: Raw): { eventKey: string; at: number } | undefined {
  const { event_id: id, event_time: seconds } = Envelope.parse(envelope);
  const { event_ts: ts } = Event.parse(event);
  const at = ts ? momentOf(ts) : (seconds ?? 0) * 1_000;
  if (id) return { eventKey: id, at };
  return at === 0
    ? undefined
    : {
        eventKey: createHash('sha256')
          .update(JSON.stringify([at, event]))
          .digest('base64url'),
        at,
      };
}
