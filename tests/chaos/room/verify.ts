import { z } from 'zod';
import {
  coachedTwice,
  coachFigures,
  doneTwice,
  type History,
  handledMessages,
  nameOf,
  readHistory,
  readWithOthers,
  twice,
  undelivered,
  unfinished,
  withoutEffect,
} from '../history.ts';
import type { Tables } from '../tables.ts';
import type { Verdict } from '../trial.ts';
import type { Coached, PressedHere } from './buttons.ts';
import { type Acknowledged, movedOn, reacted, type Shown } from './people.ts';

const NamedRow = z.object({ seq: z.number(), post: z.string().nullable(), replaces: z.string().nullable() });
const StandingRow = z.object({ post: z.string() });
const PostRow = z.object({ outbox_id: z.string(), platform_id: z.string() });
type PostRow = z.infer<typeof PostRow>;

type Evidence = {
  acknowledged: readonly Acknowledged[];
  pressed: readonly PressedHere[];
  coached: readonly Coached[];
  shown: readonly Shown[];
  /** What was shown before the last start. */
  live: ReadonlySet<string>;
  now: number;
};

/** Holds what was acknowledged and what is shown against the database of a program that has stopped. */
export async function verify(tables: Tables, evidence: Evidence): Promise<Verdict & { coach: Record<string, number>; notShownLive: string[] }> {
  const { acknowledged, pressed, coached, shown, live, now } = evidence;
  const history = await readHistory(tables);
  const posts = await tables.rows(PostRow, 'SELECT outbox_id, platform_id FROM room_posts');
  const named = await tables.rows(NamedRow, 'SELECT seq, post, replaces FROM outbox');
  const standing = await tables.rows(StandingRow, 'SELECT post FROM posts');
  // Words that were read as one with others are not all kept.
  const amongOthers = refIds(readWithOthers(history));
  const notShownLive = acknowledged.filter(({ id }) => !live.has(id) && !amongOthers.has(id)).map(({ id, text }) => `${id}: ${text}`);
  return {
    lost: [
      ...unhandled(history, acknowledged, shown),
      ...unfinished(history),
      ...withoutEffect(history, pressed),
      ...notCoached(history, coached),
      ...notShownLive.map((message) => `not shown before another start: ${message}`),
    ],
    notShownLive,
    missingPosts: [
      ...acknowledged.filter((message) => !reacted(shown, message)).map(({ id, text }) => `no reaction to ${id}: ${text}`),
      ...pressed.filter((press) => !movedOn(shown, press)).map((press) => `no reaction to ${nameOf(press)}`),
      ...undelivered(history, now),
      ...unshown(history, posts, { shown, takenBack: takenBack(named, standing) }),
    ],
    duplicatePosts: [...twice(posts.map(({ outbox_id }) => outbox_id)), ...twice(shown.filter(({ app }) => app).map(({ id }) => id)), ...repeated(shown)],
    coach: coachFigures(history),
    doneTwice: [...doneTwice(history), ...coachedTwice(history)],
  };
}

/** Claims and questions of the L&D partner that were acknowledged and are not there. */
function notCoached({ happened }: History, coached: readonly Coached[]): string[] {
  const types = { claim: 'PartnerJoined', 'ask-prompt': 'LivePromptAsked' } as const;
  return coached
    .filter(({ alignment, what }) => !happened.some((event) => event.alignment === alignment && event.type === types[what]))
    .map(({ alignment, what }) => `${what} in ${alignment} had no effect`);
}

function unhandled(history: History, acknowledged: readonly Acknowledged[], shown: readonly Shown[]): string[] {
  const words = new Map(shown.map(({ id, text }) => [id, text]));
  const handled = refIds(handledMessages(history));
  // Beside an answer to a challenge, only what is plain counts of several messages that are read as one.
  const amongOthers = refIds(readWithOthers(history));
  return acknowledged.flatMap(({ id, text }) => {
    const isHandled = handled.has(encodeURIComponent(id)) && history.events.includes(id);
    return isHandled && (words.get(id) === text || amongOthers.has(id))
      ? []
      : [`${id} (${isHandled ? 'handled' : 'not handled'}, words: ${words.has(id) ? 'there' : 'gone'}): ${text}`];
  });
}

/** The messages whose post was taken away by a later one: a prompt that was overtaken before anybody saw it, for instance. */
function takenBack(named: readonly z.infer<typeof NamedRow>[], standing: readonly z.infer<typeof StandingRow>[]): ReadonlySet<number> {
  const stands = new Set(standing.map(({ post }) => post));
  const gone = named.filter(({ post, seq }) => post !== null && !stands.has(post) && named.some((later) => later.seq > seq && later.replaces === post));
  return new Set(gone.map(({ seq }) => seq));
}

/** The ids of messages as the room writes them. */
function refIds(refs: ReadonlySet<string>): ReadonlySet<string | undefined> {
  return new Set([...refs].map((ref) => ref.split('/').at(-1)));
}

/** A message that is no edit made a post of its own, and that post is still shown. */
function unshown(
  { outbox }: History,
  posts: readonly PostRow[],
  { shown, takenBack: gone }: { shown: readonly Shown[]; takenBack: ReadonlySet<number> },
): string[] {
  const postOf = new Map(posts.map(({ outbox_id, platform_id }) => [outbox_id, platform_id]));
  const visible = new Set(shown.map(({ id }) => id));
  return outbox
    .filter(({ status, replaces, seq }) => status === 'done' && replaces === null && !gone.has(seq))
    .flatMap(({ id }) => {
      const platformId = postOf.get(id);
      if (platformId === undefined) return [`outbox row ${id} made no post`];
      return visible.has(platformId) ? [] : [`post ${platformId} is not shown`];
    });
}

/** Two posts of Plumb with the same content, one right after the other, with nobody's words between them. */
function repeated(shown: readonly Shown[]): string[] {
  const sorted = [...shown].sort((one, other) => (one.id < other.id ? -1 : 1));
  const last = new Map<string, Shown>();
  return sorted.flatMap((message) => {
    const key = `${message.place}/${message.thread}`;
    const before = last.get(key);
    last.set(key, message);
    // Two questions that were put away read alike by now; they were two when they were posted.
    const asPosted = before?.editedAt === undefined && message.editedAt === undefined;
    const same = asPosted && before?.app && message.app && JSON.stringify(before.card) === JSON.stringify(message.card);
    return same ? [`${before.id} and ${message.id} say the same: ${message.summary}`] : [];
  });
}
