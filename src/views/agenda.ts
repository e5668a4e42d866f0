import type { AgendaItem } from '../domain/agenda.ts';
import type { CardBlock, Text } from './card.ts';
import { people, type ViewContext, wordsOf } from './context.ts';
import { section } from './parts.ts';
import { shorten } from './text.ts';

// A KPI's name may be a whole sentence.
const nameLimit = 90;

/** What the call should speak about, marked as Plumb's. Nothing where nothing stands out. */
export function agendaBlocks(ctx: ViewContext, items: readonly AgendaItem[], title: 'agenda.title' | 'agenda.title-late'): CardBlock[] {
  return section(
    ctx.words.plain(title),
    items.map((item) => ({ text: agendaText(ctx, item) })),
  );
}

function agendaText(ctx: ViewContext, item: AgendaItem): Text {
  if ('kpi' in item) return ctx.words.say(`agenda.${item.about}`, { kpi: shorten(wordsOf(ctx, item.kpi.name), nameLimit) });
  return ctx.words.say(`agenda.${item.about}`, { people: people(ctx, item.managers) });
}
