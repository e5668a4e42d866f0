import type { OutboundMessage } from './ports.ts';
import type { Store } from './store.ts';

/** A post that carries a thread: the platform has just named that thread (by the post's own id), so what is to begin in it can begin. */
export async function openThread(store: Pick<Store, 'inbox'>, { to, opens }: OutboundMessage, platformId: string, now: number): Promise<void> {
  if (!opens || to.kind !== 'conversation') return;
  const conversation = { ...to.conversation, thread: platformId };
  await store.inbox.add({ event: { type: 'CommandGiven', command: 'start', conversation, at: now, ...opens }, readyAt: now });
}
