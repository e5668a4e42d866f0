import type { Brief } from '../domain/brief.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import type { MissingSigner } from '../domain/signers.ts';
import { briefTopic } from './brief-coaching.ts';
import type { Card, CardAction, Text } from './card.ts';
import { people, quoted, type ViewContext } from './context.ts';
import { button, linkButton, present, textBlock } from './parts.ts';
import { audienceText, draftBlocks, type ReviewOptions, signerNames } from './review.ts';
import { plainText } from './text.ts';

/** Private, to whoever is asked to sign in somebody's place: what it is, what is agreed, who will see it, and that they may say no. */
export function standInCard(ctx: ViewContext, brief: Brief, { from, to, ...options }: { from: PersonId; to: PersonId } & ReviewOptions): Card {
  const { words } = ctx;
  const slots = { from: [ctx.person(from)], topic: briefTopic(ctx, brief) };
  return {
    summary: words.plain('sign-off.asked-summary', slots),
    title: words.say('sign-off.asked-title', { from: slots.from }),
    blocks: [
      textBlock(words.say('sign-off.asked', slots)),
      ...draftBlocks(ctx, brief, { ...options, missing: [] }),
      textBlock(words.say('sign-off.asked-name', { from: slots.from, person: [ctx.person(to)] }), 'subtle'),
    ],
    actions: standInActions(ctx, brief),
  };
}

function standInActions(ctx: ViewContext, { alignmentId, version }: Brief): CardAction[] {
  const value = { alignment: alignmentId };
  return [
    button(ctx, 'looks-right', 'button.looks-right', { ...value, version: String(version) }, { style: 'primary' }),
    button(ctx, 'decline-sign-off', 'button.decline-sign-off', value),
    button(ctx, 'see-brief', 'button.see-brief', value, { form: true }),
  ];
}

/** Private, to somebody whose signature is missing; the second one is the last. */
export function signReminderCard(ctx: ViewContext, brief: Brief, { signer, which, ...draft }: { signer: MissingSigner; which: 1 | 2 } & ReviewOptions): Card {
  const { words } = ctx;
  const topic = briefTopic(ctx, brief);
  const text =
    signer.for === undefined || which === 2
      ? words.say(`sign-off.reminder-${which}`, { topic })
      : words.say('sign-off.reminder-for', { topic, from: [ctx.person(signer.for)] });
  const value = { alignment: brief.alignmentId };
  const own = [
    button(ctx, 'looks-right', 'button.looks-right', { ...value, version: String(brief.version) }, { style: 'primary' }),
    button(ctx, 'see-brief', 'button.see-brief', value, { form: true }),
    button(ctx, 'change-something', 'button.change-something', value, { form: true }),
    button(ctx, 'delegate-sign-off', 'button.delegate-sign-off', value, { form: true }),
  ];
  return {
    summary: plainText(text),
    blocks: [textBlock(text), textBlock(audienceText(ctx, brief, draft), 'subtle')],
    actions: signer.for === undefined ? own : standInActions(ctx, brief),
  };
}

/** Private, to an L&D partner: nobody is left who leads for the business, and how somebody does. */
export function noLeaderCard(ctx: ViewContext, brief: Brief, link?: string): Card {
  const text = ctx.words.say('sign-off.no-leader', { topic: briefTopic(ctx, brief) });
  const name = button(ctx, 'change-something', 'button.change-brief', { alignment: brief.alignmentId }, { form: true, style: 'primary' });
  return {
    summary: plainText(text),
    blocks: [textBlock(text)],
    actions: present(name, link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link)),
  };
}

/** Private, to somebody who put right what is not theirs to change: who can, and that nothing was changed. */
export function changeLeftCard(ctx: ViewContext, brief: Brief, leaders: readonly PersonId[]): Card {
  const topic = briefTopic(ctx, brief);
  const text =
    leaders.length === 0
      ? ctx.words.say('sign-off.change-left-nobody', { topic })
      : ctx.words.say('sign-off.change-left', { topic, people: people(ctx, leaders) });
  return { summary: plainText(text), blocks: [textBlock(text)], actions: [] };
}

/** Where people talk about it: who has not signed, after the last reminder. */
export function stillMissingCard(ctx: ViewContext, brief: Brief, missing: readonly MissingSigner[]): Card {
  const value = { alignment: brief.alignmentId };
  return {
    ...lineCard(ctx.words.say('sign-off.still-missing', { people: signerNames(ctx, missing) })),
    actions: [
      button(ctx, 'looks-right', 'button.looks-right', { ...value, version: String(brief.version) }, { style: 'primary' }),
      button(ctx, 'change-something', 'button.change-something', value, { form: true }),
      button(ctx, 'later', 'button.pause', value),
    ],
  };
}

/** What whoever was asked to sign sees in the end. */
export function standInOverCard(ctx: ViewContext, brief: Brief, { from, how }: { from: PersonId; how: 'signed' | 'declined' | 'not-needed' }): Card {
  const topic = briefTopic(ctx, brief);
  const slots = { from: [ctx.person(from)] };
  switch (how) {
    case 'signed':
      return lineCard(ctx.words.say('sign-off.signed-thanks', { ...slots, topic }));
    case 'declined':
      return lineCard(ctx.words.say('sign-off.declined', slots));
    case 'not-needed':
      return lineCard(ctx.words.say('sign-off.not-needed', { topic }));
    default:
      return how satisfies never;
  }
}

/** Private, to whoever asked somebody to sign: they would rather not. */
export function toldDeclinedCard(ctx: ViewContext, brief: Brief, to: PersonId): Card {
  const value = { alignment: brief.alignmentId };
  return {
    ...lineCard(ctx.words.say('sign-off.told-declined', { to: [ctx.person(to)] })),
    actions: [
      button(ctx, 'looks-right', 'button.looks-right', { ...value, version: String(brief.version) }, { style: 'primary' }),
      button(ctx, 'delegate-sign-off', 'button.delegate-sign-off', value, { form: true }),
    ],
  };
}

/** In the conversation: somebody else was asked to sign. */
export function delegatedCard(ctx: ViewContext, { from, to }: { from: PersonId; to: PersonId }): Card {
  return lineCard(ctx.words.say('sign-off.delegated', { from: [ctx.person(from)], to: [ctx.person(to)] }));
}

/** In the conversation: every change was taken back. */
export function restoredCard(ctx: ViewContext, version: number): Card {
  return lineCard(ctx.words.say('sign-off.restored', { version: String(version) }));
}

/** The end of a request that L&D does not take on, in the words of whoever decided so. */
export function requestDeclinedCard(ctx: ViewContext, { by, reason }: { by: PersonId; reason: Quote }): Card {
  const { words } = ctx;
  const text = words.say('sign-off.request-declined', { person: [ctx.person(by)], words: quoted(ctx, reason) });
  return { summary: plainText(text), blocks: present(textBlock(text), textBlock(words.say('sign-off.request-declined-then'), 'subtle')), actions: [] };
}

/** Private, to whoever declined it for L&D. */
export function ownDeclineCard(ctx: ViewContext, brief: Brief): Card {
  return lineCard(ctx.words.say('sign-off.request-declined-own', { topic: briefTopic(ctx, brief), person: [ctx.person(brief.requester)] }));
}

function lineCard(text: Text): Card {
  return { summary: plainText(text), blocks: [textBlock(text)], actions: [] };
}
