import { type Brief, type BriefLine, briefLines, type ChainLink, type OpenPoint, originsOf, type SaidOn, standsUnder } from '../domain/brief.ts';
import { zoneName } from '../domain/calendar.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import { mostPoints } from '../domain/picture.ts';
import type { WeeklyTime } from '../domain/questions.ts';
import { decisionItems, givenSaid, pilotItems, titleTopic, toFindOut } from './brief-document-agreed.ts';
import { chainSvg, type DrawnLink } from './chain-svg.ts';
import { type DocumentBlock, type DocumentItem, type PlainDocument, type Said, tidy } from './document.ts';
import { pictureSvg } from './impact-cost-svg.ts';
import { inFull } from './in-full.ts';
import { type DocumentContext, versionLine } from './markdown.ts';
import { quoteText, said, saidBy } from './said.ts';
import { signatureLine } from './signature-line.ts';

/** The brief as a document: the same statements as in the Markdown, and the chain and the changes as pictures, too. */
export function briefDocument(brief: Brief, ctx: DocumentContext): PlainDocument {
  const { words } = ctx;
  return {
    title: words.plain('brief.title', { topic: titleTopic(ctx, brief) }),
    language: 'en-GB',
    author: 'Plumb',
    lettersMissing: words.plain('brief.letters-missing'),
    blocks: inFull(ctx, [
      quiet(versionLine(ctx, brief)),
      ...askedFor(ctx, brief),
      ...section(words.plain('brief.about'), aboutItems(ctx, brief)),
      ...chain(ctx, brief),
      heading(words.plain('brief.factors')),
      ...brief.factors.flatMap((factor) => factorBlocks(ctx, brief, factor)),
      ...changes(ctx, brief),
      ...section(words.plain('brief.pilot'), pilotItems(ctx, brief)),
      ...kpiTable(ctx, brief),
      ...section(words.plain('brief.weekly'), weeklyItems(ctx, brief)),
      ...section(words.plain('brief.reinforcement'), answerItems(ctx, standsUnder(brief, 'reinforcement'))),
      ...section(words.plain('brief.open-points'), [...toFindOut(ctx, brief), ...brief.openPoints.map((point) => openItem(ctx, point))]),
      ...section(words.plain('brief.decisions'), decisionItems(ctx, brief)),
      ...section(words.plain('brief.signatures'), signatures(ctx, brief)),
      ...(brief.fits === undefined ? [] : [quiet(words.plain('brief.fitted', { objective: tidy(brief.fits) }))]),
      quiet(words.plain('brief.made-by')),
    ]),
  };
}

function heading(text: string, level: 2 | 3 = 2): DocumentBlock {
  return { kind: 'heading', level, text };
}

function quiet(text: string): DocumentBlock {
  return { kind: 'paragraph', text, tone: 'quiet' };
}

function section(title: string, items: readonly DocumentItem[]): DocumentBlock[] {
  return items.length === 0 ? [] : [heading(title), { kind: 'list', items }];
}

function lineSaid(ctx: DocumentContext, line: BriefLine): Said {
  const amends = line.amends ? ctx.words.plain('brief.amends-mark') : undefined;
  const mark = line.status === 'thin' ? ctx.words.plain('brief.thin-mark') : amends;
  return { ...said(ctx, line), ...(mark !== undefined && { mark }) };
}

function askedFor(ctx: DocumentContext, { askedFor: asked, understood, decisions }: Brief): DocumentBlock[] {
  const { words } = ctx;
  const facts = [
    // The title names it, unless the focus changed.
    { label: words.plain('brief.asked-for'), quote: asked === undefined && decisions.at(-1)?.outcome === 'changed' ? understood.topic : undefined },
    { label: words.plain('brief.audience'), quote: understood.audience },
    { label: words.plain('brief.format'), quote: understood.format },
    { label: words.plain('brief.deadline'), quote: understood.deadline },
  ].flatMap(({ label, quote }): DocumentItem[] => (quote ? [{ label, said: [{ text: quoteText(ctx, quote) }] }] : []));
  return [
    ...(asked ? [heading(words.plain('brief.asked-for')), { kind: 'quote' as const, said: said(ctx, asked) }] : []),
    ...(facts.length > 0 ? [{ kind: 'list' as const, items: facts }] : []),
  ];
}

/** What it starts with instead stands first, in the words of whoever decided. */
function aboutItems(ctx: DocumentContext, { decisions, about }: Brief): DocumentItem[] {
  const focus = decisions.flatMap(({ outcome, words, by, at }) => (outcome === 'changed' && words ? [said(ctx, { quote: words, by, at })] : []));
  return [...focus, ...about.map((line) => lineSaid(ctx, line))].map((one) => ({ said: [one] }));
}

/** The chain as a picture, and in writing what no question asked for: it stands nowhere else. */
function chain(ctx: DocumentContext, brief: Brief): DocumentBlock[] {
  const { words } = ctx;
  const drawn = brief.chain.map((link) => drawnLink(ctx, link));
  const heard = brief.chain.filter((link) => link.heard.length > 0);
  const items = heard.map((link) => ({
    label: words.plain(`brief.chain-${link.link}`),
    said: [...levelSaid(ctx, link), ...link.heard.map((line) => said(ctx, line))],
  }));
  const alt = drawn.map(({ label, words: text }) => `${label}: ${text}`).join(' → ');
  return [
    heading(words.plain('brief.chain')),
    { kind: 'picture', ...chainSvg(drawn), alt: `${words.plain('brief.chain')}. ${alt}` },
    ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
  ];
}

function levelSaid(ctx: DocumentContext, { level }: ChainLink): Said[] {
  return level ? [{ text: ctx.words.plain(`brief.level-${level}`), mark: ctx.words.plain('evidence.by-plumb') }] : [];
}

function drawnLink(ctx: DocumentContext, link: ChainLink): DrawnLink {
  const label = ctx.words.plain(`brief.chain-${link.link}`);
  const spoken = [...levelSaid(ctx, link).map(({ text }) => text), ...[...link.lines, ...link.heard].map(({ quote }) => quoteText(ctx, quote))];
  // Of the twelve questions none asks for the other two links: they are the next step, not somebody's omission.
  const isAskedFor = link.link !== 'competencies' && link.link !== 'current-level';
  if (spoken.length === 0) return { label, words: ctx.words.plain(isAskedFor ? 'brief.missing' : 'brief.link-later'), status: 'missing' };
  const isThin = link.lines.length > 0 && link.lines.every(({ status }) => status === 'thin');
  return { label, words: spoken.join('; '), status: isThin ? 'thin' : 'clear' };
}

/** What was said on one factor and stands in no part of its own; what was not said is listed with the open points. */
function factorBlocks(ctx: DocumentContext, brief: Brief, { factor, questions }: Brief['factors'][number]): DocumentBlock[] {
  const title = heading(ctx.factors[factor], 3);
  if (questions.every(({ lines }) => lines.length === 0)) return [title, quiet(ctx.words.plain('brief.factor-empty'))];
  const items = factor === 'reinforcement' ? [] : answerItems(ctx, standsUnder(brief, factor));
  return items.length === 0 ? [] : [title, { kind: 'list', items }];
}

function answerItems(ctx: DocumentContext, answered: readonly SaidOn[]): DocumentItem[] {
  return answered.map(({ questionId, lines }) => ({ label: ctx.questions[questionId].label, said: lines.map((line) => lineSaid(ctx, line)) }));
}

/** The words of the call, and the time that Plumb goes by. */
function weeklyItems(ctx: DocumentContext, brief: Brief): DocumentItem[] {
  const mark = ctx.words.plain('evidence.by-plumb');
  const times = brief.weekly.map(({ when, by }): DocumentItem => ({ said: [{ text: weeklyTime(ctx, when, by), mark }] }));
  return [...briefLines(brief, 'weekly-call').map((line): DocumentItem => ({ said: [lineSaid(ctx, line)] })), ...times];
}

function kpiTable(ctx: DocumentContext, brief: Brief): DocumentBlock[] {
  const { kpis } = brief;
  if (kpis.length === 0) return [];
  const { words } = ctx;
  const cell = (quote: Quote | undefined) => (quote ? quoteText(ctx, quote) : words.plain('brief.missing'));
  const head = (['name', 'baseline', 'target', 'kind'] as const).map((column) => words.plain(`brief.kpi-${column}`));
  const rows = kpis.map(({ name, baseline, target, leading }) => [
    cell(name),
    cell(baseline),
    cell(target),
    words.plain(leading ? 'brief.kpi-leading' : 'brief.kpi-lagging'),
  ]);
  // A table has no place for an author, and the sentence that a figure comes from often says more than the figure.
  const sources = (['leading-kpis', 'data-source'] as const).map((questionId) => ({ questionId, lines: briefLines(brief, questionId) }));
  const source = answerItems(
    ctx,
    sources.filter(({ lines }) => lines.length > 0),
  );
  return [
    heading(words.plain('brief.kpis')),
    { kind: 'table', head, rows },
    ...(source.length > 0 ? [{ kind: 'list' as const, items: source }] : []),
    quiet(words.plain('evidence.kind-by-plumb')),
  ];
}

function weeklyTime(ctx: DocumentContext, when: WeeklyTime, by: PersonId): string {
  const { words } = ctx;
  const day = when.weekday ? words.plain(`day.${when.weekday}`) : words.plain('brief.missing');
  const time = when.time ?? words.plain('brief.missing');
  if (when.timeZone !== undefined) return words.plain('brief.weekly-when', { day, time, zone: zoneName(when.timeZone) });
  return words.plain('brief.weekly-when-own-zone', { day, time, person: tidy(ctx.name(by)) });
}

/** What else must change besides training: as a picture, and as a table that says all of it. */
function changes(ctx: DocumentContext, { actions }: Brief): DocumentBlock[] {
  if (actions.length === 0) return [];
  const { words } = ctx;
  const head = (['action', 'element', 'impact-cost', 'phase', 'owner'] as const).map((column) => words.plain(`fitness.column-${column}`));
  const rows = actions.map(({ text, element, impact, cost, phase, owner }, index) => [
    // Its number in the picture.
    `${index + 1}. ${quoteText(ctx, text)}`,
    ctx.fitness[element].label,
    words.plain('fitness.impact-cost', { impact: String(impact), cost: String(cost) }),
    words.plain(`fitness.phase-${phase}`),
    owner === undefined ? words.plain('fitness.no-owner') : tidy(ctx.name(owner)),
  ]);
  const picture = pictureSvg({
    kind: 'impact-cost',
    title: words.plain('fitness.picture-title'),
    axes: { impact: words.plain('fitness.axis-impact'), cost: words.plain('fitness.axis-cost') },
    points: actions.slice(0, mostPoints).map(({ text, impact, cost, phase }) => ({ label: quoteText(ctx, text), impact, cost, phase })),
    phases: { now: words.plain('fitness.phase-now'), next: words.plain('fitness.phase-next'), later: words.plain('fitness.phase-later') },
  });
  const alt = `${words.plain('fitness.picture-title')}. ${rows
    .slice(0, mostPoints)
    .map(([action, , weight, phase]) => `${action}: ${weight}, ${phase}`)
    .join('; ')}`;
  return [
    heading(words.plain('fitness.actions')),
    quiet([...originsOf(actions).map((one) => saidBy(ctx, one)), words.plain('evidence.order-by-plumb')].join(words.plain('common.dot'))),
    { kind: 'picture', ...picture, alt },
    { kind: 'table', head, rows },
  ];
}

function openItem(ctx: DocumentContext, { questionId, reason, who, given }: OpenPoint): DocumentItem {
  const person = who === undefined ? ctx.words.plain('common.nobody') : tidy(ctx.name(who));
  return { label: ctx.questions[questionId].label, said: [{ text: openReason(ctx, reason, person) }, ...givenSaid(ctx, given)] };
}

function openReason({ words }: DocumentContext, reason: OpenPoint['reason'], person: string): string {
  switch (reason) {
    case 'unknown':
    case 'skipped':
    case 'delegated':
      return words.plain(`brief.open-${reason}`, { person });
    case 'thin':
    case 'open':
      return words.plain(`brief.open-${reason}`);
    default:
      return reason satisfies never;
  }
}

function signatures(ctx: DocumentContext, { signOff }: Brief): DocumentItem[] {
  const { words } = ctx;
  const lines = signOff.flatMap(({ side, signatures: signed }) => {
    if (signed.length === 0) return [words.plain('brief.not-signed', { role: words.plain(side === 'partner' ? 'brief.role-partner' : 'brief.role-leader') })];
    return signed.map((signature) => signatureLine(ctx, signature, tidy));
  });
  return lines.map((text) => ({ said: [{ text }] }));
}
