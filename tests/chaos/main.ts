import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Shown, talk, talkers, visible } from './people.ts';
import { freePort, type Program, startProgram } from './program.ts';
import { verify } from './verify.ts';

const SETTLE_LIMIT_MS = 120_000;

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Moments from right after the start to well into the conversations; most are early, where recovery and new work meet. */
function untilNextKill(random: () => number): number {
  return 20 + 2_500 * random() ** 2;
}

/** Waits until nothing waits: every row in inbox and outbox that is due is done. */
async function settle(program: Program): Promise<void> {
  const until = performance.now() + SETTLE_LIMIT_MS;
  let quiet = 0;
  while (quiet < 5) {
    if (performance.now() > until) throw new Error(`Plumb did not come to rest within ${SETTLE_LIMIT_MS} ms:\n${program.output()}`);
    await sleep(400);
    const text = await (await fetch(`${program.url}/metrics`)).text();
    const waiting = ['inbox', 'outbox'].map((queue) => Number(new RegExp(`^plumb_queue_depth\\{queue="${queue}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 1));
    quiet = waiting.every((rows) => rows === 0) ? quiet + 1 : 0;
  }
}

/** Everything that anybody sees, each message once per place it stands in. */
async function everythingShown(url: string): Promise<Shown[]> {
  const shown = new Map<string, Shown>();
  for (const as of [...talkers, 'sam']) {
    const messages = await visible(url, as);
    if (!messages) throw new Error('The room does not answer.');
    const ids = new Set<string>();
    for (const message of messages) {
      // Twice in one person's view stays twice, so that it is found.
      shown.set(ids.has(message.id) ? `${message.id} again` : message.id, message);
      ids.add(message.id);
    }
  }
  return [...shown.values()];
}

async function run({ kills, seed, dataDir }: { kills: number; seed: number; dataDir: string }) {
  const random = randomFrom(seed);
  const port = await freePort();
  let program = await startProgram({ dataDir, port });
  const conversation = talk(program.url, randomFrom(seed + 1));
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      await sleep(untilNextKill(random));
      await program.kill();
      program = await startProgram({ dataDir, port });
      if (kill % 10 === 0) console.log(`${kill} kills, ${conversation.acknowledged.length} messages and ${conversation.pressed.length} presses acknowledged`);
    }
    await sleep(1_000);
    await conversation.stop();
    await settle(program);
    const live = new Set((await everythingShown(program.url)).map(({ id }) => id));
    const notShown = conversation.acknowledged.filter(({ id }) => !live.has(id)).map(({ id, text }) => `${id}: ${text}`);
    // One more start, so that only what is on disk counts.
    const exitCode = await program.stop();
    if (exitCode !== 0) throw new Error(`Plumb did not stop cleanly (${exitCode}):\n${program.output()}`);
    program = await startProgram({ dataDir, port });
    const shown = await everythingShown(program.url);
    await program.stop();
    const { acknowledged, pressed, threadsGone } = conversation;
    return { acknowledged, pressed, threadsGone, notShown, ...verify(dataDir, { acknowledged, pressed, shown }) };
  } catch (error) {
    await program.kill();
    throw error;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, kills: { type: 'string' }, seed: { type: 'string' }, keep: { type: 'boolean' } } });
  const kills = Number(values.kills ?? 50);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const dataDir = await mkdtemp(join(tmpdir(), 'plumb-chaos-'));
  console.log(`${kills} kills at random moments, seed ${seed} (repeat with --seed ${seed})`);
  const { acknowledged, pressed, threadsGone, notShown, lost, missingPosts, duplicatePosts, doneTwice } = await run({ kills, seed, dataDir });
  if (values.keep) console.log(`the data stays in ${dataDir}`);
  else await rm(dataDir, { recursive: true, force: true });
  for (const [what, items] of Object.entries({
    lost,
    'missing posts': missingPosts,
    'duplicate posts': duplicatePosts,
    'done twice': doneTwice,
    'not shown before another start': notShown,
  })) {
    console.log(`${what}: ${items.length}`);
    for (const item of items.slice(0, 10)) console.log(`  ${item}`);
  }
  const result = {
    kills,
    acknowledged: acknowledged.length,
    presses: pressed.length,
    lost: lost.length,
    missing_posts: missingPosts.length,
    duplicate_posts: duplicatePosts.length,
    done_twice: doneTwice.length,
    not_shown_live: notShown.length,
    threads_gone: threadsGone,
    seed,
  };
  if (values.json) console.log(JSON.stringify(result));
  if (lost.length + missingPosts.length + duplicatePosts.length + doneTwice.length + notShown.length + threadsGone > 0) process.exitCode = 1;
}

await main();
