import type { PersonId } from './conversation.ts';

/**
 * Who asked to be forgotten stands in what was agreed under an id that says nothing of them; every such id is a new one. No platform's ids begin like this.
 */
const prefix = 'former:';
/** Stands for each letter of a name that was taken out of somebody's words, so that everything else stays where it was. From Unicode's private use area. */
const gap = '\uE0F0';
const gaps = /\uE0F0+/gu;

export function formerId(unique: string): PersonId {
  return `${prefix}${unique}`;
}

/** Whether this is somebody who asked to be forgotten. */
export function isFormer(id: PersonId): boolean {
  return id.startsWith(prefix);
}

/** Under what a post that shows a person is found again, beside the messages that it quotes. */
export function personRef({ channel, tenant, personId }: { channel: string; tenant: string; personId: PersonId }): string {
  return [channel, tenant, 'person', personId].map(encodeURIComponent).join('/');
}

/** The same with `to` wherever exactly `from` stands, as a value or as a key, however deep: what is added to a state later is found, too. */
export function renamed(value: unknown, from: PersonId, to: PersonId): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => renamed(item, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key === from ? to : key, renamed(inner, from, to)]));
}

/** The same with `called` wherever a mention of the person or their name stands, however deep: for cards that are still to be sent. */
export function unnamed(value: unknown, personId: PersonId, name: string, called: string): unknown {
  if (typeof value === 'string') return name === '' ? value : value.replaceAll(name, () => called);
  if (Array.isArray(value)) return value.map((item) => unnamed(item, personId, name, called));
  if (typeof value !== 'object' || value === null) return value;
  if ('person' in value && 'name' in value && value.person === personId) return called;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unnamed(inner, personId, name, called)]));
}

/** Words without these names: as long as before, so that quotes of what stands around them still fit. */
export function withoutNames(words: string, names: readonly string[]): string {
  const known = [...new Set(names)].filter((name) => name.trim().length > 1).sort((one, other) => other.length - one.length);
  if (known.length === 0) return words;
  const written = known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return words.replace(new RegExp(`@?(?<![\\p{L}\\p{N}])(?:${written})(?![\\p{L}\\p{N}])`, 'giu'), (name) => gap.repeat(name.length));
}

/** The same to be read: what was taken out is said to be somebody. */
export function readable(words: string, former: string): string {
  return words.replace(gaps, former);
}
