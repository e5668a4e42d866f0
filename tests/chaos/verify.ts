import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Pressed } from './buttons.ts';
import { type Acknowledged, movedOn, reacted, type Shown } from './people.ts';

const InboxRow = z.object({ event_key: z.string(), type: z.string(), status: z.string() });
const EventRow = z.object({ aggregate_id: z.string(), body: z.string() });
/** Only what is needed of the alignment's events. */
const Happened = z.looseObject({
  type: z.string(),
  by: z.string().optional(),
  act: z.string().optional(),
  questionId: z.string().optional(),
  answer: z.looseObject({ questionId: z.string(), status: z.string(), source: z.string().optional() }).optional(),
});
type Happened = z.infer<typeof Happened> & { alignment: string };
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
  /** Acknowledged messages that were never handled, of which the alignment's history knows nothing, or whose words are gone; presses without effect. */
  lost: string[];
  /** Acknowledged messages and presses without a reaction, and messages of Plumb that never reached the room. */
  missingPosts: string[];
  /** Messages of Plumb that stand in the room twice. */
  duplicatePosts: string[];
  /** Presses that had their effect twice. */
  doneTwice: string[];
};

type Evidence = { acknowledged: readonly Acknowledged[]; pressed: readonly Pressed[]; shown: readonly Shown[] };

/** Holds what was acknowledged and what is shown against the database of a program that has stopped. */
export function verify(dataDir: string, { acknowledged, pressed, shown }: Evidence): Verdict {
  const database = new DatabaseSync(join(dataDir, 'plumb.sqlite'), { readOnly: true });
  try {
    const rows = <T>(schema: z.ZodType<T>, query: string): T[] => z.array(schema).parse(database.prepare(query).all());
    const inboxRows = rows(InboxRow, 'SELECT event_key, type, status FROM inbox');
    const inbox = new Map(inboxRows.map((row) => [row.event_key, row.status]));
    const events = rows(EventRow, 'SELECT aggregate_id, body FROM events');
    const history = events.map(({ body }) => body).join('\n');
    const happened = events.map(({ aggregate_id, body }) => ({ ...Happened.parse(JSON.parse(body)), alignment: aggregate_id }));
    const texts = new Set(rows(z.object({ body: z.string() }), 'SELECT body FROM texts').map(({ body }) => body));
    const outbox = rows(OutboxRow, 'SELECT id, status, replaces, due_at, destination, seq FROM outbox');
    const posts = rows(PostRow, 'SELECT outbox_id, platform_id FROM room_posts');
    const words = new Map(shown.map(({ id, text }) => [id, text]));
    return {
      lost: [
        ...acknowledged.flatMap(({ id, text }) => {
          const handled = inbox.get(`room:${id}`) === 'done' && history.includes(id);
          return handled && words.get(id) === text
            ? []
            : [`${id} (inbox: ${inbox.get(`room:${id}`) ?? 'no row'}, words: ${words.has(id) ? 'there' : 'gone'}): ${text}`];
        }),
        ...inboxRows.filter(({ status }) => status !== 'done').map(({ event_key, type, status }) => `${type} ${event_key} is ${status}`),
        ...pressed
          .filter((press) => !happened.some((event) => isEffect(event, press)) || (press.words !== undefined && !texts.has(press.words)))
          .map((press) => `${nameOf(press)} had no effect`),
      ],
      missingPosts: [
        ...acknowledged.filter((message) => !reacted(shown, message)).map(({ id, text }) => `no reaction to ${id}: ${text}`),
        ...pressed.filter((press) => !movedOn(shown, press)).map((press) => `no reaction to ${nameOf(press)}`),
        ...undelivered(outbox),
        ...unshown(outbox, posts, shown),
      ],
      duplicatePosts: [...twice(posts.map(({ outbox_id }) => outbox_id)), ...twice(shown.filter(({ app }) => app).map(({ id }) => id)), ...repeated(shown)],
      doneTwice: twice(happened.flatMap(pressKeyOf)),
    };
  } finally {
    database.close();
  }
}

function isEffect({ alignment, by, type, questionId, answer }: Happened, press: Pressed): boolean {
  if (alignment !== press.alignment || by !== press.as) return false;
  // To a follow-up, "skip" and "I don't know" leave the thin answer as it is.
  if (type === 'FollowUpDropped') return press.by === 'button' && questionId === press.question;
  if (type !== 'QuestionAnswered' || answer?.questionId !== press.question) return false;
  return press.by === 'form' ? answer.source === 'form' : answer.status === 'skipped' || answer.status === 'unknown';
}

function nameOf({ as, by, question, alignment }: Pressed): string {
  return `the ${by} of ${as} about ${question} of ${alignment}`;
}

/** What a press did, under a name that it can have only once. */
function pressKeyOf({ alignment, type, act, questionId, answer }: Happened): string[] {
  return act?.startsWith('room:press:') ? [`${type} of ${questionId ?? answer?.questionId ?? 'no question'} by ${act} in ${alignment}`] : [];
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
