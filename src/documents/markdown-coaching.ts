import type { Brief, BriefDecision, ChainLink } from '../domain/brief.ts';
import { bareAgreement } from '../domain/coaching-challenge.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import { dayText } from '../domain/due-date.ts';
import type { GivenPoint } from '../domain/open-points.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import type { DocumentContext } from './markdown.ts';

type Said = { quote: Quote; by: PersonId; at: number };

/** What was heard for a link of the chain that no question asks for; undefined where nobody said anything. */
export function heardLink(ctx: DocumentContext, { heard, level }: ChainLink): string | undefined {
  if (heard.length === 0) return undefined;
  const said = heard.map((line) => statement(ctx, line)).join('; ');
  return level ? `${ctx.words.plain(`brief.level-${level}`)} ${ctx.words.plain('evidence.by-plumb')} ${said}` : said;
}

/** What was decided of the focus, in the words of whoever decided. */
export function decisionsPart(ctx: DocumentContext, { decisions }: Brief): string[] {
  const { words } = ctx;
  const decided = decisions.map(({ outcome, words: quote, by, at, about }) => {
    const focus = outcome === 'changed' ? causeOf(ctx, about)?.focus : undefined;
    const own = focus === undefined ? saidBy(ctx, { by, at }) : `${escapeMarkdown(focus)} ${words.plain('evidence.by-plumb')} (${saidBy(ctx, { by, at })})`;
    return `- **${words.plain(`brief.decision-${outcome}`)}:** ${quote ? statement(ctx, { quote, by, at }) : own}`;
  });
  return decided.length > 0 ? [`## ${words.plain('brief.decisions')}`, decided.join('\n')] : [];
}

/** Who begins, what they shall reach, and until when. */
export function pilotPart(ctx: DocumentContext, { pilot }: Brief): string[] {
  const { words } = ctx;
  if (!pilot) return [];
  const agreed = (['group', 'outcome', 'until'] as const).flatMap((part) => {
    const quote = pilot[part];
    return quote ? [`- **${words.plain(`coach.pilot-${part}`)}:** ${quoteText(ctx, quote)}`] : [];
  });
  return [`## ${words.plain('brief.pilot')}`, `${agreed.join('\n')}\n\n${saidBy(ctx, pilot)}`];
}

/** Who finds it out and until when, or how that ended, behind why it is open; empty where nobody does. */
export function givenNote(ctx: DocumentContext, given: GivenPoint | undefined): string {
  if (!given || given.settled?.how === 'not-theirs') return '';
  const person = escapeMarkdown(ctx.name(given.settled ? given.settled.by : given.owner));
  const slots = { person, day: dayText(given.due) };
  const how = given.overdueAt === undefined ? 'open-point.finds-out' : 'open-point.overdue';
  return `${ctx.words.plain('common.dot')}${given.settled ? ctx.words.plain('open-point.done', { person }) : ctx.words.plain(how, slots)}`;
}

/** What it starts with instead, in the words of whoever decided. */
export function focusStatements(ctx: DocumentContext, { decisions }: Brief): string[] {
  return decisions.flatMap(({ outcome, words: quote, by, at }) => (outcome === 'changed' && quote ? [statement(ctx, { quote, by, at })] : []));
}

/** What the brief is about: the focus that was agreed, where it changed; else what was asked for. */
export function titleTopic(ctx: DocumentContext, { decisions, understood }: Pick<Brief, 'decisions' | 'understood'>): string {
  const topic = askedTopic(ctx, understood);
  const last = decisions.at(-1);
  if (last?.outcome !== 'changed') return topic;
  const cause = causeOf(ctx, last.about);
  if (cause) return escapeMarkdown(cause.focus);
  const tells = last.words && last.words.end - last.words.start > bareAgreement;
  return tells && last.words ? quoteText(ctx, last.words) : ctx.words.plain('brief.other-focus', { topic });
}

function askedTopic(ctx: DocumentContext, { topic }: Brief['understood']): string {
  return topic ? quoteText(ctx, topic) : ctx.words.plain('common.unknown-topic');
}

function causeOf(ctx: DocumentContext, { cause }: BriefDecision['about']) {
  return ctx.knowledge.symptoms.flatMap(({ causes }) => causes).find(({ id }) => id === cause);
}

/** What was to be found out before the focus is decided, as an open point. */
export function toFindOut(ctx: DocumentContext, { decisions, understood, focusPoint }: Brief): string[] {
  const last = decisions.at(-1);
  if (last?.outcome !== 'to-find-out') return [];
  const cause = causeOf(ctx, last.about);
  const topic = askedTopic(ctx, understood);
  const text = cause ? ctx.words.plain('brief.find-out-which', { topic, focus: cause.focus }) : ctx.words.plain('brief.find-out-first', { topic });
  const settled = focusPoint?.settled;
  const found = settled?.words ? `; ${statement(ctx, { quote: settled.words, by: settled.by, at: settled.at })}` : '';
  const how = `${cause?.fact ?? ctx.words.plain('brief.find-out-how')} ${ctx.words.plain('evidence.cause-by-plumb')}`;
  const unknown = `${ctx.words.plain('common.dot')}${ctx.words.plain('brief.open-unknown', { person: escapeMarkdown(ctx.name(last.by)) })}`;
  return [`- ${text}: ${how}${found}${givenNote(ctx, focusPoint) || unknown}`];
}

function statement(ctx: DocumentContext, { quote, by, at }: Said): string {
  return `${quoteText(ctx, quote)} (${saidBy(ctx, { by, at })})`;
}

function quoteText(ctx: DocumentContext, quote: Quote): string {
  const words = ctx.quote(quote)?.trim();
  return words ? escapeMarkdown(words) : ctx.words.plain('common.removed');
}

function saidBy(ctx: DocumentContext, { by, at }: Pick<Said, 'by' | 'at'>): string {
  return ctx.words.plain('brief.said-by', { person: escapeMarkdown(ctx.name(by)), when: ctx.time(at) });
}
