import type { StartedProgramme } from './programme-state.ts';

/**
 * Which version of the weekly call stands (SEQUENCE of RFC 5545): it grows whenever the call changes and once more at the end. The seconds of the programme's
 * life until then, so that nothing has to be counted.
 */
export function callVersion(state: StartedProgramme): number {
  const until = (at: number) => Math.ceil((at - state.startedAt) / 1000);
  const changed = until(state.rhythmSince);
  return state.status === 'ended' ? Math.max(until(state.endedAt), changed + 1) : changed;
}

/** Those who have the call in their calendar as it is no longer. */
export function outdatedCalendars(state: StartedProgramme): string[] {
  return Object.entries(state.calendars ?? {}).flatMap(([personId, version]) => (version < callVersion(state) ? [personId] : []));
}
