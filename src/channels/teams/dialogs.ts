import { z } from 'zod';
import type { Card, Form } from '../../views/card.ts';
import { type Opened, parseSubmitData, toAdaptiveCard, toAdaptiveForm } from '../adaptive-card.ts';
import { deedKey } from '../deed-key.ts';
import type { Outcome } from '../hand-over.ts';
import { withAnswers } from '../with-answers.ts';
import type { Answer } from './answer.ts';
import { type Doing, joined, originOf, take, tellLater } from './deed.ts';
import { giveFile, giveFileLater } from './files.ts';
import { showHomeAgain } from './home-again.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { dialog, dialogMessage, done, failed } from './invoke-answer.ts';
import { pointerText } from './private-answer.ts';
import { rendering } from './rendering.ts';
import type { ShownForms } from './shown-forms.ts';

/** Microsoft Learn: "Use dialogs with bots". The data is that of the button, and in what was sent what was typed stands beside it. */
const Dialog = z.object({ replyToId: z.string().nullish(), value: z.object({ data: z.unknown() }) });

export type DialogDependencies = InteractionDependencies & { forms: ShownForms };
type Sent = NonNullable<ReturnType<typeof parseSubmitData>>;

/** Takes a press on a button that opens a form: the form is the answer, or why there is none. Never throws. */
export async function openDialog(dependencies: DialogDependencies, activity: unknown, doing: Doing): Promise<Answer> {
  const parsed = Dialog.safeParse(activity);
  const pressed = parsed.success ? parseSubmitData(parsed.data.value.data) : undefined;
  if (!parsed.success || !pressed) return dialogMessage(dependencies.words.notKept);
  const { replyToId } = parsed.data;
  return openForm(dependencies, doing, { action: pressed.action, value: pressed.value }, replyToId ?? undefined);
}

/** Asks for a form and shows it in a dialog. Never throws. */
export async function openForm(dependencies: DialogDependencies, doing: Doing, opened: Opened, replyToId?: string): Promise<Answer> {
  const { words } = dependencies;
  const { tenant, place, by } = doing;
  const eventKey = deedKey([doing.activityId], tenant, place, by.personId, replyToId, opened.action);
  const postId = replyToId === undefined ? {} : { postId: replyToId };
  const taken = await take(dependencies, { type: 'FormRequested', ...originOf(doing, eventKey), ...postId, ...opened });
  // Nothing is lost: the person presses once more.
  if ('result' in taken) return dialogMessage(words.notKept);
  const { outcome } = taken;
  switch (outcome.kind) {
    case 'form':
      return showForm(dependencies, doing, outcome.form, opened, { post: replyToId });
    case 'nothing':
      return dialogMessage(words.notKept);
    default:
      return plainAnswer(dependencies, doing, outcome, opened);
  }
}

/** Takes a dialog that was sent. Mistakes come back beside their fields, and what could not be kept stays there to be sent again. Never throws. */
export async function submitDialog(dependencies: DialogDependencies, activity: unknown, doing: Doing): Promise<Answer> {
  const parsed = Dialog.safeParse(activity);
  const sent = parsed.success ? parseSubmitData(parsed.data.value.data) : undefined;
  // Its fields cannot be read, so at least nobody believes that they were kept.
  return sent ? submitForm(dependencies, doing, sent) : dialogMessage(dependencies.words.notKept);
}

/** Takes what stood in a dialog. Never throws. */
export async function submitForm(dependencies: DialogDependencies, doing: Doing, sent: Sent): Promise<Answer> {
  const { words } = dependencies;
  const { action: submit, value, inputs } = sent;
  const { opened, dialog: shown, post } = unmarked(sent.opened);
  // The same dialog sent twice with the same words is one deed, however often Teams tells it.
  const eventKey = deedKey([shown ?? doing.activityId], doing.tenant, doing.by.personId, submit, value, inputs);
  const taken = await take(dependencies, { type: 'FormSubmitted', ...originOf(doing, eventKey), submit, value, inputs });
  const { outcome } = taken;
  switch (outcome.kind) {
    case 'errors':
      return (await again(dependencies, doing, sent, outcome.errors)) ?? dialogMessage(joined(outcome.errors));
    case 'late':
    case 'not kept':
      // It keeps its id: if it was kept after all, sending it again changes nothing.
      return (await again(dependencies, doing, sent, { '': words.notKept }, shown)) ?? failed;
    case 'form':
      return showForm(dependencies, doing, outcome.form, opened ?? { action: submit, value }, { post });
    case 'nothing':
      return done;
    case 'notice':
      if (outcome.later) {
        const asked = { action: submit, value, inputs, sent: true } as const;
        void tellLater(dependencies, doing.tenant, doing.by.personId, outcome.later, giveFileLater(dependencies, doing, asked));
      }
      // The card below the dialog shows it: nobody has to close another one to see that it was kept.
      if (outcome.alsoOn === 'card') return done;
      if (outcome.alsoOn === 'home' && post !== undefined && (await showHomeAgain(dependencies, doing, post))) return done;
      return dialogMessage(outcome.text);
    default:
      return plainAnswer(dependencies, doing, outcome, { action: submit, value, inputs, sent: true });
  }
}

/** The form with what was typed and its mistakes; undefined when it cannot be had. */
async function again(
  dependencies: DialogDependencies,
  doing: Doing,
  sent: Sent,
  errors: Readonly<Record<string, string>>,
  keep?: string,
): Promise<Answer | undefined> {
  const { opened, dialog: shown, post } = unmarked(sent.opened);
  if (!opened) return undefined;
  const { tenant, by } = doing;
  const known = shown === undefined ? undefined : dependencies.forms.find({ tenant, personId: by.personId, dialog: shown });
  const form = known ?? (await askAgain(dependencies, doing, opened));
  return form && showForm(dependencies, doing, withAnswers(form, sent.inputs, errors), opened, { form, keep, post });
}

async function askAgain(dependencies: DialogDependencies, doing: Doing, opened: Opened): Promise<Form | undefined> {
  const eventKey = deedKey([doing.activityId], doing.tenant, doing.by.personId, 'again', opened.action);
  const { outcome } = await take(dependencies, { type: 'FormRequested', ...originOf(doing, eventKey), ...opened });
  return outcome.kind === 'form' ? outcome.form : undefined;
}

// What a form was opened with carries the id of the dialog that shows it, and of the card that it was opened from: the one part of its data that comes back
// unread.
const dialogMark = 'dialog';
const postMark = 'post';

function showForm(
  { forms }: DialogDependencies,
  { tenant, by }: Doing,
  shown: Form,
  { action, value }: Opened,
  { form = shown, keep, post }: { form?: Form; keep?: string | undefined; post?: string | undefined } = {},
): Answer {
  const id = keep ?? forms.show({ tenant, personId: by.personId }, form);
  return dialog(
    shown.title,
    toAdaptiveForm(shown, rendering, { action, value: { ...value, [dialogMark]: id, ...(post !== undefined && { [postMark]: post }) } }),
  );
}

function unmarked(opened: Opened | undefined): { opened?: Opened; dialog?: string; post?: string } {
  if (!opened) return {};
  const { [dialogMark]: id, [postMark]: post, ...value } = opened.value;
  return { opened: { action: opened.action, value }, ...(id !== undefined && { dialog: id }), ...(post !== undefined && { post }) };
}

async function plainAnswer(
  dependencies: DialogDependencies,
  doing: Doing,
  outcome: Exclude<Outcome, { kind: 'form' | 'nothing' }>,
  asked: Parameters<typeof giveFile>[3],
): Promise<Answer> {
  const { words } = dependencies;
  switch (outcome.kind) {
    case 'notice':
      return dialogMessage(outcome.text);
    case 'errors':
      return dialogMessage(joined(outcome.errors));
    case 'card':
      return cardDialog(words.noticeTitle, outcome.card);
    case 'file': {
      const pointer = await giveFile(dependencies, doing, outcome, asked);
      return pointer.text === '' ? done : dialogMessage(pointerText(pointer));
    }
    case 'not kept':
      return dialogMessage(words.notKept);
    default:
      return outcome satisfies never;
  }
}

/** In a dialog only forms are sent (Microsoft Learn: "Use dialogs with bots"), so a card has no buttons there but links. */
function cardDialog(title: string, card: Card): Answer {
  return dialog(title, toAdaptiveCard({ ...card, actions: card.actions.filter(({ url }) => url !== undefined) }, rendering));
}
