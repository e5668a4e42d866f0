import { randomUUID } from 'node:crypto';
import type { Clock } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import type { Form } from '../../views/card.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';

/** A dialog that was shown to somebody. */
export type Shown = { tenant: string; personId: PersonId; dialog: string };

/**
 * The forms that stand before people, so that one can be shown again with what was typed when it could not be kept. In memory only: a form that is not known
 * (any more, or by this process) is asked for once more.
 */
export type ShownForms = {
  /** Remembers a form and gives the id of the dialog that shows it. */
  show(whose: Omit<Shown, 'dialog'>, form: Form): string;
  find(shown: Shown): Form | undefined;
};

// Longer than anybody fills in a form.
const keepMs = 2 * 60 * 60_000;
const most = 1_000;

export function createShownForms(clock: Clock): ShownForms {
  const forms = createAnswerCache<Form>({ clock, keepMs, most });
  return {
    show({ tenant, personId }, form) {
      const dialog = randomUUID();
      forms.put(keyOf(tenant, personId, dialog), form);
      return dialog;
    },
    find: ({ tenant, personId, dialog }) => forms.fresh(keyOf(tenant, personId, dialog)),
  };
}
