import type { PersonId, Quote } from './conversation.ts';
import type { Role } from './permissions.ts';
import type { StartedProgramme } from './programme-state.ts';
import type { StartedAlignment } from './state.ts';
import type { ProgressStatus } from './status-report.ts';

/** A message or an answer in a form that somebody wrote themselves. `ref`: of that message; `topic`: of the request it belongs to, where they may know it. */
export type OwnWords = { at: number; text: string; ref: string; topic?: string };

/** Something of a state that bears the person's id, with what stands in it beside: single values and their own words, never those of others. */
export type NamedPart = { path: string; values: Readonly<Record<string, unknown>> };

/** A request or a programme that names the person. */
export type NamedIn = ({ kind: 'alignment'; status: StartedAlignment['status'] } | { kind: 'programme'; status: StartedProgramme['status'] }) & {
  id: string;
  topic?: string;
  updatedAt?: number;
  roles: readonly Role[];
  parts: readonly NamedPart[];
  /** What they did there, by name and time. */
  did: readonly { type: string; at: number }[];
};

/** A question that was suggested to an L&D partner alone. */
export type OwnPrompt = { at: number; status: string; why: string; topic?: string };

/** What they agreed to for one programme, and what they reported there. */
export type OwnWeekly = {
  topic?: string;
  commitment?: string;
  introduction: string;
  ended: boolean;
  reports: readonly { week: string; status: ProgressStatus }[];
};

/** Everything that Plumb keeps of one person, as they alone may see it (epoch milliseconds). */
export type MyData = {
  at: number;
  person: { id: PersonId; name: string; timeZone: string };
  listed: readonly ('partner' | 'admin')[];
  words: readonly OwnWords[];
  named: readonly NamedIn[];
  weekly: { asked: boolean; nudgeTime?: string; holidayUntil?: number; programmes: readonly OwnWeekly[] };
  prompts: readonly OwnPrompt[];
  lessons: readonly { at: number; verdict: string; features: string }[];
  habits: readonly { what: string; count: number; at: number }[];
  usage: readonly { day: string; what: string; count: number }[];
  waiting: number;
  confirmedStrategyAt?: number;
  /** What is over is erased so many days after its last activity; absent: it stays. */
  retentionDays?: number;
};

/**
 * What is for some people alone, although others are named in it, and the property that says for whom. A new state that is private to somebody belongs here;
 * every other one is found by itself.
 */
const privateTo: Readonly<Record<string, string>> = { 'coaching.prompts': 'to', promises: 'by', noPromises: 'by', vendorAnswers: 'by', vendorWritings: 'by' };

/** Every part of a state in which this id stands; `own` gives words that the person wrote, and nothing for those of others. */
export function partsNaming(state: unknown, personId: PersonId, own: (quote: Quote) => string | undefined): NamedPart[] {
  return partsIn(state, '', '', { personId, own });
}

type Search = { personId: PersonId; own: (quote: Quote) => string | undefined };

/** `kind` is the path without the places in lists. */
function partsIn(value: unknown, path: string, kind: string, search: Search): NamedPart[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => partsIn(item, `${path}[${at}]`, kind, search));
  if (!isObject(value)) return [];
  const owner = privateTo[kind];
  if (owner !== undefined && !bears(value[owner], search.personId)) return [];
  const inner = Object.entries(value).flatMap(([key, part]) =>
    partsIn(part, path === '' ? key : `${path}.${key}`, kind === '' ? key : `${kind}.${key}`, search),
  );
  const isNamed = Object.entries(value).some(([key, part]) => key === search.personId || bears(part, search.personId));
  return isNamed ? [{ path, values: plainValues(value, search) }, ...inner] : inner;
}

function bears(value: unknown, personId: PersonId): boolean {
  return value === personId || (Array.isArray(value) && value.includes(personId));
}

/** Lists are left out: what stands in them may be about others, and is found by itself where it is about this person. */
function plainValues(value: Readonly<Record<string, unknown>>, search: Search): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
      if (Array.isArray(part)) return part.includes(search.personId) ? [[key, [search.personId]]] : [];
      if (isQuote(part)) return quoteOf(key, part, search);
      if (!isObject(part)) return part === null ? [] : [[key, part]];
      const values = Object.entries(part).flatMap(([name, each]) => (isQuote(each) ? quoteOf(name, each, search) : isSingle(each) ? [[name, each]] : []));
      return Object.values(part).some((each) => Array.isArray(each) || (isObject(each) && !isQuote(each))) || values.length === 0
        ? []
        : [[key, Object.fromEntries(values)]];
    }),
  );
}

function quoteOf(key: string, quote: Quote, { own }: Search): [string, string][] {
  const words = own(quote);
  return words === undefined ? [] : [[key, words]];
}

function isSingle(value: unknown): boolean {
  return value !== null && typeof value !== 'object';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isQuote(value: unknown): value is Quote {
  return isObject(value) && typeof value['textId'] === 'string' && typeof value['start'] === 'number' && typeof value['end'] === 'number';
}
