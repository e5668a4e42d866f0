import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createHandle } from '../../../src/app/handle.ts';
import { defaultSettings, type InboundEvent, type TenantSettings } from '../../../src/app/ports.ts';
import { createRuntime, type Runtime } from '../../../src/app/runtime.ts';
import type { Workspaces } from '../../../src/app/tenant-language.ts';
import { findMentions } from '../../../src/channels/room/mentions.ts';
import { type RoomPerson, roomPeople, roomTenant } from '../../../src/channels/room/people.ts';
import type { AlignmentState, StartedAlignment } from '../../../src/domain/state.ts';
import type { Language, Mention } from '../../../src/language/language.ts';
import { loadPrompts } from '../../../src/prompts.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createLog } from '../kit.ts';
import { channelPlace, createPlatform, type Post } from './platform.ts';

/** A Monday, 15:00 in London and 10:00 in New York: working hours for those who talk most in the room. */
export const MONDAY = Date.UTC(2026, 10, 23, 15);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const prompts = loadPrompts(join(import.meta.dirname, '..', '..', '..', 'prompts'));
/** Only a guard against a play that never comes to rest. */
const longestWaitMs = 20_000;

/** What an actor may use of the stage. */
export type Stage = {
  now(): number;
  tick(): void;
  thread(): string;
  setThread(id: string): void;
  mentionsIn(text: string): Mention[];
  /** Visible posts, oldest first. */
  posts(): Post[];
  receive(event: InboundEvent): Promise<string>;
  interact: Runtime['intake']['interact'];
  settled(): Promise<void>;
};

export type StageOptions = {
  language: Language;
  /** Who is there; the five of the room otherwise. */
  people?: readonly RoomPerson[];
  settings?: Partial<TenantSettings>;
  /** Whether an external model is said to be configured; none otherwise. */
  model?: 'none' | 'configured';
  /** How many install this Plumb; one otherwise. */
  workspaces?: Workspaces;
  /** Epoch milliseconds. */
  startAt?: number;
};

export type OpenStage = Awaited<ReturnType<typeof openStage>>;

/**
 * All of Plumb on a SQLite file of its own: only the platform is played and the clock is moved by hand. `settled` waits until nothing is left to do at
 * this moment.
 */
export async function openStage({ language, people = roomPeople, settings, model = 'none', workspaces = 'one', startAt = MONDAY }: StageOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-play-'));
  const location = { sqliteFile: join(folder, 'plumb.sqlite') };
  let now = startAt;
  const clock = { now: () => now };
  const log = createLog();
  const platform = createPlatform(clock, people);
  const bell = createBell();
  let store = await openStore(location, { clock, logger: log });
  await store.settings.save(roomTenant, { ...defaultSettings, burstMs: 0, ...settings });
  let ids = 0;
  // The same ids in every run: which variant of a wording is said depends on them.
  const newId = () => `id-${++ids}`;
  let runtime = start();
  let thread = '';

  function start(): Runtime {
    const channels = new Map([['room' as const, platform.channel]]);
    const handle = createHandle({ store, language, prompts, model, workspaces, channels, clock, newId, logger: log });
    const metrics = { count: bell.ring, observe: () => undefined };
    store.onWork(bell.ring);
    const started = createRuntime({ store, handle, language, workspaces, channels, clock, logger: log, metrics, deadlineMs: longestWaitMs });
    started.start();
    return started;
  }

  async function isAtRest(): Promise<boolean> {
    // In the direction in which work moves, so that none is missed between two looks.
    const timer = await store.timers.nextDueAt();
    const { inbox, outbox } = await store.depth();
    const held = await store.outbox.nextDueAt();
    // What is held back for the morning is hours away; what is just being sent is due again within a minute, when its lease runs out.
    const isOut = outbox === 0 || (held !== undefined && held > now + minute);
    return inbox === 0 && isOut && (timer === undefined || timer > now);
  }

  async function nextMoment(): Promise<number | undefined> {
    const moments = [await store.timers.nextDueAt(), await store.outbox.nextDueAt()].filter((moment) => moment !== undefined);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  async function settled(): Promise<void> {
    const giveUpAt = performance.now() + longestWaitMs;
    for (;;) {
      const rung = bell.next();
      if (await isAtRest()) return;
      if (performance.now() > giveUpAt)
        throw new Error(`The play does not come to rest: ${JSON.stringify(await store.depth())}\n${log.lines.slice(-5).join('\n')}`);
      runtime.poke();
      await rung;
    }
  }

  /** Moves the clock, stopping on the way wherever something is due, as real time would. */
  async function moveTo(at: number): Promise<void> {
    for (let due = await nextMoment(); due !== undefined && due <= at; due = await nextMoment()) {
      now = Math.max(now, due);
      runtime.poke();
      await settled();
    }
    now = Math.max(now, at);
    runtime.poke();
    await settled();
  }

  const stage: Stage = {
    now: () => now,
    tick: () => {
      now += 1_000;
    },
    thread: () => thread,
    setThread: (id) => {
      thread = id;
    },
    mentionsIn: (text) => findMentions(text, people),
    posts: () => platform.posts.filter((post) => !post.gone),
    receive: (event) => runtime.intake.receive(event),
    interact: (event) => runtime.intake.interact(event),
    settled,
  };

  const conversation = () => ({ channel: 'room' as const, tenant: roomTenant, place: channelPlace, thread });
  /** The alignment of the current thread, else the newest one; undefined before any has begun. */
  async function alignment(): Promise<StartedAlignment | undefined> {
    const [newest] = await store.aggregates.list({ tenant: roomTenant, kind: 'alignment', limit: 1 });
    const ref = (await store.aggregates.of(conversation())) ?? newest?.ref;
    const stored = ref && (await store.aggregates.load(ref));
    const state = stored?.snapshot as AlignmentState | undefined;
    return !state || state.status === 'new' ? undefined : state;
  }

  async function restartWith(change: () => void): Promise<void> {
    await runtime.stop();
    await store.close();
    change();
    store = await openStore(location, { clock, logger: log });
    runtime = start();
  }

  return {
    stage,
    log,
    platform,
    settled,
    moveTo,
    conversation,
    alignment,
    store: () => store,
    runtime: () => runtime,
    /** A moment later, whatever comes of it. */
    lets(ms: number): void {
      now += ms;
      runtime.poke();
    },
    /** Waits for something that comes while other things are still open. */
    async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
      const giveUpAt = performance.now() + longestWaitMs;
      for (let rung = bell.next(); !(await isSo()); rung = bell.next()) {
        if (performance.now() > giveUpAt) throw new Error(`It never came to be.\n${log.lines.slice(-5).join('\n')}`);
        await rung;
      }
    },
    /** Stops Plumb, lets somebody else at its file, and starts it again. */
    repairs: (change: (database: DatabaseSync) => void) =>
      restartWith(() => {
        const database = new DatabaseSync(location.sqliteFile);
        change(database);
        database.close();
      }),
    restarts: () => restartWith(() => undefined),
    /** Whether these words stand anywhere in the database's files, erased pages included. */
    async isOnDisk(words: string): Promise<boolean> {
      await store.housekeep(now);
      const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
      return files.some((file) => file.includes(words));
    },
    async ends(): Promise<void> {
      await runtime.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Rings whenever something was stored, handled or delivered. */
function createBell() {
  let waiting: (() => void)[] = [];
  return {
    ring: () => {
      const heard = waiting;
      waiting = [];
      for (const hear of heard) hear();
    },
    /** Resolves at the next ring, or by itself after a short silence, so that a missed one never hangs a test. */
    next: () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100);
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}
