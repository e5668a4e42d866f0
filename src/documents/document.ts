/** Something that somebody said, as a document shows it: the words, a mark ("a correction"), and who said it when. */
export type Said = { text: string; mark?: string; source?: string };
export type DocumentItem = { label?: string; said: readonly Said[] };

export type DocumentBlock =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'paragraph'; text: string; tone: 'plain' | 'quiet' }
  | { kind: 'quote'; said: Said }
  | { kind: 'list'; items: readonly DocumentItem[] }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  /** `alt` says all that it shows. Width and height in the picture's own units. */
  | { kind: 'picture'; svg: string; alt: string; width: number; height: number };

/** A document before it is a file: plain text only, escaped by whatever writes it. `language` is a BCP 47 tag. */
export type PlainDocument = { title: string; language: string; author: string; blocks: readonly DocumentBlock[] };

/** Characters that nobody sees: control characters, and marks that turn the direction of the text around. */
const invisible = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029\uFFFE\uFFFF]+/gu;

/** People's text on one line, without characters that a file format does not allow. */
export function tidy(text: string): string {
  return text.toWellFormed().replace(invisible, ' ').replace(/\s+/gu, ' ').trim();
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Whether a text is read from right to left: what its first letter is decides, as in the Unicode bidirectional algorithm (rule P2). */
export function isRightToLeft(text: string): boolean {
  const [first] = /\p{L}/u.exec(text) ?? [];
  return first !== undefined && rightToLeft.test(first);
}

/** Whether anything in a text is read from right to left. */
export function hasRightToLeft(text: string): boolean {
  return rightToLeft.test(text);
}
