import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Channel } from '../../../src/app/ports.ts';
import { createSend } from '../../../src/channels/slack/send.ts';
import { type FakeSlack, openFakeSlack } from './fake-slack/open-fake-slack.ts';
import { clock, createLog, inThread, toPerson, words, workspaceAt } from './send-parts.ts';

let slack: FakeSlack;
let send: Channel['send'];
let dana: string;
let place: string;

beforeEach(async () => {
  slack = await openFakeSlack();
  dana = slack.person('dana');
  place = slack.channel('sales-leaders');
  const { logger } = createLog();
  const { botUserId, botId } = slack.install();
  const { workspaces } = workspaceAt(slack.apiUrl, logger, { token: slack.botToken(), botUserId, botId });
  send = createSend({ workspaces, words, clock, logger });
});
afterEach(() => slack.close());

const texts = (who: string): string[] =>
  slack.visibleTo(who).places.flatMap(({ messages }) => messages.flatMap(({ text, replies }) => [text, ...replies.map((one) => one.text)]));

describe('what people see in Slack', () => {
  it('is a suggestion for its author alone', async () => {
    const said = await slack.do.say(dana, place, 'We need a negotiation course');
    const near = { channel: 'slack', tenant: 'T1', place, thread: said.ts } as const;
    await send({ ...toPerson('s-1', dana, 'Shall I help?'), near }, undefined);
    expect(texts(dana)).toContain('Shall I help? (summary)');
    const others = [...slack.state.people.keys()].filter((id) => id !== dana);
    for (const other of others) expect(texts(other)).not.toContain('Shall I help? (summary)');
  });

  it.each(['broken', 'failure'] as const)('is an answer once, although its call seemed to fail: %s', async (kind) => {
    const said = await slack.do.say(dana, place, 'We need a negotiation course');
    slack.fault('chat.postMessage', { kind, performed: true });
    const begun = Date.now();
    const message = inThread('a-1', place, said.ts, 'What drives this?');
    await expect(send(message, undefined)).rejects.toMatchObject({ failure: { retry: true, perhapsSent: true } });
    const { platformId } = await send(message, undefined, { perhapsSentAt: begun });
    expect(slack.thread(dana, said).map(({ ts }) => ts)).toEqual([platformId]);
  });

  it('is a private message once, although its call seemed to fail', async () => {
    slack.fault('chat.postMessage', { kind: 'broken', performed: true });
    const begun = Date.now();
    await expect(send(toPerson('a-2', dana, 'Why now?'), undefined)).rejects.toMatchObject({ failure: { perhapsSent: true } });
    const { platformId } = await send(toPerson('a-2', dana, 'Why now?'), undefined, { perhapsSentAt: begun });
    expect(slack.chatWithBot(dana).map(({ channel, ts }) => `${channel}:${ts}`)).toEqual([platformId]);
  });

  it('is an answer twice at most where the installation may not read', async () => {
    slack.setScopes(['chat:write']);
    const said = await slack.do.say(dana, place, 'We need a negotiation course');
    slack.fault('chat.postMessage', { kind: 'broken', performed: true });
    const message = inThread('a-3', place, said.ts, 'What drives this?');
    await expect(send(message, undefined)).rejects.toThrow();
    await send(message, undefined, { perhapsSentAt: Date.now() });
    expect(slack.thread(dana, said)).toHaveLength(2);
  });
});
