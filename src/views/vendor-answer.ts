import type { PersonId } from '../domain/conversation.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { type HeldPoint, type VendorAnswer, type VendorPoint, vendorPoints } from '../domain/vendor-answer.ts';
import type { Card, CardBlock, Form } from './card.ts';
import { listed, quoted, type ViewContext } from './context.ts';
import { button, type Item, present, section, textBlock } from './parts.ts';
import { partsOf, shorten } from './text.ts';

/** As much as every platform takes in one field. */
export const vendorAnswerLimit = 3_000;

// One line of the brief, to be recognised.
const longestBrief = 140;

/** Where a vendor's answer is pasted. Input: words. */
export function vendorAnswerForm(ctx: ViewContext, state: StartedAlignment): Form {
  const { words } = ctx;
  return {
    id: 'vendor-answer',
    title: words.plain('vendor.answer-title'),
    submitLabel: words.plain('vendor.answer-submit'),
    submit: 'submit-vendor-answer',
    value: { alignment: state.id },
    blocks: [
      textBlock(words.say('vendor.answer-intro', { version: String(state.signedVersion) }), 'subtle'),
      { type: 'input', id: 'words', label: words.plain('vendor.answer-label'), kind: 'multiline', required: true, maxLength: vendorAnswerLimit },
    ],
  };
}

/** `brief`: what the brief says on each point that was compared. `sharedBy`: in the conversation, where everybody there reads it. */
export type HeldOptions = { topic: string; brief: ReadonlyMap<VendorPoint, readonly string[]>; sharedBy?: PersonId };

/** A vendor's answer beside the brief, the open points first: those are what to ask next. */
export function vendorAnswerCard(ctx: ViewContext, state: Pick<StartedAlignment, 'id'>, answer: VendorAnswer, { topic, brief, sharedBy }: HeldOptions): Card {
  const { words } = ctx;
  const { points } = answer;
  const of = (...statuses: readonly HeldPoint['status'][]) => points.filter(({ status }) => statuses.includes(status));
  const [met, partly, open] = [of('met'), of('partly'), of('against', 'asked', 'open')];
  const counts = { met: String(met.length), total: String(points.length), partly: String(partly.length), open: String(open.length) };
  const unknown = vendorPoints.filter((point) => !points.some((held) => held.point === point));
  return {
    summary: words.plain('vendor.held-summary', { topic, met: counts.met, total: counts.total }),
    title: words.say('vendor.held-title', { topic }),
    blocks: present<CardBlock>(
      textBlock(words.say('vendor.held-counts', counts), 'strong'),
      { type: 'list', items: [...open, ...partly, ...met].map((point) => pointItem(ctx, point, brief.get(point.point) ?? [])) },
      ...section(
        words.plain('vendor.held-ask'),
        [...open, ...partly].map(({ point }) => ({ text: words.say(`vendor.ask-${point}`) })),
      ),
      unknown.length > 0
        ? textBlock(
            words.say('vendor.held-unknown', {
              points: listed(
                ctx,
                unknown.map((point) => words.plain(`vendor.point-${point}`)),
              ),
            }),
            'subtle',
          )
        : undefined,
      textBlock(words.say('vendor.held-by-plumb', { version: String(answer.version) }), 'subtle'),
      sharedBy === undefined ? undefined : textBlock(words.say('vendor.held-shared', { person: [ctx.person(sharedBy)] }), 'subtle'),
    ),
    actions:
      sharedBy !== undefined || answer.sharedBy !== undefined
        ? []
        : [
            button(ctx, 'share-vendor-answer', 'button.share-vendor-answer', { alignment: state.id, answer: answer.id }),
            button(ctx, 'vendor-answer', 'button.vendor-answer', { alignment: state.id }, { form: true }),
          ],
  };
}

/** "What we want to achieve: partly", with their words; where they say nothing, with those of the brief. */
function pointItem(ctx: ViewContext, { point, status, words: said }: HeldPoint, brief: readonly string[]): Item {
  const { words } = ctx;
  const text = [words.plain(`vendor.point-${point}`), ': ', words.plain(`vendor.status-${status}`)].join('');
  if (said.length > 0) return { text, note: said.flatMap((quote, at) => [...(at === 0 ? [] : [' ']), ...partsOf(quoted(ctx, quote))]) };
  return brief.length === 0 ? { text } : { text, note: words.say('vendor.held-brief', { words: shorten(brief.join('; '), longestBrief) }) };
}
