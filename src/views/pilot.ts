import type { Pilot } from '../domain/coaching-state.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card, CardBlock, CardInput, Form } from './card.ts';
import type { OpenStep } from './challenge.ts';
import { quoted, type ViewContext, wordsOf } from './context.ts';
import { button, mentionLine, present, textBlock } from './parts.ts';
import { type Taken, takenLine } from './taken.ts';
import { plainText } from './text.ts';

/** The longest word on a pilot, in UTF-16 units. */
export const pilotLimit = 500;

/** A first group before everybody: proposed, below what was taken or changed just before, or what came of it. */
export function pilotCard(ctx: ViewContext, state: StartedAlignment, pilot: Pilot, taken: readonly Taken[] = []): Card {
  const { words } = ctx;
  const { id, understood } = state;
  switch (pilot.status) {
    case 'proposed': {
      const audience = understood.audience && ctx.quote(understood.audience)?.trim();
      const why = audience
        ? words.say('coach.pilot', { audience: quoted(ctx, understood.audience ?? { textId: '', start: 0, end: 0 }) }, id)
        : words.say('coach.pilot-plain', {}, id);
      const lines = taken.map((one) => takenLine(ctx, one));
      const { question, actions } = openPilot(ctx, state);
      return {
        summary: [...lines, why, question].map((text) => plainText(text)).join(' '),
        blocks: present(...lines.map((line) => textBlock(line, 'subtle')), textBlock(why), textBlock(question, 'strong'), mentionLine(ctx)),
        actions,
      };
    }
    case 'declined': {
      const text = words.say('coach.pilot-declined');
      return { summary: plainText(text), blocks: [textBlock(text, 'subtle')], actions: [] };
    }
    case 'agreed': {
      const text = words.say('coach.pilot-agreed');
      return { summary: plainText(text), blocks: [textBlock(text, 'strong'), { type: 'facts', facts: pilotFacts(ctx, pilot) }], actions: [] };
    }
    default:
      return pilot satisfies never;
  }
}

/** The question of a first group, and the buttons to answer it: also for a reminder. */
export function openPilot(ctx: ViewContext, { id }: Pick<StartedAlignment, 'id'>): OpenStep {
  return {
    question: ctx.words.plain('coach.pilot-ask', {}, id),
    actions: [
      button(ctx, 'agree-pilot', 'button.agree-pilot', { alignment: id }, { style: 'primary', form: true }),
      button(ctx, 'decline-pilot', 'button.decline-pilot', { alignment: id }),
    ],
  };
}

/** Who begins, what they shall reach, and until when. */
export function pilotFacts(ctx: ViewContext, { group, outcome, until }: Omit<Extract<Pilot, { status: 'agreed' }>, 'status' | 'at' | 'by' | 'messageRef'>) {
  const { words } = ctx;
  return [
    { label: words.plain('coach.pilot-group'), value: wordsOf(ctx, group) },
    ...(outcome ? [{ label: words.plain('coach.pilot-outcome'), value: wordsOf(ctx, outcome) }] : []),
    ...(until ? [{ label: words.plain('coach.pilot-until'), value: wordsOf(ctx, until) }] : []),
  ];
}

/** Inputs: group, outcome, until. */
export function pilotForm(ctx: ViewContext, { id }: StartedAlignment): Form {
  const { words } = ctx;
  const input = (field: 'group' | 'outcome' | 'until', required: boolean): CardInput => ({
    type: 'input',
    id: field,
    label: words.plain(`coach.pilot-${field}`),
    kind: 'text',
    maxLength: pilotLimit,
    hint: words.plain(`coach.pilot-${field}-hint`),
    ...(required && { required }),
  });
  const blocks: CardBlock[] = [input('group', true), input('outcome', false), input('until', false)];
  return {
    id: 'pilot',
    title: words.plain('coach.pilot-title'),
    submitLabel: words.plain('coach.pilot-submit'),
    submit: 'submit-pilot',
    value: { alignment: id },
    blocks,
  };
}
