import { z } from 'zod';
import { isWordingKey, slotPattern, type Wording, type WordingKey, wordingSlots } from '../views/wording.ts';
import { checked, recordOf, type SourceFile, Variants, wrong } from './source.ts';

const WordingFile = z.record(z.string(), z.record(z.string(), Variants, 'expected a group of keys with texts'), 'expected groups of keys with texts');

/** Everything that Plumb says besides the questions. Throws PromptsError when a key is missing, unknown, or has a slot that it should not have. */
export function readWording(source: SourceFile): Wording {
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

function checkWording(source: SourceFile, [group, name]: readonly [string, string], variants: readonly string[]): void {
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
