import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { type CueKind, cueKinds, type Side } from '../../domain/cues.ts';
import { questionIds } from '../../domain/questions.ts';
import type { CueSituation } from './cue-features.ts';
import { learnedKinds } from './cue-model.ts';
import { normalise } from './normalise.ts';
import { linesOf, trainingFolder } from './training-files.ts';

/** Who wrote a message: each author's own way shows, so what was learned is judged by authors that it has not seen. */
export type Author = (typeof threadAuthors)[number] | 'dialogues' | 'single';
const threadAuthors = ['threads-a', 'threads-b', 'threads-c', 'threads-d', 'threads-e', 'threads-f', 'threads-g', 'threads-h'] as const;

export type CueRow = {
  text: string;
  low: string;
  situation: CueSituation;
  author: Author;
  weight: number;
  kinds: ReadonlySet<CueKind>;
  /** Kinds that could be argued about: neither learned from nor judged. */
  open: ReadonlySet<CueKind>;
  /** Where each cue's words stand. */
  places: readonly { kind: CueKind; start: number; end: number }[];
};

const heard = z.object({ cue: z.enum(cueKinds), text: z.string() });
const question = z.enum(questionIds);
const cueSchema = z.object({
  text: z.string(),
  side: z.enum(['requester', 'partner', 'other']),
  dialogue: z.string().optional(),
  turn: z.number().optional(),
  asked: question.optional(),
  cues: z.array(heard),
  open: z.array(z.enum(cueKinds)).default([]),
});
const threadSchema = z.object({
  people: z.array(z.object({ id: z.string(), role: z.string() })),
  turns: z.array(
    z.object({ by: z.string(), text: z.string(), addressedTo: z.string().optional(), replyTo: z.string().optional(), cues: z.array(heard).default([]) }),
  ),
  expect: z.object({ contradictions: z.array(z.string()).default([]) }),
});
const replySchema = z.object({ text: z.string(), answers: z.record(z.string(), z.unknown()).optional() });

type Turn = { text: string; side: Side; asked?: CueSituation['asked']; cues: z.infer<typeof heard>[] };

/** A whole conversation. `shows`: the turn, counted from 0, from which on it can be seen that something stands against the request; undefined where nothing does. */
export type Thread = { author: Author; rows: readonly CueRow[]; shows: number | undefined };

/** The threads of all authors. */
export function readThreads(): Thread[] {
  return threadAuthors.flatMap((author) =>
    linesOf(`${trainingFolder}/${author}.jsonl`, threadSchema).map((thread) => ({
      author,
      rows: rowsOfThread(turnsOf(thread), author),
      shows: showsAt(thread.expect.contradictions),
    })),
  );
}

/** The files say it in words ("Turn 0 asks …, but turn 9 shows …"): it can be seen once the second turn that is named was said. */
function showsAt(contradictions: readonly string[]): number | undefined {
  const turns = contradictions.map((words) => {
    const named = [...words.matchAll(/\bturns? (\d+)/gi)].map(([, number]) => Number(number));
    const [first = 0, second = first] = [...new Set(named)].sort((one, other) => one - other);
    return second;
  });
  return turns.length === 0 ? undefined : Math.min(...turns);
}

/** Whole threads, single messages, and replies as examples of messages that say nothing unless a line of `cues-replies` says otherwise. */
export function readCueRows(): CueRow[] {
  const names = readdirSync(trainingFolder).sort();
  const threads = readThreads().flatMap(({ rows }) => rows);
  const lines = names.filter((name) => name.startsWith('cues-')).flatMap((name) => linesOf(`${trainingFolder}/${name}`, cueSchema));
  const dialogues = Map.groupBy(
    lines.filter(({ dialogue }) => dialogue !== undefined),
    ({ dialogue }) => dialogue,
  );
  const spoken = [...dialogues.values()].flatMap((turns) => rowsOfThread(turns, 'dialogues'));
  const single = lines
    .filter(({ dialogue }) => dialogue === undefined)
    .map((line) => rowOf(line, { side: line.side, request: false, probed: false, ...(line.asked && { asked: line.asked }) }, 'single', 1, line.open));
  const written = [...threads, ...spoken, ...single];
  return [...written, ...readReplies(names, new Set(written.map(({ text }) => text)))];
}

/** Threads are what people really say in order; found on authors who were held back. */
const threadWeighs = 3;
const replyWeighs = 0.5;
/** So many turns after the question of a partner what somebody says may still answer it. */
const answeredWithin = 2;

function turnsOf({ people, turns }: z.infer<typeof threadSchema>): Turn[] {
  const roles = new Map(people.map(({ id, role }) => [id, role]));
  return turns.map(({ by, text, cues, replyTo, addressedTo }) => {
    const asked = addressedTo === 'bot' ? question.safeParse(replyTo).data : undefined;
    const side = by === turns[0]?.by ? 'requester' : roles.get(by) === 'ld-partner' ? 'partner' : 'other';
    return { text, cues, side, ...(asked && { asked }) };
  });
}

function rowsOfThread(turns: readonly Turn[], author: Author): CueRow[] {
  return turns.map((turn, at) => {
    const before = turns.slice(0, at);
    const from = before.findLastIndex(({ side }) => side === 'partner');
    const last = turn.side === 'requester' && at - from <= answeredWithin ? before[from] : undefined;
    const has = (kind: CueKind) => last?.cues.some(({ cue }) => cue === kind) ?? false;
    const justAsked = has('either-or') ? 'either-or' : has('asks-gap') ? 'gap' : undefined;
    const situation = {
      side: turn.side,
      request: at === 0,
      probed: last?.text.includes('?') ?? false,
      ...(turn.asked && { asked: turn.asked }),
      ...(justAsked && ({ justAsked } as const)),
    };
    return rowOf(turn, situation, author, threadWeighs, []);
  });
}

function rowOf(
  line: { text: string; cues: z.infer<typeof heard>[] },
  situation: CueSituation,
  author: Author,
  weight: number,
  open: readonly CueKind[],
): CueRow {
  const places = line.cues.map(({ cue, text }) => {
    const start = line.text.indexOf(text);
    if (start < 0) throw new Error(`${trainingFolder}: "${line.text}" does not have the words "${text}".`);
    return { kind: cue, start, end: start + text.length };
  });
  const kinds = new Set(places.map(({ kind }) => kind));
  return { text: line.text, low: normalise(line.text), situation, author, weight, kinds, open: new Set(open), places };
}

/** What answers about the business often say beside, which nobody marked there. */
const openInDrivers: readonly CueKind[] = ['priority', 'elsewhere', 'lacks-skill', 'obstacle', 'knows-how', 'win', 'settled'];

function readReplies(names: readonly string[], known: ReadonlySet<string>): CueRow[] {
  return names
    .filter((name) => /replies/.test(name) && !name.startsWith('cues-'))
    .flatMap((name) => linesOf(`${trainingFolder}/${name}`, replySchema))
    .filter(({ text }) => !known.has(text))
    .map(({ text, answers = {} }) => {
      const open = 'sufficiency' in answers ? learnedKinds : 'driver' in answers ? openInDrivers : [];
      return rowOf({ text, cues: [] }, { side: 'requester', request: false, probed: false }, 'single', replyWeighs, open);
    });
}
