import { hasNoThreads } from '../domain/conversation.ts';
import type { QuestionId } from '../domain/questions.ts';
import type { OtherRequest, StartedAlignment } from '../domain/state.ts';
import type { Card, CardAction, CardBlock, Text } from './card.ts';
import { listed, topicOf, type ViewContext } from './context.ts';
import { answeredFacts, button, inMore, mentionLine, present, progressBlock, textBlock, understoodFacts } from './parts.ts';
import { askText } from './question.ts';
import { shorten } from './text.ts';

// Slack cuts a button's words at about thirty on a phone (docs: Block Kit, button element); the topic is only a part of them.
const buttonTopic = 24;

export type IntakeOptions = {
  /** The first question; absent when the request answered all essentials (then enoughToStartCard follows). */
  questionId?: QuestionId;
  /** L&D partners are listed and nobody has claimed this yet: "I take this" is shown. */
  claimable: boolean;
  /** That it fits an objective on file, where it does. */
  fits?: Text;
};

/** The first reply in the thread: what was understood, what is already answered, and one question. */
export function intakeCard(ctx: ViewContext, state: StartedAlignment, { questionId, claimable, fits }: IntakeOptions): Card {
  const { words } = ctx;
  const question = questionId && askText(ctx, questionId, 1);
  const topic = topicOf(ctx, state.understood);
  const understood = understoodFacts(ctx, state);
  const already = answeredFacts(ctx, state.answers);
  return {
    summary: question === undefined ? words.plain('intake.summary-complete', { topic }) : words.plain('intake.summary', { topic, question }),
    title: words.say('intake.title', {}, state.id),
    blocks: present(
      textBlock(opening(ctx, state)),
      understood ?? textBlock(words.say('intake.nothing-yet'), 'subtle'),
      fits === undefined ? undefined : textBlock(fits, 'subtle'),
      already && textBlock(words.say('intake.already'), 'strong'),
      already,
      progressBlock(ctx, state.answers),
      question === undefined ? undefined : textBlock(question, 'strong'),
      textBlock(words.say('intake.promise'), 'subtle'),
      mentionLine(ctx),
      ...otherLines(ctx, state),
      readBeforeLine(ctx, state),
    ),
    actions: intakeActions(ctx, state, claimable),
  };
}

function opening(ctx: ViewContext, state: StartedAlignment) {
  const person = [ctx.person(state.requester)];
  if (state.startedBy === state.requester) return ctx.words.say('intake.opening', { person });
  return ctx.words.say('intake.opening-by-other', { person, starter: [ctx.person(state.startedBy)] });
}

/** What was taken from a thread that Plumb was called into halfway. */
function readBeforeLine({ words }: ViewContext, { readBefore }: StartedAlignment): CardBlock | undefined {
  if (!readBefore || readBefore.messages === 0) return undefined;
  const count = String(readBefore.messages);
  if (readBefore.messages === 1) return textBlock(words.say(readBefore.used === 0 ? 'intake.read-before-unused-one' : 'intake.read-before-one'), 'subtle');
  return textBlock(words.say(readBefore.used === 0 ? 'intake.read-before-unused' : 'intake.read-before', { count }), 'subtle');
}

function intakeActions(ctx: ViewContext, state: StartedAlignment, claimable: boolean): CardAction[] {
  const value = { alignment: state.id };
  // Where somebody talks to Plumb alone, nobody else can take it on.
  const alone = state.conversation.thread === '';
  const lesser = [button(ctx, 'later', 'button.later', value), button(ctx, 'why-reply', 'button.why-reply', value)];
  return present(
    button(ctx, 'answer-in-form', 'button.answer-in-form', value, { style: 'primary', form: true }),
    alone || state.privately ? undefined : button(ctx, 'continue-privately', 'button.continue-privately', value),
    claimable && !alone ? button(ctx, 'claim', 'button.claim', value) : undefined,
    ...otherButtons(ctx, state),
    button(ctx, 'not-a-request', 'button.not-a-request', value),
    ...(alone ? lesser : inMore(...lesser)),
  );
}

/** What else the message asked for: that it was heard, and that it goes on elsewhere once it was started. */
function otherLines(ctx: ViewContext, { others = [], conversation }: StartedAlignment): CardBlock[] {
  const waiting = others.filter(({ startedAs }) => startedAs === undefined);
  const started = others.filter(({ startedAs }) => startedAs !== undefined);
  const topics = (some: readonly OtherRequest[]) => ({
    topics: listed(
      ctx,
      some.map((other) => topicOf(ctx, other.understood)),
    ),
  });
  return present(
    waiting.length === 0 ? undefined : textBlock(ctx.words.say(hasNoThreads(conversation) ? 'intake.other-privately' : 'intake.other', topics(waiting))),
    started.length === 0 ? undefined : textBlock(ctx.words.say('intake.other-started', topics(started)), 'subtle'),
  );
}

/** The button names which one is meant by its place: the words themselves are read where the message is kept. */
function otherButtons(ctx: ViewContext, { id, others = [], conversation }: StartedAlignment): CardAction[] {
  if (hasNoThreads(conversation)) return [];
  return others.flatMap((other, at) => {
    if (other.startedAs !== undefined) return [];
    const label = ctx.words.plain('intake.start-other', { topic: shorten(topicOf(ctx, other.understood), buttonTopic) });
    return [{ action: 'start-other', label, value: { alignment: id, other: String(at) } }];
  });
}
