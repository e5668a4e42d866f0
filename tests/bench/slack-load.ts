import { createHmac } from 'node:crypto';
import autocannon from 'autocannon';

const CONNECTIONS = 100;
const secret = 'bench-signing-secret';
const chatter = [
  'Anyone up for lunch at half past twelve?',
  'The deck for the customer visit is in the shared folder, please have a look before four.',
  'Congratulations on the renewal, what a week',
  'I will be ten minutes late, the train stands in Reading again',
  'Forecast call moves to Thursday this week, same link as always.',
  'ok, thanks',
];

export type Load = { perSecond: number; p99Ms: number; answered: number; refused: number };
type Message = { channel: string; user: string; text: string; thread_ts?: string };

let sent = 0;

/** A signed Events API request as Slack sends it (docs: Events API, Verifying requests from Slack). */
function signedEvent(message: Message): { body: string; headers: Record<string, string> } {
  sent += 1;
  const ts = `${1_700_000_000 + sent}.000100`;
  const event = { type: 'message', channel_type: 'channel', team: 'T1', event_ts: ts, ts, ...message };
  const body = JSON.stringify({
    token: 'unused',
    team_id: 'T1',
    api_app_id: 'A1',
    event,
    type: 'event_callback',
    event_id: `Ev${sent}`,
    event_time: 1_700_000_000 + sent,
    authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'UPLUMB', is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_context: '4-bench',
  });
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  return { body, headers: { 'content-type': 'application/json', 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature } };
}

export const signingSecret = secret;

/** Chatter in one channel, every message a thread of its own. */
export function someChatter(n: number): Message {
  return { channel: 'C1', user: `U${n % 50}`, text: chatter[n % chatter.length] ?? '' };
}

/** Fires messages at one address for `seconds`, 50 at a time, each different. */
export async function fire(url: string, seconds: number, messageOf: (n: number) => Message): Promise<Load> {
  let n = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          n += 1;
          return { ...request, ...signedEvent(messageOf(n)) };
        },
      },
    ],
  });
  return { perSecond: result.requests.average, p99Ms: result.latency.p99, answered: result['2xx'], refused: result.non2xx + result.errors };
}
