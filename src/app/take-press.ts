import type { By, Command } from '../domain/command.ts';
import { DomainError } from '../domain/errors.ts';
import { lessonsFrom } from '../domain/lessons.ts';
import { participants } from '../domain/participants.ts';
import { may, type PersonAction, permissions, rolesOf } from '../domain/permissions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { leads, takesPart } from '../domain/taking-part.ts';
import { type ActionId, actionIds } from '../views/actions.ts';
import { type FieldProblem, fieldError } from '../views/forms.ts';
import { type Notice, noticeText } from '../views/notice.ts';
import { answerLimit } from '../views/prefill.ts';
import { takenOnText } from '../views/suggestion.ts';
import { plainText } from '../views/text.ts';
import { exportBrief, isExport } from './export-brief.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { overNotice } from './over-notice.ts';
import type { InboundEvent } from './ports.ts';
import { chosenAnswer, type PressValue, pressCommand, pressValue, resolvedPerson } from './press-command.ts';
import { standingOf } from './standing.ts';
import { staysHere } from './stays-here.ts';
import { command, type Turn, type WorkingAlignment, workOnAlignment } from './turn.ts';
import { contextOf } from './view-context.ts';
import { mayReadAnswers, viewerOf } from './viewer.ts';
import { writtenAnswer } from './written-answer.ts';

type Press = Extract<InboundEvent, { type: 'ActionTaken' | 'FormRequested' | 'FormSubmitted' }>;
export type Pressed = { alignment: WorkingAlignment; state: StartedAlignment; value: PressValue; by: By };

/** A press on a card of an alignment: what it may do is decided by the permission table, never by the card that came back. */
export async function takePress(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  event: Extract<InboundEvent, { type: 'ActionTaken' }>,
): Promise<void> {
  const pressed = await pressedAlignment(dependencies, turn, event);
  const action = actionIds.find((id) => id === event.action);
  if (!pressed || !action) {
    turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('notice.unknown-button') });
    return;
  }
  if (isExport(action)) {
    const { state, by } = pressed;
    if (await maySeeAnswers(dependencies, turn, rowId, pressed))
      turn.responses.set(rowId, await exportBrief(dependencies, turn, { state, personId: by.by, action, asked: event.conversation }));
    return;
  }
  const problem = await problemOf(turn, action, event);
  if (problem) {
    const ctx = await contextOf(dependencies, turn, pressed.state);
    turn.responses.set(rowId, { kind: 'notice', text: fieldError(ctx, problem) });
    return;
  }
  const order = await orderOf(dependencies, turn, action, event, pressed);
  if (!order) turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('notice.unknown-button') });
  else if (await mayJoinIn(dependencies, turn, rowId, pressed, order)) await obeyPress(dependencies, turn, rowId, pressed, order);
}

/** What is wrong with the field that a card brought along. */
async function problemOf(turn: Turn, action: ActionId, { inputs }: Extract<InboundEvent, { type: 'ActionTaken' }>): Promise<FieldProblem | undefined> {
  if (action === 'resolve-person') return (await knownPerson(turn, inputs['person'])) === undefined ? 'person' : undefined;
  if (action !== 'answer-delegated') return undefined;
  const length = inputs['answer']?.trim().length ?? 0;
  if (length === 0) return 'required';
  return length > answerLimit ? 'too-long' : undefined;
}

/** The alignment that a press is about. Undefined when the id is unknown or belongs to another organisation: ids in cards can be forged. */
export async function pressedAlignment({ store, logger }: HandleDependencies, turn: Turn, event: Press): Promise<Pressed | undefined> {
  const value = pressValue.safeParse(event.value);
  if (!value.success) return undefined;
  const alignment = await workOnAlignment(turn, store, value.data.alignment);
  const { state } = alignment;
  if (state.status === 'new') return undefined;
  if (state.conversation.tenant !== turn.tenant || state.conversation.channel !== turn.channel.name) {
    logger.warn({ event: event.type, channel: turn.channel.name }, 'A card named an alignment of another organisation; it was refused.');
    return undefined;
  }
  return { alignment, state, value: value.data, by: { by: event.personId, act: event.eventKey, standing: standingOf(turn.settings, event.personId) } };
}

/** Whether the person who pressed may see what was answered; somebody who may not is told whom to ask. */
export async function maySeeAnswers(dependencies: HandleDependencies, turn: Turn, rowId: string, pressed: Pressed): Promise<boolean> {
  const { state, by } = pressed;
  if (await mayReadAnswers(viewerOf(turn, by.by), state)) return true;
  await notice(dependencies, turn, rowId, pressed, { kind: 'refused', code: 'not_allowed', who: participants(state).filter((id) => leads(state, id)) });
  return false;
}

/**
 * What anybody may do, anybody may do who is there: cards with the id stay in the thread when people go on privately, and whoever answered is told of it
 * from then on. Somebody who is not there is told whom to ask.
 */
export async function mayJoinIn(dependencies: HandleDependencies, turn: Turn, rowId: string, pressed: Pressed, order: Command): Promise<boolean> {
  const { state, by } = pressed;
  const isForAnybody = 'by' in order && permissions[order.type].some((role) => role === 'anyone' || role === 'volunteer');
  if (!isForAnybody || takesPart(state, by.by) || by.standing?.includes('listed-partner')) return true;
  return maySeeAnswers(dependencies, turn, rowId, pressed);
}

async function orderOf(
  { store, language, newId }: HandleDependencies,
  turn: Turn,
  action: ActionId,
  event: Extract<InboundEvent, { type: 'ActionTaken' }>,
  { state, value, by }: Pressed,
): Promise<Command | undefined> {
  switch (action) {
    case 'answer-delegated': {
      const text = event.inputs['answer']?.trim();
      return value.question && text ? (await writtenAnswer(language, turn, state, by, { questionId: value.question, text, source: 'said' })).answer : undefined;
    }
    case 'choose-question': {
      const rows = value.text === undefined ? undefined : await store.texts.load([value.text]);
      return value.question && chosenAnswer(state, value.question, rows?.get(value.text ?? ''), { by, pressedIn: event.conversation });
    }
    case 'start-other':
      return value.other === undefined ? undefined : { type: 'StartOther', ...by, other: value.other, as: newId() };
    case 'resolve-person':
      return resolvedPerson(state, value, await knownPerson(turn, event.inputs['person']), by);
    default:
      return pressCommand(action, value, by, event.eventKey);
  }
}

/** A person id that came back from a picker, if the directory knows it. */
export async function knownPerson(turn: Turn, personId: string | undefined): Promise<string | undefined> {
  return personId ? (await turn.channel.directory.person(turn.tenant, personId))?.id : undefined;
}

/** Lets a press happen and says in the response what else the person should know: a reason, a refusal. */
export async function obeyPress(dependencies: HandleDependencies, turn: Turn, rowId: string, pressed: Pressed, order: Command): Promise<void> {
  const { alignment, by } = pressed;
  if (await staysHere(turn, alignment, order)) return notice(dependencies, turn, rowId, pressed, { kind: 'no-chat-yet' });
  try {
    const events = command(alignment, order, turn.now);
    // What only this person asked about is told to this person alone.
    const aside = events.find(
      (event) => event.type === 'WhyExplained' || event.type === 'ReasonExplained' || event.type === 'HelpGiven' || event.type === 'NothingToUndo',
    );
    if (aside) {
      turn.told.add(by.act);
      await notice(dependencies, turn, rowId, pressed, asideNotice(pressed.state, aside));
    } else if (order.type === 'RejectRequest' && events.length > 0 && alignment.state.status !== 'new') {
      const learned = lessonsFrom(alignment.state, events).length > 0;
      await notice(dependencies, turn, rowId, pressed, { kind: learned ? 'rejected-learned' : 'rejected' });
    } else if (order.type === 'StartOther' && events.length > 0) {
      await notice(dependencies, turn, rowId, pressed, { kind: 'other-started' });
    } else if (events.length === 0 && !isAsChosen(alignment, order)) {
      const over = overNotice(alignment.state);
      await notice(dependencies, turn, rowId, pressed, over ? { kind: over } : { kind: 'refused', code: 'outdated', who: [] });
    } else if (pressed.value.on === 'home') {
      await showOnHome(dependencies, turn, rowId, pressed, order);
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await notice(dependencies, turn, rowId, pressed, { kind: 'refused', code: error.code, who: 'by' in order ? await whoMay(turn, pressed, order.type) : [] });
  }
}

/** What was free to take, or paused, is so no more: Home is not a post that the outbox could change. */
async function showOnHome(dependencies: HandleDependencies, turn: Turn, rowId: string, { alignment }: Pressed, { type }: Command): Promise<void> {
  const { state } = alignment;
  if (state.status === 'new') return;
  const ctx = await contextOf(dependencies, turn, state);
  const text = type === 'ClaimAlignment' ? takenOnText(ctx, state) : noticeText(ctx, { kind: 'resumed' });
  turn.responses.set(rowId, { kind: 'notice', text: plainText(text), alsoOn: 'home' });
}

/** Says that somebody may not do this, and who may. */
export async function refuse(dependencies: HandleDependencies, turn: Turn, rowId: string, pressed: Pressed, order: { type: PersonAction }): Promise<void> {
  await notice(dependencies, turn, rowId, pressed, { kind: 'refused', code: 'not_allowed', who: await whoMay(turn, pressed, order.type) });
}

/** Says that what was pressed is no longer so. */
export async function outdated(dependencies: HandleDependencies, turn: Turn, rowId: string, pressed: Pressed): Promise<void> {
  await notice(dependencies, turn, rowId, pressed, { kind: 'refused', code: 'outdated', who: [] });
}

/** What the form already said was sent as it was: nothing is out of date, and there is nothing to say. */
function isAsChosen({ state }: Pressed['alignment'], order: Command): boolean {
  return order.type === 'ChooseAudience' && state.status === 'reviewing';
}

function asideNotice(state: StartedAlignment, event: ReturnType<typeof command>[number]): Notice {
  if (event.type === 'WhyExplained') return { kind: 'why', questionId: event.questionId };
  if (event.type === 'ReasonExplained') return { kind: 'reason', reasons: state.reasons, asked: state.status === 'suggested' };
  return event.type === 'HelpGiven' ? { kind: 'help' } : { kind: 'nothing-to-undo' };
}

async function notice(dependencies: HandleDependencies, turn: Turn, rowId: string, { alignment }: Pressed, told: Notice): Promise<void> {
  if (alignment.state.status === 'new') return;
  const ctx = await contextOf(dependencies, turn, alignment.state);
  turn.responses.set(rowId, { kind: 'notice', text: plainText(noticeText(ctx, told)) });
}

/** Who may do it instead: so that a refusal says whom to ask. */
async function whoMay(turn: Turn, { state, by }: Pressed, asked: PersonAction): Promise<string[]> {
  // One's own line anybody may change; it was another's.
  const action = asked === 'ChangeLine' || asked === 'ChangePart' || asked === 'RestoreLine' ? 'ReplaceOthersAnswer' : asked;
  const seesAll = await mayReadAnswers(viewerOf(turn, by.by), state);
  // Who was named or asked in a private conversation is between those who lead it.
  const known = participants(state).filter((personId) => seesAll || leads(state, personId));
  return known.filter((personId) => personId !== by.by && may(action, rolesOf(state, personId)));
}
