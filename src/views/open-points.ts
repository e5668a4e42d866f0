import type { Brief } from '../domain/brief.ts';
import type { PersonId } from '../domain/conversation.ts';
import { dayText } from '../domain/due-date.ts';
import type { GivenPoint, PointId } from '../domain/open-points.ts';
import { toFindOut } from './brief-coaching.ts';
import type { Card, CardAction, CardBlock, Form } from './card.ts';
import { topicOf, type ViewContext, wordsOf } from './context.ts';
import { button, type Item, linkButton, present, textBlock } from './parts.ts';
import { answerLimit } from './prefill.ts';
import { askText } from './question.ts';
import { plainText, shorten } from './text.ts';

// As long as a choice of Slack may be (docs: option object, text).
const optionLength = 70;
const shortLabel = 40;
/** The longest words on what was found, where no question takes them in, in UTF-16 units. */
export const foundLimit = 500;

/** The points of a brief that somebody could find out, with the name each has in it. */
function givablePoints(ctx: ViewContext, brief: Brief): { point: PointId; label: string }[] {
  const focus = toFindOut(ctx, brief).map(({ text }) => ({ point: 'focus' as const, label: plainText(text) }));
  return [...focus, ...brief.openPoints.map(({ questionId }) => ({ point: questionId, label: ctx.questions[questionId].label }))];
}

/** The name of a point in the middle of a sentence or before a colon. */
export function pointLabel(ctx: ViewContext, brief: Brief, point: PointId): string {
  return point === 'focus' ? (givablePoints(ctx, brief)[0]?.label ?? '') : ctx.questions[point].label;
}

/** Where something is open, who finds it out can be said. */
export function giveButton(ctx: ViewContext, brief: Brief): CardAction[] {
  if (givablePoints(ctx, brief).length === 0) return [];
  return [button(ctx, 'give-open-point', 'button.give-open-point', { alignment: brief.alignmentId }, { form: true })];
}

/** One point, one person, one day. Inputs: point, person, due. */
export function giveForm(ctx: ViewContext, brief: Brief, { point, due }: { point?: PointId; due: string }): Form {
  const { words } = ctx;
  const points = givablePoints(ctx, brief);
  const [first] = points;
  const chosen = point ?? (points.length === 1 ? first?.point : undefined);
  return {
    id: 'give-open-point',
    title: words.plain('open-point.form-title'),
    submitLabel: words.plain('open-point.form-submit'),
    submit: 'submit-open-point',
    value: { alignment: brief.alignmentId },
    blocks: [
      textBlock(words.say('open-point.form-intro'), 'subtle'),
      {
        type: 'input',
        id: 'point',
        label: words.plain('open-point.form-which'),
        kind: 'choice',
        required: true,
        options: points.map((each) => ({ value: each.point, label: shorten(each.label, optionLength) })),
        ...(chosen !== undefined && { value: chosen }),
      },
      { type: 'input', id: 'person', label: words.plain('open-point.form-person'), kind: 'person', required: true },
      dueInput(ctx, due),
    ],
  };
}

function dueInput(ctx: ViewContext, due: string): CardBlock {
  return {
    type: 'input',
    id: 'due',
    label: ctx.words.plain('open-point.form-due'),
    kind: 'text',
    required: true,
    maxLength: 40,
    value: due,
    hint: ctx.words.plain('open-point.form-due-hint'),
  };
}

/** What was found out. Input: answer; empty means that it is settled. */
export function answerPointForm(ctx: ViewContext, brief: Brief, point: PointId): Form {
  const { words } = ctx;
  return {
    id: 'answer-open-point',
    title: words.plain('open-point.answer-title'),
    submitLabel: words.plain('open-point.answer-submit'),
    submit: 'submit-open-answer',
    value: { alignment: brief.alignmentId, point },
    blocks: [
      textBlock(words.say('open-point.goes-where'), 'subtle'),
      {
        type: 'input',
        id: 'answer',
        label: point === 'focus' ? pointLabel(ctx, brief, point) : askText(ctx, point, 1),
        kind: 'multiline',
        maxLength: point === 'focus' ? foundLimit : answerLimit,
        hint: words.plain('open-point.answer-hint'),
      },
    ],
  };
}

/** Until which other day. Input: due. */
export function laterForm(ctx: ViewContext, brief: Brief, point: PointId, due: string): Form {
  const { words } = ctx;
  return {
    id: 'move-open-point',
    title: words.plain('open-point.later-title'),
    submitLabel: words.plain('open-point.later-submit'),
    submit: 'submit-open-later',
    value: { alignment: brief.alignmentId, point },
    blocks: [textBlock(pointLabel(ctx, brief, point), 'strong'), dueInput(ctx, due)],
  };
}

/** The private question to whoever finds it out, when they are asked and, `reminded`, on the day: the point, the topic and who asks, nothing else. */
export function openPointCard(ctx: ViewContext, brief: Brief, given: GivenPoint, { link }: { link?: string } = {}): Card {
  const { words } = ctx;
  const { point, by, due } = given;
  const day = dayText(due);
  const label = pointLabel(ctx, brief, point);
  const topic = topicOf(ctx, brief.understood);
  const [focus] = point === 'focus' ? toFindOut(ctx, brief) : [];
  const isReminder = given.remindedAt !== undefined;
  const value = { alignment: brief.alignmentId, point };
  return {
    summary: isReminder
      ? words.plain('open-point.reminder-summary', { point: label, day })
      : words.plain('open-point.summary', { person: [ctx.person(by)], point: label, day }),
    title: words.say('open-point.title'),
    blocks: present<CardBlock>(
      textBlock(isReminder ? words.say('open-point.reminder', { day, topic }) : words.say('open-point.asked', { person: [ctx.person(by)], topic })),
      textBlock(point === 'focus' ? label : askText(ctx, point, 1), 'strong'),
      focus?.note === undefined ? undefined : textBlock(focus.note, 'subtle'),
      isReminder ? undefined : textBlock(words.say('open-point.until', { day })),
      textBlock(words.say('open-point.goes-where'), 'subtle'),
    ),
    actions: present(
      button(ctx, 'answer-open-point', 'button.answer-open-point', value, { style: 'primary', form: true }),
      button(ctx, 'move-open-point', 'button.move-open-point', value, { form: true }),
      button(ctx, 'not-my-point', 'button.not-my-point', value),
      link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link),
    ),
  };
}

/** One line on Home of whoever finds it out. */
export function givenPointItem(ctx: ViewContext, { brief, given }: OwnPoint): Item {
  const { words } = ctx;
  const day = dayText(given.due);
  const note =
    given.by === given.owner ? words.say('open-point.home-by-own', { day }) : words.say('open-point.home-by', { day, person: [ctx.person(given.by)] });
  return { text: `${topicOf(ctx, brief.understood)}: ${pointLabel(ctx, brief, given.point)}`, note };
}

/** What this person finds out for a brief. */
export type OwnPoint = { brief: Brief; given: GivenPoint };

/** Its button there. */
export function givenPointAction(ctx: ViewContext, { brief, given: { point } }: OwnPoint): CardAction {
  const label = ctx.words.plain('button-for.answer-open-point', { point: shorten(pointLabel(ctx, brief, point), shortLabel) });
  return { action: 'answer-open-point', label, value: { alignment: brief.alignmentId, point, on: 'home' }, form: true };
}

/** How it ended for whoever was asked. */
export type PointEnd =
  | { kind: 'answered' | 'settled-thanks' | 'over' }
  /** `person`: who was told. */
  | { kind: 'not-yours'; person: PersonId }
  /** `person`: who finds it out now. */
  | { kind: 'somebody-else'; person: PersonId };

/** What stands in the place of the question once nothing is asked any more. */
export function endedPointCard(ctx: ViewContext, label: string, end: PointEnd): Card {
  const text =
    'person' in end
      ? ctx.words.say(`open-point.${end.kind}`, { point: label, person: [ctx.person(end.person)] })
      : ctx.words.say(`open-point.${end.kind}`, { point: label });
  return { summary: plainText(text), blocks: [textBlock(text, 'subtle')], actions: [] };
}

/** What whoever asked for it is told privately: that it is not theirs, settled, later, or still open after the reminder. */
export function pointNewsCard(ctx: ViewContext, brief: Brief, given: GivenPoint): Card {
  const { words } = ctx;
  const { owner, settled, due, point } = given;
  const slots = { person: [ctx.person(owner)], point: pointLabel(ctx, brief, point) };
  const topic = topicOf(ctx, brief.understood);
  const day = dayText(due);
  const text = settled
    ? words.say(settled.how === 'done' ? 'open-point.told-done' : 'open-point.told-not-theirs', { ...slots, topic })
    : given.overdueAt === undefined
      ? words.say('open-point.told-moved', { ...slots, day })
      : words.say('open-point.told-overdue', { ...slots, topic, day });
  const isOpen = settled?.how === 'not-theirs' || given.overdueAt !== undefined;
  return {
    summary: plainText(text),
    blocks: present<CardBlock>(textBlock(text), settled?.words && textBlock(wordsOf(ctx, settled.words), 'quote')),
    actions: isOpen ? [button(ctx, 'give-open-point', 'button.give-open-point', { alignment: brief.alignmentId, point }, { form: true })] : [],
  };
}
