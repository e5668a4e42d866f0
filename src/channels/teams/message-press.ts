import { z } from 'zod';
import type { InboundEvent } from '../../app/ports.ts';
import type { Form } from '../../views/card.ts';
import { parseSubmitData, toAdaptiveForm } from '../adaptive-card.ts';
import { deedKey } from '../deed-key.ts';
import type { Answer } from './answer.ts';
import { type Doing, joined, originOf, take, tellLater } from './deed.ts';
import { giveFile, giveFileLater } from './files.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { type Pointer, pointTo, sayPointer, showPrivately } from './private-answer.ts';
import { adaptiveCardType, rendering } from './rendering.ts';

/** A button of the kind Action.Submit comes back as a message whose value is the button's data (Microsoft Learn: "Card actions", Action.Submit). */
const Submitted = z.object({ type: z.literal('message'), value: z.record(z.string(), z.unknown()), replyToId: z.string().nullish() });
type Sent = NonNullable<ReturnType<typeof parseSubmitData>>;

/** What a message brought back of a card of Plumb's; undefined for all messages of words. */
export function pressIn(activity: unknown): { sent: Sent; replyToId: string | undefined } | undefined {
  if (typeof activity !== 'object' || activity === null || Reflect.get(activity, 'value') === undefined) return undefined;
  const parsed = Submitted.safeParse(activity);
  const sent = parsed.success ? parseSubmitData(parsed.data.value) : undefined;
  return sent && { sent, replyToId: parsed.data?.replyToId ?? undefined };
}

/**
 * Takes a press that came as a message: of clients that know neither Action.Execute nor dialogs. What came of it is said afterwards, and a form is shown as a
 * card, to that person alone. Answers as soon as it is durable. Never throws.
 */
export async function takeMessagePress(
  dependencies: InteractionDependencies,
  { sent, replyToId }: NonNullable<ReturnType<typeof pressIn>>,
  doing: Doing,
): Promise<Answer> {
  const event = eventOf(sent, replyToId, doing);
  const taken = await take(dependencies, event);
  if ('result' in taken) {
    void tellLater(dependencies, doing.tenant, doing.by.personId, taken.result, giveFileLater(dependencies, doing, askedBy(sent)));
    return { status: 200 };
  }
  const { outcome } = taken;
  switch (outcome.kind) {
    case 'nothing':
      break;
    case 'notice':
      await toldTo(dependencies, doing, outcome.text);
      if (outcome.later) void tellLater(dependencies, doing.tenant, doing.by.personId, outcome.later, giveFileLater(dependencies, doing, askedBy(sent)));
      break;
    case 'errors':
      await toldTo(dependencies, doing, joined(outcome.errors));
      break;
    case 'card':
      await sayPointer(dependencies, doing, await showPrivately(dependencies, doing, outcome.card));
      break;
    case 'file':
      await sayPointer(dependencies, doing, await giveFile(dependencies, doing, outcome, askedBy(sent), { seenBy: 'all' }));
      break;
    case 'form':
      await sayPointer(dependencies, doing, await showForm(dependencies, doing, outcome.form, sent));
      break;
    case 'not kept':
      return { status: 503 };
    default:
      return outcome satisfies never;
  }
  return { status: 200 };
}

function eventOf({ action, value, form, inputs, opened }: Sent, replyToId: string | undefined, doing: Doing): InboundEvent {
  const origin = originOf(doing, deedKey([doing.activityId], doing.tenant, doing.place, doing.by.personId, action));
  const postId = replyToId === undefined ? {} : { postId: replyToId };
  if (form) return { type: 'FormRequested', ...origin, ...postId, action, value };
  // Only what was opened as a form says by what.
  if (opened) return { type: 'FormSubmitted', ...origin, submit: action, value, inputs };
  return { type: 'ActionTaken', ...origin, ...postId, action, value, inputs };
}

function askedBy({ action, value, inputs, opened }: Sent): Parameters<typeof giveFile>[3] {
  return { action, value, inputs, ...(opened && { sent: true as const }) };
}

async function toldTo({ tell }: InteractionDependencies, { tenant, by }: Doing, text: string): Promise<void> {
  if (text !== '') await tell.directly(tenant, by.personId, { text });
}

function showForm(dependencies: InteractionDependencies, doing: Doing, form: Form, { action, value }: Sent): Promise<Pointer> {
  const content = toAdaptiveForm(form, rendering, { action, value });
  const activity = { type: 'message', summary: form.title, attachments: [{ contentType: adaptiveCardType, content }] };
  return pointTo(dependencies, doing, dependencies.tell.directlyAs(doing.tenant, doing.by.personId, activity));
}
