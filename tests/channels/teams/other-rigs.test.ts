import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type BareOptions, openBareConnector, type Posted } from './bare-connector.ts';
import { openPlumb } from './open-plumb.ts';

// A busy machine may be slow at reading messages.
jest.setTimeout(60_000);

type Json = Record<string, unknown>;
type Rig = Awaited<ReturnType<typeof openRig>>;

const request = 'my 60 account managers keep giving away margin, can we get a two-day negotiation course before the end of march?';
const driver = 'margin fell from 31 to 27 percent since june and the board wants 30 by september';
const hour = 3_600_000;
/** A Monday at 15:00 UTC. */
const monday = Date.UTC(2027, 0, 11, 15);

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  closing = [];
});

/** Plumb without sign-in, and a connector that others might have written; `admins` are accounts there. */
async function openRig(options: BareOptions & { admins?: readonly string[] } = {}) {
  const { admins = [], ...bare } = options;
  let offset = monday - Date.now();
  const connector = await openBareConnector(bare);
  closing.push(connector.close);
  const plumb = await openPlumb({ clock: { now: () => Date.now() + offset }, openId: undefined, admins });
  closing.push(plumb.close);
  await plumb.store.settings.change('local', (settings) => ({ ...settings, burstMs: 100, midAnswerMs: 100 }));
  const send = async (activity: Json): Promise<{ status: number; body: Json }> => {
    const response = await fetch(plumb.messagesUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ serviceUrl: connector.serviceUrl, ...activity }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
  };
  const find = (shown: RegExp | string, button?: string): Posted | undefined =>
    connector.posts.findLast(
      (one) =>
        (typeof shown === 'string' ? one.shown.includes(shown) : shown.test(one.shown)) && (!button || one.buttons.some(({ title }) => title === button)),
    );
  const sees = async (shown: RegExp | string, button?: string): Promise<Posted> => {
    const until = Date.now() + 15_000;
    for (;;) {
      const found = find(shown, button);
      if (found) return found;
      if (Date.now() > until) {
        const all = connector.posts.map((one) => `${one.conversation}: ${one.shown} [${one.buttons.map(({ title }) => title).join(', ')}]`);
        throw new Error(`Nobody sees ${shown}:\n${all.join('\n---\n')}\n${connector.calls.slice(-20).join('\n')}\n${plumb.logger.lines.slice(-10).join('\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    connector,
    plumb,
    send,
    sees,
    find,
    /** Nothing was called for a while. */
    async settled(): Promise<void> {
      for (let before = -1; before !== connector.calls.length; ) {
        before = connector.calls.length;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    },
    later: (ms: number) => {
      offset += ms;
      plumb.poke();
    },
  };
}

function buttonOf(post: Posted, title: string) {
  const button = post.buttons.find((one) => one.title === title);
  if (!button) throw new Error(`No button ${title}: ${post.buttons.map((one) => one.title).join(', ')}`);
  return button;
}

const channel = '19:sales@thread.tacv2';
const names: Record<string, string> = { dana: 'Dana Whitfield', priya: 'Priya Raman', keiko: 'Keiko Tanaka' };
const from = (who: string) => ({ from: { id: who, name: names[who] }, recipient: { id: 'plumb' } });
/** In somebody's chat with Plumb, and in the channel: the first message of a thread, or an answer to one. */
const inChat = (rig: Rig, who: string, text: string) => rig.send({ type: 'message', ...from(who), conversation: { id: `chat-${who}` }, text });
const inChannel = (rig: Rig, who: string, id: string, text: string, replyToId?: string) =>
  rig.send({ type: 'message', id, ...from(who), conversation: { id: channel }, text, ...(replyToId && { replyToId }) });
/** As a client does it that knows Action.Submit alone. */
const submit = (rig: Rig, who: string, post: Posted, title: string, inputs: Json = {}) =>
  rig.send({
    type: 'message',
    ...from(who),
    conversation: { id: post.conversation },
    replyToId: post.id,
    value: { ...buttonOf(post, title).data, ...post.inputs, ...inputs },
  });
/** As one does it that knows Action.Execute, and sends its verb alone. */
const execute = (rig: Rig, who: string, post: Posted, title: string) =>
  rig.send({
    type: 'invoke',
    name: 'adaptiveCard/action',
    ...from(who),
    conversation: { id: post.conversation },
    replyToId: post.id,
    value: { action: { type: 'Action.Execute', verb: buttonOf(post, title).verb } },
  });

describe('a connector without people, places and threads', () => {
  it('carries a request in a channel to a signed brief and the first nudge', async () => {
    const rig = await openRig({ admins: ['priya'] });
    for (const who of ['keiko', 'dana']) await inChat(rig, who, 'hi');
    await inChannel(rig, 'keiko', '1', 'good morning');
    await inChat(rig, 'priya', 'settings');
    await submit(rig, 'priya', await rig.sees('Nobody is listed', 'Add an L&D partner'), 'Add an L&D partner');
    const form = await rig.sees(/./, 'Add');
    await submit(rig, 'priya', form, 'Add', { person: 'priya' });
    await inChat(rig, 'priya', 'settings');
    await rig.sees('covers every channel');

    await inChannel(rig, 'dana', '10', request);
    const intake = await rig.sees('“negotiation”');
    expect(intake).toMatchObject({ conversation: channel, replyToId: '10' });
    await execute(rig, 'priya', await rig.sees('A training request came up', 'I take this'), 'I take this');
    await rig.sees(/from L&D takes this on with you/);
    await inChannel(rig, 'dana', '11', driver, intake.id);
    await rig.sees(/Noted from .*, business driver/);
    await inChannel(
      rig,
      'dana',
      '12',
      'the owner is Tomas Vidal. we sell to hospital buyers who compare three offers. discounted deals per month, from 45 to 20',
      '11',
    );
    await rig.sees(/Noted from .*, leading KPIs/);
    await inChannel(
      rig,
      'dana',
      '13',
      'Keiko Tanaka reviews two discounted deals with each account manager every week. Tuesdays 10:00 Berlin time, Dana and Keiko',
      '10',
    );
    await rig.sees(/Noted from .*, weekly call/);
    await inChannel(rig, 'dana', '14', 'write the brief', '10');
    const draft = await rig.sees('Draft brief: negotiation', 'Looks right');
    expect((await execute(rig, 'dana', draft, 'Looks right')).body).toMatchObject({ statusCode: 200 });
    await rig.sees(/says it looks right/);
    await submit(rig, 'priya', await rig.sees('Draft brief', 'Looks right'), 'Looks right');
    await rig.sees('Alignment brief: negotiation');
    await rig.settled();
    // In its thread, and once as a post of its own; which of the two comes first is not said.
    const briefs = rig.connector.posts.filter(({ shown }) => shown.includes('Alignment brief: negotiation'));
    expect(briefs).toContainEqual(expect.objectContaining({ conversation: channel, replyToId: undefined }));

    await execute(rig, 'keiko', await rig.sees('named you as a manager', "Yes, I'm in"), "Yes, I'm in");
    await rig.sees(/You hear from me only for this/);
    await rig.sees(/Agreed\. The brief is in/);
    await rig.settled();
    // The next Monday at 10:00 UTC, a working day before the call.
    rig.later(7 * 24 * hour - 5 * hour);
    const nudge = await rig.sees('How is it going?', 'On track');
    expect(nudge.conversation).toBe('chat-keiko');
    await execute(rig, 'keiko', nudge, 'On track');
    await rig.sees(/Noted for this week: on track/);
    expect(rig.connector.posts.filter(({ shown }) => shown.startsWith('Agreed. The brief is in'))).toHaveLength(1);
  });
});

const everyAnswer = [
  { answers: 'number' },
  { answers: 'no id', others: 405 },
  { answers: 'created and empty', others: 500 },
  { answers: 'accepted and empty', others: 501 },
  { answers: 'no content', others: 400 },
  { answers: 'ok' },
  { path: '/amer/sub', slash: false },
  { path: '/v3-like/', slash: true, creates: 'both' },
] as const satisfies readonly BareOptions[];

describe('a connector that answers otherwise', () => {
  it.each(everyAnswer)('gets everything once: %j', async (options) => {
    const rig = await openRig({ ...options, ...('path' in options && { path: options.path.replace(/\/$/, '') }) });
    await inChat(rig, 'dana', 'hi');
    await rig.sees('How I can help');
    await inChat(rig, 'dana', request);
    await rig.sees('“negotiation”');
    await inChat(rig, 'dana', driver);
    await rig.sees(/business driver/);
    await rig.settled();
    expect(rig.connector.posts.map(({ shown }) => /How I can help|“negotiation”|business driver/.exec(shown)?.[0])).toEqual([
      'How I can help',
      '“negotiation”',
      'business driver',
    ]);
  });

  it.each(['conversation', 'both'] as const)('makes a conversation for what begins in a channel, and tells the id of %s', async (creates) => {
    const rig = await openRig({ creates, admins: ['somebody-else'] });
    const plumb = { id: 'plumb', name: 'Plumb' };
    await rig.send({ type: 'conversationUpdate', ...from('dana'), conversation: { id: channel }, membersAdded: [plumb] });
    const joined = await rig.sees(/./);
    expect(joined.conversation).toBe('made-1');
    const told = await rig.send({ type: 'message', ...from('dana'), conversation: { id: 'made-1' }, text: `@Plumb ${request}` });
    expect(told.status).toBe(200);
    expect((await rig.sees('“negotiation”')).conversation).toBe('made-1');
  });
});

const personal = { id: 'c1' };
const inGroup = { id: 'g1', isGroup: true };
const hello: readonly [string, Json][] = [
  ['only ids', {}],
  ['a type in other letters', { type: 'Message' }],
  ['numbers for ids', { id: 7, from: { id: 4711 }, recipient: { id: 1 }, conversation: { id: 12 } }],
  ['the emulator', { channelId: 'emulator', channelData: { clientActivityID: '1' }, locale: 'en-US', textFormat: 'plain', localTimestamp: 'now' }],
  ['nobody to receive it', { recipient: undefined }],
  ['an organisation beside it', { channelData: { tenant: { id: 'T9' } } }],
  ['an organisation as a word', { channelData: { tenant: 'T9' } }],
  ['somebody with an Entra id alone', { from: { aadObjectId: 'd0000000-1111-4222-8333-444444440001' } }],
  ['somebody with a name alone', { from: { name: 'Dana' } }],
  ['a conversation as a word', { conversation: 'c1' }],
  ['nothing in the usual places', { channelData: null, entities: null, attachments: null, timestamp: null, localTimezone: '', replyToId: null }],
  ['a mention in a chat', { text: '<at>Plumb</at> hi' }],
  ['a group', { conversation: inGroup, text: '@Plumb hi' }],
  ['a group that says so', { conversation: { id: 'g1', conversationType: 'groupChat' }, text: '<at>Plumb</at> hi' }],
  ['a group by its id', { conversation: { id: '19:meeting_x@thread.v2' }, text: '@plumb: hi' }],
  ['a channel by its id', { conversation: { id: '19:x@thread.tacv2' }, text: '<at>Plumb</at> hi' }],
  ['a channel by what is beside it', { conversation: { id: 'c7' }, channelData: { channel: { id: 'c7' } }, text: '<at>plumb</at> hi' }],
  ['a channel of a team as words', { conversation: { id: 'c7' }, channelData: { team: 't1', channel: 'c7' }, text: '@Plumb hi' }],
  ['a thread', { conversation: { id: '19:x@thread.tacv2;messageid=5' }, text: '@Plumb hi' }],
  ['a mention without who', { conversation: inGroup, text: '<at>Plumb</at> hi', entities: [{ type: 'mention', text: '<at>Plumb</at>' }] }],
  ['the name of another bot', { conversation: inGroup, recipient: { id: 'b', name: 'Aligner' }, text: '<at>Aligner</at> hi' }],
];

describe('an activity that tells little', () => {
  it.each(hello)('is greeted: %s', async (_what, change) => {
    const rig = await openRig();
    const { status } = await rig.send({ type: 'message', from: { id: 'dana' }, recipient: { id: 'plumb' }, conversation: personal, text: 'hi', ...change });
    expect(status).toBe(200);
    const greeting = await rig.sees('How I can help');
    const { conversation = personal } = change;
    expect(greeting.conversation.split(';')[0]).toBe(String(Object(conversation).id ?? conversation).split(';')[0]);
  });

  it.each([
    ['of the person', { from: { id: 'dana' } }],
    ['of nobody', { from: undefined }],
    ['of Plumb itself', { from: { id: 'plumb' } }],
  ])('welcomes whoever joins with it, once, where it is the doing %s', async (_what, change) => {
    const rig = await openRig();
    const joining = { type: 'conversationUpdate', recipient: { id: 'plumb' }, conversation: personal };
    await rig.send({ ...joining, membersAdded: [{ id: 'plumb' }, { id: 'dana', name: 'Dana' }], ...change });
    await rig.send({ ...joining, membersAdded: [{ id: 'dana', name: 'Dana' }], ...change });
    await rig.sees(/./);
    await rig.settled();
    expect(rig.connector.posts.map(({ conversation }) => conversation)).toEqual(['c1']);
  });

  it('of a channel is no private chat of whoever presses there', async () => {
    const rig = await openRig();
    await rig.send({
      type: 'message',
      id: '10',
      ...from('dana'),
      conversation: { id: 'c7' },
      channelData: { channel: { id: 'c7' } },
      text: `@Plumb ${request}`,
    });
    await submit(rig, 'dana', await rig.sees('“negotiation”', 'Answer in a form'), 'Answer in a form');
    await rig.settled();
    expect(rig.find(/./, 'Save answers')).toBeUndefined();
    await inChat(rig, 'dana', 'hi');
    await submit(rig, 'dana', await rig.sees('“negotiation”', 'Answer in a form'), 'Answer in a form');
    const form = await rig.sees('Fill in what you know');
    expect(form.conversation).toBe('chat-dana');
    await submit(rig, 'dana', form, 'Save answers', { driver: 'margin fell from 31 to 27 percent since june' });
    expect((await rig.sees(/Noted from .*, business driver/)).replyToId).toBe('10');
  });

  it('that changes or takes back a message is about the thread of that message', async () => {
    const rig = await openRig();
    await inChannel(rig, 'dana', '10', `@Plumb ${request}`);
    await rig.sees('“negotiation”');
    await inChannel(rig, 'dana', '11', 'we sell to hospital buyers who compare three offers', '10');
    await rig.sees(/what is unique.*three offers/i);
    await rig.send({
      type: 'messageUpdate',
      id: '11',
      ...from('dana'),
      conversation: { id: channel },
      text: 'we sell to hospital buyers who compare five offers',
    });
    await rig.sees(/five offers/);
    await rig.send({ type: 'messageDelete', id: '11', ...from('dana'), conversation: { id: channel } });
    await rig.settled();
    expect(rig.find(/(?:three|five) offers/)).toBeUndefined();
  });

  it.each([
    ['of its own', (data: Json) => data],
    ['with a verb alone', ({ action }: Json) => ({ verb: action })],
    ['as a text', (data: Json) => JSON.stringify({ action: { data } })],
    ['with data as a text', (data: Json) => ({ action: { data: JSON.stringify(data) } })],
    ['beside the action', (data: Json) => ({ action: { type: 'Action.Execute' }, data })],
    ['in an action with a verb', ({ action, ...data }: Json) => ({ action: { verb: action, data } })],
  ])('is a press: the value %s', async (_what, shape) => {
    const rig = await openRig();
    await inChat(rig, 'dana', request);
    const intake = await rig.sees('“negotiation”', 'Later');
    const value = shape(buttonOf(intake, 'Not a request').data ?? {});
    const name = 'adaptiveCard/action';
    const { status, body } = await rig.send({ type: 'invoke', name, ...from('dana'), conversation: { id: 'chat-dana' }, value });
    expect([status, body['statusCode']]).toEqual([200, 200]);
    await rig.settled();
    expect(rig.find(/./, 'Not a request')).toBeUndefined();
  });

  it('without an address to answer at, or of nowhere, is refused calmly', async () => {
    const rig = await openRig();
    for (const change of [{ serviceUrl: undefined }, { serviceUrl: 'http://198.51.100.7/' }, { conversation: undefined }, { type: undefined }]) {
      expect((await rig.send({ type: 'message', ...from('dana'), conversation: personal, text: 'hi', ...change })).status).toBe(400);
    }
    expect((await rig.send({ type: 'message', conversation: personal, text: 'hi' })).status).toBe(200);
    await rig.settled();
    expect(rig.connector.posts).toEqual([]);
  });
});
