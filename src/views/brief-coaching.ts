import type { Brief, BriefDecision, ChainLink } from '../domain/brief.ts';
import type { BriefDifference } from '../domain/brief-difference.ts';
import type { HeardLine } from '../domain/chain.ts';
import { bareAgreement, putBefore } from '../domain/coaching-challenge.ts';
import type { Coaching, Evidence } from '../domain/coaching-state.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { CardBlock, Text, TextPart } from './card.ts';
import { knownCause, topicOf, type ViewContext, wordsOf } from './context.ts';
import { givenText } from './given-point.ts';
import { textBlock } from './parts.ts';
import { pilotFacts } from './pilot.ts';
import { partsOf, shorten } from './text.ts';

/** From the goal to its measure: how clear each link is, in people's words where they stand nowhere else, and what is missing. */
export function chainBlocks(ctx: ViewContext, brief: Brief): CardBlock[] {
  const facts = brief.chain.map((link) => ({ label: ctx.words.plain(`brief.chain-${link.link}`), value: linkText(ctx, brief, link) }));
  return [textBlock(ctx.words.say('brief.chain'), 'heading'), textBlock(ctx.words.say('evidence.chain-by-plumb'), 'subtle'), { type: 'facts', facts }];
}

/** What the twelve questions asked for stands elsewhere on the card. What none of them asks for is nobody's omission, and is not shown as one. */
function linkText(ctx: ViewContext, brief: Brief, { link, lines, heard: said, level }: ChainLink): Text {
  const { words } = ctx;
  const heard = said.filter(({ messageRef }) => !standsElsewhere(brief, messageRef));
  if (said.length > 0 && heard.length === 0)
    return level ? [words.plain(`brief.level-${level}`), ' ', ...words.say('evidence.by-plumb')] : words.plain('brief.link-said');
  if (lines.length > 0) return words.plain(lines.some(({ status }) => status === 'clear') ? 'brief.link-clear' : 'brief.open-thin');
  if (heard.length > 0)
    return [...(level ? [words.plain(`brief.level-${level}`), ' ', ...words.say('evidence.by-plumb'), '\n'] : []), ...heardText(ctx, heard)];
  return words.plain(link === 'competencies' || link === 'current-level' ? 'brief.link-later' : 'brief.missing');
}

function standsElsewhere({ factors, decisions }: Brief, messageRef: string): boolean {
  const lines = factors.flatMap(({ questions }) => questions.flatMap((question) => question.lines));
  return [...lines, ...decisions].some((shown) => shown.messageRef === messageRef);
}

function heardText(ctx: ViewContext, heard: readonly HeardLine[]): TextPart[] {
  return heard.flatMap(({ quote, by }, at): TextPart[] => [at === 0 ? '' : '\n', ...saidBy(ctx, quote, by)]);
}

function saidBy(ctx: ViewContext, quote: HeardLine['quote'], by: HeardLine['by']): TextPart[] {
  return [wordsOf(ctx, quote), ' (', ctx.person(by), ')'];
}

/** What was decided of the focus, in the words of whoever decided. */
export function decisionBlocks(ctx: ViewContext, { decisions }: Pick<Brief, 'decisions'>): CardBlock[] {
  if (decisions.length === 0) return [];
  const facts = decisions.map((decision) => ({
    label: ctx.words.plain(`brief.decision-${decision.outcome}`),
    value: focusText(ctx, decision) ?? decisionText(ctx, decision),
  }));
  return [textBlock(ctx.words.say('brief.decisions'), 'heading'), { type: 'facts', facts }];
}

/** Their words stand first in what it is really about; here is what lies behind it, where that is known. */
function focusText(ctx: ViewContext, { outcome, by, about }: BriefDecision): Text | undefined {
  const focus = outcome === 'changed' ? knownCause(ctx, about)?.focus : undefined;
  return focus === undefined ? undefined : [focus, ' ', ...ctx.words.say('evidence.by-plumb'), ' (', ctx.person(by), ')'];
}

function decisionText(ctx: ViewContext, { words, by, ...decision }: BriefDecision): Text {
  if (!words) return [ctx.person(by)];
  const put = putBefore({ words, by, ...decision });
  return [...(put ? [...saidBy(ctx, put.quote, put.by), '\n'] : []), ...saidBy(ctx, words, by)];
}

/** What somebody agreed to whose own words do not say it: the choice that another person put where they said so. */
function agreedTo(decision: BriefDecision): Evidence | undefined {
  const { words } = decision;
  return words && words.end - words.start > bareAgreement ? undefined : putBefore(decision);
}

/** What it starts with instead, in the words of whoever decided: it stands first in what it is really about. */
export function focusLines(ctx: ViewContext, { decisions }: Pick<Brief, 'decisions'>): Text[] {
  const telling = decisions.filter((decision) => agreedTo(decision) === undefined);
  return telling.flatMap(({ outcome, words, by }) => (outcome === 'changed' && words ? [saidBy(ctx, words, by)] : []));
}

// As much of somebody's words as fits into a title.
const titleWords = 70;

/** What the brief is about: the focus that was agreed, where it changed; else what was asked for. */
export function briefTopic(ctx: ViewContext, { understood, decisions }: Pick<Brief, 'understood' | 'decisions'>): string {
  const topic = topicOf(ctx, understood);
  const last = decisions.at(-1);
  if (last?.outcome !== 'changed') return topic;
  const own = last.words && agreedTo(last) === undefined && last.words.end - last.words.start > bareAgreement ? ctx.quote(last.words)?.trim() : undefined;
  return knownCause(ctx, last.about)?.focus ?? (own ? shorten(own, titleWords) : ctx.words.plain('brief.other-focus', { topic }));
}

/** The same for people who have not read the conversation: a cause that is known, and nobody's own words. */
export function topicForOthers(
  ctx: ViewContext,
  { understood, coaching }: Pick<StartedAlignment, 'understood'> & { coaching?: Pick<Coaching, 'decisions'> },
): string {
  const topic = topicOf(ctx, understood);
  const last = coaching?.decisions.at(-1);
  return last?.outcome === 'changed' ? (knownCause(ctx, last.about)?.focus ?? ctx.words.plain('brief.other-focus', { topic })) : topic;
}

/** What was to be found out before the focus is decided, by whom, and how one could, as open points. */
export function toFindOut(
  ctx: ViewContext,
  { decisions, understood, focusPoint }: Pick<Brief, 'decisions' | 'understood' | 'focusPoint'>,
): { text: Text; note: Text }[] {
  const last = decisions.at(-1);
  if (last?.outcome !== 'to-find-out') return [];
  const cause = knownCause(ctx, last.about);
  const topic = topicOf(ctx, understood);
  const text = cause ? ctx.words.say('brief.find-out-which', { topic, focus: cause.focus }) : ctx.words.say('brief.find-out-first', { topic });
  const given = givenText(ctx, focusPoint) ?? ctx.words.say('brief.open-unknown', { person: [ctx.person(last.by)] });
  const how: TextPart[] = [cause?.fact ?? ctx.words.plain('brief.find-out-how'), ' ', ...ctx.words.say('evidence.cause-by-plumb')];
  const found = focusPoint?.settled?.words;
  const news: TextPart[] = [...(found ? ['\n', wordsOf(ctx, found)] : []), ctx.words.plain('common.dot'), ...partsOf(given)];
  return [{ text, note: [...how, ...news] }];
}

/** Who begins, what they shall reach, and until when. */
export function pilotBlocks(ctx: ViewContext, { pilot }: Pick<Brief, 'pilot'>): CardBlock[] {
  return pilot ? [textBlock(ctx.words.say('brief.pilot'), 'heading'), { type: 'facts', facts: pilotFacts(ctx, pilot) }] : [];
}

/** What came since the last signed version, one line each. */
export function coachingChanges(
  ctx: ViewContext,
  { decisions = [], pilot, actions = [] }: Pick<BriefDifference, 'decisions' | 'pilot' | 'actions'>,
): { text: Text }[] {
  const { words } = ctx;
  const line = (label: string, value: Text): { text: Text } => ({ text: [label, ': ', ...partsOf(value)] });
  return [
    ...decisions.map((decision) => line(words.plain(`brief.decision-${decision.outcome}`), decisionText(ctx, decision))),
    ...(pilot ? [line(words.plain('brief.pilot'), saidBy(ctx, pilot.group, pilot.by))] : []),
    ...actions.map((action) => line(words.plain('fitness.actions'), saidBy(ctx, action.text, action.by))),
  ];
}
