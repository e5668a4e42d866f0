import type { PersonId } from '../../domain/conversation.ts';
import type { Mention } from '../../language/language.ts';

/** A text as people see it; `mentions` are the stretches of it that name somebody, sign and name. */
export type ReadText = { text: string; mentions: readonly Mention[] };

/** Who is mentioned: a person or Plumb, or (without an id) a channel, a team, a tag or another app. */
export type Mentioned = { personId?: PersonId; name: string };

/** Who stands behind the mention in which that name was found; undefined where nobody does. Called once for each, from the first to the last. */
export type MentionedBy = (written: string) => Mentioned | undefined;

/** How Plumb itself is shown, whatever the app is called in a tenant: the language engines know it by this name. */
export const ownName = 'Plumb';

// Names hold no such signs, so that each piece is looked at once, whatever people write.
const marked = /<at(?:\s[^<>]*)?>([^<>]*)<\/at>|<quoted\s[^<>]*>/giu;

/**
 * The text of an activity as people see it: names instead of markup, without the mark that a quoted message leaves. Teams decodes what people type, but not
 * always all of it. Takes time in proportion to the text, whatever it holds.
 */
export function readText(raw: string, mentionedBy: MentionedBy): ReadText {
  const written = startWriting();
  let read = 0;
  for (const found of raw.matchAll(marked)) {
    written.add(plain(raw.slice(read, found.index)));
    read = found.index + found[0].length;
    if (found[1] !== undefined) written.mention(nameIn(found[1]), mentionedBy);
  }
  written.add(plain(raw.slice(read)));
  return written.end();
}

/** The name inside a mention, however it is written there. */
export function nameIn(marked: string): string {
  return decoded(marked).replaceAll(/\s+/gu, ' ').trim().replace(/^@/u, '');
}

function plain(raw: string): string {
  return decoded(raw).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const entity = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/giu;

/** Once and not again: `&amp;lt;` is what somebody typed as `&lt;`. */
export function decoded(raw: string): string {
  const text = raw.includes('\u00a0') ? raw.replaceAll('\u00a0', ' ') : raw;
  if (!text.includes('&')) return text;
  return text.replaceAll(entity, (found: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? found;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code === 0xa0 ? ' ' : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : found;
  });
}

export type Writing = {
  add(text: string): void;
  /** Blanks and line ends before it become one line end. */
  breakLine(): void;
  mention(written: string, mentionedBy: MentionedBy): void;
  end(): ReadText;
};

/**
 * Puts a text together piece by piece. Blanks at both ends go; a name that Teams cut into several mentions becomes one again. `folded`: blanks that meet
 * become one, as in HTML.
 */
export function startWriting(folded = false): Writing {
  const parts: string[] = [];
  const mentions: Mention[] = [];
  let length = 0;
  // What stands between the last words and the next, if any follow.
  let blank = '';

  function add(raw: string): void {
    const begun = length === 0 || (folded && blank !== '') ? raw.trimStart() : raw;
    const words = begun.trimEnd();
    if (words === '') {
      blank += begun;
      return;
    }
    parts.push(blank, words);
    length += blank.length + words.length;
    blank = begun.slice(words.length);
  }

  function mention(written: string, mentionedBy: MentionedBy): void {
    const { personId, name: given } = mentionedBy(written) ?? { name: written };
    const name = given.trim();
    if (name === '') return;
    const last = mentions.at(-1);
    if (personId === undefined || last?.personId !== personId || last.end !== length || blank.length > 1) {
      add(`@${name}`);
      if (personId !== undefined) mentions.push({ start: length - name.length - 1, end: length, personId });
      return;
    }
    // Somebody's first and last name, each a mention of its own, or the same name twice.
    blank = '';
    if (parts.at(-1) === `@${name}`) return;
    add(` ${name}`);
    mentions.splice(-1, 1, { ...last, end: length });
  }

  return {
    add,
    mention,
    breakLine: () => {
      if (length > 0) blank = '\n';
    },
    end: () => ({ text: parts.join(''), mentions }),
  };
}
