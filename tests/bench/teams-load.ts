import autocannon from 'autocannon';
import type { TeamsConnector } from './teams-connector.ts';

const CONNECTIONS = 100;
const QUIET_MS = 60_000;

export type Load = { perSecond: number; p99Ms: number; answered: number };
export type Said = { tenant: string; channel: string; thread: string; user: number; text: string; mention?: boolean };

let sent = 0;

/** A message in a channel as Teams delivers it (Microsoft Learn: "Channel and group chat conversations with a bot"). */
function activity(serviceUrl: string, { tenant, channel, thread, user, text, mention }: Said): string {
  sent += 1;
  const id = String(1_700_000_000_000 + sent);
  return JSON.stringify({
    type: 'message',
    id,
    timestamp: new Date().toISOString(),
    localTimezone: 'Europe/London',
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:${user}`, name: `Person ${user}`, aadObjectId: `00000000-0000-4000-8000-${String(user).padStart(12, '0')}` },
    recipient: { id: '28:plumb', name: 'Plumb' },
    conversation: { isGroup: true, conversationType: 'channel', tenantId: tenant, id: `${channel};messageid=${thread === '' ? id : thread}` },
    channelData: { tenant: { id: tenant }, team: { id: channel }, channel: { id: channel } },
    textFormat: 'plain',
    locale: 'en-GB',
    text: mention ? `<at>Plumb</at> ${text}` : text,
    entities: [
      ...(mention ? [{ type: 'mention', mentioned: { id: '28:plumb', name: 'Plumb' }, text: '<at>Plumb</at>' }] : []),
      { type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London' },
    ],
  });
}

type How = { seconds: number } | { amount: number };

/** Fires messages at a bot, 100 at a time, each different. Throws when one is refused: the figures would mean nothing. */
export async function fire(url: string, connector: TeamsConnector, how: How, saidOf: (n: number) => Said): Promise<Load> {
  let n = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    ...('seconds' in how ? { duration: how.seconds } : { amount: how.amount }),
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          n += 1;
          return { ...request, headers: { 'content-type': 'application/json' }, body: activity(connector.url, saidOf(n)) };
        },
      },
    ],
  });
  const refused = result.non2xx + result.errors;
  if (refused > 0) throw new Error(`${refused} activities at ${url} were refused; the figures would mean nothing.`);
  return { perSecond: result.requests.average, p99Ms: result.latency.p99, answered: result['2xx'] };
}

/** Whole turns per second: `amount` messages go in, and the clock stops when as many answers have come out at the connector. */
export async function turns(url: string, connector: TeamsConnector, amount: number, saidOf: (n: number) => Said): Promise<number> {
  const startedAt = performance.now();
  const answered = connector.afterPosts(amount, QUIET_MS);
  // It ends at a full second only, which is why the clock is the connector's.
  const [endedAt] = await Promise.all([answered, fire(url, connector, { amount }, saidOf)]);
  return (amount / (endedAt - startedAt)) * 1_000;
}
