import type { PersonId, Quote } from '../domain/conversation.ts';
import type { KpiTrend } from '../domain/kpi-trend.ts';
import type { EndReason, Worth } from '../domain/programme-event.ts';
import type { WorthCounts } from '../domain/programme-pace.ts';
import type { ActionResult, PilotResult } from '../domain/programme-plan.ts';
import type { Kept, Rounds } from '../domain/rounds.ts';
import type { Card, CardBlock, Text } from './card.ts';
import { people, quoted, type ViewContext, wordsOf } from './context.ts';
import { trendPicture } from './kpi-trend.ts';
import { button, present, section, textBlock } from './parts.ts';
import { type ProgrammeAbout, programmeName } from './programme.ts';
import { planResultBlocks } from './programme-plan.ts';
import { countsText, numbersBlocks, winsBlocks } from './rounds.ts';

export type CloseInput = {
  about: ProgrammeAbout;
  from: number;
  until: number;
  reason: EndReason;
  stoppedBy?: PersonId;
  rounds: Rounds;
  kept: readonly Kept[];
  trends: readonly KpiTrend[];
  /** What became of the first group and of what else was to change. */
  plan?: { pilot?: PilotResult; actions: readonly ActionResult[] };
  zone: string;
  /** Absent where nobody is asked; `counts` only once it is summed up and enough people answered. */
  worth?: { summedUp: boolean; counts?: WorthCounts };
};

/** The end of a programme: what changed against where it began, what worked, what to keep, and whether it was worth it. Silence and missing figures are said. */
export function closeCard(ctx: ViewContext, input: CloseInput): Card {
  const { words } = ctx;
  const { about, rounds, kept, trends, zone, plan } = input;
  const topic = programmeName(ctx, about);
  return {
    summary: words.plain('close.summary', { topic }),
    title: words.say('close.title', { topic }),
    blocks: present<CardBlock>(
      textBlock(reasonText(ctx, input), 'subtle'),
      ...numbersBlocks(ctx, words.plain('close.changed'), trends, words.say('close.unread')),
      trendPicture(ctx, trends, zone),
      textBlock(words.say('rounds.title'), 'heading'),
      textBlock(countsText(ctx, rounds)),
      ...winsBlocks(ctx, rounds),
      ...(plan ? planResultBlocks(ctx, plan) : []),
      ...section(
        words.plain('close.keep'),
        kept.map((one) => keptItem(ctx, one)),
      ),
      worthBlock(ctx, input.worth),
    ),
    actions: [],
  };
}

function reasonText(ctx: ViewContext, { reason, from, until, stoppedBy }: CloseInput): Text {
  const { words } = ctx;
  const dates = { from: [{ at: from, as: 'date' as const }], until: [{ at: until, as: 'date' as const }] };
  switch (reason) {
    case 'finished':
      return words.say('close.finished', dates);
    case 'stopped':
      return stoppedBy === undefined ? words.say('close.stopped-by-nobody', dates) : words.say('close.stopped', { person: [ctx.person(stoppedBy)], ...dates });
    case 'alignment-closed':
      return words.say('close.closed', dates);
    default:
      return reason satisfies never;
  }
}

function keptItem(ctx: ViewContext, { managers, commitment, onTrack, reported }: Kept) {
  const text: Text = [...[people(ctx, managers)].flat(), ': ', wordsOf(ctx, commitment)];
  return { text, note: ctx.words.say('close.keep-weeks', { count: String(onTrack), total: String(reported) }) };
}

function worthBlock(ctx: ViewContext, worth: CloseInput['worth']): CardBlock | undefined {
  if (!worth) return undefined;
  if (!worth.summedUp) return textBlock(ctx.words.say('close.worth-asked'), 'subtle');
  const { counts } = worth;
  if (!counts) return textBlock(ctx.words.say('close.worth-few'), 'subtle');
  return textBlock(ctx.words.say('close.worth-counts', { yes: String(counts.yes), partly: String(counts.partly), no: String(counts.no) }), 'strong');
}

const answers: readonly Worth[] = ['yes', 'partly', 'no'];
const lineLimit = 500;

export type WorthInput = {
  about: ProgrammeAbout;
  /** Where the counts are shown: a place, or the chats of these people. */
  shownTo: { place: string } | { readers: readonly PersonId[] };
  given?: { worth: Worth; text?: Quote };
  /** The answers are summed up: nothing can be changed any more. */
  over: boolean;
};

/** Private, to everybody who took part, once. Input: worth-line. */
export function worthCard(ctx: ViewContext, { about, shownTo, given, over }: WorthInput): Card {
  const { words } = ctx;
  const topic = programmeName(ctx, about);
  const shown =
    'place' in shownTo
      ? words.say('worth.private', { place: ctx.placeName(shownTo.place) })
      : words.say('worth.private-people', { people: people(ctx, shownTo.readers) });
  return {
    summary: words.plain('worth.summary', { topic }),
    title: words.say('worth.title'),
    blocks: present<CardBlock>(
      textBlock(words.say('worth.text', { topic })),
      given && textBlock(words.say(over ? 'worth.given-over' : 'worth.given', { answer: words.plain(`worth.${given.worth}`) })),
      given?.text && textBlock(words.say('nudge.given-note', { words: quoted(ctx, given.text) })),
      over ? textBlock(words.say('worth.over')) : { type: 'input', id: 'worth-line', label: words.plain('worth.line'), kind: 'text', maxLength: lineLimit },
      textBlock(shown, 'subtle'),
    ),
    actions: (over ? [] : answers).map((worth) =>
      button(ctx, `worth-${worth}`, `button.worth-${worth}`, { programme: about.programme }, worth === given?.worth ? { style: 'primary' } : {}),
    ),
  };
}

/** Private, to those who lead: what people wrote, without who. */
export function worthLinesCard(ctx: ViewContext, { about, lines }: { about: ProgrammeAbout; lines: readonly Quote[] }): Card {
  const topic = programmeName(ctx, about);
  const title = ctx.words.say('worth.lines-title', { topic });
  return {
    summary: ctx.words.plain('worth.lines-title', { topic }),
    title,
    blocks: [textBlock(ctx.words.say('worth.lines-intro'), 'subtle'), { type: 'list', items: lines.map((line) => ({ text: wordsOf(ctx, line) })) }],
    actions: [],
  };
}
