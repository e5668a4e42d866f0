import type { PersonId } from './conversation.ts';
import type { Digest } from './digest.ts';
import { courseOf, type KpiTrend } from './kpi-trend.ts';
import type { Kpi } from './questions.ts';

/** What a call should speak about. */
export type AgendaItem =
  | { about: 'stuck' | 'no-progress' | 'at-risk' | 'silent' | 'win'; managers: readonly PersonId[] }
  | { about: 'off-target' | 'no-reading' | 'old-reading'; kpi: Kpi };

/** A call has time for three things. */
const most = 3;

// Somebody is asked for the figures every week: older than this, at least one week has passed without any.
const oldReadingMs = 10 * 24 * 3_600_000;

/** The points for the call, what matters most first: who is stuck, figures that do not move, who is at risk, who said nothing, and what worked. */
export function agendaOf({ lines, stuck, wins }: Digest, trends: readonly KpiTrend[], callAt: number): AgendaItem[] {
  const reported = (status: 'at-risk' | 'no-progress') =>
    lines.flatMap((line) => (line.shows === 'report' && line.report.status === status ? line.manager : []));
  const silent = lines.flatMap((line) => (line.shows === 'silent' ? line.manager : []));
  const people = (about: Extract<AgendaItem, { managers: unknown }>['about'], managers: readonly PersonId[]): AgendaItem[] =>
    managers.length === 0 ? [] : [{ about, managers }];
  const winners = [...new Set(wins.map(({ manager }) => manager))];
  const items = [
    ...people('stuck', stuck),
    ...trends.filter((trend) => ['away', 'unmoved'].includes(courseOf(trend))).map(({ kpi }): AgendaItem => ({ about: 'off-target', kpi })),
    ...people(
      'no-progress',
      reported('no-progress').filter((manager) => !stuck.includes(manager)),
    ),
    ...people('at-risk', reported('at-risk')),
    ...people('silent', silent),
  ];
  const missing = trends.flatMap(({ kpi, readings }): AgendaItem[] => {
    const last = readings.at(-1);
    if (!last) return [{ about: 'no-reading', kpi }];
    return last.at < callAt - oldReadingMs ? [{ about: 'old-reading', kpi }] : [];
  });
  // A call that only speaks of what goes wrong is one that people stay away from.
  const won = people('win', winners);
  return [...[...items, ...missing].slice(0, most - won.length), ...won];
}
