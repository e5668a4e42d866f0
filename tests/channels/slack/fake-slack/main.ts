/* Starts the local Slack by hand: node tests/channels/slack/fake-slack/main.ts --port 4000 --events http://127.0.0.1:3978/slack/events */
import { stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { openFakeSlack } from './open-fake-slack.ts';
import { usualTeam } from './seed.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4000' },
    events: { type: 'string' },
    /** Not installed from the start: install over OAuth. */
    oauth: { type: 'boolean', default: false },
  },
});

const slack = await openFakeSlack({
  port: Number(values.port),
  requestUrl: values.events,
  teams: [{ ...usualTeam, installed: !values.oauth }],
});

const lines = [
  `Slack to look at:      ${slack.url}/`,
  `SLACK_API_URL=${slack.apiUrl}`,
  `SLACK_SIGNING_SECRET=${slack.app.signingSecret}`,
  values.oauth ? `SLACK_CLIENT_ID=${slack.app.clientId}\nSLACK_CLIENT_SECRET=${slack.app.clientSecret}` : `SLACK_BOT_TOKEN=${slack.botToken()}`,
  `SLACK_APP_TOKEN=${slack.app.appToken}     (Socket Mode, instead of --events)`,
];
stdout.write(`${lines.join('\n')}\n`);
