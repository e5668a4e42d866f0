import type { Act } from './state.ts';

// A conversation has far fewer acts in flight at once; more would only make every snapshot longer.
export const actsRemembered = 100;

/** What somebody did, remembered as what undo takes back; one message or press counts once, whatever came of it. */
export function rememberAct(acts: readonly Act[], { act, by }: Act): readonly Act[] {
  return acts.at(-1)?.act === act ? acts : [...acts, { act, by }].slice(-actsRemembered);
}
