import { openFor, singleValued } from '../domain/answering.ts';
import type { AskedAbout, By, Command } from '../domain/command.ts';
import { currentKpis } from '../domain/kpis.ts';
import { rolesOf } from '../domain/permissions.ts';
import { isAnswered, type QuestionId } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { leads } from '../domain/taking-part.ts';
import type { ReadAnswer, Reading, ReadPerson, Wish } from '../language/language.ts';
import { messageOf, quoteOf, type ReadText, stretchesOf } from './burst.ts';
import { givenAnswers, type KnownKpi, whoIsMeant } from './given-answers.ts';
import type { Reader } from './read-message.ts';

/** What a reading orders: wishes, answers, what somebody does not know, passes on or puts off. */
export async function commandsOf(state: StartedAlignment, by: By, reading: Reading, source: ReadText, known: readonly KnownKpi[]): Promise<Command[]> {
  const acts = new Set(reading.acts);
  if (acts.has('stop')) return [{ type: 'WithdrawRequest', ...by }];
  const messageRef = by.act;
  const orders: Command[] = reading.wishes.map((wish) => wishCommand(wish, state, by));
  orders.push(...(await answerCommands(by, reading, source, acts.has('correction') ? known : undefined)));
  orders.push(...partCommands(state, by, reading, source));
  const answersAsked = reading.answers.some((answer) => answer.questionId === state.asked?.questionId);
  if (acts.has('dont-know') && !answersAsked && !acts.has('delegate')) orders.push({ type: 'SayUnknown', ...by, messageRef });
  if (acts.has('skip')) orders.push({ type: 'SkipQuestion', ...by, messageRef });
  if (acts.has('delegate') && reading.entities.delegateTo) orders.push(...(await delegation(state, by, reading.entities.delegateTo, reading, source)));
  if (acts.has('pause')) orders.push({ type: 'PauseAlignment', ...by });
  if (acts.has('resume') && !reading.wishes.includes('carry-on')) orders.push(wishCommand('carry-on', state, by));
  return orders;
}

/** What a message says differently of the request, once a brief stands. */
export function partCommands({ understood }: StartedAlignment, by: By, { parts = [], reason }: Reading, source: ReadText): Command[] {
  return parts.map(({ part, span }): Command => {
    const [was, why] = [understood[part], reason && quoteOf(source, reason)];
    const messageRef = messageOf(source, span);
    const said = { part, quote: quoteOf(source, span), source: 'said' as const, messageRef };
    return { type: 'ChangePart', ...by, act: messageRef, ...said, ...(was && { was }), ...(why && { reason: why }) };
  });
}

/** One command for each message of the burst that answers something: deleting that message later takes back what came from it, no more. */
export async function answerCommands(by: By, reading: Reading, source: ReadText, known?: readonly KnownKpi[]): Promise<Command[]> {
  const begun = new Set<QuestionId>();
  const orders: Command[] = [];
  const reason = reading.reason && quoteOf(source, reading.reason);
  for (const answer of reading.answers.flatMap((given) => inMessages(source, given))) {
    const messageRef = messageOf(source, answer.span);
    const answers = await givenAnswers(source, [answer], reading.entities, known);
    // What goes on in a further message stands beside its beginning, also where that corrects something.
    const corrects = known !== undefined && !begun.has(answer.questionId);
    begun.add(answer.questionId);
    if (answers.length > 0)
      orders.push({ type: 'RecordAnswers', ...by, act: messageRef, answers, source: 'said', correction: corrects, messageRef, ...(reason && { reason }) });
  }
  return orders;
}

/** The KPIs that were named so far: a correction puts the figures of one of them right. */
export async function knownKpis(store: Reader['store'], state: StartedAlignment): Promise<KnownKpi[]> {
  const kpis = currentKpis(state.answers).map(({ kpi }) => kpi);
  if (kpis.length === 0) return [];
  const texts = await store.texts.load(kpis.map(({ name }) => name.textId));
  return kpis.flatMap(({ name, leading }) => {
    const words = texts.get(name.textId)?.body.slice(name.start, name.end).trim();
    return words ? [{ name, words, leading }] : [];
  });
}

/** An answer that goes over several messages of a burst, message by message; where there is room for one only, its longest stretch. */
function inMessages(source: ReadText, answer: ReadAnswer): ReadAnswer[] {
  const stretches = stretchesOf(source, answer.span).map((span) => ({ ...answer, span, text: source.text.slice(span.start, span.end) }));
  if (!singleValued.includes(answer.questionId)) return stretches;
  const longest = stretches.toSorted((one, other) => other.text.length - one.text.length)[0];
  return longest ? [longest] : [];
}

async function delegation(state: StartedAlignment, by: By, named: ReadPerson, reading: Reading, source: ReadText): Promise<Command[]> {
  const questionId = openFor(state, by.by);
  if (!questionId || isAnswered(state.answers, questionId)) return [];
  const to = await whoIsMeant(source, named);
  // "Dana, you are wrong" to the one whose answer is waited for anyway passes nothing on.
  if (to !== undefined && to === state.asked?.of) return [];
  if (to === undefined) return [{ type: 'AskWhoIsMeant', ...by, name: quoteOf(source, named.name), questionId }];
  const privately = reading.entities.delegatePrivately ?? false;
  return [{ type: 'DelegateQuestion', ...by, questionId, to, privately, messageRef: by.act }];
}

/** Somebody who was asked something asks about that; in a private conversation others learn why Plumb is here, not what is spoken of. */
function why(state: StartedAlignment, by: By): Command {
  const questionId = openFor(state, by.by);
  const roles = rolesOf(state, by.by);
  if (state.privately && !roles.some((role) => role === 'requester' || role === 'partner' || role === 'delegate')) return { type: 'AskReason', ...by };
  return { type: 'AskWhy', ...by, ...(questionId && { questionId }) };
}

/** The same for what is asked about the conversation; what is spoken of in a private one is told to nobody else. */
function about(state: StartedAlignment, by: By, asked: AskedAbout): Command {
  const questionId = openFor(state, by.by);
  if (asked !== 'who-sees' && state.privately && !leads(state, by.by)) return why(state, by);
  return { type: 'AskAbout', ...by, about: asked, ...(questionId && { questionId }) };
}

function wishCommand(wish: Wish, state: StartedAlignment, by: By): Command {
  switch (wish) {
    case 'why':
      return why(state, by);
    case 'short-path':
      return { type: 'TakeShortPath', ...by };
    case 'start-over':
      return { type: 'StartOver', ...by };
    case 'undo':
      return { type: 'UndoLastAct', ...by };
    case 'write-brief':
      return { type: 'WriteBrief', ...by };
    case 'carry-on':
      return state.status === 'withdrawn' ? { type: 'ResumeAlignment', ...by } : { type: 'CarryOn', ...by };
    case 'privately':
      return { type: 'ContinuePrivately', ...by };
    case 'help':
      return { type: 'AskHelp', ...by };
    case 'who-sees':
    case 'so-far':
    case 'example':
      return about(state, by, wish);
    case 'looks-right':
      return { type: 'SignBrief', ...by, version: state.draftVersion };
    case 'claim':
      return { type: 'ClaimAlignment', ...by };
    case 'confirm-partner': {
      const [personId = by.by] = state.volunteers;
      return { type: 'ConfirmPartner', ...by, personId };
    }
    case 'leave-to-partner':
      return { type: 'LeaveRestToPartner', ...by };
    default:
      return wish satisfies never;
  }
}
