import { openThread } from './open-thread.ts';
import type { Clock, Intake } from './ports.ts';
import type { Store } from './store.ts';

/** What follows when the platform shows a message of Plumb's: the same as when its send ends well, because the process that sent it may be gone. */
export function createSeen({ store, clock }: { store: Pick<Store, 'inbox' | 'outbox'>; clock: Clock }): Intake['seen'] {
  return async function seen(outboxId, platformId) {
    const message = await store.outbox.waiting(outboxId);
    if (!message) return;
    // First, because what is delivered is forgotten; a repeat is recognised by its key.
    await openThread(store, message, platformId, clock.now());
    await store.outbox.delivered(outboxId, { platformId, at: clock.now() });
  };
}
