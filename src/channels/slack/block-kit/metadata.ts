import { z } from 'zod';
import { limits } from './limits.ts';
import type { ModalContext } from './rendering.ts';

/** What kind of view came back. */
export const callbacks = { form: 'plumb-form', act: 'plumb-act', card: 'plumb-card', told: 'plumb-told', home: 'plumb-home' } as const;
/** The choice among the buttons of a card, beside its fields. */
export const choiceId = 'plumb-choice';

export const Value = z.record(z.string(), z.string());
export const Context = z.object({ place: z.string(), thread: z.string(), postId: z.string().optional() });

/** What a dialog is about, to come back with it. What would not fit is left out, and whoever sends the form is told that it can't be taken. */
export function toMetadata(
  about: { submit?: string; actions?: readonly string[] } & { value: Readonly<Record<string, string>>; context: ModalContext },
): string {
  const text = JSON.stringify(about);
  return text.length <= limits.privateMetadata ? text : JSON.stringify({ ...about, value: {} }).slice(0, limits.privateMetadata);
}

export function contextOf({ place, thread, postId }: z.infer<typeof Context>): ModalContext {
  return { place, thread, ...(postId !== undefined && { postId }) };
}
