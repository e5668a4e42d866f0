import { questionIds } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card, Text } from './card.ts';
import { quoted, topicOf, type ViewContext } from './context.ts';
import { answeredCount, button, linkButton, present, textBlock } from './parts.ts';
import { plainText } from './text.ts';

/** Private, to the author only: what they wrote may be a request. */
export function suggestionCard(ctx: ViewContext, state: StartedAlignment): Card {
  const value = { alignment: state.id };
  const { request } = state;
  return {
    summary: ctx.words.plain('suggestion.summary'),
    title: ctx.words.say('suggestion.title'),
    blocks: [textBlock(request ? ctx.words.say('suggestion.text', { words: quoted(ctx, request) }) : ctx.words.say('suggestion.summary'))],
    actions: [
      button(ctx, 'start', 'button.start', value, { style: 'primary' }),
      button(ctx, 'not-a-request', 'button.not-a-request', value),
      button(ctx, 'why-reply', 'button.why-reply', value),
    ],
  };
}

/** To whoever took a request on. */
export function takenOnText(ctx: ViewContext, { requester, understood }: StartedAlignment): Text {
  return ctx.words.say('partner-notice.taken', { person: [ctx.person(requester)], topic: topicOf(ctx, understood) });
}

/** Private, to an L&D partner who has taken a request on: in place of what told them of it. */
export function partnerTakenCard(ctx: ViewContext, state: StartedAlignment, { link, fit }: PartnerNoticeOptions): Card {
  const text = takenOnText(ctx, state);
  const value = { alignment: state.id };
  return {
    summary: plainText(text),
    blocks: present(textBlock(text), fit === undefined ? undefined : textBlock(fit)),
    actions: present(
      link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link),
      button(ctx, 'hand-over', 'button.hand-over', value, { form: true }),
      button(ctx, 'give-back', 'button.give-back', value),
      button(ctx, 'decline-request', 'button.decline-request', value, { form: true }),
    ),
  };
}

export type PartnerNoticeOptions = {
  /** A link to the request, where the platform has such links. */
  link?: string;
  /** How it stands to the strategy on file, where that can be told. */
  fit?: Text;
};

/** Private, to the L&D partner who covers the channel: a request was heard. Says nothing of a conversation that went on privately but who and what about. */
export function partnerNoticeCard(ctx: ViewContext, state: StartedAlignment, { link, fit }: PartnerNoticeOptions): Card {
  const { words } = ctx;
  const slots = { person: [ctx.person(state.requester)], topic: topicOf(ctx, state.understood) };
  const place = ctx.placeName(state.conversation.place);
  const answered = answeredCount(state.answers);
  const stands = words.say('partner-notice.stands', { answered: String(answered), total: String(questionIds.length) });
  // Where somebody wrote to Plumb alone there is no place to name.
  const isDirect = state.conversation.thread === '';
  const text = isDirect ? words.say('partner-notice.text-direct', slots) : words.say('partner-notice.text', { ...slots, place });
  return {
    summary: isDirect ? words.plain('partner-notice.summary-direct', slots) : words.plain('partner-notice.summary', { ...slots, place }),
    title: words.say('partner-notice.title'),
    blocks: present(
      textBlock(state.privately ? words.say('partner-notice.text-private', slots) : text),
      state.privately || answered === 0 ? undefined : textBlock(stands),
      state.privately || fit === undefined ? undefined : textBlock(fit),
      textBlock(words.say('partner-notice.hint'), 'subtle'),
    ),
    actions: present(
      button(ctx, 'claim', 'button.claim', { alignment: state.id }, { style: 'primary' }),
      link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link),
      button(ctx, 'decline-request', 'button.decline-request', { alignment: state.id }, { form: true }),
    ),
  };
}
