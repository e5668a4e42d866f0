import { describe, expect, it } from '@jest/globals';
import { conversationKey } from '../../src/domain/conversation.ts';
import { alignmentChange, change, NOW, said, thread } from './kit.ts';
import type { Open } from './on-both.ts';

const DAY = 86_400_000;

/** What is over is erased when its time has come, and nothing else. */
export function retentionBehaviour(open: Open): void {
  describe('what is over', () => {
    it('is erased after its last activity, with everything that is kept of it; what runs stays for ever', async () => {
      const { store, run } = await open();
      for (const [id, status] of [
        ['old', 'closed'],
        ['running', 'aligned'],
        ['fresh', 'withdrawn'],
      ] as const) {
        const conversation = thread(id);
        const [ref, loose] = [`room/acme/sales/${id}`, `said in ${id}`];
        const quote = { textId: ref, start: 0, end: 4 };
        const text = (textId: string) => ({ textId, messageRef: textId, author: 'ann', body: `words of ${id}`, at: NOW });
        const at = status === 'withdrawn' ? NOW + 20 * DAY : NOW;
        const summary = { status, people: ['ann'], place: 'sales', updatedAt: at };
        const programme = { kind: 'programme' as const, id };
        const state = { snapshot: { id, conversation, request: quote }, events: [{ type: 'Opened', at, request: quote, name: `name in ${id}` }] };
        await store.commit(
          change({
            aggregates: [
              alignmentChange(id, 0, { ...state, summary }),
              alignmentChange(id, 0, { ref: programme, snapshot: { content: { conversation, managers: ['ann'] } }, summary: { ...summary, status: 'ended' } }),
            ],
            texts: [text(ref), text(loose)],
            outbox: [said(`o-${id}`, id, { post: `${id}:brief:1`, quotes: [ref] })],
            conversations: [{ conversation, stream: conversationKey(conversation), aggregate: { kind: 'alignment', id } }],
          }),
        );
        // As the message told it came from.
        await run(`update texts set conversation = '${conversationKey(conversation)}' where body = 'words of ${id}'`);
        await store.outbox.delivered(`o-${id}`, { platformId: `post of ${id}`, at: NOW });
        await store.room.save(`o-${id}`, { platformId: `post of ${id}`, conversation, at: NOW, card: `card of ${id}`, audience: 'thread' });
      }
      const found = async (word: string) => {
        const tables = ['aggregates', 'events', 'participants', 'texts', 'posts', 'quotes', 'outbox', 'conversations', 'room_posts'];
        const rows = await Promise.all(tables.map((table) => run(`select * from ${table}`)));
        return tables.filter((_, at) => JSON.stringify(rows[at]).includes(word));
      };
      const everywhere = await found('old');
      expect(everywhere).toEqual(['aggregates', 'events', 'participants', 'texts', 'posts', 'quotes', 'outbox', 'conversations', 'room_posts']);
      await store.housekeep(NOW + 29 * DAY, 30);
      expect(await found('old')).toEqual(everywhere.filter((table) => table !== 'outbox'));
      await store.housekeep(NOW + 31 * DAY);
      expect(await found('words of old')).toEqual(['texts']);
      await store.housekeep(NOW + 33 * DAY, 30);
      expect(await found('old')).toEqual([]);
      expect(await store.retention.over('acme')).toEqual([NOW + 20 * DAY]);
      for (const id of ['running', 'fresh']) expect((await store.aggregates.load({ kind: 'alignment', id }))?.version).toBe(1);
      await store.settings.change('acme', (current) => ({ ...current, retentionDays: 90 }));
      await store.housekeep(NOW + 80 * DAY);
      expect(await found('words of fresh')).toEqual(['texts']);
      await store.housekeep(NOW + 5_000 * DAY);
      expect([await found('fresh'), await found('words of running')]).toEqual([[], ['texts']]);
    });

    it('leaves words that another request still needs, and what others say in a chat without threads', async () => {
      const { store } = await open();
      const chat = thread('', 'dm:ann');
      const quote = { textId: 'shared', start: 0, end: 4 };
      const text = (textId: string) => ({ textId, messageRef: textId, author: 'ann', body: textId, at: NOW });
      const closed = { status: 'closed', people: ['ann'], updatedAt: NOW };
      const snapshot = { conversation: chat, request: quote, others: [{ startedAs: 'other' }], note: { ...quote, textId: 'own' } };
      await store.commit(
        change({
          aggregates: [
            alignmentChange('first', 0, { snapshot, summary: closed }),
            alignmentChange('other', 0, { snapshot: { conversation: thread('t2'), splitFrom: 'first', request: quote } }),
          ],
          texts: [text('shared'), text('own'), text('later')],
          conversations: [{ conversation: chat, stream: 's', aggregate: { kind: 'alignment', id: 'other' } }],
        }),
      );
      await store.housekeep(NOW + 31 * DAY, 30);
      expect(await store.aggregates.load({ kind: 'alignment', id: 'first' })).toBeUndefined();
      expect([...(await store.texts.load(['shared', 'own', 'later'])).keys()].sort()).toEqual(['later', 'shared']);
      expect(await store.aggregates.of(chat)).toEqual({ kind: 'alignment', id: 'other' });
    });
  });
}
