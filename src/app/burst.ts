import type { PersonId, Quote } from '../domain/conversation.ts';
import type { Mention, Span } from '../language/language.ts';
import type { Directory } from './ports.ts';
import { type MessageEvent, refOf, textIdOf } from './read-message.ts';

type Part = { textId: string; messageRef: string; start: number; end: number };

/** Messages of one person that are read as one, and where the words of each are kept. */
export type ReadText = {
  text: string;
  mentions: readonly Mention[];
  addressed: boolean;
  parts: readonly [Part, ...Part[]];
  author: PersonId;
  tenant: string;
  place: string;
  directory: Directory;
};

/** One text out of messages that came within a burst (oldest first), a line break between them. */
export function readAsOne(events: readonly [MessageEvent, ...MessageEvent[]], directory: Directory): ReadText {
  const [first, ...rest] = events;
  const opening = { textId: textIdOf(first), messageRef: refOf(first), start: 0, end: first.text.length };
  const parts: [Part, ...Part[]] = [opening];
  let { text } = first;
  const mentions = [...first.mentions];
  for (const event of rest) {
    const start = text.length + 1;
    text = `${text}\n${event.text}`;
    parts.push({ textId: textIdOf(event), messageRef: refOf(event), start, end: text.length });
    mentions.push(...event.mentions.map((mention) => ({ ...mention, start: mention.start + start, end: mention.end + start })));
  }
  const addressed = events.some((event) => 'addressed' in event && event.addressed);
  const { tenant, place } = first.conversation;
  return { text, mentions, addressed, parts, author: first.personId, tenant, place, directory };
}

/** A span of the joined text as a quote of the message in which it begins. */
export function quoteOf(source: ReadText, span: Span): Quote {
  const part = partOf(source, span);
  return { textId: part.textId, start: Math.max(span.start - part.start, 0), end: Math.min(span.end, part.end) - part.start };
}

/** The message in which a span begins. */
export function messageOf(source: ReadText, span: Span): string {
  return partOf(source, span).messageRef;
}

/** The stretches of a span that stand in different messages: somebody who writes in short lines says one thing in several. */
export function stretchesOf(source: ReadText, span: Span): Span[] {
  const within = source.parts.map((part) => ({ start: Math.max(span.start, part.start), end: Math.min(span.end, part.end) }));
  const stretches = within.filter(({ start, end }) => source.text.slice(start, end).trim() !== '' && start < end);
  return stretches.length === 0 ? [span] : stretches;
}

function partOf(source: ReadText, span: Span): Part {
  return source.parts.find((part) => span.start < part.end) ?? source.parts[0];
}
