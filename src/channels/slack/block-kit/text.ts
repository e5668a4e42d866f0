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
 * Text in Slack's mark-up, for the few places that take nothing else (fields and context). `verbatim` keeps Slack from making links of addresses and
 * channel names (docs: composition-objects/text-object).
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

/** Mrkdwn has no way to escape its marks, so those that could format become their nearest likeness; within a word they mean nothing and stay. */
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
      .replace(/(?<![a-z0-9])[*_~](?![a-z0-9])|(?<=[a-z0-9])[*_~](?![a-z0-9])|(?<![a-z0-9])[*_~](?=[a-z0-9])|`/gi, (mark) => likenesses.get(mark) ?? mark)
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

/**
 * Text in a rich_text block, where words are elements of their own and never parsed: the only place in Slack where what people wrote is shown exactly and
 * can't become anything else (docs: block-kit/blocks/rich-text-block).
 */
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
