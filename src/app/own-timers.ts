import { type AlignmentTimer, alignmentTimers } from '../domain/alignment-timers.ts';
import { nextAllowed } from '../domain/calendar.ts';
import { participants } from '../domain/participants.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Commit } from './store.ts';
import { personOf, type Turn, type WorkingAlignment } from './turn.ts';

/** When an alignment is to be woken. What is late, because Plumb was stopped or busy, waits for working hours like everything else. */
export async function timersOf(turn: Turn, { ref, state }: WorkingAlignment): Promise<Commit['timers'][number][]> {
  if (state.status === 'new') return [];
  const timers = await ownTimers(turn, state);
  return timers.map(({ key, dueAt, zone }) => ({ aggregate: ref, key, dueAt: laterIn(turn, zone, dueAt), conversation: state.conversation }));
}

/** Whether what this timer is for has to wait, because it would reach somebody at night or on a weekend. */
export async function comesAtNight(turn: Turn, state: StartedAlignment, key: string): Promise<boolean> {
  const timer = (await ownTimers(turn, state)).find((one) => one.key === key);
  return timer?.zone !== undefined && nextAllowed(turn.now, timer.zone, turn.settings.quietHours) > turn.now;
}

async function ownTimers(turn: Turn, state: StartedAlignment): Promise<AlignmentTimer[]> {
  const zones = new Map<string, string>();
  for (const personId of participants(state)) zones.set(personId, (await personOf(turn, personId)).timeZone);
  return alignmentTimers(state, (personId) => zones.get(personId) ?? 'UTC', turn.settings.quietHours, turn.settings.midAnswerMs);
}

function laterIn(turn: Turn, zone: string | undefined, dueAt: number): number {
  return zone === undefined || dueAt > turn.now ? dueAt : nextAllowed(turn.now, zone, turn.settings.quietHours);
}
