import type { KnownPerson } from './known-people.ts';

/** Those whom a written name can mean: by a whole name, else by a part of one (a first or last name). Apps and people who have left are never meant. */
export function matchName(name: string, people: readonly KnownPerson[]): KnownPerson[] {
  const wanted = fold(name.replace(/^@/, ''));
  if (wanted === '') return [];
  const possible = people.filter(({ isPerson, isActive }) => isPerson && isActive);
  const whole = possible.filter(({ names }) => names.some((each) => fold(each) === wanted));
  return whole.length > 0 ? whole : possible.filter(({ names }) => names.some((each) => fold(each).split(' ').includes(wanted)));
}

/** Lower case without accents, so that Tomás finds Tomas. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().replace(/\s+/g, ' ').toLowerCase();
}
