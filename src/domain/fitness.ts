import type { PersonId } from './conversation.ts';
import { DomainError } from './errors.ts';
import type { DomainEvent } from './event.ts';
import type { FitnessCommand } from './fitness-command.ts';
import type { FitnessEvent } from './fitness-event.ts';
import { sponsors } from './fitness-reviewer.ts';
import { type Fitness, type FitnessAnswer, type FitnessElement, fewestAnonymous, fitnessElements, mostActions, mostAsked } from './fitness-state.ts';
import { reopenIfSigned } from './reviewing.ts';
import type { StartedAlignment } from './state.ts';

type Of<T extends FitnessCommand['type']> = Extract<FitnessCommand, { type: T }>;

/** The fitness check of one alignment. Throws DomainError. */
export function decideFitness(state: StartedAlignment, command: FitnessCommand, now: number): DomainEvent[] {
  const { fitness } = state;
  switch (command.type) {
    case 'OpenFitness':
      return [open(state, command, now)];
    case 'AnswerFitness':
      return [answer(fitness, command, now)];
    case 'ForgetFitnessAnswer':
      return !fitness || fitness.anonymous ? [] : removed(fitness, command.by, now);
    case 'CloseFitness':
      return fitness?.status === 'open' ? [{ type: 'FitnessClosed', at: now }] : [];
    case 'FitnessDue':
      return fitness?.status === 'open' && now >= fitness.closesAt ? [{ type: 'FitnessClosed', at: now }] : [];
    case 'NoteAction':
      return noteAction(state, command, now);
    case 'RemoveAction': {
      const known = fitness?.actions.some(({ id }) => id === command.id) ?? false;
      return known ? [...reopenIfSigned(state, now, true), { type: 'ActionRemoved', at: now, by: command.by, act: command.act, id: command.id }] : [];
    }
    case 'ChooseReviewer':
      if (sponsors(state).includes(command.personId))
        throw new DomainError('unknown_target', 'The reviewer should be somebody other than those who asked for the training or own the change (METHOD §6).');
      if (fitness?.reviewer === command.personId) return [];
      return [{ type: 'ReviewerChosen', at: now, by: command.by, act: command.act, personId: command.personId }];
    default:
      return command satisfies never;
  }
}

function open(state: StartedAlignment, command: Of<'OpenFitness'>, now: number): FitnessEvent {
  if (state.fitness?.status === 'open') throw new DomainError('outdated', 'A check is open already. Close it first, or wait until it closes.');
  const asked = [...new Set(command.ask)];
  const elements = fitnessElements.filter((element) => command.elements.includes(element));
  const { anonymous, closesAt, keys } = command;
  if (asked.length === 0 || asked.length > mostAsked) throw new DomainError('unknown_target', `Name between 1 and ${mostAsked} people to ask.`);
  if (elements.length === 0 || closesAt <= now) throw new DomainError('unknown_target', 'A check needs something to ask about, and an end in the future.');
  if (anonymous && asked.length < fewestAnonymous)
    throw new DomainError('unknown_target', `Fewer than ${fewestAnonymous} people cannot answer anonymously. Name more, or ask by name.`);
  if (anonymous && new Set(keys).size !== asked.length) throw new DomainError('unknown_target', 'An anonymous check needs one token for each of those asked.');
  // Sorted, so that their order says nothing about who was given which.
  const handedOut = anonymous && keys ? { keys: keys.toSorted() } : {};
  return { type: 'FitnessOpened', at: now, by: command.by, act: command.act, anonymous, elements, asked, ...handedOut, ...readersOf(state), closesAt };
}

/** What comes out of a private conversation stays among those who lead it, also when people go back to the thread. */
function readersOf({ privately, conversation, requester, partners }: StartedAlignment): { readers?: readonly PersonId[] } {
  if (!privately && conversation.thread !== '') return {};
  return { readers: [...new Set([requester, ...partners.map(({ personId }) => personId)])] };
}

function answer(fitness: Fitness | undefined, command: Of<'AnswerFitness'>, now: number): FitnessEvent {
  if (!fitness?.asked.includes(command.by)) throw new DomainError('not_allowed', 'Only those who were asked can answer.');
  if (fitness.status !== 'open') throw new DomainError('not_open', 'This check is closed.');
  const { anonymous, openedAt } = fitness;
  const key = anonymous ? command.answer.key : command.by;
  if (anonymous && !fitness.keys?.includes(key)) throw new DomainError('unknown_target', 'This card is not from this check. Use the one that came with it.');
  const given: FitnessAnswer = { key, ratings: only(fitness, command.answer.ratings), notes: only(fitness, command.answer.notes) };
  if (Object.keys(given.ratings).length === 0) throw new DomainError('unknown_target', 'An answer rates at least one of the elements.');
  // The moment of an answer could tell whose it is.
  return { type: 'FitnessAnswered', at: anonymous ? openedAt : now, answer: given };
}

function only<T>({ elements }: Fitness, of: Readonly<Partial<Record<FitnessElement, T>>>): Partial<Record<FitnessElement, T>> {
  const kept: Partial<Record<FitnessElement, T>> = {};
  for (const element of elements) {
    const value = of[element];
    if (value !== undefined) kept[element] = value;
  }
  return kept;
}

function removed(fitness: Fitness, key: string, now: number): FitnessEvent[] {
  return fitness.answers.some((given) => given.key === key) ? [{ type: 'FitnessAnswerRemoved', at: now, key }] : [];
}

/** It stands in the brief: a signed one has to be signed anew. */
function noteAction(state: StartedAlignment, command: Of<'NoteAction'>, now: number): DomainEvent[] {
  const actions = state.fitness?.actions ?? [];
  const isNew = !actions.some(({ id }) => id === command.action.id);
  if (isNew && actions.length >= mostActions)
    throw new DomainError('unknown_target', `There are ${mostActions} actions already. Take one off the list that matters less.`);
  const by = { at: now, by: command.by };
  return [...reopenIfSigned(state, now, true), { type: 'ActionNoted', ...by, act: command.act, action: { ...command.action, ...by } }];
}

/** The state after one more event of the fitness check. */
export function evolveFitness(state: StartedAlignment, event: FitnessEvent): StartedAlignment {
  switch (event.type) {
    case 'FitnessOpened': {
      const { anonymous, elements, asked, keys, readers, closesAt, by, at } = event;
      // What was noted after an earlier check still has to change.
      const { actions, reviewer } = state.fitness ?? { actions: [], reviewer: undefined };
      const kept = { actions, ...(reviewer !== undefined && { reviewer }), ...(readers && { readers }) };
      const opened = { status: 'open', anonymous, elements, asked, ...(keys && { keys }), answers: [], openedBy: by, openedAt: at, closesAt } as const;
      return { ...state, fitness: { ...opened, ...kept } };
    }
    case 'FitnessAnswered':
      return changed(state, ({ answers }) => ({ answers: withAnswer(answers, event.answer) }));
    case 'FitnessAnswerRemoved':
      return changed(state, ({ answers }) => ({ answers: answers.filter(({ key }) => key !== event.key) }));
    case 'FitnessClosed':
      return endFitness(state);
    case 'ActionNoted': {
      const { action } = event;
      const known = (state.fitness?.actions ?? []).some(({ id }) => id === action.id);
      return changed(withFitness(state, event), ({ actions }) => ({
        actions: known ? actions.map((one) => (one.id === action.id ? action : one)) : [...actions, action],
      }));
    }
    case 'ActionRemoved':
      return changed(state, ({ actions }) => ({ actions: actions.filter(({ id }) => id !== event.id) }));
    case 'ReviewerChosen':
      return changed(withFitness(state, event), () => ({ reviewer: event.personId }));
    default:
      return event satisfies never;
  }
}

/** Nobody can answer any more: it was closed, or the alignment that it belongs to is over. */
export function endFitness<S extends { fitness?: Fitness }>(state: S): S {
  return state.fitness?.status === 'open' ? { ...state, fitness: { ...state.fitness, status: 'closed' } } : state;
}

function changed(state: StartedAlignment, change: (fitness: Fitness) => Partial<Fitness>): StartedAlignment {
  return state.fitness ? { ...state, fitness: { ...state.fitness, ...change(state.fitness) } } : state;
}

/** In the order of their keys, which says nothing about who answered first. */
function withAnswer(answers: readonly FitnessAnswer[], given: FitnessAnswer): FitnessAnswer[] {
  return [...answers.filter(({ key }) => key !== given.key), given].toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

/** Something was noted although nobody was asked: a check without elements. */
function withFitness(state: StartedAlignment, { by, at }: { by: string; at: number }): StartedAlignment {
  if (state.fitness) return state;
  const none = { status: 'closed', anonymous: false, elements: [], asked: [], answers: [], openedBy: by, openedAt: at, closesAt: at, actions: [] } as const;
  return { ...state, fitness: none };
}
