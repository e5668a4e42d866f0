import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';

/** The five articles that the method was distilled from. */
export const articles = ['S0', 'S1', 'S2', 'S3', 'S4'] as const;
export type Article = (typeof articles)[number];

/** A text that is not empty. */
export const Sentence = z.string('expected a text').regex(/\S/, 'expected a text, but it is empty');
export const ArticleId = z.enum(articles, 'expected the source as S0, S1, S2, S3 or S4');
/** One text, or several that say the same. */
export const Variants = z.union(
  [Sentence.transform((text) => [text]), z.array(Sentence).min(1, 'expected at least one text')],
  'expected a text or a list of texts',
);
export const Id = z.string('expected an id').regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected an id of small letters, digits and single dashes');
/** Words that messages are compared with. */
export const SmallWords = Sentence.regex(/^\P{Lu}*$/u, 'expected small letters only');

/** A mistake in prompts/. The message names the file, the line and what is expected. */
export class PromptsError extends Error {
  readonly code = 'prompts_invalid';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PromptsError';
  }
}

/** One YAML file of `directory`, checked. Throws PromptsError. */
export function readYaml<T extends z.ZodType>(directory: string, file: string, schema: T): z.output<T> {
  return checked(openSource(directory, file), schema);
}

type Path = readonly (string | number)[];
/** A file of prompts/ with where everything in it stands. */
export type SourceFile = { name: string; value: unknown; document: Document.Parsed; lines: LineCounter };

/** Reads a YAML file of `directory`. Throws PromptsError when it cannot be read or is not YAML. */
export function openSource(directory: string, file: string): SourceFile {
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

/** What stands in the file, as the schema gives it. Throws PromptsError for the first mistake. */
export function checked<T extends z.ZodType>(source: SourceFile, schema: T): z.output<T> {
  const result = schema.safeParse(source.value);
  if (result.success) return result.data;
  // A misspelt key is missing under its right name as well: what stands in the file says more.
  const issue = result.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? result.error.issues[0];
  const path = (issue?.path ?? []).filter((step) => typeof step !== 'symbol');
  const where = path.length === 0 ? 'the file' : `"${path.join('.')}"`;
  if (issue?.code === 'unrecognized_keys') throw wrong(source, [...path, issue.keys[0] ?? ''], `"${issue.keys[0]}" is not expected in ${where}`, 'key');
  throw wrong(source, path, `${where} ${isMissing(source, path) ? 'is missing' : 'is not as it should be'}: ${issue?.message ?? 'unknown problem'}`);
}

/** The error for what stands at `path`, with the line of its value, or of its key. Falls back to the nearest part that exists. */
export function wrong(source: SourceFile, path: Path, message: string, at: 'key' | 'value' = 'value'): PromptsError {
  const offset = at === 'key' ? (keyAt(source, path) ?? offsetAt(source, path)) : offsetAt(source, path);
  return new PromptsError(`${source.name}:${source.lines.linePos(offset).line}: ${message}.`);
}

function offsetAt(source: SourceFile, path: Path): number {
  if (path.length === 0) return source.document.contents?.range?.[0] ?? 0;
  const node = source.document.getIn(path, true);
  if (isNode(node) && node.range) return node.range[0];
  return keyAt(source, path) ?? keyAt(source, path.slice(0, -1)) ?? offsetAt(source, path.slice(0, -1));
}

function keyAt(source: SourceFile, path: Path): number | undefined {
  if (path.length === 0) return undefined;
  const parent = source.document.getIn(path.slice(0, -1), true);
  const holder = path.length === 1 ? source.document.contents : parent;
  if (!isMap(holder)) return undefined;
  const pair = holder.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1));
  return pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}

function isMissing(source: SourceFile, path: Path): boolean {
  return path.length > 0 && source.document.getIn(path) === undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

/** A record with a value for each of the keys. */
export function recordOf<K extends string, V>(keys: readonly K[], of: (key: K) => V): Record<K, V> {
  const entries = keys.map((key): [K, V] => [key, of(key)]);
  // Object.fromEntries forgets the keys' type; every key of K is in the list.
  return Object.fromEntries(entries) as Record<K, V>;
}
