import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Engine, type EngineName, engineNames, engineOf } from './engine.ts';
import { EvaluationError } from './evaluation-error.ts';
import { type Measured, type Mode, measure, modes } from './measure.ts';
import { belowThresholds, ratcheted, readThresholds } from './thresholds.ts';

/** Where the command writes, and where the repo's own sets and their thresholds are. */
export type Surroundings = { out(line: string): void; err(line: string): void; sets: string };

const usage = `Usage:
  npm run -s eval                                the repo's own sets; fails when a figure is under tests/eval/thresholds.json
  npm run -s eval -- detect FILE...              hearing: is this message a request?
  npm run -s eval -- replies FILE...             reading: acts, answers and entities of a reply
  npm run -s eval -- dialogues FILE...           whole threads, played on the real way of an event

  --engine local|openai   which language engine (local); openai as the environment configures it, with the local one behind it
  --json                  one JSON object on the last line
  --errors N              the N worst misses, with what was expected, what came and why
  --out FILE              dialogues: what Plumb did, one JSON object a dialogue
  --as-typed              dialogues: Plumb is addressed only where the words mention it, not where the file says so
  --ratchet               without FILE: writes thresholds.json from what is measured now

Several files are measured as one set. docs/language.md says what each figure means.`;

const options = {
  engine: { type: 'string', default: 'local' },
  json: { type: 'boolean', default: false },
  errors: { type: 'string', default: '0' },
  out: { type: 'string' },
  'as-typed': { type: 'boolean', default: false },
  ratchet: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Order = { engine: EngineName; json: boolean; errors: number; out: string | undefined; asTyped: boolean; ratchet: boolean };
type Parsed = { order: Order; mode: Mode | undefined; files: readonly string[] } | 'help';

/** Runs the evaluation. Returns the exit code: 0, 1 when a figure is under its threshold, 2 when the order or a file is not as it should be. */
export async function runEval(args: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  try {
    const parsed = parse(args);
    if (parsed === 'help') {
      surroundings.out(usage);
      return 0;
    }
    const engine = await engineOf(parsed.order.engine);
    try {
      return parsed.mode ? await runMode(engine, parsed.mode, parsed.files, parsed.order, surroundings) : await runOwnSets(engine, parsed.order, surroundings);
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    surroundings.err(error.message);
    return 2;
  }
}

function parse(args: readonly string[]): Parsed {
  const { values, positionals } = parsedArgs(args);
  if (values.help) return 'help';
  const [named, ...files] = positionals;
  const mode = modes.find((one) => one === named);
  const engine = engineNames.find((one) => one === values.engine);
  const errors = Number(values.errors);
  if (named !== undefined && !mode) throw misused(`"${named}" is none of ${modes.join(', ')}.`);
  if (mode && files.length === 0) throw misused(`Say which files: ${mode} FILE...`);
  if (!engine) throw misused(`"${values.engine}" is no engine: choose one of ${engineNames.join(', ')}.`);
  if (!Number.isInteger(errors) || errors < 0) throw misused('--errors takes a whole number.');
  if (values.out !== undefined && mode !== 'dialogues') throw misused('--out goes with dialogues.');
  if (values.ratchet && engine !== 'local') throw misused('--ratchet goes with the local engine: the thresholds are its own.');
  if (values.ratchet && mode) throw misused("--ratchet goes with the repo's own sets: give no file.");
  return { order: { engine, json: values.json, errors, out: values.out, asTyped: values['as-typed'], ratchet: values.ratchet }, mode, files };
}

function parsedArgs(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw misused(cause instanceof Error ? cause.message : String(cause));
  }
}

function misused(what: string): EvaluationError {
  return new EvaluationError(`${what}\n\n${usage}`);
}

async function runMode(engine: Engine, mode: Mode, files: readonly string[], order: Order, { out }: Surroundings): Promise<0> {
  const measured = await measure(engine, mode, files, order);
  if (order.out !== undefined) write(order.out, measured.played.map((played) => `${JSON.stringify(played)}\n`).join(''));
  show(measured, order, out);
  if (engine.model) out(`\nThe model: ${JSON.stringify(engine.model)}`);
  if (order.json) out(JSON.stringify({ engine: order.engine, ...(engine.model && { model: engine.model }), ...measured.report }));
  return 0;
}

function show({ text, misses }: Measured, { errors }: Order, out: Surroundings['out']): void {
  out(text);
  const worst = misses.toSorted((one, other) => other.severity - one.severity).slice(0, errors);
  if (worst.length > 0) out(`\nThe worst ${worst.length} of ${misses.length} misses:\n${worst.map((miss) => miss.text).join('\n')}`);
}

async function runOwnSets(engine: Engine, order: Order, { out, err, sets }: Surroundings): Promise<0 | 1> {
  const measured: { file: string; mode: Mode; report: object }[] = [];
  for (const { file, mode } of ownSets(sets)) {
    const result = await measure(engine, mode, [join(sets, file)], order);
    show(result, order, out);
    out('');
    measured.push({ file, mode, report: result.report });
  }
  const thresholds = join(sets, 'thresholds.json');
  if (engine.model) out(`The model: ${JSON.stringify(engine.model)}`);
  if (order.ratchet) write(thresholds, `${JSON.stringify(ratcheted(measured), null, 2)}\n`);
  const below = belowThresholds(readThresholds(thresholds), new Map(measured.map(({ file, report }) => [file, report])));
  for (const what of below) err(`Under the threshold: ${what}`);
  if (order.json)
    out(
      JSON.stringify({
        engine: order.engine,
        ...(engine.model && { model: engine.model }),
        sets: Object.fromEntries(measured.map(({ file, report }) => [file, report])),
        below,
      }),
    );
  return below.length > 0 ? 1 : 0;
}

const prefixes: readonly (readonly [string, Mode])[] = [
  ['requests', 'detect'],
  ['replies', 'replies'],
  ['dialogues', 'dialogues'],
];

function ownSets(folder: string): { file: string; mode: Mode }[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const found = prefixes.flatMap(([prefix, mode]) => files.filter((name) => name.startsWith(prefix)).map((file) => ({ file, mode })));
  if (found.length === 0) throw new EvaluationError(`${folder} has no test sets: expected files such as requests.jsonl, replies.jsonl and dialogues.jsonl.`);
  return found;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new EvaluationError(`${file}: this file cannot be written. Check that its folder exists.`, { cause });
  }
}
