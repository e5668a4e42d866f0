import type { PersonId } from '../domain/conversation.ts';
import type { KpiTrend } from '../domain/kpi-trend.ts';
import type { Rounds } from '../domain/rounds.ts';
import type { Card, CardBlock, Form } from './card.ts';
import type { ViewContext } from './context.ts';
import { trendPicture } from './kpi-trend.ts';
import { button, linkButton, present, textBlock } from './parts.ts';
import { type ProgrammeAbout, programmeName } from './programme.ts';
import { type PlanNow, planBlocks, planButton } from './programme-plan.ts';
import { countsText, numbersBlocks, winsBlocks } from './rounds.ts';
import { plainText } from './text.ts';

/** Private, to whoever leads: until when it runs, and what comes until then. `asked`: somebody is asked each week. `changedBy` after the end was moved. */
export function runsCard(
  ctx: ViewContext,
  { about, endsAt, asked, changedBy, link }: { about: ProgrammeAbout; endsAt: number; asked: boolean; changedBy?: PersonId; link?: string },
): Card {
  const { words } = ctx;
  const date = [{ at: endsAt, as: 'date' as const }];
  const title = words.say('programme.runs-title', { topic: programmeName(ctx, about), date });
  const value = { programme: about.programme };
  return {
    summary: plainText(title),
    title,
    blocks: present<CardBlock>(
      textBlock(words.say(asked ? 'programme.runs' : 'programme.runs-unasked', { date })),
      changedBy === undefined ? undefined : textBlock(words.say('programme.end-changed', { person: [ctx.person(changedBy)], date }), 'subtle'),
    ),
    actions: present(
      button(ctx, 'change-end', 'button.change-end', value, { form: true }),
      button(ctx, 'calendar-file', 'button.calendar-file', value),
      link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link),
    ),
  };
}

/** Until when it runs. Input: end, as YYYY-MM-DD. */
export function endForm(ctx: ViewContext, { programme, end }: { programme: string; end: string }): Form {
  const { words } = ctx;
  const [title, submitLabel, label, hint] = [
    words.plain('programme.end-form'),
    words.plain('programme.end-submit'),
    words.plain('programme.end-label'),
    words.plain('programme.end-hint'),
  ];
  return {
    id: 'programme-end',
    title,
    submitLabel,
    submit: 'submit-end',
    value: { programme },
    blocks: [{ type: 'input', id: 'end', label, kind: 'text', required: true, maxLength: 10, hint, value: end }],
  };
}

/** Private, to whoever leads, once: why no summary comes before the call. */
export function noRhythmCard(ctx: ViewContext, { about, missing }: { about: ProgrammeAbout; missing: 'managers' | 'call' }): Card {
  const text = ctx.words.say(missing === 'managers' ? 'programme.no-managers' : 'programme.no-call', { topic: programmeName(ctx, about) });
  const value = { alignment: about.programme };
  return {
    summary: plainText(text),
    blocks: [textBlock(text)],
    actions: [button(ctx, 'change-something', 'button.change-brief', value, { form: true, style: 'primary' })],
  };
}

export type MonthInput = {
  about: ProgrammeAbout;
  from: number;
  until: number;
  endsAt?: number;
  rounds: Rounds;
  trends: readonly KpiTrend[];
  plan?: PlanNow;
  zone: string;
  link?: string;
};

/** Private, to those who lead: what the last four weeks brought. */
export function monthCard(ctx: ViewContext, { about, from, until, endsAt, rounds, trends, plan, zone, link }: MonthInput): Card {
  const { words } = ctx;
  const topic = programmeName(ctx, about);
  const date = (at: number) => [{ at, as: 'date' as const }];
  return {
    summary: words.plain('month.summary', { topic }),
    title: words.say('month.title', { topic }),
    blocks: present<CardBlock>(
      textBlock(words.say('month.period', { from: date(from), until: date(until) }), 'subtle'),
      textBlock(countsText(ctx, rounds)),
      ...numbersBlocks(ctx, words.plain('rounds.numbers'), trends),
      trendPicture(ctx, trends, zone),
      ...winsBlocks(ctx, rounds),
      ...(plan ? planBlocks(ctx, plan) : []),
      textBlock(endsAt === undefined ? words.say('month.why-you-open') : words.say('month.why-you', { date: date(endsAt) }), 'subtle'),
    ),
    actions: present(
      plan && planButton(ctx, about.programme, plan),
      button(ctx, 'change-end', 'button.change-end', { programme: about.programme }, { form: true }),
      link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link),
    ),
  };
}

/** Private, to whoever leads, once: everybody who was named is out, so nothing is asked and nothing is summed up any more. */
export function nobodyAskedCard(
  ctx: ViewContext,
  { about, out }: { about: ProgrammeAbout; out: readonly { manager: PersonId; standing: 'declined' | 'opted-out' | 'left' | 'not-accepted-yet' }[] },
): Card {
  const text = ctx.words.say('programme.nobody-asked', { topic: programmeName(ctx, about) });
  return {
    summary: plainText(text),
    blocks: [
      textBlock(text),
      { type: 'list', items: out.map(({ manager, standing }) => ({ text: [ctx.person(manager), ': ', ...ctx.words.say(`digest.${standing}`)] })) },
    ],
    actions: [button(ctx, 'change-something', 'button.change-brief', { alignment: about.programme }, { form: true, style: 'primary' })],
  };
}
