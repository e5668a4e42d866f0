import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Running, startPlumb } from '../../e2e/start-plumb.ts';
import { type Message, openTalkingEmulator, type TalkingEmulator } from './talking-emulator.ts';

// A busy machine may be slow at starting programs.
jest.setTimeout(60_000);

let slack: TalkingEmulator;
let plumb: Running;

beforeAll(async () => {
  slack = await openTalkingEmulator();
  const env = { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret, HOST: '127.0.0.1' };
  plumb = await startPlumb({ env });
  slack.deliverTo(await until(() => /"url":"([^"]+\/slack\/events)"/.exec(plumb.log.join(''))?.[1]));
});

afterAll(async () => {
  await plumb?.stop();
  await slack?.close();
});

/** What `look` gives, as soon as it gives something. */
async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It did not happen.\n${plumb.log.join('\n')}`);
}

const fromPlumb = async (thread: string): Promise<Message[]> => (await slack.repliesTo(thread)).filter(({ user }) => user === slack.idOf('plumb'));
const withText = (messages: readonly Message[], text: RegExp) => messages.find((message) => text.test(JSON.stringify(message)));

describe('Plumb with a Slack that others wrote', () => {
  let thread: string;

  it('answers a request in its thread, and leaves chatter alone', async () => {
    const chatter = await slack.writes('tomas', 'Anyone up for lunch at noon?');
    thread = await slack.writes('dana', 'Can we get a two-day negotiation course for our 60 account managers before the end of March?');
    const first = await until(async () => (await fromPlumb(thread))[0]);
    expect(first.thread_ts).toBe(thread);
    expect(first.text).toMatch(/negotiation/i);
    expect(await fromPlumb(chatter)).toEqual([]);
  });

  it('reads an answer in the thread, and follows when it is edited', async () => {
    const answer = await slack.writes('dana', 'We lost 9% margin since May and the board wants it back by September', thread);
    await until(async () => withText(await fromPlumb(thread), /Noted.*9%/));
    await slack
      .client('dana')
      .chat.update({ channel: slack.channel, ts: answer, text: 'We lost 11% margin since May and the board wants it back by September' });
    await until(async () => withText(await fromPlumb(thread), /11%/));
  });

  it('fills a form that was opened by a press, and takes what was sent with no more than its fields', async () => {
    const card = await until(async () => withText(await fromPlumb(thread), /Answer in a form/));
    await slack.press('dana', card, 'Answer in a form', await slack.newTrigger('dana'));
    const form = await until(() => slack.viewsOf('dana', 'modal').find(({ callback_id }) => callback_id === 'plumb-form'));
    const { view_id: id, callback_id, private_metadata } = form;
    const state = { values: { context: { field: { value: 'Hospital buyers who compare three offers' } } } };
    expect(form.blocks).toContainEqual(expect.objectContaining({ block_id: 'context', element: expect.objectContaining({ action_id: 'field' }) }));
    const view = { id, type: 'modal', callback_id, private_metadata, state };
    const sent = await slack.interact({ type: 'view_submission', user: { id: slack.idOf('dana') }, view });
    expect(sent).toEqual({ status: 200, body: '{"response_action":"clear"}' });
    await until(async () => withText(await fromPlumb(thread), /Hospital buyers/));
  });

  it('takes each press, also when all have the same trigger', async () => {
    const card = await until(async () => withText(await fromPlumb(thread), /"Why did you reply\?"/));
    await slack.press('dana', card, 'Why did you reply', 'the only trigger');
    await until(() => slack.whispers() === 1 || undefined);
    await slack.press('dana', card, 'Why did you reply', 'the only trigger');
    await until(() => slack.whispers() === 2 || undefined);
  });

  it('shows Home', async () => {
    await slack.event({ type: 'app_home_opened', user: slack.idOf('dana') });
    const home = await until(() => slack.viewsOf('dana', 'home').at(-1));
    expect(JSON.stringify(home.blocks)).toMatch(/negotiation/);
  });

  it('answers a chat of its own', async () => {
    const opened = await slack.client('dana').conversations.open({ users: slack.idOf('plumb') });
    await slack.writes('dana', 'help', undefined, opened.channel?.id ?? '');
    const said = await until(async () => withText(await slack.chatWith('dana'), /training request/));
    expect(said.thread_ts).toBeUndefined();
  });

  it('takes nothing of another workspace', async () => {
    const before = plumb.log.length;
    const event = { type: 'message', user: slack.idOf('dana'), channel: slack.channel, text: `<@${slack.idOf('plumb')}> help`, ts: '1700000000.000100' };
    expect(await slack.event(event, 'T_OTHER')).toEqual({ status: 200, body: '' });
    await until(() => (plumb.log.slice(before).join('').includes('not installed') ? true : undefined));
  });
});
