import type { Text, TextPart } from '../views/card.ts';
import { disarmFunctions, escapeMarkdown, nameInMention } from './adaptive-card-escape.ts';
import type { Mention, RichTextBlock, TextBlock, TextRun } from './adaptive-card-types.ts';
import { asWords } from './as-words.ts';

/**
 * Where a card is shown. `teams` reads a part of Markdown in text, so people's words are escaped; the `room` runs Microsoft's renderer
 * without a Markdown processor, so there they stand as they are.
 */
export type CardRendering = {
  target: 'teams' | 'room';
  /** Offered by `person` inputs; in Teams beside everybody whom its own search finds, so there it may be empty. */
  people: readonly { id: string; name: string }[];
  /** How a moment is written for this reader; without it Teams' own functions show it in the reader's zone. */
  showMoment?: (at: number, as: 'date' | 'time' | 'date-time') => string;
  /** BCP 47 tag for names of weekdays; en-GB when absent. */
  locale?: string;
  /** Nobody is mentioned, names are only words: in 1:1 chats, whose other people Teams does not know (and must not tell), and in dialogs. */
  quiet?: boolean;
};

/** Longest text of one element, so that a card that is too big can be written again shorter. Mentions met on the way are collected. */
export type Writing = CardRendering & { maxText: number; mentions: Mention[] };

/** Cuts to at most `max` UTF-16 units with an ellipsis, never through a character. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = Math.max(max - 1, 0);
  const last = text.charCodeAt(end - 1);
  // A high surrogate at the end is the first half of one character (an emoji, for instance).
  const whole = last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
  return `${text.slice(0, whole).trimEnd()}…`;
}

/** A plain string as the target reads it. */
export function plain(text: string, writing: Writing): string {
  const cut = cutText(asWords(text), writing.maxText);
  return writing.target === 'teams' ? escapeMarkdown(cut) : disarmFunctions(cut);
}

function moment(at: number, as: 'date' | 'time' | 'date-time', writing: Writing): string {
  if (writing.showMoment) return plain(writing.showMoment(at, as), writing);
  // Both functions refuse fractions of a second (Adaptive Cards docs: Text features). All clients of Teams know them in text blocks and facts (MicrosoftDocs/msteams-docs#8030).
  const iso = `${new Date(at).toISOString().slice(0, 19)}Z`;
  const date = `{{DATE(${iso},SHORT)}}`;
  const time = `{{TIME(${iso})}}`;
  return as === 'date' ? date : as === 'time' ? time : `${date} ${time}`;
}

/** Addresses that a card may open: the web, and places inside the room. */
export function safeLink(link: string, target: CardRendering['target']): string | undefined {
  if (/^https?:\/\/[^\s]+$/i.test(link)) return link;
  return target === 'room' && /^(#|\/(?!\/))[^\s]*$/.test(link) ? link : undefined;
}

function partAsString(part: TextPart, writing: Writing): string {
  if (typeof part === 'string') return plain(part, writing);
  if ('person' in part) return mention(part, writing);
  if ('at' in part) return moment(part.at, part.as, writing);
  const link = safeLink(part.link, writing.target);
  if (!link || writing.target === 'room') return plain(part.label, writing);
  return `[${plain(part.label, writing)}](${link.replace(/[()<>[\]\\*`{}]/g, percentEncoded)})`;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * Teams takes the ids of the connector and those of Entra alike (Microsoft Learn: "Format cards in Teams", user mention). A card mentions everybody once:
 * after that their name stands there as a word, since nothing says that a second mention of the same text is found, too.
 */
function mention({ person, name }: { person: string; name: string }, writing: Writing): string {
  const { target, quiet, mentions } = writing;
  if (target === 'room' || quiet || mentions.some(({ mentioned }) => mentioned.id === person)) return plain(name, writing);
  const text = `<at>${nameInMention(name)}</at>`;
  // Teams finds the person by this text alone, so somebody else of the same name is not mentioned.
  if (mentions.some((known) => known.text === text)) return plain(name, writing);
  mentions.push({ type: 'mention', text, mentioned: { id: person, name } });
  return text;
}

/** Any text in one string, where the schema allows no more than that. */
export function asString(text: Text, writing: Writing): string {
  const written =
    typeof text === 'string'
      ? plain(text, writing)
      : joined(text)
          .map((part) => partAsString(part, writing))
          .join('');
  // The apps for phones refuse a whole card for one empty text (microsoft/AdaptiveCards#4801).
  return written.trim() === '' && writing.target === 'teams' ? '\u00a0' : written;
}

/** Neighbouring strings as one, so that nothing that means something goes unseen because it is spread over two. */
function joined(parts: readonly TextPart[]): TextPart[] {
  const done: TextPart[] = [];
  for (const part of parts) {
    const last = done.at(-1);
    if (typeof part === 'string' && typeof last === 'string') done[done.length - 1] = last + part;
    else done.push(part);
  }
  return done;
}

type Look = Pick<TextBlock, 'size' | 'weight' | 'isSubtle' | 'color' | 'spacing' | 'separator'> & { heading?: boolean };

/** A block of text. In the room, where there is no Markdown, names and links become runs of their own. */
export function textElement(text: Text, look: Look, writing: Writing): TextBlock | RichTextBlock {
  const { heading, spacing, separator, ...runLook } = look;
  const placed = { ...(spacing && { spacing }), ...(separator && { separator }) };
  if (writing.target === 'room' && typeof text !== 'string' && text.some((part) => typeof part !== 'string' && !('at' in part)))
    return { type: 'RichTextBlock', inlines: text.map((part) => run(part, runLook, writing)), ...placed };
  return { type: 'TextBlock', text: asString(text, writing), wrap: true, ...(heading && { style: 'heading' }), ...runLook, ...placed };
}

function run(part: TextPart, look: Omit<Look, 'heading' | 'spacing' | 'separator'>, writing: Writing): TextRun {
  const text = partAsString(part, writing);
  if (typeof part === 'string' || 'at' in part) return { type: 'TextRun', text, ...look };
  if ('person' in part) return { type: 'TextRun', text, ...look, weight: 'Bolder' };
  const url = safeLink(part.link, writing.target);
  return { type: 'TextRun', text, ...look, ...(url && { selectAction: { type: 'Action.OpenUrl', title: text, url } }) };
}
