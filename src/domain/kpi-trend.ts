import type { Quote } from './conversation.ts';
import { type Figure, figureIn } from './figures.ts';
import { kpiKey } from './kpis.ts';
import type { KpiReading, StartedProgramme } from './programme-state.ts';
import type { Kpi } from './questions.ts';

/** A KPI with everything that was read, oldest first; `baseline` and `target` as figures where the brief's words have one. */
export type KpiTrend = { key: string; kpi: Kpi; baseline?: Figure; target?: Figure; readings: readonly KpiReading[] };

/** Where a KPI went since the start. `unknown`: no reading, no target, or figures that cannot be compared. */
export type Course = 'reached' | 'towards' | 'unmoved' | 'away' | 'unknown';

/** Every KPI of a programme whose name can still be read: nobody knows a number without one. `words` reads a quote; undefined where it was erased. */
export function kpiTrends({ content, readings }: StartedProgramme, words: (quote: Quote) => string | undefined): KpiTrend[] {
  return content.kpis.flatMap((kpi) => {
    if (!words(kpi.name)?.trim()) return [];
    const figure = (quote: Quote | undefined) => quote && figureIn(words(quote) ?? '');
    const [baseline, target] = [figure(kpi.baseline), figure(kpi.target)];
    const key = kpiKey(kpi);
    const own = readings.filter((reading) => reading.kpi === key).sort((one, other) => (one.week < other.week ? -1 : 1));
    return { key, kpi, ...(baseline && { baseline }), ...(target && { target }), readings: own };
  });
}

/** The last reading against where it began and where it shall be. Without a baseline the first reading is where it began. */
export function courseOf({ baseline, target, readings }: KpiTrend): Course {
  const last = readings.at(-1);
  const from = baseline ?? (readings.length > 1 ? readings[0] : undefined);
  if (!last || !from || !target || !comparable([last, from, target]) || from.value === target.value) return 'unknown';
  const direction = Math.sign(target.value - from.value);
  if ((last.value - target.value) * direction >= 0) return 'reached';
  const moved = (last.value - from.value) * direction;
  if (moved === 0) return 'unmoved';
  return moved > 0 ? 'towards' : 'away';
}

/** "4 %" and "4" are the same; "4 %" and "4 days" are not. */
function comparable(figures: readonly { unit?: string }[]): boolean {
  const symbols = figures.flatMap(({ unit }) => (unit === undefined ? [] : [unit.toLowerCase()]));
  const percent = symbols.filter((unit) => unit === '%').length;
  return percent === 0 || percent === symbols.length;
}
