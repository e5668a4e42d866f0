import { afterEach, describe, expect, it } from '@jest/globals';
import { NotStoredError } from '../../../src/app/errors.ts';
import type { Form } from '../../../src/views/card.ts';
import { readPayload } from '../../fixtures/teams/read-payload.ts';
import { noConsent } from './graph-double.ts';
import { type Answered, dana, dealDesk, openWaysIn, tenant, tomas, type WaysIn } from './ways-in.ts';

let open: WaysIn;
afterEach(() => open.close());

type Loose = Record<string, unknown>;
type Action = { type: string; title: string; data: Loose };

const said = (value: string) => ({ task: { type: 'message', value } });

function shownIn({ json }: Answered): { title: string; text: string; button: Action } {
  const { value } = json['task'] as { value: { title: string; card: { content: { actions: Action[] } } } };
  const [button] = value.card.content.actions;
  if (!button) throw new Error('The dialog has no button.');
  return { title: value.title, text: JSON.stringify(value.card.content), button };
}

/** What is sent when the button of a dialog is pressed; `payload`: with the message that it was about. */
function sent(data: Loose, payload = true): Loose {
  const { value } = readPayload('invokes/message-action-submit') as { value: Loose };
  const { messagePayload, ...rest } = value;
  return { value: { ...rest, ...(payload && { messagePayload }), data } };
}

describe('"Start an alignment" on a message', () => {
  it('asks first, with what was said', async () => {
    open = await openWaysIn();
    const { title, text, button } = shownIn(await open.invoke('message-action-channel'));
    expect(title).toBe('startTitle');
    expect(text).toContain('startAbout');
    expect(text).toContain('negotiation training for the Berlin team');
    expect(button).toMatchObject({ type: 'Action.Submit', title: 'startButton', data: { action: 'start' } });
    expect(open.received).toEqual([]);
  });

  it('starts in the thread of that message, for its author', async () => {
    open = await openWaysIn();
    const { button } = shownIn(await open.invoke('message-action-channel'));
    expect((await open.invoke('message-action-submit', sent(button.data))).json).toEqual(said('started'));
    expect(open.received).toMatchObject([
      {
        type: 'CommandGiven',
        command: 'start',
        personId: dana,
        text: '',
        conversation: { channel: 'teams', tenant, place: dealDesk, thread: '1700000000000' },
        about: { messageId: '1700000000000', personId: tomas, text: expect.stringContaining('negotiation training') },
      },
    ]);
  });

  it('takes whoever used it on their own message for its author, also by their account', async () => {
    open = await openWaysIn();
    const { value } = readPayload('invokes/message-action-submit') as { value: Loose };
    const messagePayload = { ...(value['messagePayload'] as Loose), from: { user: { id: open.teams.person('dana').accountId } } };
    const { button } = shownIn(await open.invoke('message-action-channel', { value: { ...value, messagePayload } }));
    await open.invoke('message-action-submit', { value: { ...value, messagePayload, data: button.data } });
    expect(open.received).toMatchObject([{ personId: dana, about: { personId: dana } }]);
  });

  it('knows what it was about when the dialog comes back without it', async () => {
    open = await openWaysIn();
    const { button } = shownIn(await open.invoke('message-action-channel'));
    expect((await open.invoke('message-action-submit', sent(button.data, false))).json).toEqual(said('started'));
    expect(open.received).toMatchObject([{ about: { personId: tomas } }]);
  });

  it('does not take the words of a message from the dialog', async () => {
    open = await openWaysIn();
    const data = { action: 'start', value: { message: '1700000000009', text: 'We need golf lessons', personId: 'boss' } };
    expect((await open.invoke('message-action-submit', sent(data, false))).json).toEqual(said('notKept'));
    expect(open.received).toEqual([]);
  });

  it('started twice from one dialog is one deed', async () => {
    open = await openWaysIn();
    const { button } = shownIn(await open.invoke('message-action-channel'));
    await open.invoke('message-action-submit', sent(button.data));
    await open.invoke('message-action-submit', { id: 'f:second', ...sent(button.data) });
    const [first, second] = open.received.map(({ eventKey }) => eventKey);
    expect(second).toBe(first);
  });

  it('says what the app has to say, or that it could not be kept', async () => {
    open = await openWaysIn({ answer: { kind: 'notice', text: 'One is under way.' } });
    const { button } = shownIn(await open.invoke('message-action-channel'));
    expect((await open.invoke('message-action-submit', sent(button.data))).json).toEqual(said('One is under way.'));
    open.answers(() => Promise.reject(new NotStoredError()));
    expect((await open.invoke('message-action-submit', sent(button.data))).json).toEqual(said('notKept'));
  });

  it('learns how its thread is answered where Plumb is, though nothing was heard there', async () => {
    open = await openWaysIn();
    expect(await open.references.place(tenant, dealDesk)).toBeUndefined();
    await open.invoke('message-action-channel');
    expect(await open.references.place(tenant, dealDesk)).toMatchObject({ kind: 'channel', team: '19:bR4salesTEAM0generalCHANNELx1@thread.tacv2' });
  });

  it('learns of no place where Plumb is not', async () => {
    open = await openWaysIn();
    await open.invoke('message-action-group');
    expect(await open.references.places(tenant)).toEqual([]);
  });

  it('has nothing to start on where nobody said anything', async () => {
    open = await openWaysIn();
    const { value } = readPayload('invokes/message-action-channel') as { value: { messagePayload: Loose } };
    const messagePayload = { ...value.messagePayload, body: { contentType: 'html', content: '<img src="x">' } };
    expect((await open.invoke('message-action-channel', { value: { ...value, messagePayload } })).json).toEqual(said('nothingSaid'));
  });

  it.each(['message-action-group', 'message-action-two-people', 'message-action-meeting'])('offers to add Plumb where it is not: %s', async (name) => {
    open = await openWaysIn();
    const { text, button } = shownIn(await open.invoke(name));
    expect(text).toContain('notAdded');
    expect(button).toEqual({ type: 'Action.Submit', title: 'addHere', data: { msteams: { justInTimeInstall: true } } });
    expect(open.received).toEqual([]);
  });

  it.each([true, false])('asks as soon as Plumb was added, whether or not Teams tells the message again: %s', async (payload) => {
    open = await openWaysIn();
    const { button } = shownIn(await open.invoke('message-action-group'));
    const { value } = sent(button.data, payload);
    const { conversation } = readPayload('invokes/message-action-group') as { conversation: Loose };
    const asked = shownIn(await open.invoke('message-action-submit', { conversation, channelData: { tenant: { id: tenant } }, value }));
    expect(asked.text).toContain('startAbout');
    expect(asked.text).toContain('negotiation training');
  });

  it('goes on where Teams does not tell whether Plumb is there', async () => {
    open = await openWaysIn();
    open.teams.fault('member', { kind: 'documented', error: 'BadGateway' });
    expect(shownIn(await open.invoke('message-action-channel')).text).toContain('startAbout');
  });

  it.each([
    ['nothing', {}],
    ['what Plumb did not make', { value: { commandId: 'start', data: { driver: 'x' } } }],
    ['no value', { value: undefined }],
  ])('that brings back %s is answered calmly', async (_, change) => {
    open = await openWaysIn();
    expect(await open.invoke('message-action-submit', { value: { commandId: 'start' }, ...change })).toMatchObject({ status: 200, json: said('notKept') });
    expect(open.received).toEqual([]);
  });
});

describe('the words of the message', () => {
  const asked = { id: '1700000000000', by: tomas, text: 'what Tomás really asked for' };
  /** The dialog, and what comes of sending it. */
  async function use(change: Loose = {}): Promise<{ text: string; answer: () => Promise<Loose> }> {
    const { text, button } = shownIn(await open.invoke('message-action-channel', change));
    return { text, answer: async () => (await open.invoke('message-action-submit', sent(button.data))).json };
  }
  /** The message with something else in it, as somebody's client may tell it. */
  function forged(over: Loose): Loose {
    const { value } = readPayload('invokes/message-action-channel') as { value: { messagePayload: Loose } };
    return { value: { ...value, messagePayload: { ...value.messagePayload, ...over } } };
  }

  it('and its author are those that Teams keeps, whatever the client says, in the dialog and after it', async () => {
    open = await openWaysIn({ graph: true });
    open.kept(asked);
    const { text, answer } = await use();
    expect(text).toContain(asked.text);
    expect(text).not.toContain('negotiation training');
    expect(await answer()).toEqual(said('started'));
    expect(open.received).toMatchObject([{ conversation: { thread: asked.id }, about: { messageId: asked.id, personId: tomas, text: asked.text } }]);
  });

  it('are looked up in a thread too', async () => {
    open = await openWaysIn({ graph: true });
    open.kept({ ...asked, id: '1699999999000', text: 'the root' });
    open.kept({ ...asked, root: '1699999999000' });
    const { answer } = await use({ ...forged({ replyToId: '1699999999000' }), conversation: { conversationType: 'channel', id: dealDesk, tenantId: tenant } });
    await answer();
    expect(open.received).toMatchObject([{ conversation: { thread: '1699999999000' }, about: { text: asked.text } }]);
  });

  it('are looked up again where the dialog was shown by another Plumb', async () => {
    open = await openWaysIn({ graph: true });
    open.kept(asked);
    const data = { action: 'start', value: { message: asked.id, dialog: 'one' } };
    expect((await open.invoke('message-action-submit', sent(data))).json).toEqual(said('started'));
    expect(open.received).toMatchObject([{ about: { text: asked.text } }]);
  });

  it("are nobody's where Teams keeps no such message", async () => {
    open = await openWaysIn({ graph: true });
    expect((await open.invoke('message-action-channel')).json).toEqual(said('nothingSaid'));
    const data = { action: 'start', value: { message: asked.id, dialog: 'one' } };
    expect((await open.invoke('message-action-submit', sent(data))).json).toEqual(said('notKept'));
    expect(open.received).toEqual([]);
  });

  it('are not shown to somebody who is not where it stands', async () => {
    open = await openWaysIn({ graph: true });
    open.kept(asked);
    const from = { id: '29:1a-stranger', aadObjectId: 'd0000000-1111-4222-8333-444444449999', name: 'Stranger' };
    const offered = await open.invoke('message-action-channel', { from });
    expect(JSON.stringify(offered.json)).not.toContain(asked.text);
    // As if Plumb had been added since.
    const { text } = shownIn(await open.invoke('message-action-submit', { from, ...sent({ msteams: { justInTimeInstall: true } }, false) }));
    expect(text).toContain('negotiation training');
    expect(text).not.toContain(asked.text);
  });

  it.each(['no consent', 'no answer'])('are those of the client where Graph gives %s', async (what) => {
    open = await openWaysIn({ graph: true });
    open.kept(asked);
    open.graph?.fault(what === 'no consent' ? noConsent : 'hang');
    const { text, answer } = await use();
    expect(text).toContain('negotiation training');
    expect(await answer()).toEqual(said('started'));
    // It was asked once, and is not asked again a moment later.
    expect(open.graph?.calls).toHaveLength(1);
  });
});

describe('the action on no message', () => {
  const form: Form = {
    id: 'start',
    title: 'Start',
    submitLabel: 'Start',
    submit: 'submit-start',
    value: {},
    blocks: [{ type: 'input', id: 'request', label: 'What?', kind: 'text' }],
  };

  it('opens the form with everything, and takes it', async () => {
    open = await openWaysIn({
      answer: async (event) => (event.type === 'FormRequested' ? { kind: 'form', form } : { kind: 'notice', text: 'Started there.' }),
    });
    const { title, button } = shownIn(await open.invoke('compose-action'));
    expect(title).toBe('Start');
    expect((await open.invoke('message-action-submit', sent({ ...button.data, request: 'A course' }, false))).json).toEqual(said('Started there.'));
    expect(open.received).toMatchObject([
      { type: 'FormRequested', action: 'start-in-form', value: {} },
      { type: 'FormSubmitted', submit: 'submit-start', inputs: { request: 'A course' } },
    ]);
  });
});
