import type { PersonAction } from '../domain/permissions.ts';
import { may, rolesOf } from '../domain/permissions.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent } from './ports.ts';
import { maySeeAnswers, type Pressed, pressedAlignment, refuse } from './take-press.ts';
import type { Turn } from './turn.ts';
import { makeVendorVersion, openVendorForm } from './vendor-version.ts';

type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>;

const needs = {
  'for-vendor': 'WriteToVendor',
  'submit-vendor': 'WriteToVendor',
} as const satisfies Readonly<Record<string, PersonAction>>;
type VendorAction = keyof typeof needs;

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
  const inputs = 'inputs' in event ? event.inputs : {};
  const response = action === 'for-vendor' ? await openVendorForm(dependencies, turn, pressed) : await makeVendorVersion(dependencies, turn, pressed, inputs);
  turn.responses.set(rowId, response ?? { kind: 'notice', text: words.plain('vendor.not-signed') });
}

function isAllowed({ state, by }: Pressed, action: PersonAction): boolean {
  return may(action, rolesOf(state, by.by, by.standing));
}
