import { describe, expect, it } from '@jest/globals';

type Message = { id: string; place: string; thread: string; at: number; app: boolean; card?: unknown };
type Page = { olderCards(messages: Iterable<Message>): Map<string, Set<string>> };
// The page is JavaScript for browsers; this part of it needs none.
const page: Page = await import(String(new URL('../../../../src/channels/room/page/older-cards.js', import.meta.url)));

let count = 0;
function card(id: string, actions: readonly string[], more: Partial<Message> & { alignment?: string } = {}): Message {
  count += 1;
  const { alignment = 'a1', ...rest } = more;
  const buttons = actions.map((action) => ({ type: 'Action.Submit', data: { action, value: { alignment } } }));
  return { id, place: 'sales-leaders', thread: 't1', at: count, app: true, card: { actions: buttons }, ...rest };
}
const question = ['answer-in-form', 'skip', 'dont-know', 'why'];
const past = (...messages: Message[]) => [...page.olderCards(messages)].map(([id, actions]) => [id, [...actions]] as const);
const folded = (...messages: Message[]) => past(...messages).map(([id]) => id);

describe('older cards', () => {
  it('of a conversation are all cards that put a step before the newest one', () => {
    expect(folded(card('intake', ['answer-in-form', 'later']), card('first', question), card('second', question)).sort()).toEqual(['first', 'intake']);
  });

  it('are told by time, whatever the order of arrival', () => {
    const first = card('first', question);
    expect(folded(card('second', question), first)).toEqual(['first']);
  });

  it('are never superseded by what only tells something', () => {
    expect(folded(card('question', question), card('told', []), { ...card('person', []), app: false })).toEqual([]);
  });

  it('are those before a step, not those before a pause or a reminder', () => {
    const [asked, paused, reminded] = [card('asked', question), card('paused', ['resume']), card('reminded', ['answer-in-form', 'later'])];
    expect(folded(asked, paused, reminded)).toEqual([]);
    expect(folded(asked, paused, reminded, card('next', question)).sort()).toEqual(['asked', 'paused', 'reminded']);
  });

  it('are those before the signed brief, which asks nothing any more', () => {
    expect(folded(card('last', question), card('brief', ['change-something', 'export-word', 'who-said-this']), card('told', []))).toEqual(['last']);
  });

  it('keep what waits for somebody else', () => {
    const waiting = [
      card('delegated', ['dont-know', 'why']),
      card('draft', ['looks-right', 'change-something']),
      card('introduction', ['accept-introduction', 'decline-introduction']),
      card('nudge', ['nudge-on-track', 'nudge-snooze']),
      card('suggestion', ['start', 'not-a-request']),
    ];
    const hidden = past(...waiting, card('newest', question));
    expect(hidden.flatMap(([, actions]) => actions)).not.toContain('looks-right');
    expect(hidden.map(([id]) => id)).toEqual(['draft']);
  });

  it('still offer the request to a partner until one has taken it', () => {
    const intake = card('intake', ['answer-in-form', 'claim']);
    const next = card('next', question);
    expect(page.olderCards([intake, next]).get('intake')?.has('claim')).toBe(false);
    expect(
      page
        .olderCards([intake, next, card('claimed', ['hand-over', 'give-back'])])
        .get('intake')
        ?.has('claim'),
    ).toBe(true);
  });

  it('are those of the same thread, and in a private chat those about the same alignment', () => {
    expect(folded(card('here', question), card('there', question, { thread: 't2' }))).toEqual([]);
    const direct = { place: 'dm:dana', thread: '' };
    const [one, two] = [card('one', question, { ...direct, alignment: 'a1' }), card('two', question, { ...direct, alignment: 'a2' })];
    expect(folded(one, two)).toEqual([]);
    expect(folded(one, two, card('three', question, { ...direct, alignment: 'a1' }))).toEqual(['one']);
  });

  it('count actions in the body of a card too', () => {
    const { card: inner, ...rest } = card('long', question);
    expect(folded({ ...rest, card: { body: [{ type: 'ActionSet', ...Object(inner) }] } }, card('newest', question))).toEqual(['long']);
  });
});
