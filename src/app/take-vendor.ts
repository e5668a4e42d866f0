import { z } from 'zod';
import { may, type PersonAction, rolesOf } from '../domain/permissions.ts';
import { vendorAnswerForm } from '../views/vendor-answer.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import { maySeeAnswers, obeyPress, outdated, type Pressed, pressedAlignment, refuse } from './take-press.ts';
import type { Turn } from './turn.ts';
import { takeVendorAnswer } from './vendor-answers.ts';
import { makeVendorVersion, openVendorForm } from './vendor-version.ts';
import { contextOf } from './view-context.ts';

type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>;

const needs = {
  'for-vendor': 'WriteToVendor',
  'submit-vendor': 'WriteToVendor',
  'vendor-answer': 'HoldVendorAnswer',
  'submit-vendor-answer': 'HoldVendorAnswer',
  'share-vendor-answer': 'ShareVendorAnswer',
} as const satisfies Readonly<Record<string, PersonAction>>;
type VendorAction = keyof typeof needs;

const over: ReadonlySet<Pressed['state']['status']> = new Set<Pressed['state']['status']>(['closed', 'withdrawn', 'declined']);

/** Whether a press or a form is about what goes to a vendor, or what came back. */
export function isVendor(action: string): action is VendorAction {
  return Object.hasOwn(needs, action);
}

/** What somebody pressed or sent about a vendor: those who lead it may, on what was signed. */
export async function takeVendor(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  event: EventOf<'ActionTaken' | 'FormRequested' | 'FormSubmitted'>,
  action: VendorAction,
): Promise<void> {
  const { words } = dependencies.prompts;
  const pressed = await pressedAlignment(dependencies, turn, event);
  if (!pressed) {
    turn.responses.set(rowId, { kind: 'notice', text: words.plain('notice.unknown-button') });
    return;
  }
  if (!isAllowed(pressed, needs[action])) return refuse(dependencies, turn, rowId, pressed, { type: needs[action] });
  // An owner may send it, and does not read what goes on privately.
  if (!(await maySeeAnswers(dependencies, turn, rowId, pressed))) return;
  if (pressed.state.signedVersion === 0) {
    turn.responses.set(rowId, { kind: 'notice', text: words.plain('vendor.not-signed') });
    return;
  }
  // What was signed can still be read, and so be sent; nothing that comes back changes what is over.
  if (over.has(pressed.state.status) && (action === 'vendor-answer' || action === 'submit-vendor-answer')) {
    turn.responses.set(rowId, { kind: 'notice', text: words.plain('notice.not-open') });
    return;
  }
  const response = await responseTo(dependencies, turn, rowId, { event, action, pressed });
  if (response) turn.responses.set(rowId, response);
}

type Asked = { event: EventOf<'ActionTaken' | 'FormRequested' | 'FormSubmitted'>; action: VendorAction; pressed: Pressed };

async function responseTo(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  { event, action, pressed }: Asked,
): Promise<InteractionResponse | undefined> {
  const inputs = 'inputs' in event ? event.inputs : {};
  switch (action) {
    case 'for-vendor':
      return openVendorForm(dependencies, turn, pressed);
    case 'submit-vendor':
      return makeVendorVersion(dependencies, turn, pressed, { inputs, again: event.type === 'FormSubmitted' && event.again === true });
    case 'vendor-answer':
      return { kind: 'form', form: vendorAnswerForm(await contextOf(dependencies, turn, pressed.state), pressed.state) };
    case 'submit-vendor-answer':
      return takeVendorAnswer(dependencies, turn, rowId, pressed, inputs);
    case 'share-vendor-answer':
      return share(dependencies, turn, rowId, event, pressed);
    default:
      return action satisfies never;
  }
}

const answerValue = z.object({ answer: z.string().min(1).max(300) });

/** Only whoever pasted an answer shows it to the others. */
async function share(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  event: Asked['event'],
  pressed: Pressed,
): Promise<InteractionResponse | undefined> {
  const value = answerValue.safeParse(event.value);
  const answer = pressed.state.vendorAnswers?.find(({ id }) => id === value.data?.answer);
  if (!answer || answer.by !== pressed.by.by) {
    await outdated(dependencies, turn, rowId, pressed);
    return undefined;
  }
  await obeyPress(dependencies, turn, rowId, pressed, { type: 'ShareVendorAnswer', ...pressed.by, id: answer.id });
  return turn.responses.get(rowId) ?? { kind: 'notice', text: dependencies.prompts.words.plain('vendor.held-shared-notice') };
}

function isAllowed({ state, by }: Pressed, action: PersonAction): boolean {
  return may(action, rolesOf(state, by.by, by.standing));
}
