import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { jest } from '@jest/globals';
import { createHandle } from '../../../src/app/handle.ts';
import { defaultSettings, type InboundEvent, type TenantSettings } from '../../../src/app/ports.ts';
import { createRuntime, type Runtime } from '../../../src/app/runtime.ts';
import { roomTenant } from '../../../src/channels/room/people.ts';
import type { ProgrammeState } from '../../../src/domain/programme-state.ts';
import { currentAnswers, type QuestionId, statusOf } from '../../../src/domain/questions.ts';
import type { AlignmentState, StartedAlignment } from '../../../src/domain/state.ts';
import { createLocalLanguage } from '../../../src/language/local/local-language.ts';
import { loadPrompts } from '../../../src/prompts.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createLog } from '../kit.ts';
import { createActor } from './actor.ts';
import { cardText, questionIn } from './card-text.ts';
import { channelPlace, createPlatform, type Post } from './platform.ts';

/** A Monday, 15:00 in London and 10:00 in New York: working hours for those who talk most. */
export const MONDAY = Date.UTC(2026, 10, 23, 15);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

const prompts = loadPrompts(join(import.meta.dirname, '..', '..', '..', 'prompts'));
const language = createLocalLanguage();
/** Only a guard against a play that never comes to rest. */
const longestWaitMs = 20_000;
// Whole conversations on a busy machine; nothing here is measured.
jest.setTimeout(60_000);

export type Play = Awaited<ReturnType<typeof openPlay>>;
/** What an actor may use of the stage. */
export type Stage = {
  now(): number;
  tick(): void;
  thread(): string;
  setThread(id: string): void;
  /** Visible posts, oldest first. */
  posts(): Post[];
  receive(event: InboundEvent): Promise<string>;
  interact: Runtime['intake']['interact'];
  settled(): Promise<void>;
};

/**
 * All of Plumb on a SQLite file of its own: only the platform is played, the clock is moved by hand, and five people act. `settled` waits until nothing
 * is left to do at this moment.
 */
export async function openPlay(options: Partial<TenantSettings> & { startAt?: number } = {}) {
  const { startAt = MONDAY, ...settings } = options;
  const folder = await mkdtemp(join(tmpdir(), 'plumb-play-'));
  const location = { sqliteFile: join(folder, 'plumb.sqlite') };
  let now = startAt;
  const clock = { now: () => now };
  const log = createLog();
  const platform = createPlatform(clock);
  const bell = createBell();
  let store = await openStore(location, { clock, logger: log });
  await store.settings.save(roomTenant, { ...defaultSettings, burstMs: 0, partners: [{ personId: 'priya' }], admins: ['priya'], ...settings });
  let ids = 0;
  // The same ids in every run: which variant of a wording is said depends on them.
  const newId = () => `id-${++ids}`;
  let runtime = start();
  let thread = '';

  function start(): Runtime {
    const channels = new Map([['room' as const, platform.channel]]);
    const handle = createHandle({ store, language, prompts, channels, clock, newId, logger: log });
    const metrics = { count: bell.ring, observe: () => undefined };
    store.onWork(bell.ring);
    const started = createRuntime({ store, handle, language, channels, clock, logger: log, metrics });
    started.start();
    return started;
  }

  async function isAtRest(): Promise<boolean> {
    const { inbox, outbox } = await store.depth();
    const timer = await store.timers.nextDueAt();
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
    posts: () => platform.posts.filter((post) => !post.gone),
    receive: (event) => runtime.intake.receive(event),
    interact: (event) => runtime.intake.interact(event),
    settled,
  };

  const conversation = () => ({ channel: 'room' as const, tenant: roomTenant, place: channelPlace, thread });
  async function alignment(): Promise<StartedAlignment> {
    const [newest] = await store.aggregates.list({ tenant: roomTenant, kind: 'alignment', limit: 1 });
    const ref = (await store.aggregates.of(conversation())) ?? newest?.ref;
    const stored = ref && (await store.aggregates.load(ref));
    const state = stored?.snapshot as AlignmentState | undefined;
    if (!state || state.status === 'new') throw new Error('No alignment has begun.');
    return state;
  }

  const postsIn = (place: string, of = '') => stage.posts().filter((post) => post.place === place && (place !== channelPlace || post.thread === of));

  return {
    dana: createActor(stage, 'dana'),
    priya: createActor(stage, 'priya'),
    tomas: createActor(stage, 'tomas'),
    keiko: createActor(stage, 'keiko'),
    sam: createActor(stage, 'sam'),
    prompts,
    log,
    platform,
    stage,
    settled,
    store: () => store,
    runtime: () => runtime,
    alignment,
    conversation,
    status: async () => (await alignment()).status,
    asked: async () => (await alignment()).asked?.questionId,
    answer: async (questionId: QuestionId) => statusOf((await alignment()).answers, questionId),
    programme: async () => (await store.aggregates.load({ kind: 'programme', id: (await alignment()).id }))?.snapshot as ProgrammeState | undefined,
    /** What was said is kept as it was said. */
    words: async (questionId: QuestionId): Promise<string[]> => {
      const given = currentAnswers((await alignment()).answers, questionId).flatMap((each) => each.text ?? []);
      const texts = await store.texts.load(given.map(({ textId }) => textId));
      return given.map(({ textId, start, end }) => texts.get(textId)?.body.slice(start, end) ?? '(erased)');
    },
    /** Who gave what counts now. */
    authors: async (questionId: QuestionId) => currentAnswers((await alignment()).answers, questionId).map(({ by }) => by),
    /** Everything that Plumb shows in the thread, oldest first. */
    thread: () =>
      postsIn(channelPlace, thread)
        .map((post) => cardText(post.card))
        .join('\n---\n'),
    threadPosts: () => postsIn(channelPlace, thread),
    /** What Plumb shows at channel level: posts that are not in the thread of somebody's message. */
    channelPosts: () => stage.posts().filter((post) => post.place === channelPlace && post.audience === 'channel'),
    chatOf: (personId: string) =>
      postsIn(`dm:${personId}`)
        .map((post) => cardText(post.card))
        .join('\n---\n'),
    chatPosts: (personId: string) => postsIn(`dm:${personId}`),
    questionIn: (post: Post | undefined) => post && questionIn(prompts, post.card),
    /** The clock, so many milliseconds on. */
    passes: (ms: number) => moveTo(now + ms),
    moveTo,
    async nextTimer(): Promise<number> {
      const due = await store.timers.nextDueAt();
      if (due === undefined) throw new Error('No timer is set.');
      await moveTo(due);
      return due;
    },
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
    async repairs(change: (database: DatabaseSync) => void): Promise<void> {
      await runtime.stop();
      await store.close();
      const database = new DatabaseSync(location.sqliteFile);
      change(database);
      database.close();
      store = await openStore(location, { clock, logger: log });
      runtime = start();
    },
    /** Whether these words stand anywhere in the database's files, erased pages included. */
    async isOnDisk(words: string): Promise<boolean> {
      await store.housekeep(now);
      const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
      return files.some((file) => file.includes(words));
    },
    async restarts(): Promise<void> {
      await runtime.stop();
      await store.close();
      store = await openStore(location, { clock, logger: log });
      runtime = start();
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
