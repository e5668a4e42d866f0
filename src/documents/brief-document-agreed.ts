import type { Brief, BriefDecision } from '../domain/brief.ts';
import { bareAgreement } from '../domain/coaching-challenge.ts';
import { dayText } from '../domain/due-date.ts';
import type { GivenPoint } from '../domain/open-points.ts';
import { type DocumentItem, type Said, tidy } from './document.ts';
import type { DocumentContext } from './markdown.ts';
import { quoteText, said, saidBy } from './said.ts';

// As much of somebody's words as fits into a title.
const longestTitle = 90;

/** What was decided of the focus, in the words of whoever decided. */
export function decisionItems(ctx: DocumentContext, { decisions }: Brief): DocumentItem[] {
  return decisions.map(({ outcome, words, by, at, about }) => {
    const focus = outcome === 'changed' ? causeOf(ctx, about)?.focus : undefined;
    const own =
      focus === undefined ? { text: saidBy(ctx, { by, at }) } : { text: focus, mark: ctx.words.plain('evidence.by-plumb'), source: saidBy(ctx, { by, at }) };
    return { label: ctx.words.plain(`brief.decision-${outcome}`), said: [words ? said(ctx, { quote: words, by, at }) : own] };
  });
}

/** Who begins, what they shall reach, and until when. */
export function pilotItems(ctx: DocumentContext, { pilot }: Brief): DocumentItem[] {
  if (!pilot) return [];
  return (['group', 'outcome', 'until'] as const).flatMap((part) => {
    const quote = pilot[part];
    return quote ? [{ label: ctx.words.plain(`coach.pilot-${part}`), said: [said(ctx, { ...pilot, quote })] }] : [];
  });
}

/** What the brief is about, on one line: the focus that was agreed, where it changed; else what was asked for. */
export function titleTopic(ctx: DocumentContext, { decisions, understood }: Pick<Brief, 'decisions' | 'understood'>): string {
  return cut(wholeTopic(ctx, { decisions, understood }));
}

function wholeTopic(ctx: DocumentContext, { decisions, understood }: Pick<Brief, 'decisions' | 'understood'>): string {
  const topic = askedTopic(ctx, understood);
  const last = decisions.at(-1);
  if (last?.outcome !== 'changed') return topic;
  const cause = causeOf(ctx, last.about);
  if (cause) return cause.focus;
  const tells = last.words && last.words.end - last.words.start > bareAgreement;
  return tells && last.words ? quoteText(ctx, last.words) : ctx.words.plain('brief.other-focus', { topic });
}

function cut(text: string): string {
  return text.length <= longestTitle
    ? text
    : `${text
        .slice(0, longestTitle - 1)
        .toWellFormed()
        .replace(/\s+\S*$/u, '')}…`;
}

function askedTopic(ctx: DocumentContext, { topic }: Brief['understood']): string {
  return topic ? quoteText(ctx, topic) : ctx.words.plain('common.unknown-topic');
}

function causeOf(ctx: DocumentContext, { cause }: BriefDecision['about']) {
  return ctx.knowledge.symptoms.flatMap(({ causes }) => causes).find(({ id }) => id === cause);
}

/** What was to be found out before the focus is decided, as an open point. */
export function toFindOut(ctx: DocumentContext, { decisions, understood, focusPoint }: Brief): DocumentItem[] {
  const last = decisions.at(-1);
  if (last?.outcome !== 'to-find-out') return [];
  const cause = causeOf(ctx, last.about);
  const topic = cut(askedTopic(ctx, understood));
  const label = cause ? ctx.words.plain('brief.find-out-which', { topic, focus: cause.focus }) : ctx.words.plain('brief.find-out-first', { topic });
  const how = { text: cause?.fact ?? ctx.words.plain('brief.find-out-how'), mark: ctx.words.plain('evidence.cause-by-plumb') };
  const settled = focusPoint?.settled;
  const found = settled?.words ? [said(ctx, { quote: settled.words, by: settled.by, at: settled.at })] : [];
  const stands = givenSaid(ctx, focusPoint);
  const unknown = { text: ctx.words.plain('brief.open-unknown', { person: tidy(ctx.name(last.by)) }) };
  return [{ label, said: [how, ...found, ...(stands.length > 0 ? stands : [unknown])] }];
}

/** Who finds it out and until when, or how that ended; nothing where nobody does. */
export function givenSaid(ctx: DocumentContext, given: GivenPoint | undefined): Said[] {
  if (!given || given.settled?.how === 'not-theirs') return [];
  if (given.settled) return [{ text: ctx.words.plain('open-point.done', { person: tidy(ctx.name(given.settled.by)) }) }];
  const slots = { person: tidy(ctx.name(given.owner)), day: dayText(given.due) };
  return [{ text: ctx.words.plain(given.overdueAt === undefined ? 'open-point.finds-out' : 'open-point.overdue', slots) }];
}
