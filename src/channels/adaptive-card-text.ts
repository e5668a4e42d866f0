import type { Text, TextPart } from '../views/card.ts';
import type { Mentioned, RichTextBlock, TextBlock, TextRun } from './adaptive-card-types.ts';

/**
 * Where a card is shown. `teams` reads a part of Markdown in text, so people's words are escaped; the `room` runs Microsoft's renderer
 * without a Markdown processor, so there they stand as they are.
 */
export type CardRendering = {
  target: 'teams' | 'room';
  /** Offered by `person` inputs. */
  people: readonly { id: string; name: string }[];
  /** How a moment is written for this reader; without it Teams' own functions show it in the reader's zone. */
  showMoment?: (at: number, as: 'date' | 'time' | 'date-time') => string;
  /** BCP 47 tag for names of weekdays; en-GB when absent. */
  locale?: string;
};

/** Longest text of one element, so that a card that is too big can be written again shorter. Mentions met on the way are collected. */
export type Writing = CardRendering & { maxText: number; mentions: Mentioned[] };

/** Cuts to at most `max` UTF-16 units with an ellipsis, never through a character. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = Math.max(max - 1, 0);
  const last = text.charCodeAt(end - 1);
  // A high surrogate at the end is the first half of one character (an emoji, for instance).
  const whole = last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
  return `${text.slice(0, whole).trimEnd()}…`;
}

/** Text as text where Markdown is read: every mark that CommonMark lets a backslash disarm gets one. */
function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/[\\`*_{}[\]()<>#~|&!]/g, '\\$&')
      // List markers mean something only at the start of a line.
      .replace(/^(\s*)([-+])(?=\s)/gm, '$1\\$2')
      .replace(/^(\s*\d+)([.)])(?=\s)/gm, '$1\\$2')
      .replace(/^(\s*)(=+|-{2,})(?=\s*$)/gm, '$1\\$2')
      // A bare address would become a link on its own accord; a zero-width space after the scheme stops that.
      .replace(/\b(https?|mailto|ftp|tel):/gi, '$1:\u200b')
  );
}

/** `{{DATE(…)}}` and `{{TIME(…)}}` are functions of Adaptive Cards in any text; written by a person they are only characters. */
function disarmFunctions(text: string): string {
  return text.replace(/\{(?=\{)/g, '{\u200b');
}

/** A plain string as the target reads it. */
export function plain(text: string, writing: Writing): string {
  const cut = cutText(text.replaceAll('\u0000', ''), writing.maxText);
  return writing.target === 'teams' ? escapeMarkdown(cut) : disarmFunctions(cut);
}

function moment(at: number, as: 'date' | 'time' | 'date-time', writing: Writing): string {
  if (writing.showMoment) return plain(writing.showMoment(at, as), writing);
  // Both functions refuse fractions of a second (Adaptive Cards docs: Text features).
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
  return `[${plain(part.label, writing)}](${link.replace(/[()\s<>]/g, encodeURIComponent)})`;
}

function mention(part: { person: string; name: string }, writing: Writing): string {
  if (writing.target === 'room') return plain(part.name, writing);
  const text = `<at>${part.name.replace(/[<>&]/g, '')}</at>`;
  if (!writing.mentions.some((known) => known.mentioned.id === part.person))
    writing.mentions.push({ type: 'mention', text, mentioned: { id: part.person, name: part.name } });
  return text;
}

/** Any text in one string, where the schema allows no more than that. */
export function asString(text: Text, writing: Writing): string {
  return typeof text === 'string' ? plain(text, writing) : text.map((part) => partAsString(part, writing)).join('');
}

type Look = Pick<TextBlock, 'size' | 'weight' | 'isSubtle' | 'spacing' | 'separator'> & { heading?: boolean };

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
  if ('person' in part) return { type: 'TextRun', text, ...look, weight: 'bolder' };
  const url = safeLink(part.link, writing.target);
  return { type: 'TextRun', text, ...look, ...(url && { selectAction: { type: 'Action.OpenUrl', title: text, url } }) };
}
