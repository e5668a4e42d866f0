import type { PersonId } from '../domain/conversation.ts';
import { everybodyIn } from '../domain/programme-pace.ts';
import { roundsOf } from '../domain/rounds.ts';
import { commandPerson, commandProgramme, workingPerson } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { tookPart } from './leads.ts';
import { settleChats } from './settle.ts';
import { changedAmong, command, type Turn, type WorkingProgramme, workOnAlignment } from './turn.ts';

/** What follows for every programme that ended in this turn. */
export async function settleEnds(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  for (const programme of changedAmong(turn.programmes)) {
    if (programme.events.some((event) => event.type === 'ProgrammeEnded')) await settleEnd(dependencies, turn, programme);
  }
}

/**
 * What follows from the end of a programme, however it came about: nobody is asked about it each week any more, the alignment is closed with it, and everybody
 * who took part is asked what it was worth, unless nobody was asked before a call and no figure came.
 */
async function settleEnd(dependencies: HandleDependencies, turn: Turn, programme: WorkingProgramme): Promise<void> {
  const { state, ref } = programme;
  if (state.status !== 'ended') return;
  const asked: PersonId[] = roundsOf(state, 0, turn.now).calls === 0 && state.readings.length === 0 ? [] : await tookPart(dependencies, turn, state);
  for (const personId of everybodyIn(state.content)) {
    const person = await workingPerson(dependencies, turn, personId);
    commandPerson(person, { type: 'EndParticipation', programmeId: ref.id, reason: 'programme-ended' }, turn.now);
  }
  commandProgramme(programme, { type: 'AskWorth', people: asked }, turn.now);
  const alignment = await workOnAlignment(turn, dependencies.store, ref.id);
  command(alignment, { type: 'FinishAlignment', ...(state.reason === 'stopped' && { stopped: true }) }, turn.now);
  await settleChats(dependencies.store, turn, alignment);
}
