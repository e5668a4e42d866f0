import { afterEach, describe, expect, it } from '@jest/globals';
import { NotStoredError } from '../../../src/app/errors.ts';
import { dana, openWaysIn, saidTo, tenant, type WaysIn } from './ways-in.ts';

let open: WaysIn;
afterEach(() => open.close());

const data = { action: 'later', value: { alignment: 'al_1' }, note: 'after Easter' };
/** What a client sends that knows Action.Submit alone; recorded but for its kind, name and value. */
const pressed = (value: unknown, more: Record<string, unknown> = {}) => open.invoke('card-action', { type: 'message', name: undefined, value, ...more });

describe('a press that comes as a message', () => {
  it('is a press, on the post that it names', async () => {
    open = await openWaysIn();
    expect((await pressed(data)).status).toBe(200);
    const event = { type: 'ActionTaken', action: 'later', value: { alignment: 'al_1' }, inputs: { note: 'after Easter' }, postId: '1700000000001' };
    expect(open.received).toMatchObject([{ ...event, personId: dana, conversation: { tenant, thread: '1700000000000' } }]);
  });

  it('is told apart from the next, and recognised when it comes again', async () => {
    open = await openWaysIn();
    for (const id of ['1', '1', '2']) await pressed(data, { id });
    const [first, again, next] = open.received.map(({ eventKey }) => eventKey);
    expect(again).toBe(first);
    expect(next).not.toBe(first);
  });

  it('is answered privately, and not where others read it', async () => {
    open = await openWaysIn({ answer: { kind: 'notice', text: 'Noted for later.' } });
    await pressed(data);
    expect(saidTo(open, dana)).toContain('Noted for later.');
    expect(open.teams.callsTo('post')).toHaveLength(1);
  });

  it('shows a form as a card, and takes it', async () => {
    const blocks = [{ type: 'input' as const, id: 'owner', label: 'Owner', kind: 'text' as const }];
    const form = { id: 'f', title: 'Answers', submitLabel: 'Save answers', submit: 'submit-answers', value: { alignment: 'al_1' }, blocks };
    open = await openWaysIn({ answer: { kind: 'form', form } });
    await pressed({ action: 'answer-in-form', value: { alignment: 'al_1' }, form: true });
    const shown = open.teams.chatWithBot(dana).at(-1);
    expect(shown?.buttons.map(({ title }) => title)).toEqual(['Save answers']);
    await pressed({ action: 'submit-answers', value: { alignment: 'al_1' }, opened: { action: 'answer-in-form', value: {} }, owner: 'Tomás' });
    expect(open.received).toMatchObject([
      { type: 'FormRequested', action: 'answer-in-form' },
      { type: 'FormSubmitted', submit: 'submit-answers', value: { alignment: 'al_1' }, inputs: { owner: 'Tomás' } },
    ]);
  });

  it('that could not be kept is sent again', async () => {
    open = await openWaysIn({ answer: () => Promise.reject(new NotStoredError()) });
    expect((await pressed(data)).status).toBe(503);
  });

  it.each([{ other: 'card' }, 'a value', 7, null, []])('is none where the value is another: %j', async (value) => {
    open = await openWaysIn();
    expect((await pressed(value, { text: 'hello everybody' })).status).toBe(200);
    expect(open.received).toEqual([]);
  });
});
