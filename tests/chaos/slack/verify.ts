import { z } from 'zod';
import { messageRef } from '../../../src/domain/conversation.ts';
import type { FakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';
import {
  coachedTwice,
  doneTwice,
  goesTo,
  type Happened,
  type History,
  handledMessages,
  nameOf,
  readWithOthers,
  twice,
  undelivered,
  unfinished,
  withoutEffect,
} from '../history.ts';
import type { Tables } from '../tables.ts';
import type { Verdict } from '../trial.ts';
import type { PressedInSlack } from './buttons.ts';
import { rootsIn, type Said, type Talk } from './people.ts';
import { allPosts, outboxIdOf, reactedSince } from './posts.ts';

type Evidence = { slack: FakeSlack; talk: Talk; tenant: string; kills: readonly number[]; unanswered: ReadonlySet<string> };
export type VerdictInSlack = Verdict & {
  acknowledged: number;
  /** Messages whose every delivery failed: Slack gave up, so nobody can know them. */
  neverHeard: number;
  /** Of the duplicate posts, those that no kill and no lost answer in the middle of the first one explains. */
  unexplained: string[];
};

const PostRow = z.object({ destination: z.string(), post: z.string(), platform_id: z.string() });
const Heard = z.object({ event: z.object({ type: z.enum(['message', 'app_mention']), channel: z.string(), ts: z.string() }) });

/** Holds what Slack was told and what it shows against the database of a program that has stopped. */
export async function verify(tables: Tables, history: History, evidence: Evidence): Promise<VerdictInSlack> {
  const { slack, talk } = evidence;
  const heard = heardBy(slack);
  const isHeard = ({ where, ts }: Said): boolean => heard.has(`${where.place}:${ts}`);
  // A thread whose first words never came is none of Plumb's, whatever came later.
  const deaf = new Set(talk.said.filter((message) => message.ts === message.where.thread && !isHeard(message)).map(({ where }) => where.thread));
  const acknowledged = talk.said.filter((message) => isHeard(message) && !deaf.has(message.where.thread));
  const doubled = doubledPosts(slack, history);
  return {
    acknowledged: acknowledged.length,
    neverHeard: talk.said.length - acknowledged.length,
    lost: [...unhandled(history, acknowledged, evidence), ...unfinished(history), ...unstarted(history, acknowledged, evidence), ...unpressed(history, talk)],
    missingPosts: [
      ...acknowledged.filter(({ where, ts }) => !reactedSince(slack, where, ts)).map(({ ts, text }) => `no reaction to ${ts}: ${text}`),
      ...talk.pressed.filter(({ where, at }) => !reactedSince(slack, where, at)).map((press) => `no reaction to ${nameOf(press)}`),
      ...undelivered(history),
      ...neverPosted(slack, history),
      ...(await notStanding(tables, slack)),
    ],
    duplicatePosts: doubled.map(({ what }) => what),
    unexplained: unexplained(doubled, evidence),
    doneTwice: [...doneTwice(history), ...coachedTwice(history)],
  };
}

/** Messages of which Slack got an acknowledgement, at any try and by either of their two events. */
function heardBy({ deliveries }: FakeSlack): ReadonlySet<string> {
  return new Set(
    deliveries.flatMap(({ payload, answer }) => {
      const read = Heard.safeParse(payload);
      return answer.status === 200 && read.success ? [`${read.data.event.channel}:${read.data.event.ts}`] : [];
    }),
  );
}

function unhandled(history: History, acknowledged: readonly Said[], { tenant }: Evidence): string[] {
  const handled = handledMessages(history);
  const amongOthers = readWithOthers(history);
  return acknowledged.flatMap(({ where, ts, text }) => {
    const ref = messageRef({ channel: 'slack', tenant, place: where.place, messageId: ts });
    const isKnown = history.events.includes(ref) || amongOthers.has(ref);
    return handled.has(ref) && isKnown
      ? []
      : [`${where.place} ${ts} (${handled.has(ref) ? 'handled' : 'not handled'}, history: ${isKnown ? 'knows it' : 'nothing'}): ${text}`];
  });
}

/** Every command to start has its thread, and every thread that Plumb was to begin has begun. */
function unstarted({ happened }: History, acknowledged: readonly Said[], { slack, talk }: Evidence): string[] {
  const roots = [...new Set(talk.started.map(({ place }) => place))].flatMap((place) => [...new Set(rootsIn(slack, place).map(outboxIdOf))]);
  const opened = happened.filter(({ type }) => type === 'AlignmentOpened').length;
  const begun = roots.length < talk.started.length ? [`${talk.started.length} commands to start made ${roots.length} threads`] : [];
  const asked = new Set(acknowledged.filter(({ ts, where }) => ts === where.thread).map(({ where }) => where.thread)).size;
  return opened < roots.length + asked ? [...begun, `${roots.length} threads by command and ${asked} by mention made ${opened} alignments`] : begun;
}

/** Presses that are not in the inbox, or had no effect although their question was still open when they were made. */
function unpressed(history: History, { pressed }: Talk): string[] {
  const kinds = { button: 'ActionTaken', form: 'FormSubmitted' } as const;
  const missing = [...Map.groupBy(pressed, ({ as, by }) => `${kinds[by]} of ${as}`)].flatMap(([key, presses]) => {
    const known = history.inbox.filter(({ type, person_id }) => `${type} of ${person_id}` === key).length;
    return known < presses.length ? [`${presses.length} times ${key} was acknowledged, and ${known} are known`] : [];
  });
  // By a message that was written before the press, and read before it.
  const isLate = ({ act }: Happened, { by, at }: PressedInSlack): boolean => by === 'button' && isBefore(act?.split('/').at(-1), at);
  return [...missing, ...withoutEffect(history, pressed, isLate)];
}

function isBefore(ts: string | undefined, other: string): boolean {
  return ts !== undefined && /^\d{10}\.\d{6}$/.test(ts) && ts < other;
}

/** What was said to be delivered was posted, and what was posted is known. */
export function neverPosted(slack: FakeSlack, { outbox }: History): string[] {
  const posted = new Set(slack.callsTo('chat.postMessage').flatMap(({ body }) => idIn(body['metadata'])));
  const known = new Set(outbox.map(({ id }) => id));
  return [
    ...outbox
      .filter(({ id, status, replaces, audience }) => status === 'done' && replaces === null && audience !== 'home' && !posted.has(id))
      .map(({ id, audience, destination }) => `outbox row ${id} (${audience}) to ${destination} made no post`),
    ...[...posted].filter((id) => !known.has(id)).map((id) => `post ${id} is of no outbox row`),
  ];
}

const Metadata = z.object({ event_payload: z.object({ id: z.string() }) });
function idIn(metadata: unknown): string[] {
  const read = Metadata.safeParse(metadata);
  return read.success ? [read.data.event_payload.id] : [];
}

/** What Plumb believes to stand somewhere stands there. */
export async function notStanding(tables: Tables, slack: FakeSlack): Promise<string[]> {
  const standing = new Set(allPosts(slack).flatMap(({ channel, ts }) => [ts, `${channel}:${ts}`]));
  const rows = await tables.rows(PostRow, 'SELECT destination, post, platform_id FROM posts');
  return rows
    .filter(
      ({ destination, platform_id }) => goesTo(destination, 'slack') && platform_id !== 'home' && platform_id !== 'ephemeral' && !standing.has(platform_id),
    )
    .map(({ destination, post, platform_id }) => `post ${post} of ${destination} should stand at ${platform_id}`);
}

type Doubled = { id: string; destination: string; what: string; first: number; second: number };

/** Posts of one outbox row beyond the first. */
function doubledPosts(slack: FakeSlack, { outbox }: History): Doubled[] {
  const destinations = new Map(outbox.map(({ id, destination }) => [id, destination]));
  const byId = Map.groupBy(allPosts(slack), (post) => outboxIdOf(post) ?? `${post.channel} ${post.ts}`);
  return [...byId].flatMap(([id, posts]) =>
    posts.slice(1).map((post, index) => ({
      id,
      destination: destinations.get(id) ?? '',
      what: `outbox row ${id} stands at ${posts.map(({ ts }) => ts).join(' and ')}: ${post.text.slice(0, 60)}`,
      first: momentOf(posts[index]?.ts),
      second: momentOf(post.ts),
    })),
  );
}

// Between Slack's making of a post and Plumb's writing down of the answer lies a moment, on a loaded machine a long one; and what was asked for before a
// kill, Slack may read after it.
const UNDER_WAY_MS = 1_500;
const ON_ITS_WAY_MS = 500;

/** At most the one post of each place that was under way at a kill, or whose answer got lost, may have come twice. */
function unexplained(doubled: readonly Doubled[], { kills, unanswered }: Evidence): string[] {
  const used: string[] = [];
  const without = doubled.flatMap(({ id, destination, what, first, second }) => {
    if (unanswered.has(id)) return [];
    const kill = kills.find((at) => at >= first - ON_ITS_WAY_MS && at <= second && at - first < UNDER_WAY_MS);
    if (kill === undefined) return [what];
    used.push(`${kill} ${destination}`);
    return [];
  });
  return [...without, ...twice(used).map((one) => `more than one post was doubled at the kill ${one}`)];
}

function momentOf(ts: string | undefined): number {
  return Number(ts ?? 0) * 1_000;
}
