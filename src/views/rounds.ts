import type { KpiTrend } from '../domain/kpi-trend.ts';
import type { Rounds } from '../domain/rounds.ts';
import type { CardBlock } from './card.ts';
import { quoted, type ViewContext } from './context.ts';
import { kpiItem } from './kpi-trend.ts';
import { type Item, section, textBlock } from './parts.ts';

// A chat shows so many in a few seconds; the digests hold them all.
const mostWins = 5;

/** How often what was reported over several weeks: silence is counted, not left out. */
export function countsText(ctx: ViewContext, { calls, counts }: Rounds) {
  const slots = {
    'on-track': String(counts['on-track']),
    'at-risk': String(counts['at-risk']),
    'no-progress': String(counts['no-progress']),
    silent: String(counts.silent),
  };
  if (calls === 0) return ctx.words.say('rounds.none');
  return calls === 1 ? ctx.words.say('rounds.one', slots) : ctx.words.say('rounds.counts', { calls: String(calls), ...slots });
}

/** Each KPI with its last reading; `unread` says instead of "no figure yet" what that means at the end. */
export function numbersBlocks(ctx: ViewContext, heading: string, trends: readonly KpiTrend[], unread?: Item['note']): CardBlock[] {
  if (trends.length === 0) return [textBlock(heading, 'heading'), textBlock(ctx.words.say('rounds.numbers-none'), 'subtle')];
  const items = trends.map((trend): Item => {
    const item = kpiItem(ctx, trend);
    return trend.readings.length === 0 && unread !== undefined ? { ...item, note: unread } : item;
  });
  return section(heading, items);
}

/** The latest wins with who told them, or that there was none. */
export function winsBlocks(ctx: ViewContext, { wins }: Rounds): CardBlock[] {
  const heading = ctx.words.plain('rounds.wins');
  if (wins.length === 0) return [textBlock(heading, 'heading'), textBlock(ctx.words.say('rounds.wins-none'), 'subtle')];
  const more = wins.length - mostWins;
  const items = wins.slice(-mostWins).map(({ manager, win }): Item => ({ text: [ctx.person(manager), ': ', ...[quoted(ctx, win)].flat()] }));
  return [...section(heading, items), ...(more > 0 ? [textBlock(ctx.words.say('rounds.more', { count: String(more) }), 'subtle')] : [])];
}
