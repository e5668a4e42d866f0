import { parseArgs } from 'node:util';
import bolt from '@slack/bolt';

/** The peer of `slack.ts`: Bolt as its documentation begins, with its own HTTPReceiver and a listener that only acknowledges. */
const { values } = parseArgs({ options: { port: { type: 'string' }, secret: { type: 'string' } } });
const app = new bolt.App({
  token: 'xoxb-bench',
  signingSecret: values.secret ?? '',
  // Otherwise it asks Slack who it is first.
  tokenVerificationEnabled: false,
  botId: 'BPLUMB',
  botUserId: 'UPLUMB',
  logLevel: bolt.LogLevel.ERROR,
});
app.event('message', async () => undefined);
await app.start({ port: Number(values.port), host: '127.0.0.1' });
console.log('ready');
