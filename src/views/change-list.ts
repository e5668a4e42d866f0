import type { BriefDifference, BriefLine } from '../domain/brief.ts';
import type { Quote } from '../domain/conversation.ts';
import { sameQuote } from '../domain/status-report.ts';
import { coachingChanges } from './brief-coaching.ts';
import type { CardBlock, Text } from './card.ts';
import { listed, people, quotedWhole, type ViewContext } from './context.ts';
import { present, textBlock } from './parts.ts';

type Fact = { label: string; value: Text };

/** What differs from the signed version, one part below the other: what it was, what it is now, who changed it and why. Empty when nothing does. */
export function changeList(ctx: ViewContext, { understood, answers, ...coached }: BriefDifference): CardBlock[] {
  const { words } = ctx;
  const parts = understood.flatMap(({ part, was, is, by, reason }) => {
    const said = by === undefined ? [] : author(ctx, [{ by, ...(reason && { reason }) }]);
    return change(words.plain(`intake.${part}`), [...wasIs(ctx, was && [was], is && [is]), ...said]);
  });
  const lines = answers.flatMap(({ questionId, was, is }) => {
    const gone = was.filter((line) => !is.some((other) => isSame(line, other)));
    const fresh = is.filter((line) => !was.some((other) => isSame(line, other)));
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
