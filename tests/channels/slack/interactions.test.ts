import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConflictError, NotStoredError } from '../../../src/app/errors.ts';
import type { InteractionResponse } from '../../../src/app/ports.ts';
import { createRuntime, type Runtime } from '../../../src/app/runtime.ts';
import type { Store } from '../../../src/app/store.ts';
import { readSubmission } from '../../../src/channels/slack/block-kit/read-submission.ts';
import { toHome } from '../../../src/channels/slack/block-kit/to-home.ts';
import { toMessage } from '../../../src/channels/slack/block-kit/to-message.ts';
import { toModal } from '../../../src/channels/slack/block-kit/to-modal.ts';
import type { Card, Form } from '../../../src/views/card.ts';
import { change, createCounter, createLog, openTestStore } from '../../app/kit.ts';
import { answering, openWaysIn, type WaysIn, words } from './ways-in.ts';

let open: WaysIn;
afterEach(() => open.close());

const ts = '1700000000.000100';
const card: Card = {
  summary: 'A request',
  blocks: [{ type: 'text', text: 'A request' }],
  actions: [
    { action: 'later', label: 'Later', value: { alignment: 'a1' } },
    { action: 'answer-in-form', label: 'Answer in a form', value: { alignment: 'a1' }, form: true },
    { action: 'not-a-request', label: 'Not a request', value: { alignment: 'a1' } },
  ],
};
const form: Form = {
  id: 'answers',
  title: 'Answers',
  submitLabel: 'Send',
  submit: 'submit-answers',
  value: { alignment: 'a1' },
  blocks: [{ type: 'input', id: 'owner', label: 'Owner', kind: 'text' }],
};

type Loose = Record<string, unknown>;
/** The button of a card that has this label, as Slack gives it back. */
function buttonOf(label: string, blocks: readonly unknown[] = toMessage(card, { words }).blocks): unknown {
  const buttons = (blocks as Loose[]).flatMap((block) => [...((block['elements'] as unknown[]) ?? []), block['accessory']]);
  return buttons.find((button) => JSON.stringify(button ?? null).includes(`"text":"${label}"`));
}
const onMessage = (label: string, more: Loose = {}): Loose => ({
  type: 'block_actions',
  actions: [buttonOf(label)],
  channel: { id: 'C1', name: 'sales' },
  message: { ts: '1700000001.000200', thread_ts: ts },
  container: { type: 'message', message_ts: '1700000001.000200', channel_id: 'C1', thread_ts: ts },
  response_url: open.responseUrl,
  ...more,
});
const inHome = (label: string): Loose => ({
  type: 'block_actions',
  actions: [buttonOf(label, toHome(card, { words }).blocks)],
  view: { id: 'VHOME', type: 'home', private_metadata: '' },
  container: { type: 'view', view_id: 'VHOME' },
});

describe('a press', () => {
  it('belongs to the thread of the message that it stands in', async () => {
    open = await openWaysIn();
    expect(await open.interact(onMessage('Later'))).toEqual({ status: 200, body: '' });
    expect(open.received).toEqual([
      {
        type: 'ActionTaken',
        eventKey: expect.any(String),
        conversation: { channel: 'slack', tenant: 'T1', place: 'C1', thread: ts },
        personId: 'U1',
        at: 1_700_000_000_000,
        postId: '1700000001.000200',
        action: 'later',
        value: { alignment: 'a1' },
        inputs: {},
      },
    ]);
  });

  it('in a 1:1 chat belongs to that chat, whatever thread it stands in', async () => {
    open = await openWaysIn();
    await open.interact(onMessage('Later', { channel: { id: 'D1' } }));
    expect(open.received).toMatchObject([{ conversation: { place: 'D1', thread: '' }, postId: 'D1:1700000001.000200' }]);
  });

  it('is acknowledged while handling it is slow, and answered to that person alone when it is done', async () => {
    const { promise: slow, resolve: finish } = Promise.withResolvers<InteractionResponse>();
    open = await openWaysIn({
      intake: {
        interact(_, onStored) {
          onStored?.();
          return slow;
        },
      },
    });
    expect((await open.interact(onMessage('Later'))).status).toBe(200);
    expect(open.calls).toEqual([]);
    finish({ kind: 'notice', text: 'Paused <until> tomorrow.' });
    const { args } = await open.called('response_url');
    expect(args).toMatchObject({ response_type: 'ephemeral', replace_original: false, thread_ts: ts });
    expect(args['text']).toContain('Paused &lt;until&gt; tomorrow.');
  });

  it('that could not be kept is acknowledged, and the person is told', async () => {
    open = await openWaysIn({ intake: { interact: () => Promise.reject(new NotStoredError()) } });
    expect((await open.interact(onMessage('Later'))).status).toBe(200);
    expect((await open.called('response_url')).args['text']).toBe('notKept');
  });

  it('is answered beside it where Slack no longer takes an answer at its address', async () => {
    open = await openWaysIn({ intake: answering({ kind: 'notice', text: 'Done.' }) });
    await open.interact(onMessage('Later', { response_url: undefined }));
    expect((await open.called('chat.postEphemeral')).args).toMatchObject({ channel: 'C1', user: 'U1', thread_ts: ts, text: 'Done.' });
  });

  it('is not answered in words that its card says a moment later', async () => {
    const answers: InteractionResponse[] = [
      { kind: 'notice', text: 'Thank you.', alsoOn: 'card' },
      { kind: 'notice', text: 'Done.' },
    ];
    open = await openWaysIn({ intake: { interact: async () => answers.shift() ?? { kind: 'nothing' } } });
    await open.interact(onMessage('Later'));
    await open.interact(onMessage('Later'));
    expect((await open.called('response_url')).args['text']).toBe('Done.');
  });

  it('on a private suggestion takes the suggestion away', async () => {
    open = await openWaysIn({ intake: answering({ kind: 'notice', text: 'Understood.' }) });
    const container = { type: 'message', message_ts: ts, channel_id: 'C1', is_ephemeral: true };
    await open.interact(onMessage('Not a request', { message: undefined, container }));
    expect((await open.called('response_url')).args).toEqual({ delete_original: true });
    expect((await open.called('response_url', 2)).args).toMatchObject({ response_type: 'ephemeral', text: 'Understood.' });
    expect(open.received).toMatchObject([{ conversation: { place: 'C1', thread: '' } }]);
  });

  it('for a file is answered in the 1:1 chat, as text where files cannot be sent', async () => {
    open = await openWaysIn({
      intake: answering({ kind: 'file', name: 'brief.md', mediaType: 'text/markdown', content: '# Brief\n\nThe outcome' }),
      slack: { 'files.getUploadURLExternal': 'missing_scope' },
    });
    await open.interact(onMessage('Later'));
    const { args } = await open.called('chat.postMessage');
    expect(args['channel']).toBe('D1');
    expect(JSON.stringify(args['blocks'])).toContain('The outcome');
  });

  it('that opens a form opens a modal before anything slow is done, and fills it', async () => {
    const { promise: slow, resolve: finish } = Promise.withResolvers<InteractionResponse>();
    open = await openWaysIn({ intake: { interact: () => slow } });
    const pressed = open.interact(onMessage('Answer in a form'));
    expect((await open.called('views.open')).args).toMatchObject({ trigger_id: 'trigger-1', view: { title: { text: 'loadingTitle' } } });
    finish({ kind: 'form', form });
    expect((await pressed).status).toBe(200);
    const { args } = await open.called('views.update');
    expect(args).toMatchObject({ view_id: 'V1', hash: 'h1' });
    const metadata = JSON.parse((args['view'] as { private_metadata: string }).private_metadata);
    expect(metadata.context).toEqual({ place: 'C1', thread: ts, postId: '1700000001.000200' });
  });

  it.each<[string, InteractionResponse, string]>([
    ['who may not', { kind: 'notice', text: 'Ask Dana.' }, 'Ask Dana.'],
    ['for whom it took too long', { kind: 'nothing' }, 'late'],
  ])('for a form, by somebody %s, says so in the modal', async (_, response, text) => {
    open = await openWaysIn({ intake: answering(response) });
    await open.interact(onMessage('Answer in a form'));
    expect(JSON.stringify((await open.called('views.update')).args)).toContain(text);
  });

  it('in Home belongs to nobody else, and shows Home anew', async () => {
    const home: Card = { summary: 'Home', blocks: [{ type: 'text', text: 'Nothing waits' }], actions: [] };
    open = await openWaysIn({
      intake: {
        async interact(event, onStored) {
          onStored?.();
          return event.type === 'HomeOpened' ? { kind: 'card', card: home } : { kind: 'notice', text: 'Done.' };
        },
      },
    });
    await open.interact(inHome('Later'));
    expect((await open.called('views.open')).args).toMatchObject({ trigger_id: 'trigger-1' });
    expect(JSON.stringify((await open.called('views.publish')).args)).toContain('Nothing waits');
    expect(open.received).toMatchObject([
      { type: 'ActionTaken', conversation: { place: 'home:U1', thread: '' } },
      { type: 'HomeOpened', personId: 'U1' },
    ]);
  });

  it('fails where the person sees it when nobody can tell which workspace it came from', async () => {
    open = await openWaysIn({ unknowable: true });
    expect((await open.interact(onMessage('Later'))).status).toBe(500);
    expect(open.received).toEqual([]);
  });

  it('of a workspace without Plumb does nothing', async () => {
    open = await openWaysIn();
    expect((await open.interact(onMessage('Later', { team: { id: 'T9' } }))).status).toBe(200);
    expect(open.received).toEqual([]);
    expect(open.log.lines.some((line) => line.startsWith('warn'))).toBe(true);
    expect(open.log.lines.join()).not.toContain('a1');
  });

  it.each([
    ['a dialog of the old kind', { type: 'dialog_submission', user: undefined }],
    ['a menu that asks for its options', { type: 'block_suggestion' }],
    ['something that nobody has heard of', { type: 'telepathy', value: 'Lunch' }],
    ['no type at all', { type: undefined }],
    ['a team that is no id', { type: 'block_actions', team: { id: { $ne: 'T1' } } }],
    ['an organisation that is no id', { type: 'block_actions', enterprise: { id: ['E1'] }, is_enterprise_install: true }],
  ])('of %s is acknowledged, and goes no further', async (_, payload) => {
    open = await openWaysIn();
    expect(await open.interact(payload)).toEqual({ status: 200, body: '' });
    expect(open.received).toEqual([]);
    expect(open.log.lines.filter((line) => !line.startsWith('debug'))).toEqual([]);
    expect(open.log.lines.join()).not.toContain('Lunch');
  });

  it('on what is no button of ours does nothing', async () => {
    open = await openWaysIn();
    const forged = { type: 'button', action_id: 'start', value: '{"place":"C9"}' };
    expect((await open.interact(onMessage('Later', { actions: [forged] }))).status).toBe(200);
    expect((await open.interact({ type: 'block_actions', actions: 'all', user: { id: 'U1' } })).status).toBe(200);
    expect(open.received).toEqual([]);
  });
});

describe('a form that was sent', () => {
  const sent = (context: Loose, more: Loose = {}): Loose => ({
    type: 'view_submission',
    view: {
      ...toModal(form, { words }, context as never),
      id: 'V1',
      state: { values: { owner: { field: { type: 'plain_text_input', value: 'Dana Fox' } } } },
    },
    ...more,
  });

  it('goes to the conversation that it was opened from', async () => {
    open = await openWaysIn();
    expect(await open.interact(sent({ place: 'C1', thread: ts }))).toEqual({ status: 200, body: '{"response_action":"clear"}' });
    expect(open.received).toMatchObject([
      { type: 'FormSubmitted', conversation: { tenant: 'T1', place: 'C1', thread: ts }, submit: 'submit-answers', inputs: { owner: 'Dana Fox' } },
    ]);
  });

  it('stays open with what was typed, and mistakes beside their fields', async () => {
    open = await openWaysIn({ intake: answering({ kind: 'errors', errors: { owner: 'Name one person.', budget: 'Too long.' } }) });
    expect(JSON.parse((await open.interact(sent({ place: 'C1', thread: ts }))).body)).toEqual({
      response_action: 'errors',
      errors: { owner: 'Name one person.\nToo long.' },
    });
  });

  it('stays open when it could not be kept', async () => {
    open = await openWaysIn({ intake: { interact: () => Promise.reject(new NotStoredError()) } });
    expect(JSON.parse((await open.interact(sent({ place: 'C1', thread: ts }))).body)).toEqual({ response_action: 'errors', errors: { owner: 'notKept' } });
  });

  it('closes where the card or Home below it shows what came of it', async () => {
    open = await openWaysIn({ intake: answering({ kind: 'notice', text: 'Saved.', alsoOn: 'home' }) });
    expect((await open.interact(sent({ place: 'home:U1', thread: '' }))).body).toBe('{"response_action":"clear"}');
    expect(JSON.parse((await open.interact(sent({ place: 'C1', thread: ts }))).body)).toMatchObject({ response_action: 'update' });
  });

  it('says in its place what there is to say', async () => {
    open = await openWaysIn({ intake: answering({ kind: 'notice', text: 'Handed over.' }) });
    const { response_action, view } = JSON.parse((await open.interact(sent({ place: 'C1', thread: ts }))).body);
    expect(response_action).toBe('update');
    expect(JSON.stringify(view)).toContain('Handed over.');
  });

  it('cannot name a conversation of another workspace, nor the Home of somebody else', async () => {
    open = await openWaysIn();
    await open.interact(sent({ place: 'C-of-T2', thread: ts, tenant: 'T2' }));
    await open.interact(sent({ place: 'home:U2', thread: '' }, { trigger_id: 'trigger-2' }));
    expect(open.received.map(({ conversation }) => conversation).slice(0, 2)).toEqual([
      { channel: 'slack', tenant: 'T1', place: 'C-of-T2', thread: ts },
      { channel: 'slack', tenant: 'T1', place: 'home:U1', thread: '' },
    ]);
  });

  it('can be read back from what was shown', () => {
    expect(readSubmission(sent({ place: 'C1', thread: ts })['view'])).toMatchObject({ kind: 'form', inputs: { owner: 'Dana Fox' } });
  });
});

describe('with a real store', () => {
  let store: Store;
  let closeStore: () => Promise<void>;
  let runtime: Runtime;
  let handled: string[];

  beforeEach(async () => {
    const opened = await openTestStore();
    ({ store, close: closeStore } = opened);
    handled = [];
    runtime = createRuntime({
      store,
      handle: async (leased) => {
        handled.push(...leased.rows.map(({ event }) => event.eventKey));
        if ((await store.commit(change({ lease: leased, done: leased.rows.map(({ id }) => id) }))) === 'conflict') throw new ConflictError();
        return { responses: new Map(leased.rows.map(({ id }) => [id, { kind: 'notice' as const, text: 'taken' }])) };
      },
      language: { mayMatter: () => false, glance: () => 'no', isWorthKeeping: async () => false },
      workspaces: 'one',
      channels: new Map(),
      clock: opened.clock,
      logger: createLog(),
      metrics: createCounter(),
    });
  });
  afterEach(async () => {
    await runtime.stop();
    await closeStore();
  });

  it('the same press delivered twice is handled once', async () => {
    open = await openWaysIn({ intake: runtime.intake });
    await Promise.all([open.interact(onMessage('Later')), open.interact(onMessage('Later'))]);
    await open.called('response_url');
    expect(handled).toHaveLength(1);
    expect(open.calls.filter(({ method }) => method === 'response_url')).toHaveLength(1);
  });
});
