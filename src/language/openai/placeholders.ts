import type { PersonId } from '../../domain/conversation.ts';
import type { Mention, ReplyContext, Span } from '../language.ts';
import { commonWords, isDate, noNames } from './name-parts.ts';

/** A stretch of the masked text that stands for a name, and where that name stands in the text. */
type Replaced = { masked: Span; original: Span; personId?: PersonId };

export type Masked = {
  /** The text with every known name and id replaced. */
  text: string;
  /** The same replacements in another text, such as an earlier answer. */
  alsoIn(other: string): string;
  /** Where a stretch of the masked text stands in the text. */
  original(span: Span): Span;
  /** Who is meant where a stretch is one replaced name and only one person can be meant. */
  personAt(span: Span): PersonId | undefined;
};

const mentionLike = /<@[^>\s]{1,60}>|(?<![\p{L}\p{N}])@(?![Pp]lumb\b|PERSON)\p{L}[\p{L}\p{N}._'-]{0,40}(?:\s\p{Lu}[\p{Ll}'-]{1,30})?/gu;

/** A written form of somebody's name. `shared`: others are called so too. */
type Name = { pattern: RegExp; placeholder: string; personId: PersonId; shared: boolean; common: boolean };

/**
 * Replaces the names and ids of known people by placeholders that are the same for the same person. `people` are those who take part; mentions are
 * replaced whole, whatever the platform writes for them. Plumb's own name stays: the model must see who is spoken to.
 */
export function maskNames(text: string, { mentions, people }: Pick<ReplyContext, 'mentions' | 'people'>): Masked {
  const known = peopleOf(text, mentions, people);
  const prefix = freePrefix([text]);
  const names = namesOf(known, prefix);
  const placeholderOf = new Map(known.map(({ personId }, at) => [personId, `${prefix}${at + 1}`]));
  const stretches = [...mentionStretches(text, mentions, placeholderOf)];
  for (const stretch of nameStretches(text, names)) {
    if (!stretches.some((other) => stretch.start < other.end && other.start < stretch.end)) stretches.push(stretch);
  }
  const { masked, replaced } = replaceAll(
    text,
    stretches.sort((one, other) => one.start - other.start),
  );
  return {
    text: masked,
    // Who was mentioned there is not known any more, so every mention goes.
    alsoIn: (other) => replaceAll(other, nameStretches(other, names)).masked.replace(mentionLike, 'somebody'),
    original: (span) => ({ start: originalAt(replaced, span.start, 'start'), end: originalAt(replaced, span.end, 'end') }),
    personAt: (span) => replaced.find(({ masked: at }) => at.start <= span.start && span.end <= at.end)?.personId,
  };
}

type Known = { personId: PersonId; names: string[] };

function peopleOf(text: string, mentions: readonly Mention[], people: ReplyContext['people']): Known[] {
  const known = new Map<PersonId, Known>();
  for (const { personId, name } of people) known.set(personId, { personId, names: [name] });
  for (const { personId, start, end } of mentions) {
    const shown = text.slice(start, end).replace(/^<?@?|>$/g, '');
    if (isPlumb(shown)) continue;
    const person = known.get(personId) ?? { personId, names: [] };
    known.set(personId, { personId, names: [...person.names, shown] });
  }
  return [...known.values()];
}

function isPlumb(shown: string): boolean {
  return /^plumb\b/i.test(shown.trim());
}

/** A word that does not occur, so that nobody can write something that looks like a placeholder. */
function freePrefix(texts: readonly string[]): string {
  for (let tries = 0; ; tries += 1) {
    const prefix = `PERSON${'X'.repeat(tries)}_`;
    if (!texts.some((text) => text.toUpperCase().includes(prefix))) return prefix;
  }
}

function namesOf(known: readonly Known[], prefix: string): Name[] {
  const forms = known.flatMap(({ personId, names }, at) => {
    const written = new Set(names.flatMap(formsOf));
    // A short number that happens to be an id is a number in what people write.
    if (/\p{L}.*.{2}|.{8}/u.test(personId)) written.add(personId.toLowerCase());
    return [...written].map((form) => ({ form, personId, placeholder: `${prefix}${at + 1}` }));
  });
  // Longest first: a full name is one name, not two.
  forms.sort((one, other) => other.form.length - one.form.length);
  return forms.map(({ form, personId, placeholder }) => ({
    pattern: patternOf(form),
    placeholder,
    personId,
    shared: forms.some((other) => other.form === form && other.personId !== personId),
    common: commonWords.has(form),
  }));
}

/** The full name and each part of it; what stands in brackets or after a bar is no name ("Dana (Sales)"). */
function formsOf(name: string): string[] {
  const bare = name
    .replace(/[([{].*?[)\]}]/g, ' ')
    .replace(/\s[|–—-]\s.*$/, ' ')
    .trim();
  const low = bare.toLowerCase().replace(/\s+/g, ' ');
  const parts = low.split(/[\s,.]+/).filter((part) => /\p{L}{2}/u.test(part) && !noNames.has(part));
  const turned = /^(.+),\s*(.+)$/.exec(low);
  return [low, ...(turned ? [`${turned[2]} ${turned[1]}`] : []), ...parts].filter((form) => /\p{L}{2}/u.test(form));
}

/** Whole words only, accents or not, any blanks between the parts. */
function patternOf(form: string): RegExp {
  const letters = Array.from(form.normalize('NFD').replace(/\p{M}/gu, ''), (letter) => {
    if (letter === ' ') return '[\\s\\u00a0]+';
    if (/\p{L}/u.test(letter)) return `${letter}\\p{M}*`;
    return letter.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  });
  return new RegExp(`(?<![\\p{L}\\p{N}])${letters.join('')}(?![\\p{L}\\p{N}])`, 'giu');
}

type Stretch = Span & { placeholder: string; personId?: PersonId };

function* mentionStretches(text: string, mentions: readonly Mention[], placeholderOf: ReadonlyMap<PersonId, string>): Generator<Stretch> {
  for (const { start, end, personId } of mentions) {
    const placeholder = placeholderOf.get(personId);
    if (placeholder && start < end && end <= text.length) yield { start, end, placeholder, personId };
  }
}

function nameStretches(text: string, names: readonly Name[]): Stretch[] {
  const { plain, at } = withoutAccents(text);
  const found: Stretch[] = [];
  for (const { pattern, placeholder, personId, shared, common } of names) {
    for (const match of plain.matchAll(pattern)) {
      const start = at[match.index] ?? 0;
      const end = at[match.index + match[0].length] ?? text.length;
      const capital = /^\p{Lu}/u.test(match[0]);
      // "We will", "by May": a name that is also a word is taken for a name only where it is written like one.
      if (common && (!capital || isDate(plain, match.index, match[0]))) continue;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      found.push({ start, end, placeholder, ...(shared ? {} : { personId }) });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/** The text without accents, and where each unit of it stands in the text (one more entry for its end). */
function withoutAccents(text: string): { plain: string; at: number[] } {
  const at: number[] = [];
  let plain = '';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charAt(index);
    const bare = unit.normalize('NFD').replace(/\p{M}/gu, '');
    const kept = bare.length === 1 ? bare : unit;
    plain += kept;
    at.push(index);
  }
  at.push(text.length);
  return { plain, at };
}

function replaceAll(text: string, stretches: readonly Stretch[]): { masked: string; replaced: Replaced[] } {
  const replaced: Replaced[] = [];
  let masked = '';
  let from = 0;
  for (const { start, end, placeholder, personId } of stretches) {
    if (start < from) continue;
    masked += text.slice(from, start);
    const at = { start: masked.length, end: masked.length + placeholder.length };
    replaced.push({ masked: at, original: { start, end }, ...(personId !== undefined && { personId }) });
    masked += placeholder;
    from = end;
  }
  return { masked: masked + text.slice(from), replaced };
}

/** Within a placeholder the whole name is meant. */
function originalAt(replaced: readonly Replaced[], position: number, side: 'start' | 'end'): number {
  let shift = 0;
  for (const { masked, original } of replaced) {
    if (position < masked.start || (side === 'end' && position === masked.start)) break;
    if (position < masked.end || (side === 'end' && position === masked.end)) return side === 'start' ? original.start : original.end;
    shift = original.end - masked.end;
  }
  return position + shift;
}
