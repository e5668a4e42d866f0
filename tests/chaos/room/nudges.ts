import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { outagesFrom, untilBegin } from '../outages.ts';
import { freePort, type Program, startProgram } from '../program.ts';
import { randomFrom } from '../random.ts';
import { untilRest as untilDatabaseRests } from '../rest.ts';
import { settle } from '../settle.ts';
import { openTables } from '../tables.ts';
import type { Outcome } from '../trial.ts';
import { call } from './call.ts';
import { type Shown, visible } from './people.ts';
import { acceptAll, buttonsOf, signBrief } from './sign.ts';
import { type Tapped, verifyNudges } from './verify-nudges.ts';

const nudged = ['tomas', 'keiko'] as const;
const programmes = [
  {
    request: 'my 40 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop?',
    weeklyCall: 'Mondays at 10:00 New York time, with Keiko and Tomas.',
  },
  {
    request: 'my 40 account managers need a two-day negotiation training, they give away margin.',
    weeklyCall: 'Mondays at 12:00 New York time, with Keiko and Tomas.',
  },
];
const taps = ['nudge-on-track', 'nudge-at-risk', 'nudge-no-progress'] as const;
const Clock = z.object({ now: z.number() });

type NudgeTrial = { kills: number; seed: number; dataDir: string };

/**
 * Two programmes run in the room while the program is killed right around the moments at which nudges and digests are due, and now and then stays away
 * for some hours, once for three days. Throws when it does not come to rest or does not start.
 */
export async function tryRoomNudges({ kills, seed, dataDir }: NudgeTrial): Promise<Outcome> {
  const random = randomFrom(seed);
  const port = await freePort();
  const database = join(dataDir, 'plumb.sqlite');
  const away = { ms: untilBegin(Date.now()) };
  const start = () => startProgram({ dataDir, port, env: { PLUMB_CLOCK_OFFSET: String(away.ms) } });
  const killed = { times: 0, left: kills };
  let program = await start();
  const tapped: Tapped[] = [];

  async function killAndStart(awayMs = 0): Promise<void> {
    await program.kill();
    away.ms += awayMs;
    program = await start();
    killed.times += 1;
  }

  try {
    for (const programme of programmes) await signBrief(program.url, programme);
    await untilRest(program, database);
    // Introductions wait for the morning of each.
    while (!(await isEverybodyIntroduced(program.url))) await moveOn(program, database);
    await acceptAll(program.url, nudged, programmes.length);
    const outages = outagesFrom(random, 1);
    while (killed.times < kills) {
      const before = (await visible(program.url, 'sam')) ? program : await restarted();
      const moving = call(`${before.url}/room/clock`, { to: 'next' });
      await sleep(250 * random());
      await killAndStart(outages.next(await nowOf(database, away.ms)));
      await moving;
      if (random() < 0.4) {
        await sleep(400 * random());
        await killAndStart();
      }
      await untilRest(program, database);
      if (random() < 0.7) await tapAll(program.url, random, tapped);
      if (killed.times % 10 === 0) console.log(`${killed.times} kills, ${tapped.length} taps acknowledged`);
    }
    // Every nudge that is due by now has come.
    await settle(program.url, program.output);
    const shown = await everythingShown(program.url);
    const exitCode = await program.stop();
    if (exitCode !== 0) throw new Error(`Plumb did not stop cleanly (${exitCode}):\n${program.output()}`);
    const tables = await openTables({ sqliteFile: database });
    const { figures, ...verdict } = await verifyNudges(tables, { shown, tapped }).finally(tables.close);
    return { ...verdict, acknowledged: 0, presses: tapped.length, figures, failed: figures.weeks < 2 };
  } catch (error) {
    await program.kill();
    throw error;
  }

  async function restarted(): Promise<Program> {
    program = await start();
    return program;
  }
}

async function tapAll(url: string, random: () => number, tapped: Tapped[]): Promise<void> {
  for (const as of nudged) {
    const tap = taps[Math.floor(random() * taps.length)] ?? taps[0];
    const shown = (await visible(url, as)) ?? [];
    const place = ({ postId }: Button) => shown.findIndex(({ id }) => id === postId);
    const newest = [...buttonsOf(shown, tap), ...buttonsOf(shown, 'nudge-answer')].toSorted((one, other) => place(one) - place(other)).at(-1);
    if (!newest) continue;
    if (newest.action === 'nudge-answer') await answerJoined(url, { as, tap, button: newest }, tapped);
    else await tapOne(url, { as, button: newest }, tapped);
  }
}

type Button = ReturnType<typeof buttonsOf>[number];

async function tapOne(url: string, { as, button: { postId, action, value } }: { as: string; button: Button }, tapped: Tapped[]): Promise<void> {
  const note = `${as} ${tapped.length}`;
  noteAnswer(await call(`${url}/room/actions`, { as, postId, action, value, inputs: { note } }), { as, notes: [note] }, tapped);
}

/** Both programmes in one form, each with a line of its own. */
async function answerJoined(url: string, { as, tap, button }: { as: string; tap: string; button: Button }, tapped: Tapped[]): Promise<void> {
  const { postId, action, value } = button;
  const opened = await call(`${url}/room/forms`, { as, postId, action, value });
  const asked = [...new Set([...JSON.stringify(opened.body ?? {}).matchAll(/"status-([\w-]+)"/g)].flatMap(([, id]) => id ?? []))];
  if (asked.length === 0) return;
  const notes = asked.map((_, at) => `${as} ${tapped.length + at}`);
  const inputs = Object.fromEntries(
    asked.flatMap((id, at) => [
      [`status-${id}`, tap.replace('nudge-', '')],
      [`note-${id}`, notes[at] ?? ''],
    ]),
  );
  noteAnswer(await call(`${url}/room/forms/submit`, { as, postId, submit: 'submit-nudge-answer', value, inputs }), { as, notes }, tapped);
}

function noteAnswer({ status, body }: Awaited<ReturnType<typeof call>>, { as, notes }: { as: string; notes: readonly string[] }, tapped: Tapped[]): void {
  const kind = z.looseObject({ kind: z.string(), text: z.string().optional() }).safeParse(body).data;
  // A late one is refused in words; what is refused has no effect.
  if (status === 200 && kind !== undefined) for (const note of notes) tapped.push({ as, note, answer: kind.text ?? kind.kind });
}

async function isEverybodyIntroduced(url: string): Promise<boolean> {
  const counts = await Promise.all(nudged.map(async (as) => buttonsOf((await visible(url, as)) ?? [], 'accept-introduction').length));
  return counts.every((count) => count >= programmes.length);
}

/** What Plumb does next by itself, done. */
async function moveOn(program: Program, database: string): Promise<void> {
  const moved = await call(`${program.url}/room/clock`, { to: 'next' });
  Clock.parse(moved.body);
  await untilRest(program, database);
}

const Waiting = z.object({ name: z.string(), value: z.number() });

/** The room's clock: what was moved by hand stands in its database. */
async function nowOf(database: string, awayMs: number): Promise<number> {
  const tables = await openTables({ sqliteFile: database });
  const rows = await tables.rows(Waiting, "SELECT name, value FROM numbers WHERE name = 'clock_offset'").finally(tables.close);
  return Date.now() + awayMs + (rows[0]?.value ?? 0);
}

/** Waits until no timer is due and nothing waits to be handled or sent. */
function untilRest({ url, output }: Program, database: string): Promise<void> {
  const now = async () => Clock.parse(await (await fetch(`${url}/room/state?as=sam`)).json()).now;
  return untilDatabaseRests({ sqliteFile: database }, now, output);
}

async function everythingShown(url: string): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const as of nudged) {
    const messages = await visible(url, as);
    if (!messages) throw new Error('The room does not answer.');
    shown.push(...messages.filter(({ place }) => place === `dm:${as}`));
  }
  return shown;
}
