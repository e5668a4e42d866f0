import type { By, Command } from '../domain/command.ts';
import { type ConversationRef, hasNoThreads, wholeChat } from '../domain/conversation.ts';
import { DomainError } from '../domain/errors.ts';
import { messageGone } from '../domain/evolve-answers.ts';
import { isAnswered, openDelegations, type QuestionId } from '../domain/questions.ts';
import type { OtherRequest, StartedAlignment } from '../domain/state.ts';
import type { Reading } from '../language/language.ts';
import { quoteOf, type ReadText, readAsOne } from './burst.ts';
import { noMorePrompts, sayPromptsChosen } from './choose-prompts.ts';
import { onWhatWasAsked, withChoice } from './chosen-option.ts';
import { givenAnswers, othersOf, understoodOf } from './given-answers.ts';
import { isHello } from './greeting.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { cueCommands, onlyCommands, probeCommand, revisedCues } from './hear-cues.ts';
import { onFirstGroup } from './on-first-group.ts';
import { peopleAround } from './people-around.ts';
import type { InboundEvent } from './ports.ts';
import { actOf, addressLength, isOutdated, type MessageEvent, offerText, readInContext, refOf, withoutAddress } from './read-message.ts';
import { commandsOf, knownKpis, partCommands } from './reply-commands.ts';
import { belongingTo } from './say.ts';
import { sayEnglish } from './say-english.ts';
import { standingOf } from './standing.ts';
import { staysHere } from './stays-here.ts';
import { taughtLanguage } from './tenant-language.ts';
import { command, type Turn, type WorkingAlignment, workOnAlignment } from './turn.ts';
import { hearVendorAnswer } from './vendor-answers.ts';

/**
 * What somebody wrote in a running conversation (messages of one burst, oldest first): read as one, turned into commands, decided. Silent when people
 * only talk to each other.
 */
export async function reply(reader: HandleDependencies, turn: Turn, alignment: WorkingAlignment, burst: readonly MessageEvent[]): Promise<void> {
  const { state } = alignment;
  if (state.status === 'new' || state.status === 'suggested') return;
  const [first, ...rest] = burst.filter((event) => !isOutdated(state, event));
  if (!first) return;
  if (first.type === 'MessageEdited' && (isKnown(state, refOf(first)) || refOf(first) === state.requestMessage)) {
    await revise(reader, turn, alignment, first);
    return reply(reader, turn, alignment, rest);
  }
  for (const event of [first, ...rest]) offerText(turn, event);
  const source = readAsOne([first, ...rest], turn.channel.directory);
  const reading = await withChoice(reader, state, source, betweenPeople(source, await readInContext(reader, turn, state, source, askedAtFirst(alignment))));
  const by = byOf(turn, rest.at(-1) ?? first);
  turn.heardIn.set(by.act, first.conversation);
  if (await hearVendorAnswer(reader, turn, alignment, source, by)) return;
  if (source.addressed && (isHello(source.text) || nameAlone.test(source.text))) {
    if (obey(turn, alignment, { type: 'AskHelp', ...by }, false) === 0) turn.greetings.push({ conversation: first.conversation, personId: by.by });
    return;
  }
  // Whoever has no part in this one yet and asks for a course does not answer its question.
  const isAsked = state.asked?.of === by.by || openDelegations(state.answers).some(({ delegatedTo }) => delegatedTo.personId === by.by);
  const isNewcomer = first.conversation.thread === wholeChat && state.requester !== by.by && !isAsked;
  if (isNewcomer && source.addressed && (await isAnotherRequest(reader, turn, first.conversation, source))) {
    turn.otherRequests.push(first.conversation);
    return;
  }
  const quiet = noMorePrompts(state, by, source);
  if (quiet.length > 0) {
    for (const order of quiet) obey(turn, alignment, order, true);
    await sayPromptsChosen(reader, turn, by.by, 'prompts-off');
    return;
  }
  let happened = 0;
  // Whoever speaks to Plumb again after a stop wants to go on.
  if (state.status === 'withdrawn' && source.addressed && !reading.acts.includes('stop'))
    happened += obey(turn, alignment, { type: 'ResumeAlignment', ...by }, true);
  // What follows from what was heard, such as a first group, was understood.
  if (!reading.acts.includes('stop') && !onlyCommands(reading))
    for (const order of cueCommands(turn, state, source, reading, by)) happened += Math.max(obey(turn, alignment, order, false) - 1, 0);
  const probed = probeCommand(state, by, reading, source, reader.prompts.knowledge);
  // A group that was heard just now is agreed already.
  const current = alignment.state;
  const onGroup = current.status === 'new' ? undefined : onFirstGroup(current, by, reading, source);
  if (onGroup) {
    obey(turn, alignment, onGroup, false);
    return;
  }
  if (probed) happened += obey(turn, alignment, probed, false);
  const read = await commandsOf(state, by, onWhatWasAsked(reading, source, probed), source, await knownKpis(reader.store, state));
  // "I don't know" to what was asked last is not said of the question before.
  const orders = probed ? read.filter(({ type }) => type !== 'SayUnknown' && type !== 'SkipQuestion') : read;
  for (const order of orders) happened += (await staysHere(turn, alignment, order)) ? 1 : obey(turn, alignment, order, source.addressed);
  if (happened === 0 && asksOthers(state, by, reading)) obey(turn, alignment, { type: 'AskPeople', ...by, ...reading.asksPeople }, false);
  const isAskedNow = state.asked?.of === by.by || state.coaching?.probe?.of === by.by;
  const expected = source.addressed || (state.status === 'clarifying' && isAskedNow);
  if (happened === 0 && expected && reading.language === 'other' && (await sayEnglish(reader, turn, state))) return;
  if (happened > 0) return;
  if (source.addressed && (await isAnotherRequest(reader, turn, first.conversation, source))) turn.otherRequests.push(first.conversation);
  else speakUp(turn, alignment, by, reading, source, orders.length > 0);
}

/** Called by name, and nothing said. */
const nameAlone = /^\s*@?plumb[\s?!.]*$/iu;

/** Something new in a chat that has no threads, while something else is under way there: it is not taken for an answer that nobody understands. */
async function isAnotherRequest(reader: HandleDependencies, turn: Turn, conversation: ConversationRef, source: ReadText): Promise<boolean> {
  if (!hasNoThreads(conversation)) return false;
  const around = peopleAround(turn, conversation.place);
  const spotted = await reader.language.spotRequest({ ...withoutAddress(source), tenant: await taughtLanguage(turn, reader.store), around });
  return spotted.band === 'sure';
}

/** What the person asks back whom Plumb waits for is asked of Plumb. */
function asksOthers(state: StartedAlignment, by: By, { asksPeople, acts }: Reading): boolean {
  return asksPeople !== undefined && !(acts.includes('counter-question') && state.asked?.of === by.by);
}

/** What was open when the turn began: two people may have answered it at the same moment. */
function askedAtFirst({ before }: WorkingAlignment): QuestionId | undefined {
  return before.status === 'new' ? undefined : before.asked?.questionId;
}

/** Where people are named, so that an answer may well begin with a mention. */
const naming: readonly QuestionId[] = ['owner', 'owner-role', 'manager-role', 'data-source', 'budget'];
export const plainly = 0.75;

/** "@Priya sure, Thursday at two works": words to a person are an answer only where they name that person, or say it plainly. */
export function betweenPeople(source: ReadText, reading: Reading): Reading {
  const toSomebody = !source.addressed && source.mentions.some((mention) => source.text.slice(0, mention.start).trim() === '');
  if (!toSomebody) return reading;
  return { ...reading, answers: reading.answers.filter(({ questionId, confidence }) => naming.includes(questionId) || confidence >= plainly) };
}

/** Plumb says that it has not understood only to somebody who spoke to it, or whose answer it waits for. */
function speakUp(turn: Turn, alignment: WorkingAlignment, by: By, reading: Reading, source: ReadText, ordered: boolean): void {
  const { state } = alignment;
  const between = reading.needsClarification?.between ?? [];
  const text = quoteOf(source, { start: 0, end: source.text.length });
  const order: Command = { type: 'AskClarification', ...by, between, text };
  const open = state.status === 'clarifying' && state.asked?.of === by.by;
  // "Somebody else decides that" names nobody to ask: it may well be the answer itself.
  const halfSaid = reading.acts.includes('delegate') && !reading.entities.delegateTo;
  if (source.addressed && turn.refusals.length === 0) obey(turn, alignment, order, true);
  else if (!ordered && open && halfSaid && state.asked) obey(turn, alignment, { ...order, between: [state.asked.questionId] }, false);
  else if (!ordered && open && reading.needsClarification) obey(turn, alignment, order, false);
}

/** A deleted message takes along what came from it, and its words. */
export function forget(turn: Turn, alignment: WorkingAlignment, event: Extract<InboundEvent, { type: 'MessageDeleted' }>): void {
  const ref = refOf(event);
  erase(turn, ref);
  command(alignment, { type: 'RemoveMessage', by: event.personId, act: actOf(event), messageRef: ref }, turn.now);
}

/** Words that their author took back are erased, also those that this turn would have kept. */
function erase(turn: Turn, ref: string): void {
  turn.eraseTexts.add(ref);
  for (const [textId, row] of turn.texts) if (row.messageRef === ref) turn.texts.delete(textId);
}

/** Lets a command happen; a refusal is told to somebody who expects an answer. Returns how many events came of it. */
function obey(turn: Turn, alignment: WorkingAlignment, order: Command, tell: boolean): number {
  try {
    return command(alignment, order, turn.now).length;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'not_allowed' && leaveChange(turn, alignment, order)) return 1;
    if (tell && 'by' in order) turn.refusals.push({ personId: order.by, code: error.code, ...answerIn(turn, alignment, order.act) });
    return 0;
  }
}

/** Whoever puts right what is not theirs to change is told once, whether they spoke to Plumb or not. Gives whether that is so now. */
function leaveChange({ now }: Turn, alignment: WorkingAlignment, order: Command): boolean {
  if (order.type !== 'ChangePart' && !((order.type === 'RecordAnswers' || order.type === 'ReviseMessage') && order.correction)) return false;
  // Before there is a draft nothing stands that could be left as it is.
  if (alignment.state.status !== 'reviewing' && alignment.state.status !== 'aligned') return false;
  const { by, act } = order;
  command(alignment, { type: 'LeaveChange', by, act }, now);
  return alignment.events.some((event) => event.type === 'ChangeLeft' && event.act === act);
}

/** A refusal goes to the person's own chat; where they have none, it belongs where they spoke. */
function answerIn({ heardIn }: Turn, { ref }: WorkingAlignment, act: string): Pick<Turn['refusals'][number], 'belonging'> {
  const heard = heardIn.get(act);
  return heard && heard.thread !== '' ? { belonging: belongingTo({ id: ref.id, conversation: heard }, 'answer') } : {};
}

/** Who did it, and by which message or press. */
export function byOf(turn: Turn, event: { personId: string } & Parameters<typeof actOf>[0]): By {
  return { by: event.personId, act: actOf(event), standing: standingOf(turn.settings, event.personId) };
}

function isKnown(state: StartedAlignment, ref: string): boolean {
  return state.seenActs.includes(ref) || Object.values(state.answers).some((given) => given.some((answer) => answer.messageRef === ref));
}

async function revise(reader: HandleDependencies, turn: Turn, alignment: WorkingAlignment, event: MessageEvent): Promise<void> {
  const { state } = alignment;
  if (state.status === 'new') return;
  const ref = refOf(event);
  // Words that were edited away are gone for good; the new ones are kept under a text id of their own.
  erase(turn, ref);
  offerText(turn, event);
  const source = readAsOne([event], turn.channel.directory);
  const by = byOf(turn, event);
  if (ref === state.requestMessage) {
    const around = peopleAround(turn, event.conversation.place);
    const spotted = await reader.language.spotRequest({ text: event.text, mentions: event.mentions, tenant: turn.tenantLanguage, around });
    const answers = await givenAnswers(source, spotted.answers, spotted.entities);
    const request = quoteOf(source, { start: source.addressed ? addressLength(event.text) : 0, end: event.text.length });
    const others = othersOf(source, spotted.others);
    const understood = understoodOf(source, spotted.understood);
    obey(turn, alignment, { type: 'ReviseMessage', ...by, messageRef: ref, answers, understood, request, others }, false);
    for (const order of revisedCues(turn, alignment.state, source, spotted, by)) obey(turn, alignment, order, false);
    await reviseOthers(reader, turn, state, { type: 'ReviseMessage', ...by, messageRef: ref, answers: [] }, others);
    return;
  }
  const { reading, rest } = await readAgain(reader, turn, state, source, event);
  const correction = reading.acts.includes('correction');
  const answers = await givenAnswers(source, reading.answers, reading.entities, correction ? await knownKpis(reader.store, rest) : []);
  obey(turn, alignment, { type: 'ReviseMessage', ...by, messageRef: ref, answers, correction }, false);
  if (alignment.state.status !== 'new') for (const order of partCommands(alignment.state, by, reading, source)) obey(turn, alignment, order, false);
  for (const order of revisedCues(turn, alignment.state, source, reading, by)) obey(turn, alignment, order, false);
}

/** Reads an edited message as what it was: an answer to the question that it answered before, or a change to what stood there. */
async function readAgain(
  reader: HandleDependencies,
  turn: Turn,
  state: StartedAlignment,
  source: ReadText,
  event: MessageEvent,
): Promise<{ reading: Reading; rest: StartedAlignment }> {
  const gave = Object.values(state.answers).flatMap((given) => given.filter((answer) => answer.messageRef === refOf(event)));
  const [first, another] = gave;
  const rest = messageGone(state, { messageRef: refOf(event), questionIds: gave.map(({ questionId }) => questionId) });
  if (!first || another) return { reading: await readInContext(reader, turn, rest, source), rest };
  const isChange = first.effect !== 'adds' && state.asked === undefined && isAnswered(rest.answers, first.questionId);
  const change = isChange ? await readInContext(reader, turn, rest, source) : undefined;
  if (change && change.answers.length > 0) return { reading: change, rest };
  const asked = { questionId: first.questionId, of: event.personId, at: event.at, followUp: false };
  return { reading: await readInContext(reader, turn, { ...rest, asked }, source), rest };
}

/** What was made of another request of a message follows its words there. */
async function reviseOthers(
  { store }: HandleDependencies,
  turn: Turn,
  state: StartedAlignment,
  order: Extract<Command, { type: 'ReviseMessage' }>,
  now: readonly OtherRequest[],
): Promise<void> {
  for (const [at, { startedAs }] of (state.others ?? []).entries()) {
    const other = now[at];
    if (startedAs === undefined || !other) continue;
    obey(turn, await workOnAlignment(turn, store, startedAs), { ...order, understood: other.understood, request: other.request }, false);
  }
}
