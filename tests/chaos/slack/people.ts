import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';
import { answers, opening, pressesPerThread, pressShare } from '../lines.ts';
import { type PressedInSlack, pressNewest } from './buttons.ts';
import { postsIn, reactedSince, type Where } from './posts.ts';

const talkers = ['dana', 'priya', 'tomas', 'keiko'] as const;

/** A message that somebody wrote. Whether Plumb acknowledged it stands in what Slack delivered. */
export type Said = { where: Where; ts: string; text: string };
/** A `/plumb start` that was acknowledged. */
export type Started = { place: string };

export type Talk = {
  said: readonly Said[];
  pressed: readonly PressedInSlack[];
  started: readonly Started[];
  /** Lets everybody finish the message in hand and resolves when nobody talks any more. */
  stop(): Promise<void>;
};

const LOOK_EVERY_MS = 60;
// Longer than in the room: an answer in Slack often waits for an event's next try.
const PATIENCE_MS = 20_000;
const PRESS_TRIES = 3;
const PRESS_PAUSE_MS = 600;

/**
 * Lets four people talk with Plumb in Slack until `stop`: by mention in two channels, by command, and once each in a 1:1 chat; they press buttons and fill
 * in forms. A message stays written whether Plumb hears it or not. `random` gives numbers from 0 up to 1.
 */
export function talk(slack: FakeSlack, random: () => number): Talk {
  const said: Said[] = [];
  const pressed: PressedInSlack[] = [];
  const started: Started[] = [];
  const state = { talking: true };
  const claimed = new Set<string>();

  async function until<T>(look: () => T | undefined | false): Promise<T | undefined> {
    const end = performance.now() + PATIENCE_MS;
    while (state.talking && performance.now() < end) {
      const found = look();
      if (found !== undefined && found !== false) return found;
      await sleep(LOOK_EVERY_MS);
    }
    return undefined;
  }

  async function say(who: string, where: Where, text: string): Promise<Said> {
    const { ts } = await slack.do.say(who, where.place, text, where.thread === '' ? {} : { thread: where.thread });
    const message = { where, ts, text };
    said.push(message);
    return message;
  }

  /** In a channel the message opens its own thread. */
  async function mention(who: string, n: number): Promise<Said> {
    const place = slack.channel(random() < 0.5 ? 'sales-leaders' : 'general');
    const { ts } = await slack.do.say(who, place, opening(n));
    const message = { where: { place, thread: ts }, ts, text: opening(n) };
    said.push(message);
    return message;
  }

  async function direct(who: string, n: number): Promise<Said> {
    return say(who, { place: slack.do.directWithBot(who), thread: '' }, opening(n).replace('@Plumb my', 'My'));
  }

  /** Plumb posts what a thread can hang on; whoever asked goes on there. */
  async function command(who: string, n: number): Promise<Said | undefined> {
    const place = slack.channel('general');
    const since = slack.state.nextTs();
    const answer = await slack.act.command(who, place, `/plumb start ${opening(n).replace('@Plumb my', 'My')}`).catch(() => undefined);
    if (!answer) return undefined;
    started.push({ place });
    // Each names whoever asked: somebody else's buttons are not for them.
    const isTheirs = (post: object): boolean => JSON.stringify(post).includes(`<@${who}>`);
    const root = await until(() => rootsIn(slack, place).find((post) => post.ts > since && !claimed.has(post.ts) && post.text !== '' && isTheirs(post)));
    if (!root) return undefined;
    claimed.add(root.ts);
    return { where: { place, thread: root.ts }, ts: root.ts, text: root.text };
  }

  async function person(who: string): Promise<void> {
    for (let n = 0; state.talking; n += 1) {
      const chance = random();
      const opened = n === 1 ? await direct(who, n) : chance < 0.3 ? await command(who, n) : await mention(who, n);
      if (opened && (await until(() => reactedSince(slack, opened.where, opened.ts)))) await talkThrough(who, opened);
    }
  }

  async function talkThrough(who: string, opened: Said): Promise<void> {
    let last = opened;
    let presses = 0;
    for (const text of answers) {
      if (!state.talking) return;
      const before = last;
      const answered = await until(() => reactedSince(slack, before.where, before.ts));
      // What was just said may answer the question on the card: before Plumb has read it, a press may rightly do nothing.
      if (answered && presses < pressesPerThread && random() < pressShare && (await press(who, opened.where))) presses += 1;
      last = await say(who, opened.where, text);
    }
    await until(() => reactedSince(slack, last.where, last.ts));
  }

  async function press(who: string, where: Where): Promise<boolean> {
    let done: PressedInSlack | undefined;
    // Somebody who sees that a press failed presses again, whether the first one arrived or not.
    for (let tries = 0; !done && tries < PRESS_TRIES && state.talking; tries += 1) {
      if (tries > 0) await sleep(PRESS_PAUSE_MS);
      done = await pressNewest(slack, who, where, random());
    }
    if (!done) return false;
    pressed.push(done);
    await until(() => reactedSince(slack, where, done.at));
    return true;
  }

  const everybody = Promise.all(slack.people(...talkers).map(person));
  return {
    said,
    pressed,
    started,
    async stop() {
      state.talking = false;
      await everybody;
    },
  };
}

/** Posts of Plumb's that stand in a channel itself. */
export function rootsIn(slack: FakeSlack, place: string): ReturnType<typeof postsIn> {
  return postsIn(slack, { place, thread: '' }).filter(({ threadTs, ts }) => threadTs === undefined || threadTs === ts);
}
