import type { PersonId } from '../domain/conversation.ts';
import type { Picture } from '../domain/picture.ts';

/** A piece of text. People's words are always plain strings: renderers escape them and never read markup in them. */
export type TextPart = string | { person: PersonId; name: string } | { at: number; as: 'date' | 'time' | 'date-time' } | { link: string; label: string };
export type Text = string | readonly TextPart[];

export type CardInput = {
  type: 'input';
  id: string;
  label: string;
  kind: 'text' | 'multiline' | 'choice' | 'person' | 'weekday' | 'time' | 'toggle';
  value?: string;
  required?: boolean;
  maxLength?: number;
  placeholder?: string;
  hint?: string;
  options?: readonly { value: string; label: string }[];
  /** Shown beside the field when a form came back with a mistake. */
  error?: string;
};

export type CardBlock =
  | { type: 'text'; text: Text; style?: 'plain' | 'strong' | 'subtle' | 'quote' | 'heading' }
  | { type: 'facts'; facts: readonly { label: string; value: Text }[] }
  | { type: 'progress'; label: string; steps: readonly { label: string; done: number; total: number }[] }
  | { type: 'list'; items: readonly { text: Text; note?: Text }[] }
  | { type: 'table'; columns: readonly string[]; rows: readonly (readonly Text[])[] }
  | { type: 'divider' }
  /**
   * A picture drawn from `picture`, shown under `url` once there is one; where it cannot be shown, `alt` says the same in words. `told`: the card says it in
   * words anyway, so nothing has to stand for the picture.
   */
  | { type: 'image'; picture: Picture; alt: string; told?: true; url?: string }
  | CardInput;

/** A button. `value` comes back unread by the platform; `action` names what it means (app/actions). `form`: pressing it opens a form. */
export type CardAction = {
  action: string;
  label: string;
  value?: Readonly<Record<string, string>>;
  style?: 'primary' | 'danger';
  form?: boolean;
  /** Stands in the menu of further actions: what matters now is what a card shows, at most four of it. */
  more?: true;
  /** A plain link instead of an action. */
  url?: string;
};

/** What Plumb shows, on any platform. `summary` is the plain text for notifications and screen readers. */
export type Card = {
  summary: string;
  title?: Text;
  blocks: readonly CardBlock[];
  actions: readonly CardAction[];
  /** Words of it come from a language model: a platform that can label them does, and asks whether they were useful. */
  generated?: true;
};

/** A dialog. `submit` names the action that comes back with its fields. */
export type Form = { id: string; title: string; submitLabel: string; submit: string; value: Readonly<Record<string, string>>; blocks: readonly CardBlock[] };
