import type { PersonId, Quote } from '../domain/conversation.ts';
import type { Kpi } from '../domain/questions.ts';
import type { Text, TextPart } from './card.ts';
import { knownCause, topicOf, type ViewContext, wordsOf } from './context.ts';
import { shorten } from './text.ts';

/** What a card needs to know of a programme. `outcome` is what people will do, in their words; `focus`: what it starts with instead of the topic. */
export type ProgrammeAbout = { programme: string; topic?: Quote; focus?: { cause?: string }; outcome: readonly Quote[]; kpis: readonly Kpi[] };
type Named = Pick<ProgrammeAbout, 'topic' | 'focus' | 'outcome'>;

/** The three taps. */
export type Tap = 'on-track' | 'at-risk' | 'no-progress';

/** What a programme is called on one line: what it starts with, its topic, otherwise the first words of its outcome. */
export function programmeName(ctx: ViewContext, { topic, focus, outcome }: Named): string {
  const [first] = outcome;
  const asked = topic ?? first;
  const name = topicOf(ctx, asked ? { topic: asked } : {});
  return focus ? (knownCause(ctx, focus)?.focus ?? ctx.words.plain('brief.other-focus', { topic: name })) : name;
}

/** Short enough to stand in a button beside another word (Slack cuts labels at 75 characters). */
export function shortName(ctx: ViewContext, about: Named): string {
  return shorten(programmeName(ctx, about), 40);
}

/** People's words one below the other. */
export function allWords(ctx: ViewContext, quotes: readonly Quote[]): string {
  return quotes.map((quote) => wordsOf(ctx, quote)).join('\n');
}

/** "first meetings: 3 → 6" for each KPI, one below the other. */
export function kpiText(ctx: ViewContext, kpis: readonly Kpi[]): Text {
  return kpis.flatMap((kpi, at): TextPart[] => {
    const from = kpi.baseline ? wordsOf(ctx, kpi.baseline) : ctx.words.plain('brief.missing');
    const to = kpi.target ? wordsOf(ctx, kpi.target) : ctx.words.plain('brief.missing');
    return [at === 0 ? '' : '\n', `${wordsOf(ctx, kpi.name)}: ${from} → ${to}`];
  });
}

/** Who reads what somebody answers: everybody in a place, or these people alone. */
export type SeenBy = { place: string; count?: number } | { readers: readonly PersonId[] };

/** Somebody who was named, as far as a card shows them. */
export type NamedBy = { person: PersonId; namer: PersonId };
