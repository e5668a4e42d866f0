import { z } from 'zod';
import type { By, Command } from '../domain/command.ts';
import { type ConversationRef, isOwnText, messageRef, type PersonId } from '../domain/conversation.ts';
import { type QuestionId, questionIds, statusOf } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { triggerIds } from '../domain/triggers.ts';
import type { ActionId } from '../views/actions.ts';
import type { TextRow } from './store.ts';

/** Everything that buttons of an alignment carry. It came back from a platform, so each field is checked and none is believed. */
export const pressValue = z.object({
  alignment: z.string().min(1).max(100),
  question: z.enum(questionIds).optional(),
  person: z.string().min(1).max(100).optional(),
  version: z.coerce.number().int().min(0).max(100_000).optional(),
  text: z.string().min(1).max(500).optional(),
  other: z.coerce.number().int().min(0).max(99).optional(),
  name: z.string().min(1).max(600).optional(),
  shown: z.string().max(200).optional(),
  prompt: z.enum(triggerIds).optional(),
  /** Which line of the brief (views/sign-off-forms, lineKey). */
  line: z.string().min(1).max(100).optional(),
  challenge: z.string().min(1).max(120).optional(),
  step: z.enum(['either-or', 'fact', 'focus']).optional(),
  /** Pressed on Home, which is to show what came of it. */
  on: z.literal('home').optional(),
});
export type PressValue = z.infer<typeof pressValue>;

/** A press on an alignment's card as a command; undefined for presses that need more than their value. */
export function pressCommand(action: ActionId, value: PressValue, by: By, messageRef: string): Command | undefined {
  const question = value.question ? { questionId: value.question } : {};
  switch (action) {
    case 'start':
      return { type: 'AcceptSuggestion', ...by };
    case 'not-a-request':
      return { type: 'RejectRequest', ...by };
    case 'why-reply':
      return { type: 'AskReason', ...by };
    case 'continue-privately':
      return { type: 'ContinuePrivately', ...by };
    case 'continue-in-thread':
      return { type: 'ContinueInThread', ...by };
    case 'later':
      return { type: 'PauseAlignment', ...by };
    case 'resume':
      return { type: 'ResumeAlignment', ...by };
    case 'stop':
      return { type: 'WithdrawRequest', ...by };
    case 'start-over':
      return { type: 'StartOver', ...by };
    case 'undo':
      return { type: 'UndoLastAct', ...by };
    case 'skip':
      return { type: 'SkipQuestion', ...by, ...question, messageRef };
    case 'dont-know':
      return { type: 'SayUnknown', ...by, ...question, messageRef };
    case 'why':
      return { type: 'AskWhy', ...by, ...question };
    case 'short-path':
      return { type: 'TakeShortPath', ...by };
    case 'carry-on':
      return { type: 'CarryOn', ...by };
    case 'leave-to-partner':
      return { type: 'LeaveRestToPartner', ...by };
    case 'write-brief':
      return { type: 'WriteBrief', ...by };
    case 'claim':
      return { type: 'ClaimAlignment', ...by };
    case 'confirm-partner':
      return value.person === undefined ? undefined : { type: 'ConfirmPartner', ...by, personId: value.person };
    case 'give-back':
      return { type: 'GiveBack', ...by };
    case 'looks-right':
      return { type: 'SignBrief', ...by, version: value.version ?? 0 };
    case 'decline-sign-off':
      return { type: 'DeclineSignOff', ...by };
    case 'close':
      return { type: 'CloseAlignment', ...by };
    default:
      return undefined;
  }
}

/**
 * After "Is that about the owner, or something else?": the words that were unclear, taken as the answer that their author now names. Which words, the
 * button says, and it may be forged: only those count that were said where it was pressed, or where the alignment is. One id of a person can be another
 * person's elsewhere.
 */
export function chosenAnswer(
  state: StartedAlignment,
  questionId: QuestionId,
  row: TextRow | undefined,
  { by, pressedIn }: { by: By; pressedIn: ConversationRef },
): Command | undefined {
  if (!row || row.author !== by.by || !isOwnText(row) || state.status === 'closed') return undefined;
  if (![pressedIn, state.conversation].some((conversation) => wasSaidIn(row, conversation))) return undefined;
  const text = { textId: row.textId, start: 0, end: row.body.length };
  return { type: 'RecordAnswers', ...by, answers: [{ questionId, status: 'clear', text }], source: 'said', correction: false, messageRef: row.messageRef };
}

function wasSaidIn(row: TextRow, conversation: ConversationRef): boolean {
  return row.messageRef.startsWith(messageRef({ ...conversation, messageId: '' }));
}

/** The person whom somebody picked for a written name: one named in an answer, or one who is to be asked instead. */
export function resolvedPerson(state: StartedAlignment, value: PressValue, personId: PersonId | undefined, by: By): Command | undefined {
  const [textId, start, end] = splitName(value.name ?? '');
  if (!value.question || !personId || textId === undefined) return undefined;
  if (statusOf(state.answers, value.question) === 'open') {
    return { type: 'DelegateQuestion', ...by, questionId: value.question, to: personId, privately: false, messageRef: by.act };
  }
  return { type: 'ResolvePerson', ...by, questionId: value.question, name: { textId, start, end }, personId };
}

/** A quote as one value of a button: text id, start and end, the last two behind the last two colons. */
function splitName(name: string): [textId: string | undefined, start: number, end: number] {
  const match = /^(.+):(\d{1,6}):(\d{1,6})$/.exec(name);
  return [match?.[1], Number(match?.[2] ?? 0), Number(match?.[3] ?? 0)];
}
