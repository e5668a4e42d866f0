import { decoded, type Mentioned, nameIn, type ReadText, startWriting } from './read-text.ts';

/** Who stands behind the mention with that number. */
export type NumberedMention = (number: string, written: string) => Mentioned | undefined;

// Everything between angle brackets is markup: what people type is escaped. Comments and tags with a prefix count too.
const tag = /<(\/?)([a-z][a-z\d]*|)([^<>]*)>/giu;
const lineTags: readonly string[] = ['p', 'div', 'br', 'li', 'ul', 'ol', 'tr', 'table', 'blockquote', 'pre', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const quoted = 'schema.skype.com/Reply';
const mentioned = 'schema.skype.com/Mention';
// Other pictures are called "image" or by a file's name, which nobody wrote.
const emoji = 'schema.skype.com/Emoji';

/** A quote or a mention: what it holds is no text of its own. `number` is the mention's. */
type Inside = { element: string; from: number; number: string | undefined };

/**
 * A message's HTML as people read it: lines, names behind mentions, the signs of emoji; without what it quotes of another message. Takes time in
 * proportion to the text, whatever it holds.
 */
export function readHtml(html: string, mentionedBy: NumberedMention): ReadText {
  const written = startWriting(true);
  let inside: Inside | undefined;
  let depth = 0;
  let read = 0;
  for (const found of html.matchAll(tag)) {
    const [whole, slash, name = '', attributes = ''] = found;
    const element = name.toLowerCase();
    const next = found.index + whole.length;
    if (inside) {
      if (element !== inside.element) continue;
      depth += slash ? -1 : 1;
      if (depth > 0) continue;
      close(inside, html.slice(inside.from, found.index));
      inside = undefined;
    } else {
      written.add(words(html.slice(read, found.index)));
      shape(element, attributes);
      inside = slash ? undefined : opened(element, attributes, next);
      depth = 1;
    }
    read = next;
  }
  if (inside) close(inside, html.slice(inside.from));
  else written.add(words(html.slice(read)));
  return written.end();

  function shape(element: string, attributes: string): void {
    if (lineTags.includes(element)) written.breakLine();
    else if (element === 'td' || element === 'th') written.add(' ');
    else if (element === 'emoji' || (element === 'img' && attributes.includes(emoji))) written.add(decoded(attributeOf(attributes, 'alt') ?? ''));
  }

  function close({ number }: Inside, content: string): void {
    if (number !== undefined) written.mention(nameIn(content.replaceAll(tag, '')), (name) => mentionedBy(number, name));
  }
}

function opened(element: string, attributes: string, from: number): Inside | undefined {
  if (element === 'at') return { element, from, number: attributeOf(attributes, 'id') ?? '' };
  if (element === 'blockquote' && attributes.includes(quoted)) return { element, from, number: undefined };
  if (element === 'span' && attributes.includes(mentioned)) return { element, from, number: attributeOf(attributes, 'itemid') ?? '' };
  return undefined;
}

function attributeOf(attributes: string, name: 'alt' | 'id' | 'itemid'): string | undefined {
  const found = attributePatterns[name].exec(attributes);
  return found?.[1] ?? found?.[2];
}

const attributePatterns = {
  alt: /(?:^|\s)alt=(?:"([^"]*)"|'([^']*)')/iu,
  id: /(?:^|\s)id=(?:"([^"]*)"|'([^']*)')/iu,
  itemid: /(?:^|\s)itemid=(?:"([^"]*)"|'([^']*)')/iu,
};

/** Line ends in HTML are blanks. */
function words(html: string): string {
  return decoded(html).replaceAll(/\s+/gu, ' ');
}
