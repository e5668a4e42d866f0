/** `names`: all the ways in which somebody's name is written. */
type Named = { names: readonly string[]; isPerson: boolean; isActive: boolean };

/** Those whom a written name can mean: by a whole name, else by a part of one (a first or last name). Apps and people who have left are never meant. */
export function matchName<T extends Named>(name: string, people: readonly T[]): T[] {
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
