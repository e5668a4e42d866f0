import type { AgendaItem } from '../domain/agenda.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import type { KpiTrend } from '../domain/kpi-trend.ts';
import { agendaBlocks } from './agenda.ts';
import type { Card, CardBlock, Text } from './card.ts';
import { people, quoted, type ViewContext, wordsOf } from './context.ts';
import { kpiItem, trendPicture } from './kpi-trend.ts';
import { present, section, textBlock } from './parts.ts';
import { type ProgrammeAbout, programmeName, type Tap } from './programme.ts';
import { type PlanNow, planBlocks, planButton } from './programme-plan.ts';

/** How one manager stands in one week: what they said, or why nothing is there. */
export type DigestLine = { manager: PersonId } & (
  | { shows: 'report'; report: { status: Tap; note?: Quote; win?: Quote }; weeksStuck: number }
  | { shows: 'silent' | 'not-asked' | 'opted-out' | 'on-holiday' | 'declined' | 'not-accepted-yet' | 'left' }
);

export type DigestInput = {
  about: ProgrammeAbout;
  callAt: number;
  lines: readonly DigestLine[];
  /** Every KPI with what was read; `zone` (IANA) is where the call takes place. */
  trends?: readonly KpiTrend[];
  zone?: string;
  agenda?: readonly AgendaItem[];
  plan?: PlanNow;
  /** It was posted when the call had begun already, because Plumb was away. */
  late?: true;
};

/** The summary before the weekly call. Silence is shown as silence; opted out, on holiday and not yet accepted are different things. */
export function digestCard(ctx: ViewContext, { about, callAt, lines, trends = [], zone = 'UTC', agenda = [], plan, late }: DigestInput): Card {
  const { words } = ctx;
  const topic = programmeName(ctx, about);
  const counted = (shows: (line: DigestLine) => boolean) => String(lines.filter(shows).length);
  const tapped = (status: Tap) => counted((line) => line.shows === 'report' && line.report.status === status);
  return {
    summary: words.plain('digest.summary', {
      topic,
      'on-track': tapped('on-track'),
      'at-risk': tapped('at-risk'),
      'no-progress': tapped('no-progress'),
      silent: counted((line) => line.shows === 'silent'),
    }),
    title: words.say(late ? 'digest.title-late' : 'digest.title', { topic }),
    blocks: present<CardBlock>(
      textBlock(words.say('digest.call', { when: [{ at: callAt, as: 'date-time' }] }), 'subtle'),
      late && textBlock(words.say('digest.late'), 'subtle'),
      { type: 'list', items: lines.map((line) => lineItem(ctx, line)) },
      ...section(
        words.plain('digest.kpi'),
        trends.map((trend) => kpiItem(ctx, trend)),
      ),
      trendPicture(ctx, trends, zone),
      textBlock(words.say('digest.wins'), 'heading'),
      winsBlock(ctx, lines),
      ...stuckBlocks(ctx, lines),
      ...(plan ? planBlocks(ctx, plan) : []),
      ...agendaBlocks(ctx, agenda, late ? 'agenda.title-late' : 'agenda.title'),
    ),
    actions: present(plan && planButton(ctx, about.programme, plan)),
  };
}

function lineItem(ctx: ViewContext, line: DigestLine): { text: Text; note?: Text } {
  const text: Text = [ctx.person(line.manager), ': ', ...statusText(ctx, line)];
  const note = line.shows === 'report' && line.report.note ? wordsOf(ctx, line.report.note) : undefined;
  return note === undefined ? { text } : { text, note };
}

function statusText(ctx: ViewContext, line: DigestLine) {
  if (line.shows !== 'report') return ctx.words.say(`digest.${line.shows}`);
  const status = ctx.words.plain(`digest.${line.report.status}`);
  return line.weeksStuck >= 2 ? ctx.words.say('digest.weeks-stuck', { status, count: String(line.weeksStuck) }) : [status];
}

function winsBlock(ctx: ViewContext, lines: readonly DigestLine[]): CardBlock {
  const wins = lines.flatMap((line) => (line.shows === 'report' && line.report.win ? [{ manager: line.manager, win: line.report.win }] : []));
  if (wins.length === 0) return textBlock(ctx.words.say('digest.wins-none'), 'subtle');
  return { type: 'list', items: wins.map(({ manager, win }) => ({ text: [ctx.person(manager), ': ', ...[quoted(ctx, win)].flat()] })) };
}

function stuckBlocks(ctx: ViewContext, lines: readonly DigestLine[]): CardBlock[] {
  const stuck = lines.filter((line) => line.shows === 'report' && line.weeksStuck >= 2).map((line) => line.manager);
  return stuck.length === 0 ? [] : [{ type: 'facts', facts: [{ label: ctx.words.plain('digest.stuck'), value: people(ctx, stuck) }] }];
}
