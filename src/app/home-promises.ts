import type { PersonId } from '../domain/conversation.ts';
import type { Promised } from '../domain/promise-state.ts';
import { noonOf, promisesOf } from '../domain/promises.ts';
import type { OwnPromise } from '../views/promise.ts';
import { personOf, type Turn } from './turn.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** What is settled stays in sight for so long, and what nobody confirmed is asked no longer. */
const staysFor = 14 * day;
const most = 10;

const order: readonly Promised['status'][] = ['asked', 'open', 'proposed', 'kept', 'let-go'];

/** What this person said they would do, from the alignments that were just looked through for their list of requests: what waits for them first. */
export async function promisesFor(turn: Turn, personId: PersonId): Promise<OwnPromise[]> {
  const { timeZone } = await personOf(turn, personId);
  const own = [...turn.alignments.values()].flatMap(({ state }) =>
    state.status === 'new' || state.conversation.channel !== turn.channel.name || state.conversation.tenant !== turn.tenant
      ? []
      : promisesOf(state, personId).map((promise) => ({ alignment: state.id, promise })),
  );
  return own
    .filter(({ promise }) => isInSight(promise, turn.now, timeZone))
    .toSorted(
      ({ promise: one }, { promise: other }) => order.indexOf(one.status) - order.indexOf(other.status) || (one.due ?? '9').localeCompare(other.due ?? '9'),
    )
    .slice(0, most);
}

function isInSight(promise: Promised, now: number, zone: string): boolean {
  if (promise.status === 'kept' || promise.status === 'let-go') return now - promise.settledAt < staysFor;
  if (promise.status !== 'proposed') return true;
  return promise.due === undefined ? now - promise.at < staysFor : now < noonOf(promise.due, zone) + 12 * hour;
}
