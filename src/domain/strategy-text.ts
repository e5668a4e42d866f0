import type { Objective, ProposedObjective } from './strategy.ts';
import { timeFrameIn, weightIn, weightMarks } from './strategy-details.ts';

/** Objectives as a text that can be changed and read back: one line each, and below it what it needs. */
export function strategyText(objectives: readonly ProposedObjective[]): string {
  return objectives.map(objectiveText).join('\n');
}

function objectiveText({ text, timeFrame, weight, competencies }: ProposedObjective): string {
  const marks = [
    ...(timeFrame !== undefined && timeFrameIn(text) !== timeFrame ? [timeFrame] : []),
    ...((weightIn(text) ?? 2) === weight ? [] : [weightMarks[weight]]),
  ];
  return [`- ${[text, ...marks.map((mark) => `(${mark})`)].join(' ')}`, ...competencies.map((one) => `    - ${one.kind}: ${one.text}`)].join('\n');
}

/** Consecutive objectives whose text is at most `limit` long (UTF-16 units) together, each part as large as it can be. */
export function strategyParts(objectives: readonly Objective[], limit: number): Objective[][] {
  const parts: Objective[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const one of objectives) {
    const own = objectiveText(one).length + 1;
    if (length + own > limit) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(one);
    length += own;
  }
  return parts;
}

/** Objectives with ids: one whose words are the same or nearly the same as before keeps its id, because conversations refer to it. */
export function withIds(proposed: readonly ProposedObjective[], former: readonly Objective[], taken: readonly Objective[] = []): Objective[] {
  const left = new Map(former.map((one) => [one.id, one]));
  const exact = proposed.map((one) => [...left.values()].find(({ text }) => sameWords(text, one.text)));
  for (const one of exact) if (one) left.delete(one.id);
  const used = new Set([...former, ...taken].map(({ id }) => id));
  return proposed.map((one, at) => {
    const known = exact[at] ?? nearest(one.text, [...left.values()]);
    if (known) left.delete(known.id);
    const id = known?.id ?? freshId(one.text, used);
    used.add(id);
    return { id, ...one };
  });
}

function sameWords(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

// Less in common is more likely another objective than a change of the same one.
const nearlyTheSame = 0.6;

function nearest(text: string, former: readonly Objective[]): Objective | undefined {
  return former.find((one) => overlap(wordsOf(text), wordsOf(one.text)) >= nearlyTheSame);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((word) => other.has(word)).length;
  return common / Math.max(one.size, other.size, 1);
}

function freshId(text: string, used: ReadonlySet<string>): string {
  const base = `o${hash(text.toLowerCase()).toString(36)}`;
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!used.has(id)) return id;
  }
}

// djb2: small, and the same on every machine.
function hash(text: string): number {
  let value = 5381;
  for (let at = 0; at < text.length; at += 1) value = (value * 33 + text.charCodeAt(at)) >>> 0;
  return value;
}

/** Short and the same for the same text: tells whether a text is the one that was shown. */
export function textMark(text: string): string {
  return `${text.length.toString(36)}-${hash(text).toString(36)}`;
}
