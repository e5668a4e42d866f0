import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { InboundEvent, Intake, InteractionResponse } from '../../../src/app/ports.ts';
import { createSlackApp } from '../../../src/channels/slack/app.ts';
import { toMessage } from '../../../src/channels/slack/block-kit/to-message.ts';
import { createClients } from '../../../src/channels/slack/clients.ts';
import { createHome } from '../../../src/channels/slack/home.ts';
import { createModals } from '../../../src/channels/slack/modals.ts';
import { createReceiver, type SlackReceiver } from '../../../src/channels/slack/receiver.ts';
import { createTell } from '../../../src/channels/slack/tell.ts';
import type { Card } from '../../../src/views/card.ts';
import { createLog } from '../../app/kit.ts';
import { type FakeSlack, openFakeSlack } from './fake-slack/open-fake-slack.ts';
import { words } from './ways-in.ts';

let slack: FakeSlack;
let receiver: SlackReceiver;
let received: InboundEvent[];
let answer: (event: InboundEvent) => InteractionResponse;

// A Slack that is as strict as the real one about what it is shown, over Socket Mode.
beforeEach(async () => {
  slack = await openFakeSlack();
  received = [];
  const logger = createLog();
  const intake: Intake = {
    receive: async () => 'stored',
    async interact(event, onStored) {
      received.push(event);
      onStored?.();
      return answer(event);
    },
    seen: async () => undefined,
  };
  const { botUserId, teamId } = slack.install();
  const workspace = {
    tenant: teamId ?? '',
    botUserId,
    botId: undefined,
    url: undefined,
    client: createClients({ slackApiUrl: slack.apiUrl, logger }).of(slack.botToken()),
  };
  const shared = { intake: () => intake, words, clock: { now: () => Date.now() }, logger };
  receiver = createReceiver({ signingSecret: undefined, appToken: slack.app.appToken, slackApiUrl: slack.apiUrl, onEvents: async () => undefined, logger });
  const modals = createModals(logger);
  createSlackApp({
    ...shared,
    receiver,
    slackApiUrl: slack.apiUrl,
    workspaces: { find: async ({ teamId: team }) => (team === teamId ? workspace : undefined) },
    directory: { named: async (_, said) => said },
    home: createHome(shared),
    modals,
    tell: createTell({ ...shared, modals }),
  });
  await receiver.start();
});
afterEach(async () => {
  await receiver.stop();
  await slack.close();
});

const card: Card = {
  summary: 'A request',
  blocks: [{ type: 'text', text: 'A request' }],
  actions: [{ action: 'answer-in-form', label: 'Answer in a form', value: { alignment: 'a1' }, form: true }],
};

it('opens a form on a press, keeps it open with what was typed on a mistake, and closes it when all is well', async () => {
  const dana = slack.person('dana');
  const channel = slack.channel('sales-leaders');
  const client = createClients({ slackApiUrl: slack.apiUrl, logger: createLog() }).of(slack.botToken());
  const { ts } = await client.chat.postMessage({ channel, ...toMessage(card, { words }) });
  answer = (event) => {
    if (event.type === 'FormRequested')
      return {
        kind: 'form',
        form: {
          id: 'answers',
          title: 'Answers',
          submitLabel: 'Send',
          submit: 'submit-answers',
          value: { alignment: 'a1' },
          blocks: [{ type: 'input', id: 'owner', label: 'Owner', kind: 'text' }],
        },
      };
    return event.type === 'FormSubmitted' && event.inputs['owner'] === 'everybody'
      ? { kind: 'errors', errors: { owner: 'Name one person.' } }
      : { kind: 'nothing' };
  };
  await slack.act.press(dana, { channel, ts: ts ?? '' }, 'Answer in a form');
  await slack.until(() => slack.visibleTo(dana).modals.some((modal) => JSON.stringify(modal).includes('Owner')));
  await slack.act.submit(dana, { Owner: 'everybody' });
  expect(JSON.stringify(slack.visibleTo(dana).modals)).toContain('Name one person.');
  expect(JSON.stringify(slack.visibleTo(dana).modals)).toContain('everybody');
  await slack.act.submit(dana, { Owner: 'Dana Fox' });
  expect(slack.visibleTo(dana).modals).toEqual([]);
  expect(received.map(({ type }) => type)).toEqual(['FormRequested', 'FormSubmitted', 'FormSubmitted']);
  expect(received.at(-1)).toMatchObject({ inputs: { owner: 'Dana Fox' }, conversation: { place: channel, thread: ts } });
});

it('shows the answer to a command to nobody else', async () => {
  const [dana = '', tomas = ''] = slack.people('dana', 'tomas');
  const channel = slack.channel('sales-leaders');
  answer = () => ({ kind: 'notice', text: 'Nothing is open here.' });
  await slack.act.command(dana, channel, '/plumb help');
  await slack.until(() => JSON.stringify(slack.visibleTo(dana)).includes('Nothing is open here.'));
  expect(JSON.stringify(slack.visibleTo(tomas))).not.toContain('Nothing is open here.');
});
