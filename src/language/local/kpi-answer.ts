import type { QuestionId } from '../../domain/questions.ts';
import type { Span } from '../language.ts';
import { kpisIn, namesKpi } from './entities/kpis.ts';
import type { Placed } from './place.ts';

/** Strength of what names an indicator where one was asked for. */
const named = 4;
/** Longer words tell what is done, and an indicator only in passing. */
const longestName = 60;

/**
 * Under the question about KPIs an indicator is one answer, whatever else its name sounds like: "1:1 coaching sessions per manager, from 1 to 3 a month"
 * is no plan for afterwards with figures behind it, nor is "1:1 coaching" alone.
 */
export function asOneKpi(low: string, placed: readonly Placed[], asked: QuestionId | undefined): readonly Placed[] {
  if (asked !== 'leading-kpis') return placed;
  const whole = wholeKpi(low, placed) ?? bareName(low, placed);
  if (!whole) return placed;
  const others = placed.filter(({ span }) => span.end <= whole.start || span.start >= whole.end);
  return [...others, { questionId: asked, span: whole, strength: named }].sort((one, other) => one.span.start - other.span.start);
}

/** A name in one clause and both its figures in the next. */
function wholeKpi(low: string, placed: readonly Placed[]): Span | undefined {
  const figures = placed.find(({ questionId }) => questionId === 'leading-kpis');
  const before = figures && placed.find(({ questionId, span }) => questionId !== 'leading-kpis' && span.end <= figures.span.start);
  if (!figures || !before || !/^[\s,;:(–-]*$/.test(low.slice(before.span.end, figures.span.start))) return undefined;
  const span = { start: before.span.start, end: figures.span.end };
  const [only, second] = kpisIn(low, span, true);
  const isWhole = only?.baseline && only.target && !second && only.name.end <= figures.span.start && namesKpi(low, only.name);
  return isWhole ? span : undefined;
}

function bareName(low: string, placed: readonly Placed[]): Span | undefined {
  const [only, second] = placed;
  if (!only || second || only.questionId !== 'reinforcement' || only.span.end - only.span.start > longestName) return undefined;
  const [kpi] = kpisIn(low, only.span, true);
  return kpi && namesKpi(low, kpi.name) && kpi.name.start === only.span.start && kpi.name.end === only.span.end ? only.span : undefined;
}
