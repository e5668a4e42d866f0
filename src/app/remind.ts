import { delegationOf, openPointOf, signerOf } from '../domain/alignment-timers.ts';
import type { Command } from '../domain/command.ts';
import { promiseOfTimer } from '../domain/promises.ts';

/** What an alignment's timer asks of it; undefined for the coach's, who looks again at whatever a turn is about, and for a key that no version of Plumb knows any more. */
export function remind(key: string): Command | undefined {
  if (key === 'quiet') return { type: 'RemindOfQuiet' };
  if (key === 'fitness') return { type: 'FitnessDue' };
  if (key === 'suggestion') return { type: 'ExpireSuggestion' };
  const promise = promiseOfTimer(key);
  if (promise !== undefined) return { type: 'PromiseDue', id: promise };
  const point = openPointOf(key);
  if (point) return { type: 'OpenPointDue', point };
  const signer = signerOf(key);
  if (signer !== undefined) return { type: 'RemindSigner', personId: signer };
  const questionId = delegationOf(key);
  return questionId && { type: 'LapseDelegation', questionId };
}
