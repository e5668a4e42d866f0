import type { Quote } from '../domain/conversation.ts';
import type { Card, CardAction, CardBlock, Text } from './card.ts';
import { people, quoted, type ViewContext } from './context.ts';
import { button, present, textBlock } from './parts.ts';
import { allWords, kpiText, type ProgrammeAbout, programmeName, type SeenBy, shortName, type Tap } from './programme.ts';

/** One programme in somebody's weekly question. `given`: what they said for this week already. `link`: to its thread, for whoever can open it. */
export type NudgeProgramme = { about: ProgrammeAbout; week: string; callAt: number; commitment?: Quote; seenBy: SeenBy; given?: Given; link?: string };
export type Given = { status: Tap; note?: Quote; win?: Quote };

const taps: readonly Tap[] = ['on-track', 'at-risk', 'no-progress'];
const wordsLimit = 500;

/** The inputs' ids: "note" and "win" for one programme, with `-<programme id>` behind for several. */
function nudgeInputIds(programme: string, several: boolean): { note: string; win: string } {
  return several ? { note: `note-${programme}`, win: `win-${programme}` } : { note: 'note', win: 'win' };
}

/** The weekly question to one person: every programme in one card, three taps each, an optional line and an optional win. */
export function nudgeCard(ctx: ViewContext, programmes: readonly NudgeProgramme[]): Card {
  const { words } = ctx;
  const several = programmes.length > 1;
  const [first] = programmes;
  const count = String(programmes.length);
  const oneSummary = words.plain('nudge.summary', { topic: first ? programmeName(ctx, first.about) : words.plain('common.unknown-topic') });
  return {
    summary: several ? words.plain('nudge.summary-many', { count }) : oneSummary,
    title: several ? words.say('nudge.title-many', { count }) : words.say('nudge.title'),
    blocks: programmes.flatMap((programme, at) => [...(at === 0 ? [] : [{ type: 'divider' as const }]), ...programmeBlocks(ctx, programme, several)]),
    actions: [
      ...programmes.flatMap((programme) => tapActions(ctx, programme, several)),
      button(ctx, 'nudge-snooze', 'button.snooze', {}),
      button(ctx, 'nudge-settings', 'button.nudge-settings', {}, { form: true }),
      button(ctx, 'nudge-opt-out', 'button.opt-out', {}),
    ],
  };
}

function programmeBlocks(ctx: ViewContext, programme: NudgeProgramme, several: boolean): CardBlock[] {
  const { words } = ctx;
  const { about, commitment, callAt, seenBy, given, link } = programme;
  const when = [{ at: callAt, as: 'date-time' as const }];
  const facts = present(
    about.outcome.length === 0 ? undefined : { label: words.plain('nudge.outcome'), value: allWords(ctx, about.outcome) },
    commitment ? { label: words.plain('nudge.commitment'), value: allWords(ctx, [commitment]) } : undefined,
    { label: words.plain('nudge.kpi'), value: about.kpis.length === 0 ? words.say('nudge.no-number') : kpiText(ctx, about.kpis) },
  );
  return present<CardBlock>(
    textBlock(programmeName(ctx, about), 'strong'),
    { type: 'facts', facts },
    ...givenBlocks(ctx, given),
    ...wordInputs(ctx, programme, several),
    textBlock(visibleTo(ctx, seenBy, when), 'subtle'),
    link === undefined ? undefined : textBlock([{ link, label: words.plain('button.open-thread') }], 'subtle'),
  );
}

/** What stands for this week; the inputs below are empty again, so the words that were sent show here. */
function givenBlocks(ctx: ViewContext, given: Given | undefined): (CardBlock | undefined)[] {
  const { words } = ctx;
  if (!given) return [];
  return [
    textBlock(words.say('nudge.given', { status: words.plain(`digest.${given.status}`) })),
    given.note && textBlock(words.say('nudge.given-note', { words: quoted(ctx, given.note) })),
    given.win && textBlock(words.say('nudge.given-win', { words: quoted(ctx, given.win) })),
  ];
}

function visibleTo(ctx: ViewContext, seenBy: SeenBy, when: Text): Text {
  if ('readers' in seenBy) return ctx.words.say('nudge.visible-people', { people: people(ctx, seenBy.readers), when });
  return ctx.words.say('nudge.visible', { place: ctx.placeName(seenBy.place), when });
}

function wordInputs(ctx: ViewContext, { about }: NudgeProgramme, several: boolean): CardBlock[] {
  const { words } = ctx;
  const ids = nudgeInputIds(about.programme, several);
  const topic = shortName(ctx, about);
  return [
    { type: 'input', id: ids.note, label: several ? words.plain('nudge.note-for', { topic }) : words.plain('nudge.note'), kind: 'text', maxLength: wordsLimit },
    { type: 'input', id: ids.win, label: several ? words.plain('nudge.win-for', { topic }) : words.plain('nudge.win'), kind: 'text', maxLength: wordsLimit },
  ];
}

function tapActions(ctx: ViewContext, { about, week, given }: NudgeProgramme, several: boolean): CardAction[] {
  const value = { programme: about.programme, week };
  return taps.map((tap) => {
    const plain = button(ctx, `nudge-${tap}`, `button.${tap}`, value, tap === given?.status ? { style: 'primary' } : {});
    return several ? { ...plain, label: ctx.words.plain('button-for.tap', { topic: shortName(ctx, about), tap: plain.label }) } : plain;
  });
}
