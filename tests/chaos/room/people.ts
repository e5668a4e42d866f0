import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { answers, opening, patienceMs, pressesPerThread, pressShare } from '../lines.ts';
import { type Coached, type PressedHere, pressNewest, takeOver } from './buttons.ts';
import { call } from './call.ts';

const Posted = z.object({ id: z.string(), thread: z.string() });
const Message = z.looseObject({
  id: z.string(),
  place: z.string(),
  thread: z.string(),
  at: z.number(),
  editedAt: z.number().optional(),
  app: z.boolean().optional(),
  text: z.string().optional(),
  summary: z.string().optional(),
  card: z.unknown().optional(),
});
const State = z.object({ messages: z.array(Message) });
export type Shown = z.infer<typeof Message>;

/** A message that Plumb acknowledged: from then on it must never be lost. */
export type Acknowledged = { id: string; thread: string; as: string; text: string };

const channel = 'sales-leaders';
export const talkers = ['dana', 'priya', 'tomas', 'keiko'] as const;

const LOOK_EVERY_MS = 120;
const partner = 'priya';
/** Of the conversations of others, how many the L&D partner takes. */
const takenShare = 0.5;

export type Talk = {
  acknowledged: readonly Acknowledged[];
  /** What was done with buttons and forms, and acknowledged. */
  pressed: readonly PressedHere[];
  /** What the L&D partner did beside, and was acknowledged. */
  coached: readonly Coached[];
  /** How often a thread that Plumb had taken up, or a card in it, was gone for its own author. */
  threadsGone: number;
  /** Lets everybody finish the message in hand and resolves when nobody talks any more. */
  stop(): Promise<void>;
};

/**
 * Lets four people talk in the room and press buttons, each in one thread after another, until `stop`. A message that fails is written again, as people
 * do; a press that fails is not, because nobody knows whether it arrived. `random` gives numbers from 0 up to 1.
 */
export function talk(url: string, random: () => number): Talk {
  const acknowledged: Acknowledged[] = [];
  const pressed: PressedHere[] = [];
  const coached: Coached[] = [];
  const state = { talking: true, threadsGone: 0 };

  async function say(as: string, thread: string, text: string): Promise<Acknowledged | 'gone' | undefined> {
    while (state.talking) {
      const answer = await call(`${url}/room/messages`, { as, place: channel, thread, text });
      if (answer.status === 200) {
        const said = { ...Posted.parse(answer.body), as, text };
        acknowledged.push(said);
        return said;
      }
      if (answer.status === 404) return 'gone';
      if (answer.status !== 0 && answer.status < 500) throw new Error(`The room refused a message with ${answer.status}: ${JSON.stringify(answer.body)}`);
      await sleep(50);
    }
    return undefined;
  }

  async function press(as: string, thread: string): Promise<boolean> {
    const shown = await visible(url, as);
    if (!shown) return false;
    const result = await pressNewest(url, shown, { as, thread }, random());
    if (result.kind === 'gone') state.threadsGone += 1;
    if (result.kind !== 'done') return false;
    pressed.push(result.pressed);
    await until(url, as, state, (now) => movedOn(now, result.pressed));
    return true;
  }

  async function isTaken(thread: string): Promise<void> {
    const shown = await visible(url, partner);
    if (shown) coached.push(...(await takeOver(url, shown, { as: partner, thread })));
  }

  async function person(as: string): Promise<void> {
    for (let n = 0; state.talking; n += 1) {
      const opened = await say(as, '', opening(n));
      if (opened === undefined || opened === 'gone') continue;
      let last = opened;
      let presses = 0;
      for (const text of answers) {
        const before = last;
        await until(url, as, state, (shown) => reacted(shown, before));
        if (last === opened && as !== partner && random() < takenShare) await isTaken(opened.thread);
        if (presses < pressesPerThread && random() < pressShare && (await press(as, opened.thread))) presses += 1;
        const said = await say(as, opened.thread, text);
        if (said === 'gone') state.threadsGone += 1;
        if (said === undefined || said === 'gone') break;
        last = said;
      }
    }
  }

  const everybody = Promise.all(talkers.map(person));
  return {
    acknowledged,
    pressed,
    coached,
    get threadsGone() {
      return state.threadsGone;
    },
    async stop() {
      state.talking = false;
      await everybody;
    },
  };
}

/** Waits until what a person sees fits, or patience ends: people go on then. */
async function until(url: string, as: string, state: { talking: boolean }, fits: (shown: readonly Shown[]) => boolean): Promise<void> {
  const end = performance.now() + patienceMs;
  while (state.talking && performance.now() < end) {
    await sleep(LOOK_EVERY_MS);
    const shown = await visible(url, as);
    if (shown && fits(shown)) return;
  }
}

/** Plumb posted or changed something in the message's thread after it. Ids sort by time. */
export function reacted(shown: readonly Shown[], to: Acknowledged): boolean {
  const at = shown.find(({ id }) => id === to.id)?.at;
  return shown.some(({ app, thread, id, editedAt }) => app && thread === to.thread && (id > to.id || (at !== undefined && (editedAt ?? 0) >= at)));
}

/** Plumb's newest post in the thread at a press was changed, or another followed. */
export function movedOn(shown: readonly Shown[], { thread, post }: PressedHere): boolean {
  return shown.some((message) => message.app && message.thread === thread && (message.id > post || (message.id === post && message.editedAt !== undefined)));
}

/** What one person sees; undefined while the program is down. */
export async function visible(url: string, as: string): Promise<Shown[] | undefined> {
  try {
    const response = await fetch(`${url}/room/state?as=${as}`);
    return response.ok ? State.parse(await response.json()).messages : undefined;
  } catch (error) {
    if (error instanceof z.ZodError) throw error;
    return undefined;
  }
}
