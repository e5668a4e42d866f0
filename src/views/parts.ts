import type { QuestionId } from '../domain/questions.ts';
import { type Answers, currentAnswers, factorIds, factorOf, isAnswered, progressByFactor, questionIds } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { ActionId } from './actions.ts';
import type { CardAction, CardBlock, Text } from './card.ts';
import { quoted, type ViewContext } from './context.ts';
import type { WordingKey } from './wording.ts';

type ButtonWording = Extract<WordingKey, `button.${string}`>;

/** A button of the conversation: `value` names the alignment, and the question where one is meant. */
export function button(
  ctx: ViewContext,
  action: ActionId,
  label: ButtonWording,
  value: Readonly<Record<string, string>>,
  extra: Pick<CardAction, 'style' | 'form' | 'more'> = {},
): CardAction {
  return { action, label: ctx.words.plain(label), value, ...extra };
}

/** The same actions, in the card's menu of further ones. */
export function inMore(...actions: readonly (CardAction | undefined)[]): CardAction[] {
  return present(...actions).map((action) => ({ ...action, more: true }));
}

/** From a private conversation back to where it came from. */
export function backButton(ctx: ViewContext, alignment: string): CardAction {
  return button(ctx, 'continue-in-thread', ctx.inGroupChat ? 'button.continue-in-chat' : 'button.continue-in-thread', { alignment });
}

export function linkButton(ctx: ViewContext, label: ButtonWording, url: string): CardAction {
  return { action: 'open-home', label: ctx.words.plain(label), url };
}

/** Where what people write reaches Plumb only with a mention, that an answer needs one. */
export function mentionLine(ctx: ViewContext): CardBlock | undefined {
  return ctx.onlyMentions && textBlock(ctx.words.say('question.mention-me'), 'subtle');
}

export function textBlock(text: Text, style?: 'strong' | 'subtle' | 'quote' | 'heading'): CardBlock {
  return style ? { type: 'text', text, style } : { type: 'text', text };
}

export function answeredCount(answers: Answers): number {
  return questionIds.filter((id) => isAnswered(answers, id)).length;
}

/** "4 of 12 answered". */
export function progressText(ctx: ViewContext, answers: Answers): string {
  return ctx.words.plain('common.progress', { answered: String(answeredCount(answers)), total: String(questionIds.length) });
}

/** How many questions of each factor have an answer. */
export function progressBlock(ctx: ViewContext, answers: Answers): CardBlock {
  const steps = progressByFactor(answers).map(({ factor, settled, total }) => ({ label: ctx.factors[factor], done: settled, total }));
  return { type: 'progress', label: ctx.words.plain('common.progress-label'), steps };
}

/** The answered questions with the words that count now, in the order of the factors. */
export function answeredFacts(ctx: ViewContext, answers: Answers): CardBlock | undefined {
  const ids = byFactor().filter((id) => isAnswered(answers, id));
  const facts = ids.map((id) => ({ label: ctx.questions[id].label, value: currentWords(ctx, answers, id) }));
  return facts.length === 0 ? undefined : { type: 'facts', facts };
}

/** Short quotes of everything that counts as the answer to a question. */
function currentWords(ctx: ViewContext, answers: Answers, id: QuestionId): Text {
  const texts = currentAnswers(answers, id).flatMap((answer) => (answer.text ? [quoted(ctx, answer.text)] : []));
  return texts.flatMap((text, at) => (at === 0 ? [text].flat() : [ctx.words.plain('common.comma'), text].flat()));
}

/** The questions in the order of the six factors, as the method lists them. */
export function byFactor(): QuestionId[] {
  return factorIds.flatMap((factor) => questionIds.filter((id) => factorOf[id] === factor));
}

/** What the request itself told: topic, audience, format and deadline, as far as it did. */
export function understoodFacts(ctx: ViewContext, state: Pick<StartedAlignment, 'understood'>): CardBlock | undefined {
  const { topic, audience, format, deadline } = state.understood;
  const facts = [
    { label: ctx.words.plain('intake.topic'), quote: topic },
    { label: ctx.words.plain('intake.audience'), quote: audience },
    { label: ctx.words.plain('intake.format'), quote: format },
    { label: ctx.words.plain('intake.deadline'), quote: deadline },
  ].flatMap(({ label, quote }) => (quote ? [{ label, value: quoted(ctx, quote) }] : []));
  return facts.length === 0 ? undefined : { type: 'facts', facts };
}

export type Item = { text: Text; note?: Text };

/** A list with its heading; nothing at all when the list is empty. */
export function section(heading: string, items: readonly Item[]): CardBlock[] {
  return items.length === 0 ? [] : [textBlock(heading, 'heading'), { type: 'list', items }];
}

/** Leaves out what is not there. */
export function present<T>(...items: readonly (T | undefined)[]): T[] {
  return items.filter((item): item is T => item !== undefined);
}
