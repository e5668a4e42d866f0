import { z } from 'zod';

const Data = z.looseObject({ text: z.string().optional() });
export type RoomEvent = { id: string; type: string; data: z.infer<typeof Data> };

/** Reads server-sent events as a browser does. */
export async function readEvents(url: string, headers: Record<string, string> = {}) {
  const aborting = new AbortController();
  const response = await fetch(url, { headers, signal: aborting.signal });
  if (!response.body) throw new Error('The stream has no body.');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const waiting: RoomEvent[] = [];
  return {
    /** The next event of this type; those of other types before it are passed over, and kept in `seen`. */
    seen: [] as RoomEvent[],
    async next(type: string): Promise<RoomEvent> {
      for (;;) {
        const event = waiting.shift();
        if (event) {
          this.seen.push(event);
          if (event.type === type) return event;
          continue;
        }
        const { value, done } = await reader.read();
        if (done) throw new Error(`The stream ended before a ${type} event.`);
        rest += value;
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
          const data = fields.get('data');
          if (data !== undefined) waiting.push({ id: fields.get('id') ?? '', type: fields.get('event') ?? 'message', data: Data.parse(JSON.parse(data)) });
        }
      }
    },
    close: () => aborting.abort(),
  };
}
