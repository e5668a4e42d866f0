import type { Tx } from './database.ts';
import { freeDestinations, lockDestinations } from './destinations.ts';

/** A message that was taken waits again, until `dueAt` (epoch milliseconds); what stands behind it goes on. */
export async function postponeMessage(tx: Tx, rowId: string, dueAt: number): Promise<void> {
  const found = await tx.selectFrom('outbox').select(['seq', 'destination']).where('id', '=', rowId).where('status', '=', 'waiting').executeTakeFirst();
  if (!found) return;
  await lockDestinations(tx, [found.destination]);
  await tx.updateTable('outbox').set({ due_at: dueAt, lease_until: 0, sending_at: null }).where('seq', '=', found.seq).execute();
  await freeDestinations(tx, [found.destination]);
}
