import type { PersonId, Quote } from '../domain/conversation.ts';
import { type Said, tidy } from './document.ts';
import type { DocumentContext } from './markdown.ts';

/** Somebody's words on one line, or that they were removed. */
export function quoteText(ctx: DocumentContext, quote: Quote): string {
  return tidy(ctx.quote(quote) ?? '') || ctx.words.plain('common.removed');
}

/** Who said something, and when. */
export function saidBy(ctx: DocumentContext, { by, at }: { by: PersonId; at: number }): string {
  return ctx.words.plain('brief.said-by', { person: tidy(ctx.name(by)), when: ctx.time(at) });
}

/** Something that somebody said, with who said it and when. */
export function said(ctx: DocumentContext, { quote, by, at }: { quote: Quote; by: PersonId; at: number }): Said {
  return { text: quoteText(ctx, quote), source: saidBy(ctx, { by, at }) };
}
