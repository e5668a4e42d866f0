import type { PersonId } from '../../domain/conversation.ts';
import { commonWords, isDate } from '../../domain/name-parts.ts';
import { formsOf, mayOccur, patternOf, withoutAccents } from '../../domain/name-patterns.ts';
import type { KnownPerson, Mention, ReplyContext, Span } from '../language.ts';

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

/** Those who take part or are mentioned, `others` whom Plumb knows, and what else is sent beside the text. */
type Kept = Pick<ReplyContext, 'mentions' | 'people'> & { others?: readonly KnownPerson[]; beside?: readonly string[] };

/**
 * Replaces the names and ids of known people by placeholders that are the same for the same person. Mentions are replaced whole, whatever the platform
 * writes for them. Plumb's own name stays: the model must see who is spoken to.
 */
export function maskNames(text: string, { mentions, people, others = [], beside = [] }: Kept): Masked {
  const known = peopleOf(text, mentions, people);
  known.push(...occurring(others, known, [text, ...beside]));
  const prefix = freePrefix([text, ...beside]);
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

/** Those of a whole channel are many: only who may be named there is looked for. */
function occurring(others: readonly KnownPerson[], known: readonly Known[], texts: readonly string[]): Known[] {
  const low = texts.map((text) => withoutAccents(text.normalize('NFC')).plain.toLowerCase());
  const further = others.filter(({ personId, name }) => !isPlumb(name) && !known.some((person) => person.personId === personId));
  const named = further.filter(({ personId, name }) => mayOccur(name, low) || low.some((text) => text.includes(personId.toLowerCase())));
  return named.map(({ personId, name }) => ({ personId, names: [name] }));
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
    pattern: patternOf(form, commonWords.has(form)),
    placeholder,
    personId,
    shared: forms.some((other) => other.form === form && other.personId !== personId),
    common: commonWords.has(form),
  }));
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
