import type { InboundEvent } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { handOver, type Outcome } from '../hand-over.ts';
import { tooLate, within } from '../within.ts';
import type { Account, Envelope } from './envelope.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { conversationOf } from './read-message.ts';

/** Where somebody did something, and who: only what was authenticated says so, never what a card brought back. */
export type Doing = Envelope & { by: Account };

type Origin = Pick<InboundEvent, 'eventKey' | 'conversation' | 'personId' | 'at'>;

/** What all events of something that somebody did have. */
export function originOf(doing: Doing, eventKey: string): Origin {
  return { eventKey, conversation: conversationOf(doing), personId: doing.by.personId, at: doing.at };
}

/** Lines of one text, where a message can only be one. */
export function joined(errors: Readonly<Record<string, string>>): string {
  return Object.values(errors).join('\n');
}

// Teams gives an invoke five seconds where it says a number (Microsoft Learn: "Respond to the dialog submit action"); the rest is for the network, and for
// what has to be said beside the answer. The app itself gives up after two, unless storing takes longer.
const usualPatienceMs = 3_000;

/** Gives something that somebody did to the app. 'late': not even whether it is kept is known in time; `result` tells in the end. Never throws. */
export async function take(
  dependencies: InteractionDependencies,
  event: InboundEvent,
): Promise<{ outcome: Outcome } | { outcome: { kind: 'late' }; result: Promise<Outcome> }> {
  const result = handOver(dependencies, event, async () => undefined);
  const outcome = await within(dependencies.patienceMs ?? usualPatienceMs, result);
  return outcome === tooLate ? { outcome: { kind: 'late' }, result } : { outcome };
}

type GiveFile = (file: Extract<Outcome, { kind: 'file' }>) => Promise<void>;

/** Says in somebody's 1:1 chat what came of something, when it was too late for the response; a file goes where `giveFile` brings it. Never throws. */
export async function tellLater(
  { tell, words }: Pick<InteractionDependencies, 'tell' | 'words'>,
  tenant: string,
  personId: PersonId,
  result: Promise<Outcome>,
  giveFile?: GiveFile,
): Promise<void> {
  const outcome = await result;
  switch (outcome.kind) {
    case 'notice':
      await tell.directly(tenant, personId, { text: outcome.text });
      return outcome.later && tellLater({ tell, words }, tenant, personId, outcome.later, giveFile);
    case 'errors':
      return void (await tell.directly(tenant, personId, { text: joined(outcome.errors) }));
    case 'card':
      return void (await tell.directly(tenant, personId, { card: outcome.card }));
    case 'not kept':
      return void (await tell.directly(tenant, personId, { text: words.notKept }));
    case 'file':
      return giveFile?.(outcome);
    case 'nothing':
    case 'form':
      return;
    default:
      return outcome satisfies never;
  }
}
