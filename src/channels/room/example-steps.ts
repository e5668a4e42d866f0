import type { Card } from '../../views/card.ts';
import type { ExampleRule, ExampleStep } from './example-script.ts';
import { directPlace, roomPeople } from './people.ts';
import type { Talk } from './talk.ts';
import { byTime, type Timeline } from './timeline.ts';

/**
 * Takes out of `left` the first rule that fits: its action is offered on a card of the example's thread or of a private chat, or its question is
 * the last one asked on these cards.
 */
export function takeRule(left: ExampleRule[], timeline: Timeline, thread: string): ExampleRule | undefined {
  const cards = roomPeople
    .flatMap(({ id }) => timeline.visibleTo(id).filter((message) => message.thread === thread || message.place === directPlace(id)))
    .sort(byTime)
    .flatMap((message) => (message.body.kind === 'card' ? [message.body.card] : []));
  const newest = cards.findLast((card) => card.actions.some((action) => action.value?.['question'] !== undefined));
  const index = left.findIndex(({ on }) =>
    'question' in on ? newest !== undefined && asks(newest, on.question) : cards.some((card) => offers(card, on.action)),
  );
  return index < 0 ? undefined : left.splice(index, 1)[0];
}

/** Presses the newest button of this name that the person sees; a form that opens is filled in and sent. Without such a button nothing happens. */
export async function pressButton(step: Extract<ExampleStep, { press: string }>, talk: Talk, timeline: Timeline): Promise<void> {
  const post = timeline.newestPost(step.as, (card) => offers(card, step.press));
  const action = post?.body.kind === 'card' ? post.body.card.actions.find((candidate) => candidate.action === step.press) : undefined;
  if (!post || !action) return;
  const pressed = { as: step.as, postId: post.id, action: step.press, value: action.value ?? {} };
  const inputs = step.fill ?? {};
  if (!action.form) {
    await talk.press({ ...pressed, inputs });
    return;
  }
  const opened = await talk.requestForm(pressed);
  if (opened.kind === 'form') await talk.submitForm({ as: step.as, postId: post.id, submit: opened.form.submit, value: opened.form.value, inputs });
}

function asks(card: Card, question: string): boolean {
  return card.actions.some((action) => action.value?.['question'] === question);
}

function offers(card: Card, action: string): boolean {
  return card.actions.some((offered) => offered.action === action);
}
