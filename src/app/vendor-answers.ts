import { titleTopic } from '../documents/brief-document-agreed.ts';
import { signedBrief } from '../domain/brief.ts';
import type { By } from '../domain/command.ts';
import type { Quote } from '../domain/conversation.ts';
import { may, rolesOf } from '../domain/permissions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { pointsToHold } from '../domain/vendor.ts';
import type { HeldPoint, VendorAnswer } from '../domain/vendor-answer.ts';
import type { PointToHold } from '../language/language.ts';
import type { ViewContext } from '../views/context.ts';
import { vendorAnswerCard, vendorAnswerLimit } from '../views/vendor-answer.ts';
import { quoteOf, type ReadText } from './burst.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { peopleAround } from './people-around.ts';
import type { InteractionResponse } from './ports.ts';
import { belongingTo, privatelyTo, say, voiceOf } from './say.ts';
import { obeyPress, type Pressed } from './take-press.ts';
import { quotedIn, type Telling } from './telling.ts';
import { command, type Turn, type WorkingAlignment } from './turn.ts';
import { contextOf } from './view-context.ts';

/** What was pasted into the form is held against the brief; what comes out is shown in the chat of whoever pasted it. */
export async function takeVendorAnswer(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  pressed: Pressed,
  inputs: Readonly<Record<string, string>>,
): Promise<InteractionResponse | undefined> {
  const { state, by } = pressed;
  const { words } = dependencies.prompts;
  const text = inputs['words']?.trim() ?? '';
  if (text === '') return { kind: 'errors', errors: { words: words.plain('form-error.required') } };
  if (text.length > vendorAnswerLimit)
    return { kind: 'errors', errors: { words: words.plain('vendor.answer-too-long', { count: String(vendorAnswerLimit) }) } };
  const textId = `${turn.tenant}:${by.act}:vendor`;
  turn.texts.set(textId, { textId, messageRef: textId, author: by.by, body: text, at: turn.now });
  const points = await heldPoints(dependencies, turn, state, text, ({ start, end }) => ({ textId, start, end }));
  await obeyPress(dependencies, turn, rowId, pressed, {
    type: 'HoldVendorAnswer',
    ...by,
    text: { textId, start: 0, end: text.length },
    messageRef: textId,
    points,
  });
  return turn.responses.get(rowId) ?? { kind: 'notice', text: words.plain('vendor.answer-taken') };
}

/** "Vendor's answer: …" at the beginning of a message, and what follows it. */
const introduced =
  /^\s*(?:(?:the|our|a|this)\s+)?vendor(?:['’]?s)?\s+(?:answer(?:ed)?|repl(?:y|ied)|response|responded|wrote|writes|says|said)\b[^:\n]{0,60}[:\n]\s*/iu;
/** Shorter is a remark on it. */
const shortest = 20;

/**
 * A vendor's answer that somebody who leads pasted into the conversation is held against the brief, and what comes out is theirs alone at first. False:
 * it is none, or nothing was signed.
 */
export async function hearVendorAnswer(dependencies: HandleDependencies, turn: Turn, alignment: WorkingAlignment, source: ReadText, by: By): Promise<boolean> {
  const { state } = alignment;
  if (state.status !== 'aligned' && state.status !== 'reviewing') return false;
  const addressed = /^\s*@?plumb[\s,:]+/iu.exec(source.text)?.[0].length ?? 0;
  const head = introduced.exec(source.text.slice(addressed));
  const from = addressed + (head?.[0].length ?? 0);
  if (!head || state.signedVersion === 0 || source.text.length - from < shortest) return false;
  if (!may('HoldVendorAnswer', rolesOf(state, by.by, by.standing))) return false;
  const words = source.text.slice(from);
  const quoteAt = (start: number, end: number): Quote => quoteOf(source, { start: from + start, end: from + end });
  const points = await heldPoints(dependencies, turn, state, words, ({ start, end }) => quoteAt(start, end));
  command(alignment, { type: 'HoldVendorAnswer', ...by, text: quoteAt(0, words.length), messageRef: by.act, points }, turn.now);
  return true;
}

async function heldPoints(
  { language, ...dependencies }: HandleDependencies,
  turn: Turn,
  state: StartedAlignment,
  text: string,
  quote: (span: { start: number; end: number }) => Quote,
): Promise<HeldPoint[]> {
  const ctx = await contextOf(dependencies, turn, state);
  const around = peopleAround(turn, state.conversation.place);
  const read = await language.readVendorAnswer({ text, tenant: turn.tenantLanguage, around }, briefPoints(turn, ctx, state).points);
  return read.map(({ point, status, spans }) => ({ point, status, words: spans.map(quote) }));
}

function briefPoints(turn: Turn, ctx: ViewContext, state: StartedAlignment): { topic: string; points: PointToHold[] } {
  const brief = signedBrief(state);
  if (!brief) return { topic: ctx.words.plain('common.unknown-topic'), points: [] };
  const topic = titleTopic({ ...ctx, name: (id) => turn.people.get(id)?.name ?? id, time: String }, brief);
  return { topic, points: pointsToHold(brief, state, ctx.quote, topic) };
}

/** Shows what came out to whoever pasted it, and to everybody in the conversation once it is shared. */
export async function speakVendor({ dependencies, turn, state, ctx, events }: Telling): Promise<void> {
  for (const event of events) {
    if (event.type !== 'VendorAnswerHeld' && event.type !== 'VendorAnswerShared') continue;
    const id = event.type === 'VendorAnswerHeld' ? event.answer.id : event.id;
    const answer = state.vendorAnswers?.find((each) => each.id === id);
    if (answer) show(dependencies, turn, state, ctx, answer, event.type === 'VendorAnswerShared');
  }
}

function show(dependencies: HandleDependencies, turn: Turn, state: StartedAlignment, ctx: ViewContext, answer: VendorAnswer, isShared: boolean): void {
  const { topic, points } = briefPoints(turn, ctx, state);
  const options = { topic, brief: new Map(points.map(({ point, texts }) => [point, texts])) };
  const quotes = [...new Set([answer.messageRef, ...quotedIn(state, state)])];
  const post = `${state.id}:vendor-answer:${answer.id}`;
  const own = privatelyTo(turn, answer.by, belongingTo(state, 'answer'));
  say(dependencies, turn, own, vendorAnswerCard(ctx, state, answer, options), { post, quotes, ...(isShared && { replaces: post }) });
  if (!isShared || answer.sharedBy === undefined) return;
  const card = vendorAnswerCard(ctx, state, answer, { ...options, sharedBy: answer.sharedBy });
  say(dependencies, turn, voiceOf(turn, state), card, { post: `${post}:shared`, quotes });
}
