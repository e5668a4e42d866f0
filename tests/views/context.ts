import type { PersonId, Quote } from '../../src/domain/conversation.ts';
import type { Answer, Answers, QuestionId } from '../../src/domain/questions.ts';
import type { Core } from '../../src/domain/state.ts';
import { loadPrompts } from '../../src/prompts.ts';
import type { Card, Form, Text, TextPart } from '../../src/views/card.ts';
import type { ViewContext } from '../../src/views/context.ts';
import { plainText } from '../../src/views/text.ts';

export const MONDAY_9_UTC = Date.UTC(2026, 10, 23, 9);
export const prompts = loadPrompts('prompts');

/** Texts by id stand for what the store holds; an id that is missing was erased. */
export function contextOf(texts: Readonly<Record<string, string>>): ViewContext {
  return {
    ...prompts,
    quote: (quote) => texts[quote.textId]?.slice(quote.start, quote.end),
    person: (id) => ({ person: id, name: id.toUpperCase() }),
    placeName: (place) => `#${place}`,
  };
}

export const whole = (textId: string): Quote => ({ textId, start: 0, end: 10_000 });

export function answer(questionId: QuestionId, given: Partial<Answer> = {}): Answer {
  return {
    questionId,
    status: 'clear',
    source: 'said',
    by: 'dana',
    at: MONDAY_9_UTC,
    messageRef: `m-${questionId}`,
    act: `a-${questionId}`,
    effect: 'replaces',
    text: whole(questionId),
    ...given,
  };
}

export function answersOf(...given: readonly Answer[]): Answers {
  const answers: Partial<Record<QuestionId, readonly Answer[]>> = {};
  for (const one of given) answers[one.questionId] = [...(answers[one.questionId] ?? []), one];
  return answers;
}

export function core(change: Partial<Core> = {}): Core {
  return {
    id: 'al-1',
    conversation: { channel: 'room', tenant: 't', place: 'sales', thread: 'm1' },
    requester: 'dana' satisfies PersonId,
    startedBy: 'dana',
    openedAt: MONDAY_9_UTC,
    request: whole('request'),
    requestMessage: 'm1',
    understood: { topic: whole('topic') },
    reasons: ['asks-for-training'],
    answers: {},
    followedUp: [],
    timesAsked: {},
    pace: 'essentials',
    partners: [],
    volunteers: [],
    privately: false,
    lapsed: [],
    audience: { kind: 'channel', place: 'sales' },
    lastActivityAt: MONDAY_9_UTC,
    remindersSent: 0,
    acts: [],
    seenActs: [],
    waitingFor: [],
    draftVersion: 0,
    signedVersion: 0,
    ...change,
  };
}

function isPart(value: unknown): value is TextPart {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && ('person' in value || 'at' in value || 'link' in value));
}

/** Everything a person can read on a card or in a form, one text a line. */
export function readable(shown: Card | Form): string {
  const texts: Text[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (Array.isArray(value) && value.length > 0 && value.every(isPart)) texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(shown);
  return texts.map((text) => plainText(text)).join('\n');
}

export const actionsOf = (card: Card): string[] => card.actions.map((action) => action.action);
/** What stands in the card's menu of further actions. */
export const moreOf = (card: Card): string[] => card.actions.flatMap(({ action, more }) => (more ? [action] : []));
