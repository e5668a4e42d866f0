import { type LessonChange, lessonsFrom } from '../domain/lessons.ts';
import { participants } from '../domain/participants.ts';
import { showPressedCards } from './card-now.ts';
import { coach } from './coach.ts';
import { settleEnds } from './end-programme.ts';
import { ConflictError } from './errors.ts';
import { follow, followChanges } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { hearPromises } from './hear-promises.ts';
import { noteNobodyAsked } from './nobody-asked.ts';
import { timersOf } from './own-timers.ts';
import { settle } from './settle.ts';
import { speak } from './speak.ts';
import { noteAsked } from './standings.ts';
import type { Commit } from './store.ts';
import { keepFits } from './strategy-on-file.ts';
import { takeRows } from './take-rows.ts';
import { textIdsIn } from './text-ids.ts';
import { beginTurn, changeOf, type Summary, type Turn, type WorkingAlignment, writtenAmong } from './turn.ts';
import type { Handle } from './work-through.ts';

// Two writers meet when somebody presses a button in a private chat while the thread is handled; losing three times in a row is no accident.
const tries = 3;

/**
 * What the waiting rows of one stream cause: each is read and decided in order, then everything that follows from it is committed at once. The
 * language is asked outside of the transaction; a commit that loses against another writer is worked out anew.
 */
export function createHandle(dependencies: HandleDependencies): Handle {
  return async function handle(leased) {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const turn = await beginTurn(dependencies, leased);
      await takeRows(dependencies, turn);
      if (turn.removed) return { responses: turn.responses };
      await coach(dependencies, turn);
      await settle(dependencies, turn);
      await keepFits(dependencies, turn);
      await follow(dependencies, turn);
      await noteAsked(dependencies, turn);
      await noteNobodyAsked(dependencies, turn);
      await settleEnds(dependencies, turn);
      await hearPromises(dependencies, turn);
      await speak(dependencies, turn);
      await showPressedCards(dependencies, turn);
      if ((await dependencies.store.commit(await commitOf(turn))) === 'committed') return { responses: turn.responses };
    }
    throw new ConflictError();
  };
}

async function commitOf(turn: Turn): Promise<Commit> {
  const alignments = writtenAmong(turn.alignments);
  const followed = followChanges(turn);
  const aggregates = [...alignments.map((alignment) => changeOf(turn, alignment, summaryOf(alignment))), ...followed.aggregates];
  const kept = textIdsIn(aggregates.map((change) => change.events));
  return {
    lease: turn.leased,
    aggregates,
    texts: [...turn.texts.values()].filter((row) => kept.has(row.textId)),
    eraseTexts: [...turn.eraseTexts],
    outbox: turn.outbox,
    kept: turn.kept,
    timers: [...(await Promise.all(alignments.map((alignment) => timersOf(turn, alignment)))).flat(), ...followed.timers],
    conversations: turn.conversations,
    done: turn.leased.rows.map((row) => row.id),
    nameless: [...turn.nameless],
    ...(turn.forgotten && { forgotten: turn.forgotten }),
    habits: turn.habits.map((habit) => ({ tenant: turn.tenant, ...habit })),
    usage: turn.usage.map((counted) => ({ tenant: turn.tenant, ...counted })),
    lessons: [...turn.lessons, ...alignments.flatMap(taughtBy)].map((change) => ({ tenant: turn.tenant, ...change })),
  };
}

function taughtBy({ state, events }: WorkingAlignment): LessonChange[] {
  return state.status === 'new' ? [] : lessonsFrom(state, events);
}

function summaryOf({ state }: WorkingAlignment): Summary {
  if (state.status === 'new') return { status: state.status, people: [] };
  return { status: state.status, people: participants(state), place: state.conversation.place };
}
