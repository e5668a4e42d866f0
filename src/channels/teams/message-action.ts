import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { InboundEvent } from '../../app/ports.ts';
import { parseSubmitData, toAdaptiveCard, toAdaptiveForm } from '../adaptive-card.ts';
import { type AnswerCache, keyOf } from '../answer-cache.ts';
import { deedKey } from '../deed-key.ts';
import { optionally } from '../optional.ts';
import { tooLate, within } from '../within.ts';
import type { Answer } from './answer.ts';
import { statusOf } from './connector-error.ts';
import { type Doing, joined, originOf, take, tellLater } from './deed.ts';
import { type DialogDependencies, openForm, submitForm } from './dialogs.ts';
import { dialog, dialogMessage } from './invoke-answer.ts';
import type { Pointed } from './messages-in-graph.ts';
import { conversationIdOf } from './place.ts';
import { pointerText, showPrivately } from './private-answer.ts';
import { conversationOf } from './read-message.ts';
import { rendering } from './rendering.ts';
import { readSaid } from './said-message.ts';

export type MessageActionDependencies = DialogDependencies & {
  /** What people pointed at a moment ago, for a dialog that comes back without it. */
  pointedAt: AnswerCache<LookedUp>;
};

/** A message that somebody pointed at. `settled`: Teams was asked what it keeps of it, or Plumb cannot ask. */
export type LookedUp = Pointed & { settled: boolean };

/** Microsoft Learn: "Create and send dialogs" (an action command of a message extension) and "Request to install your conversational bot". */
const Action = z.object({
  value: z.object({
    messagePayload: optionally(z.looseObject({ id: z.string(), replyToId: z.string().nullish() })),
    data: z.unknown().optional(),
  }),
});
const Installed = z.object({ msteams: z.object({ justInTimeInstall: z.literal(true) }) });

/**
 * Takes "Start an alignment", used on somebody's message: asks in a dialog, or, where Plumb is not, offers to add it there. Used on no message, it opens the
 * form with everything. Never throws.
 */
export async function openMessageAction(dependencies: MessageActionDependencies, activity: unknown, doing: Doing): Promise<Answer> {
  const { words, pointedAt } = dependencies;
  const payload = Action.safeParse(activity).data?.value.messagePayload;
  if (!payload) return openForm(dependencies, doing, startInForm);
  const claimed = readPointed(payload, doing);
  if (!claimed) return dialogMessage(words.nothingSaid);
  const { pointed, isAdded } = await lookUp(dependencies, doing, claimed);
  if (!pointed) return dialogMessage(words.nothingSaid);
  pointedAt.put(keyFor(doing, pointed.said.messageId), pointed);
  pointedAt.put(keyFor(doing, lastOne), pointed);
  return isAdded ? askFirst(dependencies, pointed) : offerToAdd(dependencies);
}

const startInForm = { action: 'start-in-form', value: {} };
// No message of Teams has this id.
const lastOne = '';

function askFirst({ words }: MessageActionDependencies, { said }: Pointed): Answer {
  const value = { message: said.messageId, dialog: randomUUID() };
  const quoted = { type: 'text' as const, text: said.text, style: 'quote' as const };
  const blocks = [{ type: 'text' as const, text: words.startAbout }, quoted];
  const form = { id: 'start', title: words.startTitle, submitLabel: words.startButton, submit: 'start', value, blocks };
  return dialog(form.title, toAdaptiveForm(form, rendering));
}

/** Takes what came back of such a dialog. Never throws. */
export async function submitMessageAction(dependencies: MessageActionDependencies, activity: unknown, doing: Doing): Promise<Answer> {
  const { words, pointedAt } = dependencies;
  const parsed = Action.safeParse(activity);
  if (!parsed.success) return dialogMessage(words.notKept);
  const { messagePayload, data } = parsed.data.value;
  const pointed = async (messageId: string): Promise<Pointed | undefined> => {
    const known = pointedAt.fresh(keyFor(doing, messageId));
    if (known?.settled) return known;
    const claimed = messagePayload ? readPointed(messagePayload, doing) : known;
    return claimed && (await lookUp(dependencies, doing, claimed)).pointed;
  };
  if (Installed.safeParse(data).success) {
    // Plumb was added a moment ago: what was asked for first is asked for again.
    const about = await pointed(lastOne);
    return about ? askFirst(dependencies, about) : openForm(dependencies, doing, startInForm);
  }
  const sent = parseSubmitData(data);
  if (!sent) return dialogMessage(words.notKept);
  if (sent.action !== 'start') return submitForm(dependencies, doing, sent);
  const about = await pointed(sent.value['message'] ?? lastOne);
  return about ? start(dependencies, doing, about, sent.value['dialog']) : dialogMessage(words.notKept);
}

async function start(dependencies: MessageActionDependencies, doing: Doing, { said, thread }: Pointed, shown: string | undefined): Promise<Answer> {
  const { words } = dependencies;
  const { tenant, place, by } = doing;
  const eventKey = deedKey([shown ?? doing.activityId], tenant, place, by.personId, said.messageId);
  const { conversation, ...origin } = originOf(doing, eventKey);
  const event: InboundEvent = { type: 'CommandGiven', command: 'start', ...origin, conversation: { ...conversation, thread }, text: '', about: said };
  const taken = await take(dependencies, event);
  if ('result' in taken) {
    void tellLater(dependencies, tenant, by.personId, taken.result);
    return dialogMessage(words.late);
  }
  const { outcome } = taken;
  switch (outcome.kind) {
    case 'nothing':
    case 'file':
    case 'form':
      return dialogMessage(words.started);
    case 'notice':
      return dialogMessage(outcome.text);
    case 'errors':
      return dialogMessage(joined(outcome.errors));
    case 'card':
      return dialogMessage(pointerText(await showPrivately(dependencies, doing, outcome.card)) || words.started);
    case 'not kept':
      return dialogMessage(words.notKept);
    default:
      return outcome satisfies never;
  }
}

function readPointed(payload: { id: string; replyToId?: string | null | undefined }, { kind, thread, botId, by }: Doing): Pointed | undefined {
  const read = readSaid(payload, botId);
  // The Agents Playground names the author by their account.
  const said = read?.personId === by.accountId ? { ...read, personId: by.personId } : read;
  // Only a channel has threads; where its conversation names none, the message is its root or names it.
  return said && { said, thread: kind === 'channel' && thread === '' ? (payload.replyToId ?? payload.id) : thread };
}

function keyFor({ tenant, place, by }: Doing, messageId: string): string {
  return keyOf(tenant, place, by.personId, messageId);
}

/**
 * What Teams keeps of a message in the place of what somebody's client says of it, so that nobody is misquoted; undefined where nobody said it. Only whoever
 * is where it stands gets its words from Plumb, and in doubt the client's word counts.
 */
async function lookUp(dependencies: MessageActionDependencies, doing: Doing, claimed: Pointed): Promise<{ pointed?: LookedUp; isAdded: boolean }> {
  const { inGraph } = dependencies;
  const conversation = { ...conversationOf(doing), thread: claimed.thread };
  const asking = inGraph ? inGraph.said(conversation, claimed.said.messageId) : Promise.resolve('not told' as const);
  const [presence, told] = await Promise.all([presenceOf(dependencies, doing), asking]);
  const isAdded = presence !== 'not added';
  if (presence !== 'added' || told === 'not told') return { pointed: { ...claimed, settled: isAdded }, isAdded };
  return told === 'nobody' ? { isAdded } : { pointed: { ...told, settled: true }, isAdded };
}

// The dialog has to be there within five seconds.
const longestMs = 2_000;

/** Whether Plumb is where the message stands: only there it may see who else is (Microsoft Learn: "Create and send dialogs"). */
async function presenceOf({ connector, references, logger }: MessageActionDependencies, doing: Doing): Promise<'added' | 'not added' | 'not told'> {
  const where = { serviceUrl: doing.serviceUrl, conversationId: conversationIdOf({ place: doing.place, thread: '' }) };
  try {
    const found = await within(longestMs, connector.member(where, doing.by.accountId));
    if (found === tooLate) return 'not told';
    // Nothing may have been heard there so far: this is how its thread is answered.
    if (found) await references.learn(doing);
    return found ? 'added' : 'not added';
  } catch (error) {
    const status = statusOf(error);
    if (status === 403 || status === 404) return 'not added';
    logger.debug({ error, channel: 'teams' }, 'Teams did not tell whether Plumb was added; the action goes on.');
    return 'not told';
  }
}

/** Teams adds Plumb when the button is pressed, and tells of it with the same action. */
function offerToAdd({ words }: MessageActionDependencies): Answer {
  const card = toAdaptiveCard({ summary: words.notAdded, blocks: [{ type: 'text', text: words.notAdded }], actions: [] }, rendering);
  const add = { type: 'Action.Submit', title: words.addHere, data: { msteams: { justInTimeInstall: true } } };
  return dialog(words.startTitle, { ...card, actions: [add] });
}
