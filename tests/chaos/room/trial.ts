import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { freePort, startProgram } from '../program.ts';
import { randomFrom, untilNextKill } from '../random.ts';
import { settle } from '../settle.ts';
import { openTables } from '../tables.ts';
import type { Outcome } from '../trial.ts';
import { call } from './call.ts';
import { type Shown, talk, talkers, visible } from './people.ts';
import { verify } from './verify.ts';

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

const Clock = z.object({ now: z.number() });

/** Moves the room to working hours, so that nothing that is for one person waits for a better hour. Returns by how much (milliseconds). */
async function toWorkingHours(url: string): Promise<number> {
  let now = Date.now();
  const move = async (to: 'hour' | 'day') => {
    now = Clock.parse((await call(`${url}/room/clock`, { to })).body).now;
  };
  while (new Date(now).getUTCHours() !== 14) await move('hour');
  while (new Date(now).getUTCDay() % 6 === 0) await move('day');
  return now - Date.now();
}

/** People talk in the room while the program is killed `kills` times. Throws when it does not come to rest or does not start. */
export async function tryRoom({ kills, seed, dataDir }: { kills: number; seed: number; dataDir: string }): Promise<Outcome> {
  const random = randomFrom(seed);
  const port = await freePort();
  let program = await startProgram({ dataDir, port });
  const ahead = await toWorkingHours(program.url);
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
    await settle(program.url, program.output);
    const live = new Set((await everythingShown(program.url)).map(({ id }) => id));
    // One more start, so that only what is on disk counts.
    const exitCode = await program.stop();
    if (exitCode !== 0) throw new Error(`Plumb did not stop cleanly (${exitCode}):\n${program.output()}`);
    program = await startProgram({ dataDir, port });
    const shown = await everythingShown(program.url);
    await program.stop();
    const { acknowledged, pressed, coached, threadsGone } = conversation;
    const tables = await openTables({ sqliteFile: join(dataDir, 'plumb.sqlite') });
    const { coach, notShownLive, ...verdict } = await verify(tables, { acknowledged, pressed, coached, shown, live, now: Date.now() + ahead }).finally(
      tables.close,
    );
    return {
      ...verdict,
      acknowledged: acknowledged.length,
      presses: pressed.length,
      figures: { not_shown_live: notShownLive.length, threads_gone: threadsGone, ...coach },
      failed: threadsGone > 0,
    };
  } catch (error) {
    await program.kill();
    throw error;
  }
}
