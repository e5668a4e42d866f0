import type { By } from './command.ts';
import type { PersonId, Quote } from './conversation.ts';
import { DomainError } from './errors.ts';
import type { StartedAlignment } from './state.ts';
import { decideWriting, evolveWriting, type VendorWritten, type WriteToVendor } from './vendor-writing.ts';

/** What a vendor's answer is held against: what a brief says to a vendor, in the order in which it says it. */
export const vendorPoints = ['outcome', 'definition', 'audience', 'pilot', 'kpi', 'reinforcement', 'scope', 'next-step'] as const;
export type VendorPoint = (typeof vendorPoints)[number];

/** `asked`: they ask about it instead of saying it. `against`: they say the opposite, or offer what was left out. What is unclear is open. */
export const heldStatuses = ['met', 'partly', 'open', 'asked', 'against'] as const;
export type HeldStatus = (typeof heldStatuses)[number];
/** `words`: what they wrote on it, their own words. */
export type HeldPoint = { point: VendorPoint; status: HeldStatus; words: readonly Quote[] };

/** What a vendor wrote back, as somebody pasted it, held against the version that was signed then. `sharedBy`: who showed the result to everybody. */
export type VendorAnswer = {
  id: string;
  text: Quote;
  messageRef: string;
  by: PersonId;
  at: number;
  version: number;
  points: readonly HeldPoint[];
  sharedBy?: PersonId;
};

export type VendorCommand =
  | WriteToVendor
  | ({ type: 'HoldVendorAnswer'; text: Quote; messageRef: string; points: readonly HeldPoint[] } & By)
  | ({ type: 'ShareVendorAnswer'; id: string } & By);

type Happened = { at: number; by: PersonId; act: string };
export type VendorEvent =
  | VendorWritten
  | ({ type: 'VendorAnswerHeld'; answer: VendorAnswer } & Happened)
  | ({ type: 'VendorAnswerShared'; id: string } & Happened);

/** Earlier ones are let go: a choice is made between a few. */
const mostVendorAnswers = 10;

/** Keeps what was written to a vendor or what came back, or shows that to everybody. Throws DomainError where nothing was signed yet. */
export function decideVendor(state: StartedAlignment, command: VendorCommand, now: number): VendorEvent[] {
  const happened = { at: now, by: command.by, act: command.act };
  switch (command.type) {
    case 'WriteToVendor':
      return decideWriting(state, command, now);
    case 'HoldVendorAnswer': {
      if (state.signedVersion === 0) throw new DomainError('not_open', 'No brief is signed yet, so there is nothing to hold an answer against.');
      if (state.vendorAnswers?.some(({ id }) => id === command.act)) return [];
      const { text, messageRef, points, by } = command;
      const answer = { id: command.act, text, messageRef, by, at: now, version: state.signedVersion, points };
      return [{ type: 'VendorAnswerHeld', ...happened, answer }];
    }
    case 'ShareVendorAnswer': {
      const found = state.vendorAnswers?.find(({ id }) => id === command.id);
      return found && found.sharedBy === undefined ? [{ type: 'VendorAnswerShared', ...happened, id: found.id }] : [];
    }
    default:
      return command satisfies never;
  }
}

/** What is kept of vendors after one more event. */
export function evolveVendor<S extends StartedAlignment>(state: S, event: VendorEvent): S {
  const known = state.vendorAnswers ?? [];
  switch (event.type) {
    case 'VendorWritten':
      return evolveWriting(state, event);
    case 'VendorAnswerHeld':
      return { ...state, vendorAnswers: [...known, event.answer].slice(-mostVendorAnswers) };
    case 'VendorAnswerShared':
      return { ...state, vendorAnswers: known.map((answer) => (answer.id === event.id ? { ...answer, sharedBy: event.by } : answer)) };
    default:
      return event satisfies never;
  }
}
