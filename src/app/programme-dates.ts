import { DateTime } from 'luxon';
import type { Quote } from '../domain/conversation.ts';
import type { ProgrammePilot } from '../domain/programme-event.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

/** The last day counts until its afternoon, where the call takes place. */
const endHour = 17;
const longestWords = 200;

/** The afternoon of a local day (YYYY-MM-DD) in epoch milliseconds; undefined where it is none. */
export function endOfDay(day: string, zone: string): number | undefined {
  const local = /^\d{4}-\d{2}-\d{2}$/.test(day) ? DateTime.fromISO(day, { zone }) : undefined;
  return local?.isValid ? local.set({ hour: endHour }).toMillis() : undefined;
}

/** Until when it is to run where the brief's deadline names a day, in the zone of whoever asked. */
export async function deadlineOf(dependencies: HandleDependencies, turn: Turn, state: StartedAlignment, zone: string): Promise<{ endsAt?: number }> {
  const { deadline } = state.understood;
  const { at } = state.restated?.findLast(({ part }) => part === 'deadline') ?? { at: state.openedAt };
  const endsAt = deadline && (await dayMeant(dependencies, turn, deadline, { at, zone }));
  return endsAt === undefined ? {} : { endsAt };
}

/** The first group that is agreed, with the day on which it is through, where its words name one. */
export async function pilotIn(dependencies: HandleDependencies, turn: Turn, state: StartedAlignment, zone: string): Promise<{ pilot?: ProgrammePilot }> {
  const agreed = state.coaching?.pilot;
  if (agreed?.status !== 'agreed') return {};
  const { group, outcome, until, at } = agreed;
  const endsAt = until && (await dayMeant(dependencies, turn, until, { at, zone }));
  return { pilot: { group, ...(outcome && { outcome }), ...(until && { until }), ...(endsAt !== undefined && { endsAt }) } };
}

async function dayMeant(dependencies: HandleDependencies, turn: Turn, quote: Quote, { at, zone }: { at: number; zone: string }): Promise<number | undefined> {
  const words = (await contextFor(dependencies, turn, { refersTo: quote, people: [] })).quote(quote)?.trim() ?? '';
  // A whole story names days that are no end.
  if (words === '' || words.length > longestWords) return undefined;
  const day = dependencies.language.readDay(words.replace(/^(?:by|before|until|till|on)\s+/iu, ''), { at, timeZone: zone });
  return day === undefined ? undefined : endOfDay(day, zone);
}
