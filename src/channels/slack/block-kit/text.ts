import type { MrkdwnElement, PlainTextElement, RichTextElement } from '@slack/types';
import type { Text } from '../../../views/card.ts';
import { cutString } from './cut.ts';
import { clean, isBlank, momentInUtc, type Piece, piecesOf, plainOf, type Token } from './pieces.ts';

/** Text of any kind as plain text of at most `max` units; undefined where nothing is to be seen. Emoji codes stay the characters that were typed. */
export function plainText(text: Text, max: number): PlainTextElement | undefined {
  const plain = cutString(plainOf(piecesOf(text)).replace(/\s+/g, ' ').trim(), max);
  return isBlank(plain) ? undefined : { type: 'plain_text', text: plain, emoji: false };
}

/**
 * Text in Slack's mark-up. Rich text would need no disarming, but takes three to five times the size around the same words, and a brief that is cut off is
 * worse than a likeness of an asterisk. `verbatim`: no address or channel name in it becomes a link (docs: composition-objects/text-object).
 */
export function mrkdwnText(pieces: readonly Piece[]): MrkdwnElement {
  return { type: 'mrkdwn', text: mrkdwnOf(pieces), verbatim: true };
}

export function mrkdwnOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? escaped(piece) : mrkdwnToken(piece))).join('');
}

function mrkdwnToken(token: Token): string {
  if ('user' in token) return `<@${token.user}>`;
  if ('at' in token) return `<!date^${Math.round(token.at / 1_000)}^${momentFormats[token.as]}|${momentInUtc(token)}>`;
  return `<${token.url.replaceAll('&', '&amp;')}|${escaped(token.label)}>`;
}

/** Each reader sees their own time (docs: messaging/formatting-message-text, date formatting). */
const momentFormats = { date: '{date_short_pretty}', time: '{time}', 'date-time': '{date_short_pretty}, {time}' } as const;

/** Mrkdwn has no way to escape its marks, so they become their nearest likeness; a low line within a word formats nothing and stays. */
const likenesses = new Map([
  ['*', '∗'],
  ['_', 'ˍ'],
  ['~', '∼'],
  ['`', 'ˋ'],
]);

/** People's words in mrkdwn as the words that they are: no mention, link, formatting, quote or emoji code comes of them. */
export function escaped(text: string): string {
  return (
    clean(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/[*~`]|(?<![a-z0-9])_|_(?![a-z0-9])/gi, (mark) => likenesses.get(mark) ?? mark)
      // Slack knows a quote by its first mark even when that is escaped; something invisible before it takes its place.
      .replace(/^(\s*)(?=&gt;)/gm, '$1\u200b')
      .replace(/:(?=[a-z0-9_+'-]+:)/gi, ':\u200b')
  );
}

/** The plain text beside blocks, for notifications and screen readers. An address is broken invisibly, so that nothing unfurls. */
export function fallbackText(text: string, max: number): string {
  return escaped(cutString(clean(text).trim(), max)).replace(/(https?|mailto|ftp):/gi, '$1:\u200b');
}

type Look = { bold?: boolean; italic?: boolean };

/** Text in a rich_text block (lists and cells), where words are elements of their own and never parsed (docs: block-kit/blocks/rich-text-block). */
export function richElements(pieces: readonly Piece[], look: Look = {}): RichTextElement[] {
  const style = Object.keys(look).length === 0 ? {} : { style: look };
  return pieces.filter((piece) => piece !== '').map((piece) => ({ ...richElement(piece), ...style }));
}

function richElement(piece: Piece): RichTextElement {
  if (typeof piece === 'string') return { type: 'text', text: piece };
  if ('user' in piece) return { type: 'user', user_id: piece.user };
  if ('at' in piece) return { type: 'date', timestamp: Math.round(piece.at / 1_000), format: momentFormats[piece.as], fallback: momentInUtc(piece) };
  return { type: 'link', url: piece.url, text: piece.label };
}
