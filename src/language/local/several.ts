import type { OtherRequest, Span, Understanding, Vocabulary } from '../language.ts';
import { trimSpan } from './normalise.ts';
import { sentencesOf } from './sentences.ts';
import { namesPeople, understand } from './understanding.ts';

/** What a message asks for: what is understood of its first request, and of every other one that is plainly another. */
export type Requests = { understood: Understanding; others: readonly OtherRequest[] };

type Part = Span & { /** How it is set off from what was said before. */ by: 'words' | 'counted' | 'list' | 'likeness' | 'also' };
type ReadPart = Part & { understood: Understanding };

const mostOthers = 3;
const readTo = 2000;

/** These say that something else begins. */
const apart =
  /(?:^|[,;.!?:(–—-] ?|\b(?:and|but|also|then|oh|plus|&) |\n ?)(?:(?:and|but|also|oh|then),? ){0,2}(?:(?:quite |completely |totally )?separately|(?:as )?a separate (?:ask|request|one|thing|topic|matter)|(?:completely |totally )?unrelated(?:ly)?|on (?:a|an) (?:separate|different|unrelated) (?:note|topic|subject|matter)|on another (?:note|topic|subject|matter)|(?:a )?(?:different|second|third|other|another|next) (?:ask|request|thing|topic|one|item|wish|need)|secondly|thirdly|p\.?s\.?|while i'm (?:at it|here)|while you're at it|one more (?:thing|ask|request|wish)|(?:and )?independently of that|in addition(?: to that)?|additionally)\b[,:;. –—-]{0,3}/g;

/** These may go on with the same thing. */
const also =
  /(?:[.!?;\n] ?|, | [–—-] )(?:and |but |oh and |oh, |plus,? ){0,2}(?:also,? |plus,? |as well as |(?:can|could|would|may) (?:you|we|someone|somebody|i) also |(?:i|we)(?:'d|'ll)? also )/g;
const goesOnWith =
  /^(?:and |also,? |plus,? )*(?:it (?:should|must|could)|should|must|cover|include|covering|including|touch|add|with|some|a bit of|the part|maybe)\b/;

/** "1. …", "- …", "first …": the items of a list. */
const listed = /(?:^|\n)[ \t]*(?:[-–—*•]|\(?\d{1,2}[.):]|\(?[a-e]\))[ \t]+/g;
/** "First … second … third …", and numbers within a line. */
const counted =
  /(?:^|[.!?;:,\n] ?)(?:and )?(?:firstly|secondly|thirdly|first|second|third|finally|1\)|2\)|3\)|\(1\)|\(2\)|\(3\))[,:]? (?=an? |some|something|we|i|can|could|\p{L}+ (?:skills|training|for|on)\b|[\p{L}-]+ [\p{L}-]+ (?:skills|training|for|on)\b|someone|somebody)/gu;

/** "X for these and Y for those": where the second may begin. */
const likeness = /(?:,|;| and|, and|, plus| plus| then) (?=(?:an? |some |something |the )?[\p{L}\d][^,;.!?\n]{1,60}? for (?:the|our|my|all|ops|\d|[\p{L}]))/gu;

/** Words of asking, or a name for a learning offer: without either it is background. */
const asks =
  /\b(?:can|could|would|need|needs|want|wants|looking for|please|pls|plz|help|like|love|request|who|anyone|someone|somebody|something|anything|any chance|is there|arrange|organi[sz]e|set up|trainings?|workshops?|courses?|sessions?|coaching|class|clinic|webinar|refresher|intro|deep dive|programme|program|bootcamp|masterclass|teach|train|coach|lesson|module)\b|\?/;

/** One request or several, in a normalised text. Only what names a topic of its own, and is set off plainly, is another request; at most three are. */
export function readRequests(low: string, vocabulary?: Vocabulary): Requests {
  const whole = understand(low, vocabulary);
  const text = low.slice(0, readTo);
  for (const parts of [byWords(text), byList(text), byLikeness(text)]) {
    const read = parts.map((part): ReadPart => ({ ...part, understood: within(low, part, vocabulary) }));
    const others = read.slice(1).filter((part, index) => isAnother(text, part, read.slice(0, index + 1)));
    const [first] = read;
    if (!first || others.length === 0 || !isRequest(text, first)) continue;
    // What the first one does not name itself may still be said elsewhere, but not where another one is.
    const rest = understand(blank(low, others), vocabulary);
    return { understood: { ...rest, ...first.understood }, others: others.slice(0, mostOthers).map((part) => otherOf(low, part)) };
  }
  return { understood: whole, others: [] };
}

function otherOf(low: string, { start, end, understood }: ReadPart): OtherRequest {
  return { ...understood, words: trimSpan(low, start, end) ?? { start, end } };
}

/** Parts that begin with words such as "separately"; and with "also", which counts only where another team is meant. */
function byWords(text: string): Part[] {
  const cuts = [...cutsAt(text, apart, 'words'), ...cutsAt(text, also, 'also')].sort((one, other) => one.start - other.start);
  return partsAt(text, cuts);
}

function byList(text: string): Part[] {
  for (const cuts of [cutsAt(text, listed, 'list'), cutsAt(text, counted, 'counted')]) {
    const parts = cuts.length < 2 ? [] : partsAt(text, cuts);
    // What leads to a list says what it is a list of, not a request of its own.
    if (parts.length > 0) return parts[0]?.by === 'words' ? parts.slice(1) : parts;
  }
  return [];
}

function byLikeness(text: string): Part[] {
  for (const sentence of sentencesOf(text)) {
    const cuts = cutsAt(text.slice(sentence.start, sentence.end), likeness, 'likeness');
    if (cuts.length === 0) continue;
    return partsAt(text.slice(sentence.start, sentence.end), cuts).map((part) => ({
      ...part,
      start: part.start + sentence.start,
      end: part.end + sentence.start,
    }));
  }
  return [];
}

type Cut = { start: number; after: number; by: Part['by'] };

function cutsAt(text: string, pattern: RegExp, by: Part['by']): Cut[] {
  const cuts: Cut[] = [];
  for (const found of text.matchAll(pattern)) {
    if (cuts.length >= 12) break;
    cuts.push({ start: found.index, after: found.index + found[0].length, by });
  }
  return cuts;
}

/** The stretches between cuts; a part that was set off by words ends where its sentences do, so that a greeting behind it is not in it. */
function partsAt(text: string, cuts: readonly Cut[]): Part[] {
  const parts: Part[] = [];
  const [first] = cuts;
  if (!first) return [];
  if (text.slice(0, first.start).trim() !== '') parts.push({ start: 0, end: first.start, by: 'words' });
  for (const [index, cut] of cuts.entries()) {
    const end = cuts[index + 1]?.start ?? text.length;
    if (text.slice(cut.after, end).trim() !== '') parts.push({ start: cut.after, end, by: cut.by });
  }
  return parts;
}

function isRequest(text: string, { start, end, by, understood }: ReadPart): boolean {
  if (!understood.topic) return false;
  return by === 'likeness' || by === 'list' || by === 'counted' || understood.audience !== undefined || asks.test(text.slice(start, end));
}

function isAnother(text: string, part: ReadPart, before: readonly ReadPart[]): boolean {
  const { understood, by } = part;
  const words = text.slice(part.start, part.end);
  if (!understood.topic || goesOnWith.test(words)) return false;
  const { topic, audience } = understood;
  if (before.some((earlier) => isAlike(text, earlier.understood.topic, topic))) return false;
  if (by === 'words' || by === 'counted') return asks.test(words) || audience !== undefined;
  // Without such words it is another request only where it is for other people as well.
  const named = before.flatMap((earlier) => earlier.understood.audience ?? []);
  if (!audience || named.length === 0 || named.some((earlier) => isAlike(text, earlier, audience))) return false;
  if (by === 'also') return asks.test(words);
  if (!namesPeople(text.slice(audience.start, audience.end))) return false;
  const [first] = before;
  return by === 'list' || (first !== undefined && endsWithAudience(text, first) && isHeaded(words, understood, part.start));
}

/** "Negotiation for the AEs": where a likeness is to follow, the first one ends with whom it is for. */
function endsWithAudience(text: string, { end, understood: { topic, audience } }: ReadPart): boolean {
  return topic !== undefined && audience !== undefined && topic.start < audience.start && text.slice(audience.end, end).trim() === '';
}

/** "Something on Excel for ops": the topic comes first, then for whom. */
function isHeaded(words: string, { topic, audience }: Understanding, start: number): boolean {
  if (!topic || !audience || topic.start > audience.start) return false;
  const lead = words.slice(0, topic.start - start);
  const between = words.slice(topic.end - start, audience.start - start);
  return (
    /^(?:(?:an?|the|some|something|anything|one|two|half-day|one-day|short|quick|training|workshop|course|session|refresher|intro|on|about|in|to|how|day|half|hour|day's) ?)*$/.test(
      lead,
    ) && /^(?: [\p{L}-]+){0,3} for $/u.test(between)
  );
}

/** Whether two stretches share a word that matters. */
function isAlike(text: string, one: Span | undefined, other: Span): boolean {
  if (!one) return false;
  const words = new Set(telling(text.slice(one.start, one.end)));
  return telling(text.slice(other.start, other.end)).some((word) => words.has(word));
}

const small = new Set('the my our a an of for in on to and new all these their skills skill training team teams people with how some more'.split(' '));

function telling(words: string): string[] {
  return (words.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !small.has(word)).map((word) => word.replace(/(?:ing|s)$/, ''));
}

function within(low: string, { start, end }: Span, vocabulary: Vocabulary | undefined): Understanding {
  const understood = understand(low.slice(start, end), vocabulary);
  const shift = (span: Span | undefined) => span && { start: span.start + start, end: span.end + start };
  const topic = shift(understood.topic);
  const audience = shift(understood.audience);
  const format = shift(understood.format);
  const deadline = shift(understood.deadline);
  return { ...(topic && { topic }), ...(audience && { audience }), ...(format && { format }), ...(deadline && { deadline }) };
}

/** The text with line breaks in the place of some stretches, so that every other stretch stays where it is. */
function blank(text: string, stretches: readonly Span[]): string {
  return stretches.reduce((kept, { start, end }) => kept.slice(0, start) + '\n'.repeat(end - start) + kept.slice(end), text);
}
