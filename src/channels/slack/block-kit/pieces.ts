import type { Text, TextPart } from '../../../views/card.ts';
import { shown } from './limits.ts';

/** A stretch of a text: words that are never read as markup, or something that Slack shows by itself. */
export type Piece = string | Token;
export type Token = { user: string; name: string } | { at: number; as: 'date' | 'time' | 'date-time' } | { url: string; label: string };

/** Ids of people as Slack writes them: U… in a workspace, W… in an organisation. Other servers join words with dashes or number them: U_ANNA, user-2. */
const slackId = /^(?:[UW][A-Z0-9_-]{1,30}|(?=[\w-]*[0-9_])[A-Za-z][\w-]{1,60})$/;
// Explicit directions would reach beyond the words that they stand in; marks of single characters stay.
const directions = /[\u202a-\u202e\u2066-\u2069]/g;
/** Seconds that a date of four-digit years can have. */
const lastMoment = 253_402_300_799_000;

function isSlackId(id: string): boolean {
  return slackId.test(id);
}

/** People's words without what is no text: control characters, halves of characters, marks that turn the direction of what stands around them. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .replace(directions, '');
}

/** Whether anything is there to be seen: Slack refuses empty texts. */
export function isBlank(text: string): boolean {
  return !/[^\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/.test(text);
}

/** A text ready to be shown: what Slack can't show by itself has become words. */
export function piecesOf(text: Text): Piece[] {
  const parts = typeof text === 'string' ? [text] : text;
  return parts.map(pieceOf).filter((piece) => piece !== '');
}

function pieceOf(part: TextPart): Piece {
  if (typeof part === 'string') return clean(part);
  if ('person' in part) {
    const name = oneLine(part.name);
    return isSlackId(part.person) ? { user: part.person, name } : name;
  }
  if ('at' in part) return part.at >= 0 && part.at <= lastMoment ? part : '';
  const label = oneLine(part.label);
  const url = safeLink(part.link, shown.linkUrl);
  return url === undefined || isBlank(label) ? label : { url, label };
}

/** An address that may be opened: the web only. */
export function safeLink(link: string, max: number): string | undefined {
  if (!/^https?:\/\/[^\s]+$/i.test(link) || !URL.canParse(link)) return undefined;
  // Marks that would end a link early in mrkdwn.
  const { href } = new URL(link);
  const url = href.replace(/[<>|]/g, encodeURIComponent);
  return url.length <= max ? url : undefined;
}

function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** The same text without line breaks, and without space around it. */
export function inOneLine(pieces: readonly Piece[]): Piece[] {
  const words = pieces.map((piece) => (typeof piece === 'string' ? piece.replace(/\s+/g, ' ') : piece));
  const [first, last] = [words[0], words.at(-1)];
  if (typeof first === 'string') words.splice(0, 1, first.trimStart());
  if (typeof last === 'string') words.splice(-1, 1, (words.length === 1 ? String(words[0]) : last).trimEnd());
  return words.filter((piece) => piece !== '');
}

/** The same text without anything that Slack shows by itself. */
export function plainOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : plainToken(piece))).join('');
}

export function plainToken(token: Token): string {
  if ('user' in token) return token.name;
  return 'at' in token ? momentInUtc(token) : token.label;
}

const date = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' });

/** "24 Nov 2026, 09:30 UTC": where Slack can't show the reader's own time. */
export function momentInUtc({ at, as }: { at: number; as: 'date' | 'time' | 'date-time' }): string {
  switch (as) {
    case 'date':
      return date.format(at);
    case 'time':
      return `${time.format(at)} UTC`;
    case 'date-time':
      return `${date.format(at)}, ${time.format(at)} UTC`;
    default:
      return as satisfies never;
  }
}
