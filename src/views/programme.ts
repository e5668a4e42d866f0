import type { PersonId, Quote } from '../domain/conversation.ts';
import type { Kpi } from '../domain/questions.ts';
import type { Text } from './card.ts';
import { knownCause, topicOf, type ViewContext, wordsKept } from './context.ts';
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

/** People's words one below the other, without those that were removed; undefined where none are left. */
export function allWords(ctx: ViewContext, quotes: readonly Quote[]): string | undefined {
  return quotes.flatMap((quote) => wordsKept(ctx, quote) ?? []).join('\n') || undefined;
}

/** "first meetings: 3 → 6" for each KPI that still has a name, one below the other; undefined where none has. */
export function kpiText(ctx: ViewContext, kpis: readonly Kpi[]): Text | undefined {
  const lines = kpis.flatMap((kpi) => {
    const name = wordsKept(ctx, kpi.name);
    return name === undefined ? [] : [kpiLine(ctx, kpi, name)];
  });
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** "first meetings: 3 → 6" */
export function kpiLine(ctx: ViewContext, { baseline, target }: Kpi, name: string): string {
  const [from, to] = [baseline, target].map((quote) => wordsKept(ctx, quote) ?? ctx.words.plain('brief.missing'));
  return `${name}: ${from} → ${to}`;
}

/** Who reads what somebody answers: everybody in a place, or these people alone. */
export type SeenBy = { place: string; count?: number } | { readers: readonly PersonId[] };

/** Somebody who was named, as far as a card shows them. */
export type NamedBy = { person: PersonId; namer: PersonId };
