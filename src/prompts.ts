import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Knowledge } from './domain/knowledge.ts';
import { type FactorId, factorIds, factorOf, type QuestionId, questionIds } from './domain/questions.ts';
import { type TriggerId, triggerIds } from './domain/triggers.ts';
import { type FitnessTexts, fitnessTexts } from './prompts-fitness.ts';
import { createWords, isWordingKey, slotPattern, type Wording, type WordingKey, type Words, wordingSlots } from './views/wording.ts';

/** The five articles that the method was distilled from. */
const sources = ['S0', 'S1', 'S2', 'S3', 'S4'] as const;
export type Source = (typeof sources)[number];

/** Everything there is to say about one of the twelve questions. */
export type QuestionText = {
  /** Short name for lists. */
  label: string;
  /** At least two wordings; the next one is used when the question is put again. */
  ask: readonly string[];
  why: string;
  /** Which of the five articles it comes from (S0 … S4). */
  source: Source;
  /** Completes "a good answer has …". */
  has: string;
  followUps: readonly string[];
  examples: readonly { from: string; text: string }[];
};

/** What a live prompt says: why it comes now, and wordings of the question with slots for their words. */
export type LivePromptText = { why: string; ask: readonly string[]; source: Source; because: string };

export type Prompts = {
  knowledge: Knowledge;
  livePrompts: Readonly<Record<TriggerId, LivePromptText>>;
  questions: Readonly<Record<QuestionId, QuestionText>>;
  factors: Readonly<Record<FactorId, string>>;
  fitness: FitnessTexts;
  words: Words;
};

/** A mistake in prompts/. The message names the file, the line and what is expected. */
export class PromptsError extends Error {
  readonly code = 'prompts_invalid';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PromptsError';
  }
}

/** Reads questions.yaml and wording.yaml in `directory`. Throws PromptsError when a file is missing or anything in it is not as expected. */
export function loadPrompts(directory: string): Prompts {
  const { questions, factors } = readQuestions(openSource(directory, 'questions.yaml'));
  const knowledge: Knowledge = { symptoms: [], topics: [], kpis: [], urgency: [], deliverables: [] };
  const livePrompts = recordOf(triggerIds, (): LivePromptText => ({ why: '', ask: [''], source: 'S0', because: '' }));
  const fitness = readYaml(directory, 'fitness.yaml', fitnessTexts);
  return { questions, factors, knowledge, livePrompts, fitness, words: createWords(readWording(openSource(directory, 'wording.yaml'))) };
}

/** One YAML file of `directory`, checked. Throws PromptsError. */
export function readYaml<T extends z.ZodType>(directory: string, file: string, schema: T): z.output<T> {
  return checked(openSource(directory, file), schema);
}

type Path = readonly (string | number)[];
type File = { name: string; value: unknown; document: Document.Parsed; lines: LineCounter };

function openSource(directory: string, file: string): File {
  const name = join(directory, file);
  const lines = new LineCounter();
  const document = parseDocument(readText(name), { lineCounter: lines });
  const [problem] = document.errors;
  if (problem) {
    throw new PromptsError(`${name}:${lines.linePos(problem.pos[0]).line}: this is not valid YAML: ${problem.message.split('\n')[0] ?? ''}`, {
      cause: problem,
    });
  }
  return { name, value: document.toJS(), document, lines };
}

function readText(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch (cause) {
    throw new PromptsError(`${name}: this file cannot be read. It belongs to the program: put it back, or check its permissions.`, { cause });
  }
}

const Sentence = z.string('expected a text').regex(/\S/, 'expected a text, but it is empty');
const Example = z.strictObject({ from: Sentence, text: Sentence }, 'expected an example with "from" and "text"');
const Question = z.strictObject(
  {
    label: Sentence.max(40, 'expected a short label of at most 40 characters'),
    ask: z.array(Sentence, 'expected a list of wordings').min(2, 'expected at least two wordings of the question'),
    why: Sentence,
    source: z.enum(sources, 'expected the source as S0, S1, S2, S3 or S4'),
    has: Sentence,
    follow_ups: z.array(Sentence, 'expected a list of follow-ups').min(1, 'expected at least one follow-up'),
    examples: z.array(Example, 'expected a list of examples').min(2, 'expected at least two examples'),
  },
  'expected a question with label, ask, why, source, has, follow_ups and examples',
);
const factor = (id: FactorId) =>
  z.strictObject({
    label: Sentence,
    questions: z.strictObject(
      Object.fromEntries(questionIds.filter((question) => factorOf[question] === id).map((question) => [question, Question])),
      `expected exactly these questions: ${questionIds.filter((question) => factorOf[question] === id).join(', ')}`,
    ),
  });
const Questions = z.strictObject(
  {
    factors: z.strictObject(Object.fromEntries(factorIds.map((id) => [id, factor(id)])), `expected exactly these factors: ${factorIds.join(', ')}`),
  },
  'expected "factors" with the six factors and their questions',
);

function readQuestions(source: File): Pick<Prompts, 'questions' | 'factors'> {
  const { factors } = checked(source, Questions);
  const of = (id: QuestionId): QuestionText => {
    const found = factors[factorOf[id]]?.questions[id];
    if (!found) throw wrong(source, ['factors', factorOf[id], 'questions'], `expected the question "${id}"`);
    const { follow_ups: followUps, ...rest } = found;
    return { ...rest, followUps };
  };
  return {
    questions: recordOf(questionIds, of),
    factors: recordOf(factorIds, (id) => factors[id]?.label ?? ''),
  };
}

const Variants = z.union([Sentence.transform((text) => [text]), z.array(Sentence).min(1)], 'expected a text or a list of texts');
const WordingFile = z.record(z.string(), z.record(z.string(), Variants, 'expected a group of keys with texts'), 'expected groups of keys with texts');

function readWording(source: File): Wording {
  const groups = checked(source, WordingFile);
  for (const [group, entries] of Object.entries(groups)) {
    for (const [name, variants] of Object.entries(entries)) checkWording(source, [group, name], variants);
  }
  return recordOf(Object.keys(wordingSlots).filter(isWordingKey), (key) => {
    const [group = '', name = ''] = key.split('.');
    const variants = groups[group]?.[name];
    if (!variants) throw wrong(source, [group], `expected the key "${name}" in "${group}", but it is missing`);
    return variants;
  });
}

function checkWording(source: File, [group, name]: readonly [string, string], variants: readonly string[]): void {
  const key = `${group}.${name}`;
  if (!isWordingKey(key)) throw wrong(source, [group, name], `"${key}" is not known. Remove it, or correct its name`, 'key');
  const known = slotsOf(key);
  for (const variant of variants) {
    const strange = [...variant.matchAll(slotPattern)].map((match) => match[1] ?? '').find((slot) => !known.includes(slot));
    if (strange === undefined) continue;
    const expected = known.length === 0 ? 'no slot here' : `only ${known.map((slot) => `{${slot}}`).join(', ')}`;
    throw wrong(source, [group, name], `{${strange}} is not a slot of "${key}": expected ${expected}`, 'key');
  }
}

function slotsOf(key: WordingKey): readonly string[] {
  return wordingSlots[key];
}

function checked<T extends z.ZodType>(source: File, schema: T): z.output<T> {
  const result = schema.safeParse(source.value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []).filter((step) => typeof step !== 'symbol');
  const where = path.length === 0 ? 'the file' : `"${path.join('.')}"`;
  if (issue?.code === 'unrecognized_keys') throw wrong(source, [...path, issue.keys[0] ?? ''], `"${issue.keys[0]}" is not expected in ${where}`, 'key');
  throw wrong(source, path, `${where} ${isMissing(source, path) ? 'is missing' : 'is not as it should be'}: ${issue?.message ?? 'unknown problem'}`);
}

/** The error for what stands at `path`, with the line of its value, or of its key. Falls back to the nearest part that exists. */
function wrong(source: File, path: Path, message: string, at: 'key' | 'value' = 'value'): PromptsError {
  const offset = at === 'key' ? (keyAt(source, path) ?? offsetAt(source, path)) : offsetAt(source, path);
  return new PromptsError(`${source.name}:${source.lines.linePos(offset).line}: ${message}.`);
}

function offsetAt(source: File, path: Path): number {
  if (path.length === 0) return source.document.contents?.range?.[0] ?? 0;
  const node = source.document.getIn(path, true);
  if (isNode(node) && node.range) return node.range[0];
  return keyAt(source, path) ?? keyAt(source, path.slice(0, -1)) ?? offsetAt(source, path.slice(0, -1));
}

function keyAt(source: File, path: Path): number | undefined {
  if (path.length === 0) return undefined;
  const parent = source.document.getIn(path.slice(0, -1), true);
  const holder = path.length === 1 ? source.document.contents : parent;
  if (!isMap(holder)) return undefined;
  const pair = holder.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1));
  return pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}

function isMissing(source: File, path: Path): boolean {
  return path.length > 0 && source.document.getIn(path) === undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function recordOf<K extends string, V>(keys: readonly K[], of: (key: K) => V): Record<K, V> {
  const entries = keys.map((key): [K, V] => [key, of(key)]);
  // Object.fromEntries forgets the keys' type; every key of K is in the list.
  return Object.fromEntries(entries) as Record<K, V>;
}
