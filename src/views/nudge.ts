import type { PersonId, Quote } from '../domain/conversation.ts';
import type { KpiTrend } from '../domain/kpi-trend.ts';
import type { Card, CardAction, CardBlock, Form, Text } from './card.ts';
import { people, quoted, type ViewContext, wordsKept, wordsOf } from './context.ts';
import { kpiItem } from './kpi-trend.ts';
import { button, inMore, present, textBlock } from './parts.ts';
import { allWords, kpiText, type ProgrammeAbout, programmeName, type SeenBy, shortName, type Tap } from './programme.ts';
import { plainText, shorten } from './text.ts';

/** One programme in somebody's weekly question. `given`: what they said for this week already. `link`: to its thread, for whoever can open it. */
export type NudgeProgramme = {
  about: ProgrammeAbout;
  week: string;
  callAt: number;
  commitment?: Quote;
  seenBy: SeenBy;
  given?: Given;
  link?: string;
  /** What its KPIs stand at. */
  trends?: readonly KpiTrend[];
  /** `wanted`: this person has the figures; `if-known`: nobody is known to have them. */
  figures?: 'wanted' | 'if-known';
  /** They have the figures and manage nobody: how the week went is not theirs to say. */
  figuresOnly?: true;
  /** HH:MM of a call whose time does not exist on its day, because the clocks go forward. */
  skipped?: string;
};
export type Given = { status: Tap; note?: Quote; win?: Quote };

const taps: readonly Tap[] = ['on-track', 'at-risk', 'no-progress'];
const wordsLimit = 500;
const figureLimit = 40;
const kpiNameLimit = 60;

/** The field for what a KPI (kpiKey) stands at. */
export function readingInputId(key: string): string {
  return `reading-${key}`;
}

/** The fields of one programme among several. */
export function joinedInputIds(programme: string): { status: string; note: string; win: string } {
  return { status: `status-${programme}`, note: `note-${programme}`, win: `win-${programme}` };
}

/**
 * The weekly question to one person: three taps, what the KPIs stand at, an optional line and an optional win. Of several programmes each says what it asks,
 * and one form takes all answers: so many buttons would fill a phone, and what was typed for the second would be lost with a tap for the first.
 */
export function nudgeCard(ctx: ViewContext, programmes: readonly NudgeProgramme[]): Card {
  const { words } = ctx;
  const several = programmes.length > 1;
  const onlyFigures = programmes.every(({ figuresOnly }) => figuresOnly);
  const [first] = programmes;
  const count = String(programmes.length);
  const topic = first ? programmeName(ctx, first.about) : words.plain('common.unknown-topic');
  const oneSummary = onlyFigures ? words.plain('nudge.summary-data', { topic }) : words.plain('nudge.summary', { topic });
  const oneTitle = onlyFigures ? words.say('nudge.title-data') : words.say('nudge.title');
  return {
    summary: several ? words.plain('nudge.summary-many', { count }) : oneSummary,
    title: several ? words.say('nudge.title-many', { count }) : oneTitle,
    blocks: programmes.flatMap((programme, at) => [...(at === 0 ? [] : [{ type: 'divider' as const }]), ...programmeBlocks(ctx, programme, several)]),
    actions: nudgeActions(ctx, programmes),
  };
}

/** Beside three taps only the way out stays in sight. */
function nudgeActions(ctx: ViewContext, programmes: readonly NudgeProgramme[]): CardAction[] {
  const answers = programmes.length > 1 ? [answerButton(ctx, programmes)] : programmes.flatMap((programme) => answerActions(ctx, programme));
  const later = programmes.every(isGiven) ? undefined : button(ctx, 'nudge-snooze', 'button.snooze', {});
  const settings = button(ctx, 'nudge-settings', 'button.nudge-settings', {}, { form: true });
  const stop = button(ctx, 'nudge-opt-out', 'button.opt-out', {});
  return answers.length > 1 ? [...answers, stop, ...inMore(later, settings)] : present(...answers, later, settings, stop);
}

/** Whether what it asks about was answered: then there is nothing to be asked again. */
function isGiven({ given, figuresOnly, trends = [], week }: NudgeProgramme): boolean {
  return given !== undefined || (figuresOnly === true && trends.some(({ readings }) => readings.some((reading) => reading.week === week)));
}

/** `figuresGiven`: who gives figures alone has no status that says what they sent. */
type PastProgramme = Pick<NudgeProgramme, 'about' | 'given' | 'figuresOnly'> & { figuresGiven?: true };

/** What stands in the place of a question that nobody can answer any more; `newer`: because another one has come, `stopped`: because they want none. */
export function pastNudgeCard(ctx: ViewContext, programmes: readonly PastProgramme[], why: 'newer' | 'over' | 'stopped'): Card {
  const { words } = ctx;
  const title = words.say(programmes.every(({ figuresOnly }) => figuresOnly) ? 'nudge.title-data' : 'nudge.title');
  const past = words.say(`nudge.past-${why}`);
  // Where everything was answered, nobody has to look for another card.
  const isAnswered = why === 'newer' && programmes.every(({ given, figuresGiven }) => given ?? figuresGiven);
  return {
    summary: plainText(isAnswered ? title : past),
    title,
    blocks: [
      ...programmes.flatMap(({ about, given, figuresGiven }) =>
        present<CardBlock>(
          textBlock(programmeName(ctx, about), 'strong'),
          given && textBlock(words.say('nudge.past-given', { status: words.plain(`digest.${given.status}`) })),
          figuresGiven && textBlock(words.say('nudge.past-figures')),
          ...givenWords(ctx, given),
        ),
      ),
      ...(isAnswered ? [] : [textBlock(past, 'subtle')]),
    ],
    actions: [],
  };
}

function programmeBlocks(ctx: ViewContext, programme: NudgeProgramme, several: boolean): CardBlock[] {
  const { words } = ctx;
  const { about, commitment, callAt, given, link, trends = [], skipped } = programme;
  const when = [{ at: callAt, as: 'date-time' as const }];
  const number = about.kpis.length === 0 ? words.say('nudge.no-number') : kpiText(ctx, about.kpis);
  const outcome = several ? undefined : allWords(ctx, about.outcome);
  const tookOn = wordsKept(ctx, commitment);
  const facts = present(
    // Of several, each only says what it asks: what they are for stands in their introductions.
    outcome === undefined ? undefined : { label: words.plain('nudge.outcome'), value: outcome },
    tookOn === undefined ? undefined : { label: words.plain('nudge.commitment'), value: tookOn },
    trends.length > 0 || number === undefined ? undefined : { label: words.plain('nudge.kpi'), value: number },
  );
  return present<CardBlock>(
    textBlock(programmeName(ctx, about), 'strong'),
    facts.length === 0 ? undefined : { type: 'facts', facts },
    trends.length === 0 ? undefined : { type: 'list', items: trends.map((trend) => kpiItem(ctx, trend)) },
    ...givenBlocks(ctx, given),
    givenFigures(ctx, programme),
    ...(several ? [] : [...figureInputs(ctx, programme), ...wordInputs(ctx, programme)]),
    skipped === undefined ? undefined : textBlock(words.say('nudge.clock-change', { time: skipped }), 'subtle'),
    textBlock(visibleTo(ctx, programme, when), 'subtle'),
    link === undefined ? undefined : textBlock([{ link, label: words.plain('button.open-thread') }], 'subtle'),
  );
}

/** What stands for this week; the inputs below are empty again, so the words that were sent show here. */
function givenBlocks(ctx: ViewContext, given: Given | undefined): (CardBlock | undefined)[] {
  if (!given) return [];
  const status = ctx.words.plain(`digest.${given.status}`);
  return [textBlock(ctx.words.say('nudge.given', { status })), ...givenWords(ctx, given)];
}

function givenWords(ctx: ViewContext, given: Given | undefined): (CardBlock | undefined)[] {
  return [
    given?.note && textBlock(ctx.words.say('nudge.given-note', { words: quoted(ctx, given.note) })),
    given?.win && textBlock(ctx.words.say('nudge.given-win', { words: quoted(ctx, given.win) })),
  ];
}

/** Who gives figures alone has no status that says that they arrived. */
function givenFigures(ctx: ViewContext, programme: NudgeProgramme): CardBlock | undefined {
  return programme.figuresOnly && isGiven(programme) ? textBlock(ctx.words.say('nudge.given-figures')) : undefined;
}

function visibleTo(ctx: ViewContext, { seenBy, figuresOnly }: NudgeProgramme, when: Text): Text {
  const { words } = ctx;
  if ('readers' in seenBy) {
    const slots = { people: people(ctx, seenBy.readers), when };
    return figuresOnly ? words.say('nudge.visible-figures-people', slots) : words.say('nudge.visible-people', slots);
  }
  const slots = { place: ctx.placeName(seenBy.place), when };
  return figuresOnly ? words.say('nudge.visible-figures', slots) : words.say('nudge.visible', slots);
}

/** One field for each KPI; what was given for this week stands in it, to be put right. */
function figureInputs(ctx: ViewContext, { figures, trends = [], week }: NudgeProgramme): CardBlock[] {
  if (!figures) return [];
  return trends.map(({ key, kpi, readings }) => {
    const name = { kpi: shorten(wordsOf(ctx, kpi.name), kpiNameLimit) };
    const given = readings.find((reading) => reading.week === week);
    const value = given && ctx.quote(given.text)?.trim();
    return {
      type: 'input',
      id: readingInputId(key),
      label: ctx.words.plain(figures === 'wanted' ? 'nudge.reading' : 'nudge.reading-if-known', name),
      kind: 'text',
      maxLength: figureLimit,
      placeholder: ctx.words.plain('nudge.reading-example'),
      ...(value && { value }),
    };
  });
}

function wordInputs(ctx: ViewContext, { figuresOnly }: NudgeProgramme): CardBlock[] {
  const { words } = ctx;
  if (figuresOnly) return [];
  return [
    { type: 'input', id: 'note', label: words.plain('nudge.note'), kind: 'text', maxLength: wordsLimit },
    { type: 'input', id: 'win', label: words.plain('nudge.win'), kind: 'text', maxLength: wordsLimit },
  ];
}

function answerActions(ctx: ViewContext, { about, week, given, figuresOnly }: NudgeProgramme): CardAction[] {
  const value = { programme: about.programme, week };
  if (figuresOnly) return [button(ctx, 'nudge-reading', 'button.send-reading', value, { style: 'primary' })];
  return taps.map((tap) => button(ctx, `nudge-${tap}`, `button.${tap}`, value, tap === given?.status ? { style: 'primary' } : {}));
}

/** Which nudge is meant is known by its first programme and the week of that. */
function joinedValue(programmes: readonly NudgeProgramme[]): Record<string, string> {
  const [first] = programmes;
  return first ? { programme: first.about.programme, week: first.week } : {};
}

function answerButton(ctx: ViewContext, programmes: readonly NudgeProgramme[]): CardAction {
  return button(ctx, 'nudge-answer', 'button.answer-nudge', joinedValue(programmes), { style: 'primary', form: true });
}

/** The answers for several programmes at once; none of them has to be given. */
export function nudgeForm(ctx: ViewContext, programmes: readonly NudgeProgramme[]): Form {
  const { words } = ctx;
  return {
    id: 'nudge-answer',
    title: words.plain('nudge.form-title'),
    submitLabel: words.plain('nudge.form-submit'),
    submit: 'submit-nudge-answer',
    value: joinedValue(programmes),
    blocks: programmes.flatMap((programme, at) => [...(at === 0 ? [] : [{ type: 'divider' as const }]), ...formBlocks(ctx, programme)]),
  };
}

function formBlocks(ctx: ViewContext, programme: NudgeProgramme): CardBlock[] {
  const { words } = ctx;
  const { about, given, figuresOnly } = programme;
  if (figuresOnly) return [textBlock(programmeName(ctx, about), 'strong'), ...figureInputs(ctx, programme)];
  const ids = joinedInputIds(about.programme);
  const topic = shortName(ctx, about);
  return [
    {
      type: 'input',
      id: ids.status,
      label: words.plain('nudge.status-for', { topic }),
      kind: 'choice',
      options: taps.map((tap) => ({ value: tap, label: words.plain(`digest.${tap}`) })),
      ...(given && { value: given.status }),
    },
    ...figureInputs(ctx, programme),
    { type: 'input', id: ids.note, label: words.plain('nudge.note-for', { topic }), kind: 'text', maxLength: wordsLimit },
    { type: 'input', id: ids.win, label: words.plain('nudge.win-for', { topic }), kind: 'text', maxLength: wordsLimit },
  ];
}

/** Private, to whoever leads the change: somebody whom it names has left the organisation. */
export function personLeftCard(ctx: ViewContext, { person, about }: { person: PersonId; about: ProgrammeAbout }): Card {
  const text = ctx.words.say('nudge.person-left', { person: [ctx.person(person)], topic: programmeName(ctx, about) });
  return { summary: plainText(text), blocks: [textBlock(text)], actions: [] };
}
