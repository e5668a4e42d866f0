import type { PersonId, Quote } from '../domain/conversation.ts';
import { type Said, tidy } from './document.ts';
import type { DocumentContext } from './markdown.ts';

// A paragraph of a page: a brief is one to two pages, and the rest of somebody's words stands in the Markdown.
const longest = 900;

/** Somebody's words on one line, or that they were removed. Very long ones are cut short, and say so. */
export function quoteText(ctx: DocumentContext, quote: Quote): string {
  const words = tidy(ctx.quote(quote) ?? '');
  if (words === '') return ctx.words.plain('common.removed');
  return words.length <= longest ? words : `${words.slice(0, longest).toWellFormed().trimEnd()}… ${ctx.words.plain('brief.cut-short')}`;
}

/** Who said something, and when. */
export function saidBy(ctx: DocumentContext, { by, at }: { by: PersonId; at: number }): string {
  return ctx.words.plain('brief.said-by', { person: tidy(ctx.name(by)), when: ctx.time(at) });
}

/** Something that somebody said, with who said it and when. */
export function said(ctx: DocumentContext, { quote, by, at }: { quote: Quote; by: PersonId; at: number }): Said {
  return { text: quoteText(ctx, quote), source: saidBy(ctx, { by, at }) };
}
