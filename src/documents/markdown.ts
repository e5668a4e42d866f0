import { type Brief, type BriefLine, briefLines, type ChainLink, type OpenPoint, originsOf, type SaidOn, standsUnder } from '../domain/brief.ts';
import { zoneName } from '../domain/calendar.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import type { WeeklyTime } from '../domain/questions.ts';
import type { Prompts } from '../prompts.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { decisionsPart, focusStatements, givenNote, heardLink, pilotPart, titleTopic, toFindOut } from './markdown-coaching.ts';
import { signatureLine } from './signature-line.ts';

/** What a document needs besides the brief. */
export type DocumentContext = Prompts & {
  /** The words of a quote; undefined when they were erased. */
  quote(quote: Quote): string | undefined;
  /** Somebody's name. */
  name(id: PersonId): string;
  /** A moment (epoch milliseconds) as people read it. */
  time(at: number): string;
  /** The zone of these moments by name, where they do not tell it themselves. */
  zone?: string;
};

/** The brief as Markdown. People's words and names are escaped, so that nothing in them becomes a heading, a link, HTML or a mention. */
export function briefToMarkdown(brief: Brief, ctx: DocumentContext): string {
  const { words } = ctx;
  const topic = titleTopic(ctx, brief);
  const parts = [
    `# ${words.plain('brief.title', { topic })}`,
    versionLine(ctx, brief),
    ...askedFor(ctx, brief),
    ...about(ctx, brief),
    `## ${words.plain('brief.chain')}`,
    brief.chain
      .map((link) =>
        item(
          words.plain(`brief.chain-${link.link}`),
          statements(ctx, link.lines) ?? heardLink(ctx, link) ?? words.plain(isAskedFor(link.link) ? 'brief.missing' : 'brief.link-later'),
        ),
      )
      .join('\n'),
    `## ${words.plain('brief.factors')}`,
    ...brief.factors.flatMap((factor) => factorText(ctx, brief, factor)),
    ...changes(ctx, brief),
    ...pilotPart(ctx, brief),
    ...kpiTable(ctx, brief),
    ...weekly(ctx, brief),
    ...reinforcement(ctx, brief),
    ...openPoints(ctx, brief),
    ...decisionsPart(ctx, brief),
    `## ${words.plain('brief.signatures')}`,
    signOff(ctx, brief),
    ...(brief.fits === undefined ? [] : [words.plain('brief.fitted', { objective: escapeMarkdown(brief.fits) })]),
    `*${words.plain('brief.made-by')}*`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Which version it is, and of which zone its times are: said once instead of beside each. */
export function versionLine({ words, zone }: DocumentContext, { version }: Brief): string {
  const said = words.plain('brief.version', { version: String(version) });
  return zone === undefined ? said : [said, words.plain('brief.times', { zone })].join(words.plain('common.dot'));
}

/** None of the twelve questions asks for the other two links: they are the next step, not somebody's omission. */
function isAskedFor(link: ChainLink['link']): boolean {
  return link !== 'competencies' && link !== 'current-level';
}

function item(label: string, value: string): string {
  return `- **${label}:** ${value}`;
}

function quoteText(ctx: DocumentContext, quote: Quote): string {
  const words = ctx.quote(quote)?.trim();
  return words ? escapeMarkdown(words) : ctx.words.plain('common.removed');
}

function saidBy(ctx: DocumentContext, said: { by: PersonId; at: number }): string {
  return ctx.words.plain('brief.said-by', { person: escapeMarkdown(ctx.name(said.by)), when: ctx.time(said.at) });
}

function statements(ctx: DocumentContext, lines: readonly BriefLine[]): string | undefined {
  return lines.length === 0 ? undefined : lines.map((line) => statement(ctx, line)).join('; ');
}

function statement(ctx: DocumentContext, line: BriefLine): string {
  const amends = line.amends ? ` ${ctx.words.plain('brief.amends-mark')}` : '';
  const mark = line.status === 'thin' ? ` ${ctx.words.plain('brief.thin-mark')}` : amends;
  return `${quoteText(ctx, line.quote)}${mark} (${saidBy(ctx, line)})`;
}

function askedFor(ctx: DocumentContext, { askedFor: asked, understood, decisions }: Brief): string[] {
  const { words } = ctx;
  const facts = [
    // The title names it, unless the focus changed.
    { label: words.plain('brief.asked-for'), quote: asked === undefined && decisions.at(-1)?.outcome === 'changed' ? understood.topic : undefined },
    { label: words.plain('brief.audience'), quote: understood.audience },
    { label: words.plain('brief.format'), quote: understood.format },
    { label: words.plain('brief.deadline'), quote: understood.deadline },
  ].flatMap(({ label, quote }) => (quote ? [item(label, quoteText(ctx, quote))] : []));
  const said = asked ? [`## ${words.plain('brief.asked-for')}`, `> ${quoteText(ctx, asked.quote)}`, saidBy(ctx, asked)] : [];
  return facts.length === 0 ? said : [...said, facts.join('\n')];
}

function about(ctx: DocumentContext, brief: Brief): string[] {
  const lines = [...focusStatements(ctx, brief), ...brief.about.map((line) => statement(ctx, line))];
  return lines.length === 0 ? [] : [`## ${ctx.words.plain('brief.about')}`, lines.map((line) => `- ${line}`).join('\n')];
}

/** What was said on one factor and stands in no part of its own; what was not said is listed with the open points. */
function factorText(ctx: DocumentContext, brief: Brief, { factor, questions }: Brief['factors'][number]): string[] {
  const title = `### ${ctx.factors[factor]}`;
  if (questions.every(({ lines }) => lines.length === 0)) return [title, ctx.words.plain('brief.factor-empty')];
  const answered = factor === 'reinforcement' ? [] : standsUnder(brief, factor);
  return answered.length === 0 ? [] : [title, answersText(ctx, answered)];
}

function answersText(ctx: DocumentContext, answered: readonly SaidOn[]): string {
  return answered.map(({ questionId, lines }) => item(ctx.questions[questionId].label, statements(ctx, lines) ?? '')).join('\n');
}

function reinforcement(ctx: DocumentContext, brief: Brief): string[] {
  const answered = standsUnder(brief, 'reinforcement');
  return answered.length === 0 ? [] : [`## ${ctx.words.plain('brief.reinforcement')}`, answersText(ctx, answered)];
}

/** Who said what stands in a table, and what of it is Plumb's. */
function sourcesText(ctx: DocumentContext, origins: readonly { by: PersonId; at: number }[], mark: string): string {
  return [...originsOf(origins).map((one) => saidBy(ctx, one)), mark].join(ctx.words.plain('common.dot'));
}

function kpiTable(ctx: DocumentContext, brief: Brief): string[] {
  const { kpis } = brief;
  if (kpis.length === 0) return [];
  const { words } = ctx;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const cell = (quote: Quote | undefined) => (quote ? quoteText(ctx, quote) : words.plain('brief.missing'));
  const head = [words.plain('brief.kpi-name'), words.plain('brief.kpi-baseline'), words.plain('brief.kpi-target'), words.plain('brief.kpi-kind')];
  const rows = kpis.map((kpi) =>
    row([cell(kpi.name), cell(kpi.baseline), cell(kpi.target), words.plain(kpi.leading ? 'brief.kpi-leading' : 'brief.kpi-lagging')]),
  );
  const source = briefLines(brief, 'data-source');
  return [
    `## ${words.plain('brief.kpis')}`,
    [row(head), row(head.map(() => '---')), ...rows].join('\n'),
    ...(source.length > 0 ? [answersText(ctx, [{ questionId: 'data-source', lines: source }])] : []),
    sourcesText(ctx, kpis, words.plain('evidence.kind-by-plumb')),
  ];
}

/** What else must change besides training; the table says all that the picture of a card shows. */
function changes(ctx: DocumentContext, { actions }: Brief): string[] {
  if (actions.length === 0) return [];
  const { words } = ctx;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = (['action', 'element', 'impact-cost', 'phase', 'owner'] as const).map((column) => words.plain(`fitness.column-${column}`));
  const rows = actions.map(({ text, element, impact, cost, phase, owner }) =>
    row([
      quoteText(ctx, text),
      ctx.fitness[element].label,
      words.plain('fitness.impact-cost', { impact: String(impact), cost: String(cost) }),
      words.plain(`fitness.phase-${phase}`),
      owner === undefined ? words.plain('fitness.no-owner') : escapeMarkdown(ctx.name(owner)),
    ]),
  );
  return [
    `## ${words.plain('fitness.actions')}`,
    sourcesText(ctx, actions, words.plain('evidence.order-by-plumb')),
    [row(head), row(head.map(() => '---')), ...rows].join('\n'),
  ];
}

/** The words of the call, and the time that Plumb goes by. */
function weekly(ctx: DocumentContext, brief: Brief): string[] {
  const mark = ctx.words.plain('evidence.by-plumb');
  const lines = [
    ...briefLines(brief, 'weekly-call').map((line) => statement(ctx, line)),
    ...brief.weekly.map(({ when, by }) => `${weeklyTime(ctx, when, by)} ${mark}`),
  ];
  return lines.length === 0 ? [] : [`## ${ctx.words.plain('brief.weekly')}`, lines.map((line) => `- ${line}`).join('\n')];
}

function weeklyTime(ctx: DocumentContext, when: WeeklyTime, by: PersonId): string {
  const { words } = ctx;
  const day = when.weekday ? words.plain(`day.${when.weekday}`) : words.plain('brief.missing');
  const time = when.time ?? words.plain('brief.missing');
  if (when.timeZone !== undefined) return words.plain('brief.weekly-when', { day, time, zone: escapeMarkdown(zoneName(when.timeZone)) });
  return words.plain('brief.weekly-when-own-zone', { day, time, person: escapeMarkdown(ctx.name(by)) });
}

function openPoints(ctx: DocumentContext, brief: Brief): string[] {
  const items = [
    ...toFindOut(ctx, brief),
    ...brief.openPoints.map((point) => item(ctx.questions[point.questionId].label, `${openReason(ctx, point)}${givenNote(ctx, point.given)}`)),
  ];
  return items.length === 0 ? [] : [`## ${ctx.words.plain('brief.open-points')}`, items.join('\n')];
}

function openReason(ctx: DocumentContext, { reason, who }: OpenPoint): string {
  const person = who === undefined ? ctx.words.plain('common.nobody') : escapeMarkdown(ctx.name(who));
  switch (reason) {
    case 'unknown':
    case 'skipped':
    case 'delegated':
      return ctx.words.plain(`brief.open-${reason}`, { person });
    case 'thin':
    case 'open':
      return ctx.words.plain(`brief.open-${reason}`);
    default:
      return reason satisfies never;
  }
}

function signOff(ctx: DocumentContext, brief: Brief): string {
  const { words } = ctx;
  const lines = brief.signOff.flatMap(({ side, signatures }) => {
    if (signatures.length === 0)
      return [words.plain('brief.not-signed', { role: words.plain(side === 'partner' ? 'brief.role-partner' : 'brief.role-leader') })];
    return signatures.map((signature) => signatureLine(ctx, signature, escapeMarkdown));
  });
  return lines.map((line) => `- ${line}`).join('\n');
}
