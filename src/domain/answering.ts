import { dropPrompt } from './coaching-prompts.ts';
import { isChallengeOpen } from './coaching-state.ts';
import type { By, Command, GivenAnswer } from './command.ts';
import type { PersonId } from './conversation.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import { messageGone } from './evolve-answers.ts';
import { decidedIn, removeCues } from './hearing-cues.ts';
import { may, rolesOf } from './permissions.ts';
import { type Answer, currentAnswers, isAnswered, openDelegations, type QuestionId, statusOf } from './questions.ts';
import { reopenIfSigned } from './reviewing.ts';
import type { StartedAlignment } from './state.ts';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;
/** How something was said. */
type Said = Pick<Of<'RecordAnswers'>, 'by' | 'standing' | 'source' | 'correction' | 'beside'>;

/** Questions with one answer at a time: what the same person says later takes the place of what they said before. */
export const singleValued: readonly QuestionId[] = ['owner', 'weekly-call'];

/** Takes one or several answers in, with their author; wakes a paused conversation. */
export function recordAnswers(state: StartedAlignment, command: Of<'RecordAnswers'>, now: number): DomainEvent[] {
  const events: DomainEvent[] = [];
  if (command.understood && Object.keys(command.understood).length > 0) {
    events.push({ type: 'RequestUnderstood', at: now, by: command.by, act: command.act, understood: command.understood });
  }
  let refused = false;
  for (const given of command.answers) {
    if (isTalk(state, given, command)) continue;
    if (isOthersToChange(state, given, command) && state.signedVersion > 0) {
      refused = true;
      continue;
    }
    const effect = effectOf(state, given, command);
    const corrected = effect !== 'adds' && isAnswered(state.answers, given.questionId);
    const { by, act, messageRef, source, reason } = command;
    const said = isOthersToChange(state, given, command) ? withoutCorrected(given) : given;
    const answer: Answer = { ...said, source, by, at: now, messageRef, act, effect, ...(reason && { reason }) };
    events.push({ type: 'QuestionAnswered', at: now, by: command.by, act: command.act, answer, corrected });
  }
  if (events.length === 0 && refused) throw othersToChange();
  if (events.length === 0) return [];
  const resumed: DomainEvent[] = state.status === 'paused' ? [{ type: 'AlignmentResumed', at: now, by: command.by, act: command.act }] : [];
  return [...resumed, ...reopenIfSigned(state, now, command.answers.length > 0), ...events];
}

function othersToChange(): DomainError {
  return new DomainError('not_allowed', 'Only those who lead this may put right what others said in a signed brief.');
}

/** Talk after the signature only changes the brief when somebody says that it does, or fills a gap. */
function isTalk({ status, answers }: StartedAlignment, { questionId }: GivenAnswer, { correction, source }: Said): boolean {
  return status === 'aligned' && !correction && source === 'said' && isAnswered(answers, questionId);
}

/** A correction this much shorter than what it corrects ("sorry, I meant 40") corrects a part: the rest still holds. */
const partOfIt = 0.6;

/** Whether somebody puts right, in free words, what others said, and may not: before the first signature both stand, afterwards what was agreed does. */
function isOthersToChange(state: StartedAlignment, { questionId }: GivenAnswer, { by, correction, source, beside, standing }: Said): boolean {
  if (!correction || beside || source !== 'said' || !isAnswered(state.answers, questionId)) return false;
  const ownOnly = currentAnswers(state.answers, questionId).every((answer) => answer.by === by);
  return !ownOnly && !may('ReplaceOthersAnswer', rolesOf(state, by, standing));
}

/** The words stand beside what others said; a figure of theirs stays what it is. */
function withoutCorrected({ facts, ...given }: GivenAnswer): GivenAnswer {
  const { kpis = [], ...others } = facts ?? {};
  const own = kpis.filter(({ corrects }) => !corrects);
  const kept = { ...others, ...(own.length > 0 && { kpis: own }) };
  return Object.keys(kept).length > 0 ? { ...given, facts: kept } : given;
}

function effectOf(state: StartedAlignment, given: GivenAnswer, command: Said): Answer['effect'] {
  const current = currentAnswers(state.answers, given.questionId);
  if (!isAnswered(state.answers, given.questionId)) return 'replaces';
  if (command.beside) return 'adds';
  if (!command.correction && command.source === 'said' && given.questionId === 'weekly-call' && !namesTime(current, given)) return 'adds';
  const ownOnly = current.every((answer) => answer.by === command.by);
  const replacing = command.correction || command.source === 'form' || (singleValued.includes(given.questionId) && ownOnly);
  if (!replacing) return 'adds';
  if (!ownOnly && !may('ReplaceOthersAnswer', rolesOf(state, command.by, command.standing))) return 'adds';
  if (command.source === 'form' || singleValued.includes(given.questionId)) return 'replaces';
  const figureOnly = given.facts?.kpis?.some((kpi) => kpi.corrects) ?? false;
  return figureOnly || lengthOf([given]) < partOfIt * lengthOf(current) ? 'amends' : 'replaces';
}

/** Who joins, or in whose time, stands beside the day and the hour that were named before. */
function namesTime(current: readonly Answer[], { facts }: GivenAnswer): boolean {
  const before = current.flatMap((answer) => answer.facts?.when ?? []).at(-1);
  if (!before?.weekday) return true;
  return facts?.when !== undefined && (facts.when.weekday !== before.weekday || facts.when.time !== before.time);
}

function lengthOf(answers: readonly Pick<Answer, 'text'>[]): number {
  return answers.reduce((sum, { text }) => sum + (text ? text.end - text.start : 0), 0);
}

/** A message was edited: what came from it before no longer counts, what it says now does. */
export function reviseMessage(state: StartedAlignment, command: Of<'ReviseMessage'>, now: number): DomainEvent[] {
  const before = fromMessage(state, command.messageRef);
  const by = { at: now, by: command.by, act: command.act };
  const isRequest = command.messageRef === state.requestMessage;
  const events: DomainEvent[] = removeCues(state, command.messageRef, now);
  const parts = saysPart(state, command.messageRef);
  if (before.length > 0 || parts) events.push({ type: 'AnswersRemoved', ...by, messageRef: command.messageRef, questionIds: before, reason: 'edited' });
  if (isRequest)
    events.push({
      type: 'RequestUnderstood',
      ...by,
      understood: command.understood ?? {},
      ...(command.request && { request: command.request }),
      ...(command.others && { others: command.others }),
    });
  const rest = messageGone(state, { messageRef: command.messageRef, questionIds: before });
  const said: Said = { ...command, source: 'said', correction: command.correction ?? false };
  let refused = false;
  for (const given of command.answers) {
    const isNew = !before.includes(given.questionId);
    const isOthers = isOthersToChange(rest, given, said);
    if (isNew && isTalk(rest, given, said)) continue;
    if (isNew && isOthers && state.signedVersion > 0) {
      refused = true;
      continue;
    }
    const effect = isNew ? effectOf(rest, given, said) : effectAgain(state, given, command.messageRef);
    const told = isOthers ? withoutCorrected(given) : given;
    const answer: Answer = { ...told, source: 'said', by: command.by, at: now, messageRef: command.messageRef, act: command.act, effect };
    events.push({ type: 'QuestionAnswered', ...by, answer, corrected: before.includes(given.questionId) });
  }
  if (events.length === 0 && refused) throw othersToChange();
  if (events.length === 0) return [];
  const answers = events.some(({ type }) => type === 'QuestionAnswered');
  return [...reopenIfSigned(state, now, before.length > 0 || parts || answers || decidedIn(state, command.messageRef)), ...events];
}

/** Other words in the same place: what they took the place of, or put a part of right, stays so. */
function effectAgain({ answers }: StartedAlignment, { questionId }: GivenAnswer, messageRef: string): Answer['effect'] {
  const others = currentAnswers(answers, questionId).filter((answer) => answer.messageRef !== messageRef);
  if (!others.some(({ status }) => status === 'clear' || status === 'thin')) return 'replaces';
  const amended = answers[questionId]?.some((answer) => answer.messageRef === messageRef && answer.effect === 'amends');
  return amended ? 'amends' : 'adds';
}

/** A message was deleted: what came from it is gone; without the request itself there is nothing to align. */
export function removeMessage(state: StartedAlignment, command: Of<'RemoveMessage'>, now: number): DomainEvent[] {
  const by = { at: now, by: command.by, act: command.act };
  const questionIds = fromMessage(state, command.messageRef);
  const removed: DomainEvent[] =
    questionIds.length > 0 || saysPart(state, command.messageRef)
      ? [{ type: 'AnswersRemoved', ...by, messageRef: command.messageRef, questionIds, reason: command.forgotten ? 'forgotten' : 'deleted' }]
      : [];
  const unheard = removeCues(state, command.messageRef, now);
  if (command.messageRef === state.requestMessage && state.status !== 'aligned' && state.status !== 'withdrawn') {
    return [...removed, ...unheard, ...dropPrompt(state, now), { type: 'RequestWithdrawn', ...by }];
  }
  // Remembered although nothing changes: the message itself may still arrive, late.
  const taken: DomainEvent[] = removed.length > 0 || state.seenActs.includes(command.act) ? removed : [{ type: 'MessageTaken', ...by }];
  return [...reopenIfSigned(state, now, removed.length > 0 || decidedIn(state, command.messageRef)), ...taken, ...unheard];
}

/** Whether something that the request told was said anew in this message. */
function saysPart({ restated = [] }: StartedAlignment, messageRef: string): boolean {
  return restated.some((one) => one.messageRef === messageRef);
}

function fromMessage(state: StartedAlignment, messageRef: string): QuestionId[] {
  const ids = Object.values(state.answers).flatMap((given) => given.filter((answer) => answer.messageRef === messageRef).map((answer) => answer.questionId));
  return [...new Set(ids)];
}

/** "I don't know": the question is settled as unknown and becomes an open point. */
export function markUnknown(state: StartedAlignment, command: Of<'SayUnknown'>, now: number): DomainEvent[] {
  return withoutAnswer(state, command, 'unknown', now);
}

/** "Skip": the question is settled as skipped and becomes an open point. */
export function skipQuestion(state: StartedAlignment, command: Of<'SkipQuestion'>, now: number): DomainEvent[] {
  return withoutAnswer(state, command, 'skipped', now);
}

function withoutAnswer(state: StartedAlignment, command: Of<'SayUnknown'> | Of<'SkipQuestion'>, status: 'unknown' | 'skipped', now: number): DomainEvent[] {
  const questionId = command.questionId ?? openFor(state, command.by);
  if (!questionId || state.status !== 'clarifying') return [];
  const { by, act, messageRef } = command;
  const taken = { at: now, by, act };
  if (isAnswered(state.answers, questionId)) {
    // Said to a follow-up: the thin answer stays as it is, and the conversation goes on.
    return state.asked?.questionId === questionId ? [{ type: 'FollowUpDropped', ...taken, questionId }] : [];
  }
  if (statusOf(state.answers, questionId) === status) return [];
  const answer: Answer = { questionId, status, source: 'said', by, at: now, messageRef, act, effect: 'replaces' };
  return [{ type: 'QuestionAnswered', ...taken, answer, corrected: false }];
}

/** The question that is open for a person: what was given to them to answer, otherwise what was asked last. */
export function openFor(state: StartedAlignment, personId: PersonId): QuestionId | undefined {
  const delegated = openDelegations(state.answers).find((answer) => answer.delegatedTo.personId === personId);
  return delegated?.questionId ?? state.asked?.questionId;
}

/** Takes back what a person did last, until the brief is signed. */
export function undoLastAct(state: StartedAlignment, command: Of<'UndoLastAct'>, now: number): DomainEvent[] {
  const by: By & { at: number } = { at: now, by: command.by, act: command.act };
  const last = state.acts.findLast((act) => act.by === command.by);
  const open = state.status === 'clarifying' || state.status === 'reviewing';
  if (!last || !open) return [{ type: 'NothingToUndo', ...by }];
  const questionIds = Object.values(state.answers).flatMap((given) => given.filter((answer) => answer.act === last.act).map((answer) => answer.questionId));
  const undone: DomainEvent = { type: 'ActUndone', ...by, undone: last.act, questionIds: [...new Set(questionIds)] };
  return [...reopenIfSigned(state, now, true), ...withoutItsGround(state, last.act, now), undone];
}

/** What was put because of an answer is let be when that answer is taken back. */
function withoutItsGround({ coaching }: StartedAlignment, act: string, now: number): DomainEvent[] {
  const { challenge } = coaching ?? {};
  const rests = challenge !== undefined && isChallengeOpen(coaching) && challenge.evidence.some(({ messageRef }) => messageRef === act);
  return rests ? [{ type: 'ChallengeLeft', at: now, id: challenge.id }] : [];
}

/** Says which person a written name means. */
export function resolvePerson(state: StartedAlignment, command: Of<'ResolvePerson'>, now: number): DomainEvent[] {
  const names = currentAnswers(state.answers, command.questionId).flatMap((answer) => answer.facts?.people ?? []);
  const named = names.some((person) => person.name.textId === command.name.textId && person.name.start === command.name.start && !person.personId);
  if (!named) return [];
  return [
    { type: 'PersonResolved', at: now, by: command.by, act: command.act, questionId: command.questionId, name: command.name, personId: command.personId },
  ];
}
