import { noticeText } from '../views/notice.ts';
import { plainText } from '../views/text.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { overNotice } from './over-notice.ts';
import type { InboundEvent } from './ports.ts';
import { pressedAlignment } from './take-press.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

/** Forms that add to what people agree, or change it. What only shows something can be read as long as it is kept. */
const formsThatChange: ReadonlySet<string> = new Set([
  'answer-in-form',
  'change-something',
  'ask-someone',
  'hand-over',
  'choose-audience',
  'delegate-sign-off',
  'decline-request',
  'give-open-point',
  'answer-open-point',
  'move-open-point',
  'open-fitness',
  'note-action',
  'choose-reviewer',
  'edit-prompt',
  'prompt-limit',
  'answer-challenge',
  'agree-pilot',
]);

/** Old cards stay where they stand: a form that would be refused when it is saved is not opened, and whoever pressed learns how to go on. Gives whether it was so. */
export async function refuseWhenOver(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  event: Extract<InboundEvent, { type: 'FormRequested' }>,
): Promise<boolean> {
  if (!formsThatChange.has(event.action)) return false;
  const pressed = await pressedAlignment(dependencies, turn, event);
  const kind = pressed && overNotice(pressed.state);
  if (!kind) return false;
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  turn.responses.set(rowId, { kind: 'notice', text: plainText(noticeText(ctx, { kind })) });
  return true;
}
