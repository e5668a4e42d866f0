import { decoded, type Mentioned, nameIn, type ReadText, startWriting } from './read-text.ts';

/** Who stands behind the mention with that number. */
export type NumberedMention = (number: string, written: string) => Mentioned | undefined;

const tag = /<(\/?)([a-z][a-z\d]*)([^<>]*)>/giu;
const lineTags: readonly string[] = ['p', 'div', 'br', 'li', 'ul', 'ol', 'tr', 'table', 'blockquote', 'pre', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const quoted = 'schema.skype.com/Reply';
const mentioned = 'schema.skype.com/Mention';

/**
 * A message's HTML as people read it: lines, names behind mentions, the signs of emoji; without what it quotes of another message. Takes time in
 * proportion to the text, whatever it holds.
 */
export function readHtml(html: string, mentionedBy: NumberedMention): ReadText {
  const written = startWriting();
  // Of what a quote or a mention holds nothing is text of its own.
  let inside: { until: string; depth: number; from: number; number?: string } | undefined;
  let read = 0;
  for (const found of html.matchAll(tag)) {
    const [whole, slash, name = '', attributes = ''] = found;
    const element = name.toLowerCase();
    if (inside) {
      if (element !== inside.until) continue;
      inside.depth += slash ? -1 : 1;
      if (inside.depth > 0) continue;
      const { number, from } = inside;
      if (number !== undefined) written.mention(nameIn(html.slice(from, found.index).replaceAll(tag, '')), (name) => mentionedBy(number, name));
      inside = undefined;
    } else {
      written.add(words(html.slice(read, found.index)));
      if (lineTags.includes(element)) written.breakLine();
      else if (element === 'img' || element === 'emoji') written.add(decoded(attributeOf(attributes, 'alt') ?? ''));
      inside = slash ? undefined : opened(element, attributes, found.index + whole.length);
    }
    read = found.index + whole.length;
  }
  if (!inside) written.add(words(html.slice(read)));
  return written.end();
}

function opened(element: string, attributes: string, from: number): { until: string; depth: number; from: number; number?: string } | undefined {
  if (element === 'at') return { until: element, depth: 1, from, number: attributeOf(attributes, 'id') ?? '' };
  if (element === 'blockquote' && attributes.includes(quoted)) return { until: element, depth: 1, from };
  if (element === 'span' && attributes.includes(mentioned)) return { until: element, depth: 1, from, number: attributeOf(attributes, 'itemid') ?? '' };
  return undefined;
}

function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'iu').exec(attributes);
  return found?.[1] ?? found?.[2];
}

/** Line ends in HTML are blanks. */
function words(html: string): string {
  return decoded(html.replaceAll(/\s+/gu, ' ')).replaceAll(/ {2,}/gu, ' ');
}
