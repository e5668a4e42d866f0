import { type Brief, type BriefLine, briefLines, type OpenPoint, originsOf, type SaidOn, type SignOff, standsUnder } from '../domain/brief.ts';
import { zoneName } from '../domain/calendar.ts';
import type { PersonId } from '../domain/conversation.ts';
import type { WeeklyTime } from '../domain/questions.ts';
import { chainBlocks, decisionBlocks, focusLines, pilotBlocks, toFindOut } from './brief-coaching.ts';
import type { CardBlock, Text, TextPart } from './card.ts';
import { changeBlocks } from './changes.ts';
import { type ViewContext, wordsOf } from './context.ts';
import { givenText } from './given-point.ts';
import { present, textBlock } from './parts.ts';
import { signatureText } from './signature.ts';
import { partsOf } from './text.ts';

/** The parts of a brief as blocks, the same for the draft and for the signed one. */
export function briefBlocks(ctx: ViewContext, brief: Brief): CardBlock[] {
  const { words } = ctx;
  const { askedFor } = brief;
  const factors = brief.factors.flatMap((factor) => factorBlocks(ctx, brief, factor));
  return present<CardBlock>(
    ...(askedFor
      ? [textBlock(words.say('brief.asked-for'), 'heading'), textBlock(wordsOf(ctx, askedFor.quote), 'quote'), textBlock(saidBy(ctx, askedFor), 'subtle')]
      : []),
    understoodBlock(ctx, brief),
    ...aboutBlocks(ctx, brief),
    ...chainBlocks(ctx, brief),
    ...(factors.length === 0 ? [] : [textBlock(words.say('brief.factors'), 'heading'), ...factors]),
    ...byPlumb(ctx, [...changeBlocks(ctx, brief), ...saidByBlock(ctx, brief.actions)], 'evidence.order-by-plumb'),
    ...pilotBlocks(ctx, brief),
    ...saidByBlock(ctx, brief.pilot ? [brief.pilot] : []),
    ...byPlumb(ctx, kpiBlocks(ctx, brief), 'evidence.kind-by-plumb'),
    ...weeklyBlocks(ctx, brief),
    ...ownPart(ctx, 'brief.reinforcement', standsUnder(brief, 'reinforcement')),
    ...openBlocks(ctx, brief),
    ...decisionBlocks(ctx, brief),
    textBlock(words.say('brief.signatures'), 'heading'),
    { type: 'list', items: brief.signOff.flatMap((side) => signOffTexts(ctx, side)).map((text) => ({ text })) },
  );
}

function understoodBlock(ctx: ViewContext, { understood, askedFor, decisions }: Brief): CardBlock | undefined {
  const { topic, audience, format, deadline } = understood;
  // The title names it, unless the focus changed.
  const asked = askedFor === undefined && decisions.at(-1)?.outcome === 'changed' ? topic : undefined;
  const facts = [
    { label: ctx.words.plain('brief.asked-for'), quote: asked },
    { label: ctx.words.plain('brief.audience'), quote: audience },
    { label: ctx.words.plain('brief.format'), quote: format },
    { label: ctx.words.plain('brief.deadline'), quote: deadline },
  ].flatMap(({ label, quote }) => (quote ? [{ label, value: wordsOf(ctx, quote) }] : []));
  return facts.length === 0 ? undefined : { type: 'facts', facts };
}

function aboutBlocks(ctx: ViewContext, brief: Brief): CardBlock[] {
  const lines = [...focusLines(ctx, brief), ...brief.about.map((line) => lineText(ctx, line))];
  return lines.length === 0 ? [] : [textBlock(ctx.words.say('brief.about'), 'heading'), ...lines.map((line) => textBlock(line))];
}

/** What Plumb worked out is marked as Plumb's, below what it is about. */
function byPlumb(ctx: ViewContext, blocks: readonly CardBlock[], mark: 'evidence.order-by-plumb' | 'evidence.kind-by-plumb'): CardBlock[] {
  const [heading, ...rest] = blocks;
  return heading ? [heading, textBlock(ctx.words.say(mark), 'subtle'), ...rest] : [];
}

/** What was said on one factor; what was not is listed with the open points. */
function factorBlocks(ctx: ViewContext, brief: Brief, { factor }: Brief['factors'][number]): CardBlock[] {
  const facts = factsOf(ctx, standsUnder(brief, factor));
  return facts.length === 0 || factor === 'reinforcement' ? [] : [textBlock(ctx.factors[factor], 'strong'), { type: 'facts', facts }];
}

function factsOf(ctx: ViewContext, said: readonly SaidOn[]) {
  return said.map(({ questionId, lines }) => ({ label: ctx.questions[questionId].label, value: linesText(ctx, lines) }));
}

/** A factor that METHOD §10 gives a part of its own. */
function ownPart(ctx: ViewContext, heading: 'brief.reinforcement', said: readonly SaidOn[]): CardBlock[] {
  return said.length === 0 ? [] : [textBlock(ctx.words.say(heading), 'heading'), { type: 'facts', facts: factsOf(ctx, said) }];
}

/** Who said what stands in a table or a list of facts, and when. */
function saidByBlock(ctx: ViewContext, said: readonly { by: PersonId; at: number }[]): CardBlock[] {
  const texts = originsOf(said).map((one) => partsOf(saidBy(ctx, one)));
  if (texts.length === 0) return [];
  return [
    textBlock(
      texts.flatMap((text, at) => [...(at === 0 ? [] : [ctx.words.plain('common.dot')]), ...text]),
      'subtle',
    ),
  ];
}

function weeklyBlocks(ctx: ViewContext, brief: Brief): CardBlock[] {
  const lines = briefLines(brief, 'weekly-call');
  return lines.length === 0 ? [] : [textBlock(ctx.words.say('brief.weekly'), 'heading'), textBlock(weeklyLines(ctx, brief, lines))];
}

/** The words of the call, and below them the time that Plumb goes by. */
function weeklyLines(ctx: ViewContext, { weekly }: Brief, lines: readonly BriefLine[]): Text {
  const times = weekly.flatMap(({ when, by }) => ['\n', ...partsOf(weeklyText(ctx, when, by)), ' ', ...ctx.words.say('evidence.by-plumb')]);
  return [...partsOf(linesText(ctx, lines)), ...times];
}

/** Statements one below the other, with who said each; a thin one is marked. */
function linesText(ctx: ViewContext, lines: readonly BriefLine[]): Text {
  return lines.flatMap((line, at): TextPart[] => [at === 0 ? '' : '\n', ...lineText(ctx, line)]);
}

function lineText(ctx: ViewContext, line: BriefLine): TextPart[] {
  const amends = line.amends ? [' ', ...ctx.words.say('brief.amends-mark')] : [];
  const mark = line.status === 'thin' ? [' ', ...ctx.words.say('brief.thin-mark')] : amends;
  return [wordsOf(ctx, line.quote), ...mark, ' (', ctx.person(line.by), ')'];
}

/** "Dana, Tue 24 Nov 2026, 09:12". */
export function saidBy(ctx: ViewContext, said: { by: PersonId; at: number }): Text {
  return ctx.words.say('brief.said-by', { person: [ctx.person(said.by)], when: [{ at: said.at, as: 'date-time' }] });
}

/** The numbers, and where they are read. */
function kpiBlocks(ctx: ViewContext, brief: Brief): CardBlock[] {
  const { kpis } = brief;
  if (kpis.length === 0) return [];
  const source = briefLines(brief, 'data-source');
  const { words } = ctx;
  const missing = words.plain('brief.missing');
  const rows = kpis.map((kpi) => [
    wordsOf(ctx, kpi.name),
    kpi.baseline ? wordsOf(ctx, kpi.baseline) : missing,
    kpi.target ? wordsOf(ctx, kpi.target) : missing,
    words.plain(kpi.leading ? 'brief.kpi-leading' : 'brief.kpi-lagging'),
  ]);
  const columns = [words.plain('brief.kpi-name'), words.plain('brief.kpi-baseline'), words.plain('brief.kpi-target'), words.plain('brief.kpi-kind')];
  const from: CardBlock[] = source.length === 0 ? [] : [{ type: 'facts', facts: factsOf(ctx, [{ questionId: 'data-source', lines: source }]) }];
  return [textBlock(words.say('brief.kpis'), 'heading'), { type: 'table', columns, rows }, ...saidByBlock(ctx, kpis), ...from];
}

/** "Tuesday 09:30, Berlin time"; without a zone it is the author's own. */
export function weeklyText(ctx: ViewContext, when: WeeklyTime, by: PersonId): Text {
  const day = when.weekday ? ctx.words.plain(`day.${when.weekday}`) : ctx.words.plain('brief.missing');
  const time = when.time ?? ctx.words.plain('brief.missing');
  if (when.timeZone !== undefined) return ctx.words.say('brief.weekly-when', { day, time, zone: zoneName(when.timeZone) });
  return ctx.words.say('brief.weekly-when-own-zone', { day, time, person: [ctx.person(by)] });
}

function openBlocks(ctx: ViewContext, brief: Brief): CardBlock[] {
  const { openPoints: points } = brief;
  const first = toFindOut(ctx, brief);
  if (points.length === 0 && first.length === 0) return [];
  return [
    textBlock(ctx.words.say('brief.open-points'), 'heading'),
    {
      type: 'list',
      items: [...first, ...points.filter(isToldApart).map((point) => openItem(ctx, point)), ...untouchedItem(ctx, points)],
    },
  ];
}

function openItem(ctx: ViewContext, point: OpenPoint): { text: Text; note: Text } {
  const given = givenText(ctx, point.given);
  const why = openText(ctx, point);
  return { text: ctx.questions[point.questionId].label, note: given ? [...partsOf(why), ctx.words.plain('common.dot'), ...partsOf(given)] : why };
}

/** What somebody spoke of, or finds out. */
function isToldApart(point: OpenPoint): boolean {
  return point.reason !== 'open' || (point.given !== undefined && point.given.settled?.how !== 'not-theirs');
}

/** Everything that nobody spoke of yet on one line: nine lines that say the same make a short brief look like a failed one. */
function untouchedItem(ctx: ViewContext, points: readonly OpenPoint[]): { text: Text; note: Text }[] {
  const untouched = points.filter((point) => !isToldApart(point)).map(({ questionId }) => ctx.questions[questionId].label);
  if (untouched.length === 0) return [];
  return [{ text: untouched.join(ctx.words.plain('common.dot')), note: ctx.words.say('brief.open-open') }];
}

/** Why a point is open, with the person whom it waits for or who said so. */
function openText(ctx: ViewContext, { reason, who }: OpenPoint): Text {
  const person = who === undefined ? ctx.words.say('common.nobody') : [ctx.person(who)];
  switch (reason) {
    case 'unknown':
    case 'skipped':
    case 'delegated':
      return ctx.words.say(`brief.open-${reason}`, { person });
    case 'thin':
    case 'open':
      return ctx.words.say(`brief.open-${reason}`);
    default:
      return reason satisfies never;
  }
}

/** The signatures of one side, or that there is none yet. */
function signOffTexts(ctx: ViewContext, { side, signatures }: SignOff): Text[] {
  const { words } = ctx;
  if (signatures.length === 0) return [words.say('brief.not-signed', { role: words.plain(side === 'partner' ? 'brief.role-partner' : 'brief.role-leader') })];
  return signatures.map((signature) => signatureText(ctx, signature));
}
