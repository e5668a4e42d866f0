import { type Brief, type BriefKpi, type BriefLine, missingSigners, type OpenPoint, type SignOff } from '../domain/brief.ts';
import { zoneName } from '../domain/calendar.ts';
import type { PersonId } from '../domain/conversation.ts';
import type { QuestionId, WeeklyTime } from '../domain/questions.ts';
import { chainBlocks, decisionBlocks, focusLines, pilotBlocks, toFindOut } from './brief-coaching.ts';
import type { CardBlock, Text, TextPart } from './card.ts';
import { changeBlocks } from './changes.ts';
import { listed, type ViewContext, wordsOf } from './context.ts';
import { present, textBlock } from './parts.ts';
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
    ...decisionBlocks(ctx, brief),
    ...chainBlocks(ctx, brief),
    ...pilotBlocks(ctx, brief),
    ...(factors.length === 0 ? [] : [textBlock(words.say('brief.factors'), 'heading'), ...factors]),
    ...kpiBlocks(ctx, brief.kpis),
    ...changeBlocks(ctx, brief),
    ...openBlocks(ctx, brief),
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

/** Without what is shown at the top already, or as a table: the same words twice make a brief long, not clear. */
function notElsewhere(brief: Brief, questionId: QuestionId, lines: readonly BriefLine[]): readonly BriefLine[] {
  if (questionId === 'driver' || questionId === 'contribution') return [];
  if (questionId !== 'leading-kpis' || brief.kpis.length === 0) return lines;
  // A correction that gave the table no figure ("10, not 8") would be lost otherwise.
  return lines.filter((line) => line.amends && !brief.kpis.some((kpi) => kpi.messageRef === line.messageRef));
}

/** What was said on one factor; what was not is listed with the open points. */
function factorBlocks(ctx: ViewContext, brief: Brief, { factor, questions }: Brief['factors'][number]): CardBlock[] {
  const facts = questions.flatMap(({ questionId, lines: said }) => {
    const lines = notElsewhere(brief, questionId, said);
    if (lines.length === 0) return [];
    return [{ label: ctx.questions[questionId].label, value: questionId === 'weekly-call' ? weeklyLines(ctx, brief, lines) : linesText(ctx, lines) }];
  });
  return facts.length === 0 ? [] : [textBlock(ctx.factors[factor], 'strong'), { type: 'facts', facts }];
}

/** The words of the call, and below them the time that Plumb goes by. */
function weeklyLines(ctx: ViewContext, { weekly }: Brief, lines: readonly BriefLine[]): Text {
  const times = weekly.flatMap(({ when, by }) => ['\n', ...partsOf(weeklyText(ctx, when, by))]);
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

function kpiBlocks(ctx: ViewContext, kpis: readonly BriefKpi[]): CardBlock[] {
  if (kpis.length === 0) return [];
  const { words } = ctx;
  const missing = words.plain('brief.missing');
  const rows = kpis.map((kpi) => [
    wordsOf(ctx, kpi.name),
    kpi.baseline ? wordsOf(ctx, kpi.baseline) : missing,
    kpi.target ? wordsOf(ctx, kpi.target) : missing,
    words.plain(kpi.leading ? 'brief.kpi-leading' : 'brief.kpi-lagging'),
  ]);
  const columns = [words.plain('brief.kpi-name'), words.plain('brief.kpi-baseline'), words.plain('brief.kpi-target'), words.plain('brief.kpi-kind')];
  return [textBlock(words.say('brief.kpis'), 'heading'), { type: 'table', columns, rows }];
}

/** "Tuesday 09:30, Berlin time"; without a zone it is the author's own. */
function weeklyText(ctx: ViewContext, when: WeeklyTime, by: PersonId): Text {
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
      items: [...first, ...points.filter(({ reason }) => reason !== 'open').map((point) => openItem(ctx, point)), ...untouchedItem(ctx, points)],
    },
  ];
}

function openItem(ctx: ViewContext, point: OpenPoint): { text: Text; note: Text } {
  return { text: ctx.questions[point.questionId].label, note: openText(ctx, point) };
}

/** Everything that nobody spoke of yet on one line: nine lines that say the same make a short brief look like a failed one. */
function untouchedItem(ctx: ViewContext, points: readonly OpenPoint[]): { text: Text; note: Text }[] {
  const untouched = points.filter(({ reason }) => reason === 'open').map(({ questionId }) => ctx.questions[questionId].label);
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
  return signatures.map((signature) =>
    words.say('brief.signed', {
      role: words.plain(`brief.role-${signature.as}`),
      person: [ctx.person(signature.by)],
      when: [{ at: signature.at, as: 'date-time' }],
    }),
  );
}

/** Who still has to sign, as words; undefined when nobody has to. */
export function missingSignatures(ctx: ViewContext, brief: Brief): Text | undefined {
  const missing = missingSigners(brief);
  return missing.length === 0
    ? undefined
    : listed(
        ctx,
        missing.map((id) => [ctx.person(id)]),
      );
}
