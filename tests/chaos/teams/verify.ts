import { z } from 'zod';
import { messageRef } from '../../../src/domain/conversation.ts';
import type { FakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';
import {
  coachedTwice,
  doneTwice,
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
import type { PressedInTeams } from './buttons.ts';
import { brokenReferences, mixedTenants } from './known.ts';
import { leftOver } from './left-over.ts';
import type { Said, Talk, Talker } from './people.ts';
import { isAfter, type Post, reactedSince, type Where } from './posts.ts';
import { doubledPosts, explain, readStanding, strays } from './standing.ts';
import type { Unanswered } from './weather.ts';

export type Evidence = {
  teams: FakeTeams;
  talk: Talk;
  talkers: readonly Talker[];
  originals: ReadonlyMap<Post, string>;
  kills: readonly number[];
  unanswered: readonly Unanswered[];
  /** What commands are answered with at once. */
  answers: readonly string[];
  now: number;
};
export type VerdictInTeams = Verdict & {
  acknowledged: number;
  /** Messages whose every delivery failed: Teams gave up, so nobody can know them. */
  neverHeard: number;
  /** Posts that a kill, or a lost answer, in the middle of the first one explains: Teams shows no bot its own posts, so they come again. */
  explained: { byLostAnswer: number; byKill: number; longestMs: number };
  /** What stands where it must not, or is kept although it must not be. */
  misplaced: string[];
};

const Heard = z.object({ type: z.literal('message'), id: z.string(), conversation: z.object({ id: z.string() }) });
const commandStart = /^@Plumb start an alignment/;

/** Holds what Teams was told and what it shows against the database of a program that has stopped. */
export async function verify(tables: Tables, history: History, evidence: Evidence): Promise<VerdictInTeams> {
  const { teams, talk, now } = evidence;
  const heard = heardBy(teams);
  const isHeard = ({ where, id }: Said): boolean => heard.has(`${where.place}:${id}`);
  // A thread whose first words never came is none of Plumb's, whatever came later.
  const deaf = new Set(talk.said.filter((message) => message.id === message.where.root && !isHeard(message)).map(({ where }) => where.root));
  const acknowledged = talk.said.filter((message) => isHeard(message) && !deaf.has(message.where.root));
  const standing = await readStanding(tables, teams, evidence.originals);
  const { unexplained, ...explained } = explain(doubledPosts(standing), evidence);
  return {
    acknowledged: acknowledged.length,
    neverHeard: talk.said.length - acknowledged.length,
    lost: [...unhandled(history, acknowledged), ...unfinished(history), ...unstarted(history, acknowledged, evidence), ...unpressed(history, talk)],
    missingPosts: [
      ...acknowledged.filter(({ where, id }) => !reactedSince(teams, where, id)).map(({ id, text }) => `no reaction to ${id}: ${text}`),
      ...talk.pressed.filter(({ where, at, answered }) => !answered && !reactedSince(teams, where, at)).map((press) => `no reaction to ${nameOf(press)}`),
      ...undelivered(history, now),
      ...standing.missing,
    ],
    duplicatePosts: unexplained,
    explained,
    doneTwice: [...doneTwice(history), ...coachedTwice(history), ...openedTwice(history)],
    misplaced: [
      ...standing.misplaced,
      ...strays(standing, evidence.answers),
      ...mixedTenants(evidence),
      ...(await brokenReferences(tables, evidence)),
      ...(await leftOver(tables)),
      ...teams.state.complaints,
    ],
  };
}

/** Messages of which Teams got an acknowledgement, at any try. */
function heardBy({ deliveries }: FakeTeams): ReadonlySet<string> {
  return new Set(
    deliveries.flatMap(({ activity, answer }) => {
      const read = Heard.safeParse(activity);
      return answer.status === 200 && read.success ? [`${read.data.conversation.id.split(';')[0]}:${read.data.id}`] : [];
    }),
  );
}

function unhandled(history: History, acknowledged: readonly Said[]): string[] {
  const handled = handledMessages(history);
  const amongOthers = readWithOthers(history);
  return acknowledged
    .filter(({ text }) => !commandStart.test(text))
    .flatMap(({ where, id, text }) => {
      const ref = messageRef({ channel: 'teams', tenant: where.tenant, place: where.place, messageId: id });
      const isKnown = history.events.includes(ref) || amongOthers.has(ref);
      return handled.has(ref) && isKnown
        ? []
        : [`${where.place} ${id} (${handled.has(ref) ? 'handled' : 'not handled'}, history: ${isKnown ? 'knows it' : 'nothing'}): ${text}`];
    });
}

const Opened = z.object({ type: z.literal('AlignmentOpened'), conversation: z.object({ tenant: z.string(), place: z.string(), thread: z.string() }) });

function openedIn({ happened }: History): string[] {
  return happened.flatMap((event) => {
    const read = Opened.safeParse(event);
    return read.success ? [keyOf({ ...read.data.conversation, root: read.data.conversation.thread })] : [];
  });
}

function keyOf({ tenant, place, root }: Where): string {
  return `${tenant} ${place} ${root}`;
}

/** Every thread that Plumb was to begin, by mention, command or the action on a message, has begun. */
function unstarted(history: History, acknowledged: readonly Said[], { talk }: Evidence): string[] {
  const opened = new Set(openedIn(history));
  const written = new Set(talk.said.map(({ id }) => id));
  const asked = acknowledged.filter(({ id, where }) => id === where.root).map(({ where }) => where);
  const byAction = talk.started.filter(({ root }) => !written.has(root));
  return [...asked, ...byAction].filter((where) => !opened.has(keyOf(where))).map((where) => `nothing began in ${keyOf(where)}`);
}

/** One thread, one alignment. */
function openedTwice(history: History): string[] {
  return twice(openedIn(history).filter((key) => /\d{13}$/.test(key))).map((key) => `two alignments began in ${key}`);
}

/** Presses that are not in the inbox, or had no effect although their question was still open when they were made. */
function unpressed(history: History, { pressed }: Talk): string[] {
  const kinds = { button: 'ActionTaken', form: 'FormSubmitted' } as const;
  const missing = [...Map.groupBy(pressed, ({ as, by }) => `${kinds[by]} of ${as}`)].flatMap(([key, presses]) => {
    const known = history.inbox.filter(({ type, person_id }) => `${type} of ${person_id}` === key).length;
    return known < presses.length ? [`${presses.length} times ${key} was acknowledged, and ${known} are known`] : [];
  });
  // By a message that was written, or a form that was sent, before the press, and read before it.
  const isLate = ({ act, answer }: Happened, { alignment, question, by, at }: PressedInTeams): boolean => {
    const forms = answer?.source === 'form' ? pressed.filter((one) => one.by === 'form' && one.alignment === alignment && one.question === question) : [];
    return by === 'button' && (isBefore(act?.split('/').at(-1), at) || forms.some((form) => isAfter(at, form.at)));
  };
  return [...missing, ...withoutEffect(history, pressed, isLate)];
}

function isBefore(id: string | undefined, other: string): boolean {
  return id !== undefined && /^\d{13}$/.test(id) && isAfter(other, id);
}
