import { dayText } from '../domain/due-date.ts';
import type { Promised } from '../domain/promise-state.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card, CardAction, CardBlock, Form } from './card.ts';
import { quoted, topicOf, type ViewContext, wordsOf } from './context.ts';
import { button, type Item, linkButton, present, textBlock } from './parts.ts';
import { shorten } from './text.ts';

/** The longest promise in somebody's own words, in UTF-16 units. */
export const promiseLimit = 300;
const shortWords = 120;
const shortLabel = 40;

type Of<S extends Promised['status']> = Extract<Promised, { status: S }>;

/** `canTell`: there is a thread that its author may let know. `link`: to the message. `askDay`, `remindDay`: local dates (YYYY-MM-DD). */
export type PromiseOptions = { link?: string; canTell: boolean; remindDay?: string; askDay?: string };

/** What somebody said they would do, as it stands, for them alone. */
export function promiseCard(ctx: ViewContext, state: StartedAlignment, promise: Promised, options: PromiseOptions): Card {
  switch (promise.status) {
    case 'proposed':
      return proposalCard(ctx, state, promise, options);
    case 'open':
      return openCard(ctx, state, promise, options);
    case 'asked':
      return askedCard(ctx, state, promise);
    case 'kept':
    case 'let-go':
      return settledCard(ctx, state, promise, options);
    default:
      return promise satisfies never;
  }
}

function proposalCard(ctx: ViewContext, state: StartedAlignment, promise: Of<'proposed'>, { link }: PromiseOptions): Card {
  const { words } = ctx;
  const { due } = promise;
  const said = shorten(wordsOf(ctx, promise.words), shortWords);
  const input: CardBlock = {
    type: 'input',
    id: 'due',
    label: words.plain('promise.by-when'),
    kind: 'text',
    maxLength: 60,
    placeholder: words.plain('promise.day-hint'),
  };
  return {
    summary: words.plain('promise.proposal-summary', { words: said }),
    title: words.say('promise.proposal-title'),
    blocks: present<CardBlock>(
      textBlock(words.say('promise.proposal', { words: said, topic: topicOf(ctx, state.understood) })),
      textBlock(due === undefined ? words.say('promise.proposal-undated') : words.say('promise.proposal-dated', { day: dayText(due) })),
      due === undefined ? input : undefined,
      textBlock(words.say('promise.only-you'), 'subtle'),
    ),
    actions: [
      promiseButton(ctx, state, promise, 'promise-confirm', 'button.promise-confirm', { style: 'primary' }),
      promiseButton(ctx, state, promise, 'promise-change', 'button.promise-change', { form: true }),
      promiseButton(ctx, state, promise, 'promise-dismiss', 'button.promise-dismiss'),
      ...(link === undefined ? [] : [linkButton(ctx, 'button.open-thread', link)]),
    ],
  };
}

function openCard(ctx: ViewContext, state: StartedAlignment, promise: Of<'open'>, { remindDay, askDay = promise.due }: PromiseOptions): Card {
  const { words } = ctx;
  const day = dayText(promise.due);
  const said = shorten(wordsOf(ctx, promise.words), shortWords);
  const asks = dayText(askDay);
  const plan =
    remindDay === undefined
      ? words.say('promise.noted', { 'ask-day': asks })
      : words.say('promise.noted-reminder', { day: dayText(remindDay), 'ask-day': asks });
  return {
    summary: promise.reminded ? words.plain('promise.due-summary', { words: said, day }) : words.plain('promise.noted-title', { day }),
    title: promise.reminded ? words.say('promise.due-title', { day }) : words.say('promise.noted-title', { day }),
    blocks: [textBlock(said, 'quote'), textBlock(plan, 'subtle'), textBlock(words.say('promise.only-you'), 'subtle')],
    actions: openActions(ctx, state, promise),
  };
}

function askedCard(ctx: ViewContext, state: StartedAlignment, promise: Of<'asked'>): Card {
  const { words } = ctx;
  const day = dayText(promise.due);
  const said = shorten(wordsOf(ctx, promise.words), shortWords);
  return {
    summary: words.plain('promise.asked-summary', { words: said, day }),
    title: words.say('promise.asked-title'),
    blocks: [textBlock(said, 'quote'), textBlock(words.say('promise.asked', { day })), textBlock(words.say('promise.only-you'), 'subtle')],
    actions: openActions(ctx, state, promise),
  };
}

function openActions(ctx: ViewContext, state: StartedAlignment, promise: Promised): CardAction[] {
  return [
    promiseButton(ctx, state, promise, 'promise-kept', 'button.promise-kept', { style: 'primary' }),
    promiseButton(ctx, state, promise, 'promise-change', 'button.promise-another-day', { form: true }),
    promiseButton(ctx, state, promise, 'promise-let-go', 'button.promise-let-go'),
  ];
}

function settledCard(ctx: ViewContext, state: StartedAlignment, promise: Of<'kept' | 'let-go'>, { canTell }: PromiseOptions): Card {
  const { words } = ctx;
  const title = words.plain(promise.status === 'kept' ? 'promise.kept-title' : 'promise.let-go-title');
  const told = words.say(ctx.inGroupChat ? 'promise.told-chat' : 'promise.told');
  const tell = ctx.inGroupChat ? 'button.promise-tell-chat' : 'button.promise-tell';
  return {
    summary: title,
    title,
    blocks: [textBlock(shorten(wordsOf(ctx, promise.words), shortWords), 'quote'), textBlock(promise.told ? told : words.say('promise.only-you'), 'subtle')],
    actions: canTell && !promise.told ? [promiseButton(ctx, state, promise, 'promise-tell', tell)] : [],
  };
}

type PromiseAction = 'promise-confirm' | 'promise-change' | 'promise-dismiss' | 'promise-kept' | 'promise-let-go' | 'promise-tell';

function promiseButton(
  ctx: ViewContext,
  { id: alignment }: StartedAlignment,
  { id }: Promised,
  action: PromiseAction,
  label: Parameters<typeof button>[2],
  extra: Pick<CardAction, 'style' | 'form'> = {},
): CardAction {
  return button(ctx, action, label, { alignment, promise: id }, extra);
}

/** For the thread, because whoever said it wants it known there. */
export function promiseToldCard(ctx: ViewContext, promise: Of<'kept' | 'let-go'>): Card {
  const { words } = ctx;
  const person = { person: [ctx.person(promise.by)] };
  const text = promise.status === 'kept' ? words.say('promise.told-kept', person) : words.say('promise.told-let-go', person);
  const summary = promise.status === 'kept' ? words.plain('promise.told-kept', person) : words.plain('promise.told-let-go', person);
  return { summary, blocks: [textBlock(text), textBlock(shorten(wordsOf(ctx, promise.words), shortWords), 'quote')], actions: [] };
}

/** Another day, or other words. Inputs: words, due. */
export function promiseForm(ctx: ViewContext, state: StartedAlignment, promise: Promised): Form {
  const { words } = ctx;
  const said = ctx.quote(promise.words)?.trim().slice(0, promiseLimit);
  // What was for a day that has passed needs another one.
  const due = promise.status === 'proposed' || promise.status === 'open' ? promise.due : undefined;
  return {
    id: 'promise',
    title: words.plain('promise.form-title'),
    submitLabel: words.plain('promise.form-submit'),
    submit: 'submit-promise',
    value: { alignment: state.id, promise: promise.id },
    blocks: [
      {
        type: 'input',
        id: 'words',
        label: words.plain('promise.form-words'),
        kind: 'text',
        required: true,
        maxLength: promiseLimit,
        ...(said && { value: said }),
      },
      {
        type: 'input',
        id: 'due',
        label: words.plain('promise.by-when'),
        kind: 'text',
        required: true,
        maxLength: 60,
        hint: words.plain('promise.day-hint'),
        ...(due !== undefined && { value: dayText(due) }),
      },
      textBlock(words.say('promise.only-you'), 'subtle'),
    ],
  };
}

/** What this person said they would do, in which alignment. */
export type OwnPromise = { alignment: string; promise: Promised };

/** One line on Home. */
export function promiseItem(ctx: ViewContext, { promise }: OwnPromise): Item {
  return { text: quoted(ctx, promise.words), note: standingText(ctx, promise) };
}

/** What can be said of it on Home; everything else is on its card in the private chat. */
export function promiseActions(ctx: ViewContext, { alignment, promise }: OwnPromise): CardAction[] {
  const { words } = ctx;
  const said = { words: shorten(wordsOf(ctx, promise.words), shortLabel) };
  const value = { alignment, promise: promise.id, on: 'home' };
  switch (promise.status) {
    case 'proposed': {
      const label = words.plain('button-for.promise-confirm', said);
      return [promise.due === undefined ? { action: 'promise-change', label, value, form: true } : { action: 'promise-confirm', label, value }];
    }
    case 'open':
    case 'asked':
      return [{ action: 'promise-kept', label: words.plain('button-for.promise-kept', said), value }];
    case 'kept':
    case 'let-go':
      return [];
    default:
      return promise satisfies never;
  }
}

function standingText({ words }: ViewContext, promise: Promised): string {
  const day = { day: dayText(promise.due ?? '') };
  switch (promise.status) {
    case 'proposed':
      return promise.due === undefined ? words.plain('promise.home-proposed') : words.plain('promise.home-proposed-day', day);
    case 'open':
      return words.plain('promise.home-open', day);
    case 'asked':
      return words.plain('promise.home-asked', day);
    case 'kept':
      return words.plain('promise.home-kept');
    case 'let-go':
      return words.plain('promise.home-let-go');
    default:
      return promise satisfies never;
  }
}
