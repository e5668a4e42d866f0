import type { BriefLine } from '../domain/brief.ts';
import type { BriefDifference, KpiChange } from '../domain/brief-difference.ts';
import type { Quote } from '../domain/conversation.ts';
import { gives } from '../domain/kpis.ts';
import { sameQuote } from '../domain/status-report.ts';
import { coachingChanges } from './brief-coaching.ts';
import type { CardBlock, Text } from './card.ts';
import { inLine, listed, people, quotedWhole, type ViewContext, wordsOf } from './context.ts';
import { present, textBlock } from './parts.ts';

type Fact = { label: string; value: Text };

/** What differs from the signed version, one part below the other: what it was, what it is now, who changed it and why. Empty when nothing does. */
export function changeList(ctx: ViewContext, { understood, answers, kpis = [], ...coached }: BriefDifference): CardBlock[] {
  const { words } = ctx;
  const parts = understood.flatMap(({ part, was, is, by, reason }) => {
    const said = by === undefined ? [] : author(ctx, [{ by, ...(reason && { reason }) }]);
    return change(words.plain(`intake.${part}`), [...wasIs(ctx, was && [was], is && [is]), ...said]);
  });
  const lines = answers.flatMap(({ questionId, was, is }) => {
    const gone = was.filter((line) => !is.some((other) => isSame(line, other)));
    const fresh = is.filter((line) => !was.some((other) => isSame(line, other)));
    const isFigures = questionId === 'leading-kpis' && gone.length === 0 && kpis.length > 0;
    if (isFigures) return change(ctx.questions[questionId].label, [...figures(ctx, kpis, fresh), ...author(ctx, fresh)]);
    return change(ctx.questions[questionId].label, [
      ...wasIs(
        ctx,
        gone.map(({ quote }) => quote),
        fresh.map(({ quote }) => quote),
      ),
      ...author(ctx, fresh),
    ]);
  });
  const others = coachingChanges(ctx, coached);
  return [...parts, ...lines, ...(others.length > 0 ? [{ type: 'list' as const, items: others }] : [])];
}

/** Figures that were put right, each with what it was; then the words in which that was said, and what came in addition. */
function figures(ctx: ViewContext, kpis: readonly KpiChange[], fresh: readonly BriefLine[]): Fact[] {
  const changed = kpis.flatMap(({ kpi, ...of }) =>
    (['baseline', 'target'] as const).flatMap((as): Fact[] => {
      const figure = of[as];
      if (!figure) return [];
      const { was, is } = figure;
      const value = was ? ctx.words.say('sign-off.was-is', { was: wordsOf(ctx, was), is: wordsOf(ctx, is) }) : wordsOf(ctx, is);
      return [{ label: ctx.words.plain('sign-off.kpi-figure', { kpi: wordsOf(ctx, kpi.name), figure: inLine(ctx.words.plain(`brief.kpi-${as}`)) }), value }];
    }),
  );
  const put = (label: 'sign-off.in-words' | 'sign-off.new', lines: readonly BriefLine[]): Fact[] => {
    const value = quotes(
      ctx,
      lines.map(({ quote }) => quote),
    );
    return value === undefined ? [] : [{ label: ctx.words.plain(label), value }];
  };
  const told = fresh.filter(({ quote }) =>
    gives(
      quote,
      kpis.map(({ kpi }) => kpi),
    ),
  );
  return [
    ...changed,
    ...put('sign-off.in-words', told),
    ...put(
      'sign-off.new',
      fresh.filter((line) => !told.includes(line)),
    ),
  ];
}

function change(label: string, facts: readonly Fact[]): CardBlock[] {
  return [textBlock(label, 'strong'), { type: 'facts', facts }];
}

function isSame(one: BriefLine, other: BriefLine): boolean {
  return sameQuote(one.quote, other.quote) && one.by === other.by;
}

function wasIs(ctx: ViewContext, was: readonly Quote[] = [], is: readonly Quote[] = []): Fact[] {
  const [before, now] = [quotes(ctx, was), quotes(ctx, is) ?? ctx.words.say('review.nothing-now')];
  // A line that came in addition took nothing's place.
  if (before === undefined) return [{ label: ctx.words.plain('sign-off.new'), value: now }];
  return [
    { label: ctx.words.plain('sign-off.was'), value: before },
    { label: ctx.words.plain('sign-off.is'), value: now },
  ];
}

function quotes(ctx: ViewContext, all: readonly Quote[]): Text | undefined {
  return all.length === 0
    ? undefined
    : listed(
        ctx,
        all.map((quote) => quotedWhole(ctx, quote)),
      );
}

function author(ctx: ViewContext, lines: readonly Pick<BriefLine, 'by' | 'reason'>[]): Fact[] {
  if (lines.length === 0) return [];
  const reasons = lines.flatMap(({ reason }) => (reason ? [reason] : []));
  const why = quotes(ctx, reasons);
  return present(
    { label: ctx.words.plain('sign-off.by'), value: people(ctx, [...new Set(lines.map(({ by }) => by))]) },
    why === undefined ? undefined : { label: ctx.words.plain('sign-off.why'), value: why },
  );
}
