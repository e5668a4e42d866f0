import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type Acknowledged, reacted, type Shown } from './people.ts';

const InboxRow = z.object({ event_key: z.string(), status: z.string() });
const OutboxRow = z.object({
  id: z.string(),
  status: z.string(),
  replaces: z.string().nullable(),
  due_at: z.number(),
  destination: z.string(),
  seq: z.number(),
});
const PostRow = z.object({ outbox_id: z.string(), platform_id: z.string() });

export type Verdict = {
  /** Acknowledged messages that were never handled, of which the alignment's history knows nothing, or whose words are no longer there. */
  lost: string[];
  /** Acknowledged messages without a reaction, and messages of Plumb that never reached the room. */
  missingPosts: string[];
  /** Messages of Plumb that stand in the room twice. */
  duplicatePosts: string[];
};

/** Holds what was acknowledged and what is shown against the database of a program that has stopped. */
export function verify(dataDir: string, acknowledged: readonly Acknowledged[], shown: readonly Shown[]): Verdict {
  const database = new DatabaseSync(join(dataDir, 'plumb.sqlite'), { readOnly: true });
  try {
    const rows = <T>(schema: z.ZodType<T>, query: string): T[] => z.array(schema).parse(database.prepare(query).all());
    const inbox = new Map(rows(InboxRow, 'SELECT event_key, status FROM inbox').map((row) => [row.event_key, row.status]));
    const history = rows(z.object({ body: z.string() }), 'SELECT body FROM events')
      .map(({ body }) => body)
      .join('\n');
    const outbox = rows(OutboxRow, 'SELECT id, status, replaces, due_at, destination, seq FROM outbox');
    const posts = rows(PostRow, 'SELECT outbox_id, platform_id FROM room_posts');
    const words = new Map(shown.map(({ id, text }) => [id, text]));
    return {
      lost: acknowledged.flatMap(({ id, text }) => {
        const handled = inbox.get(`room:${id}`) === 'done' && history.includes(id);
        return handled && words.get(id) === text
          ? []
          : [`${id} (inbox: ${inbox.get(`room:${id}`) ?? 'no row'}, words: ${words.has(id) ? 'there' : 'gone'}): ${text}`];
      }),
      missingPosts: [
        ...acknowledged.filter((message) => !reacted(shown, message)).map(({ id, text }) => `no reaction to ${id}: ${text}`),
        ...undelivered(outbox),
        ...unshown(outbox, posts, shown),
      ],
      duplicatePosts: [...twice(posts.map(({ outbox_id }) => outbox_id)), ...twice(shown.filter(({ app }) => app).map(({ id }) => id)), ...repeated(shown)],
    };
  } finally {
    database.close();
  }
}

/** Everything that was due must have gone; reminders of coming days may wait. */
function undelivered(outbox: readonly z.infer<typeof OutboxRow>[]): string[] {
  const now = Date.now();
  return outbox.filter(({ status, due_at }) => status !== 'done' && due_at <= now).map(({ id, status }) => `outbox row ${id} is ${status}`);
}

/** A message that is no edit made a post of its own, and that post is still shown. */
function unshown(outbox: readonly z.infer<typeof OutboxRow>[], posts: readonly z.infer<typeof PostRow>[], shown: readonly Shown[]): string[] {
  const postOf = new Map(posts.map(({ outbox_id, platform_id }) => [outbox_id, platform_id]));
  const visible = new Set(shown.map(({ id }) => id));
  return outbox
    .filter(({ status, replaces }) => status === 'done' && replaces === null)
    .flatMap(({ id }) => {
      const platformId = postOf.get(id);
      if (platformId === undefined) return [`outbox row ${id} made no post`];
      return visible.has(platformId) ? [] : [`post ${platformId} is not shown`];
    });
}

function twice(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
}

/** Two posts of Plumb with the same content, one right after the other, with nobody's words between them. */
function repeated(shown: readonly Shown[]): string[] {
  const sorted = [...shown].sort((one, other) => (one.id < other.id ? -1 : 1));
  const last = new Map<string, Shown>();
  return sorted.flatMap((message) => {
    const key = `${message.place}/${message.thread}`;
    const before = last.get(key);
    last.set(key, message);
    const same = before?.app && message.app && JSON.stringify(before.card) === JSON.stringify(message.card);
    return same ? [`${before.id} and ${message.id} say the same: ${message.summary}`] : [];
  });
}
