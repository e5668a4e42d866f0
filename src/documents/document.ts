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

/**
 * A document before it is a file: plain text only, escaped by whatever writes it. `language` is a BCP 47 tag. `lettersMissing` is said where a file has no font
 * for some letters.
 */
export type PlainDocument = { title: string; language: string; author: string; blocks: readonly DocumentBlock[]; lettersMissing?: string };

/** Characters that nobody sees: control characters, and marks that turn the direction of the text around. */
const invisible = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029\uFFFE\uFFFF]+/gu;

/** People's text on one line, without characters that a file format does not allow. */
export function tidy(text: string): string {
  return text.toWellFormed().replace(invisible, ' ').replace(/\s+/gu, ' ').trim();
}

/** Everything that a document shows in letters, one text each. */
export function textsOf({ title, blocks }: Pick<PlainDocument, 'title' | 'blocks'>): string[] {
  const saidIn = ({ text, mark = '', source = '' }: Said): string[] => [text, mark, source];
  return [
    title,
    ...blocks.flatMap((block): string[] => {
      switch (block.kind) {
        case 'heading':
        case 'paragraph':
          return [block.text];
        case 'quote':
          return saidIn(block.said);
        case 'list':
          return block.items.flatMap(({ label = '', said }) => [label, ...said.flatMap(saidIn)]);
        case 'table':
          return [...block.head, ...block.rows.flat()];
        case 'picture':
          return [block.alt];
        default:
          return block satisfies never;
      }
    }),
  ];
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
