import type { CardInput } from '../../../views/card.ts';
import type { SlackWords } from '../words.ts';

export type Rendering = { words: SlackWords };

/** Where blocks are shown. What is too big is written again: first `compact` (fewer blocks with less around the words), then with shorter texts. */
export type Writing = { surface: 'message' | 'view'; maxText: number; compact: boolean };

/** Where a press came from that opened a dialog: it travels in the dialog and comes back with it. `postId` is the ts of the message with the button. */
export type ModalContext = { place: string; thread: string; postId?: string };

type Value = Readonly<Record<string, string>>;

/** A press that opens the fields of a card: what is filled in goes with one of `choices`. */
export type PressedInputs = {
  kind: 'inputs';
  choices: readonly { action: string; label: string }[];
  /** The choice that stands already, by its place in `choices`. */
  chosen?: number;
  value: Value;
  inputs: readonly CardInput[];
  /** What the dialog is called, and what its fields are about, where the card itself is out of sight. */
  title?: string;
  intro?: string;
};

/** What a button meant. */
export type Pressed = { kind: 'act' | 'form'; action: string; value: Value } | PressedInputs;

/** What a dialog brought back. A toggle is 'true' or 'false', an emptied field ''; a field that was left alone because its text was too long for it is missing. */
export type Submission =
  | { kind: 'form'; submit: string; value: Value; inputs: Value; context: ModalContext }
  | { kind: 'act'; action: string; value: Value; inputs: Value; context: ModalContext };
