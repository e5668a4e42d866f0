import { type Piece, plainToken, type Token } from './pieces.ts';

type Pieces = readonly Piece[];

/** What a token can take at most: a mention, and a date with its two ways to be shown. */
const mentionWeight = 40;
const momentWeight = 100;

/** At most `max` units of a text: cut with an ellipsis between words, never through a character, a mention, a date or a link. */
export function cutPieces(pieces: Pieces, max: number): Pieces {
  if (weightOf(pieces) <= max) return pieces;
  const { taken } = take(pieces, max - 1);
  const last = taken.at(-1);
  return typeof last === 'string' ? [...taken.slice(0, -1), `${last.trimEnd()}…`] : [...taken, '…'];
}

/** The whole text in portions of at most `max` units each, parted between lines or words. */
export function splitPieces(pieces: Pieces, max: number): Pieces[] {
  const portions: Pieces[] = [];
  let rest = pieces;
  while (weightOf(rest) > max) {
    const next = take(rest, max);
    portions.push(next.taken);
    rest = next.rest;
  }
  return [...portions, rest];
}

/** A plain string of at most `max` units, however Slack counts them. */
export function cutString(text: string, max: number): string {
  if (weightOfString(text) <= max) return text;
  return `${text.slice(0, breakAt(text, max - 1)).trimEnd()}…`;
}

function take(pieces: Pieces, max: number): { taken: Pieces; rest: Pieces } {
  const taken: Piece[] = [];
  let room = max;
  for (const [at, piece] of pieces.entries()) {
    const weight = weightOf([piece]);
    if (weight <= room) {
      taken.push(piece);
      room -= weight;
      continue;
    }
    const after = pieces.slice(at + 1);
    // What can't be parted goes to the next portion, unless it is too long for any.
    if (typeof piece !== 'string' && weight <= max) return { taken, rest: [piece, ...after] };
    const text = typeof piece === 'string' ? piece : plainToken(piece);
    // Something is always taken, so that portions come to an end.
    const end = Math.max(breakAt(text, room), taken.length === 0 ? 1 : 0);
    return { taken: end === 0 ? taken : [...taken, text.slice(0, end)], rest: [text.slice(end).replace(/^\s/, ''), ...after] };
  }
  return { taken, rest: [] };
}

/** Units that a text can take in mrkdwn. */
export function weightOf(pieces: Pieces): number {
  return pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? weightOfString(piece) : weightOfToken(piece)), 0);
}

function weightOfToken(token: Token): number {
  if ('user' in token) return mentionWeight;
  if ('at' in token) return momentWeight;
  return weightOfString(token.url) + weightOfString(token.label) + 3;
}

function weightOfString(text: string): number {
  let weight = 0;
  for (let at = 0; at < text.length; at += 1) weight += weightAt(text, at);
  return weight;
}

/** What a character can become: `&amp;`, `&lt;`, `&gt;` with a mark before it, a colon with a mark behind it. Plain text counts the same: Slack may count it escaped. */
function weightAt(text: string, at: number): number {
  switch (text[at]) {
    case '&':
    case '>':
      return 5;
    case '<':
      return 4;
    case ':':
      return 2;
    default:
      return 1;
  }
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
// A character of any language is far shorter than this; only what is built to be longer is not seen whole.
const longestCharacter = 200;

/** Where to part a text so that at most `room` units stand before: between lines or words where there is a good place, otherwise between characters. */
function breakAt(text: string, room: number): number {
  let end = 0;
  for (let used = 0; end < text.length; end += 1) {
    used += weightAt(text, end);
    if (used > room) break;
  }
  if (end === text.length || end === 0) return end;
  // One more than fits is enough to see whether a word ends just here.
  const near = text.slice(0, end + 1);
  const line = near.lastIndexOf('\n');
  const place = line > end / 2 ? line : near.lastIndexOf(' ');
  return place > end / 2 ? place : characterStart(text, end);
}

function characterStart(text: string, end: number): number {
  const from = Math.max(end - longestCharacter, 0);
  const start = from + (characters.segment(text.slice(from, end + longestCharacter)).containing(end - from)?.index ?? 0);
  if (start > from) return start;
  return /[\uDC00-\uDFFF]/.test(text.charAt(end)) ? end - 1 : end;
}
