import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createReceiver, type SlackReceiver } from '../../../src/channels/slack/receiver.ts';
import { createSocket } from '../../../src/channels/slack/socket.ts';
import { createLog } from '../../app/kit.ts';
import { type FakeSlack, openFakeSlack } from './fake-slack/open-fake-slack.ts';

let slack: FakeSlack;
let receiver: SlackReceiver;
let taken: unknown[];
let answer: () => Promise<void>;
let log: ReturnType<typeof createLog>;

beforeEach(async () => {
  slack = await openFakeSlack({ timeoutMs: 1_000 });
  taken = [];
  answer = async () => undefined;
  log = createLog();
});
afterEach(async () => {
  await receiver.stop();
  await slack.close();
});

async function connect(appToken = slack.app.appToken): Promise<void> {
  receiver = createReceiver({
    signingSecret: undefined,
    appToken,
    slackApiUrl: slack.apiUrl,
    onEvents: async (envelope) => {
      taken.push(envelope);
      await answer();
    },
    logger: log,
  });
  await receiver.start();
}

it('takes events, and acknowledges each when it is stored', async () => {
  await connect();
  const { promise: stored, resolve } = Promise.withResolvers<void>();
  answer = () => stored;
  let acknowledged = false;
  const said = slack.do.say(slack.person('dana'), slack.channel('sales-leaders'), 'Hello').then(() => {
    acknowledged = true;
  });
  await slack.until(() => taken.length > 0);
  expect(acknowledged).toBe(false);
  resolve();
  await said;
  await slack.settled();
  expect(taken).toMatchObject([{ type: 'event_callback', event: { type: 'message', text: 'Hello' } }]);
});

it('does not acknowledge what could not be stored, and takes it when Slack sends it again', async () => {
  await connect();
  let broken = true;
  answer = async () => {
    if (broken) throw new Error('The disk is full.');
  };
  await slack.do.say(slack.person('dana'), slack.channel('sales-leaders'), 'Hello');
  await slack.until(() => taken.length > 0);
  broken = false;
  await slack.until(() => taken.length > 1);
  await slack.settled();
  expect(log.lines.join()).not.toContain('Hello');
});

it('connects again when Slack asks for it', async () => {
  await connect();
  slack.disconnectSockets('refresh_requested');
  await slack.until(() => slack.callsTo('apps.connections.open').length === 2 && slack.socketConnections() === 1);
  await slack.do.say(slack.person('dana'), slack.channel('sales-leaders'), 'Still there?');
  await slack.until(() => taken.length > 0);
});

it('says what to do when the token is refused', async () => {
  await expect(connect('xapp-wrong')).rejects.toMatchObject({ name: 'SlackError', code: 'slack_app_token_refused' });
  await expect(connect('xapp-wrong')).rejects.toThrow(/SLACK_APP_TOKEN \(invalid_auth\)/);
});

it('is no longer listening once the token is refused while it runs', async () => {
  await connect();
  expect(receiver.listening()).toBe(true);
  slack.fault('apps.connections.open', { kind: 'error', error: 'token_revoked' });
  slack.disconnectSockets('refresh_requested');
  await slack.until(() => !receiver.listening());
  expect(log.lines.join()).toContain('Socket Mode has ended');
});

it('lets the start go on while Slack is out of reach, and connects when it is back', async () => {
  slack.fault('apps.connections.open', { kind: 'failure', performed: false });
  await connect();
  expect(slack.socketConnections()).toBe(0);
  await slack.until(() => slack.socketConnections() === 1);
  await slack.do.say(slack.person('dana'), slack.channel('sales-leaders'), 'Hello');
  await slack.until(() => taken.length > 0);
});

it('leaves no connection behind that was being made when it stopped', async () => {
  await connect();
  slack.fault('apps.connections.open', { kind: 'hang', performed: true, ms: 300 });
  slack.disconnectSockets('refresh_requested');
  await slack.until(() => slack.callsTo('apps.connections.open').length === 2);
  await receiver.stop();
  await slack.until(() => slack.socketConnections() === 0);
});

it('gives the answer to what somebody did along with the acknowledgement', async () => {
  await connect();
  await receiver.stop();
  const bodies: unknown[] = [];
  const socket = createSocket({
    appToken: slack.app.appToken,
    slackApiUrl: slack.apiUrl,
    onEvents: async () => undefined,
    dispatch: async (body, send) => {
      bodies.push(body);
      await send({ response_type: 'ephemeral', text: 'At your service.' });
      return 'answered';
    },
    logger: log,
  });
  await socket.start();
  const given = await slack.act.command(slack.person('dana'), slack.channel('sales-leaders'), '/plumb help');
  await socket.stop();
  expect(bodies).toMatchObject([{ command: '/plumb', text: 'help' }]);
  expect(JSON.stringify(given)).toContain('At your service.');
});
