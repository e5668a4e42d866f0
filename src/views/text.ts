import { DateTime } from 'luxon';
import type { Text, TextPart } from './card.ts';

/** A text as its parts. */
export function partsOf(text: Text): readonly TextPart[] {
  return typeof text === 'string' ? [text] : text;
}

/** Text without any markup, for notifications and documents. Times are given in `timeZone` (IANA), UTC unless told. */
export function plainText(text: Text, timeZone = 'UTC'): string {
  return partsOf(text)
    .map((part) => plainPart(part, timeZone))
    .join('');
}

function plainPart(part: TextPart, timeZone: string): string {
  if (typeof part === 'string') return part;
  if ('person' in part) return part.name;
  if ('link' in part) return part.label;
  return plainTime(part, timeZone);
}

function plainTime(part: { at: number; as: 'date' | 'time' | 'date-time' }, timeZone: string): string {
  const time = DateTime.fromMillis(part.at, { zone: timeZone, locale: 'en-GB' });
  switch (part.as) {
    case 'date':
      return time.toFormat('ccc d LLL yyyy');
    case 'time':
      return time.toFormat('HH:mm ZZZZ');
    case 'date-time':
      return time.toFormat('ccc d LLL yyyy, HH:mm ZZZZ');
    default:
      return part.as satisfies never;
  }
}

/** At most `limit` characters (UTF-16 units), cut between words where there is one, never inside a character; line breaks become spaces. */
export function shorten(text: string, limit: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit - 1);
  // A high surrogate at the end would be half a character.
  const whole = /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
  const space = whole.lastIndexOf(' ');
  return `${space > limit / 2 ? whole.slice(0, space) : whole}…`;
}
