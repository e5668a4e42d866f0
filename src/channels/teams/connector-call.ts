import type { BotFrameworkAuthentication } from 'botframework-connector';
import type { z } from 'zod';
import { type Clients, openClients } from './connector-clients.ts';
import { ConnectorError } from './connector-error.ts';
import { readConnectorFailure } from './read-connector-failure.ts';

/** A call of one of botbuilder's clients, with what ends it. */
type Work = (clients: Clients, ending: { abortSignal: AbortSignal }) => Promise<unknown>;

/** Calls the connector at an address and reads its answer. Rejects with ConnectorError. */
export type ConnectorCall = <T>(call: { name: string; serviceUrl: string; answer: z.ZodType<T> }, work: Work) => Promise<T>;

type Options = {
  authentication: BotFrameworkAuthentication;
  /** The app registration; undefined in local mode, where nobody signs in. */
  appId: string | undefined;
  /** How long a call may take, in milliseconds. */
  patienceMs?: number;
};

// Well below the 15 s after which the outbox gives up on a send (app/deliver.ts): what takes longer is tried again.
const defaultPatienceMs = 8_000;
// Microsoft has one address per region; a stand-in may have one per run.
const maxClients = 50;

/** One pair of clients for each address; every call ends after its time, whether it waits for a token or for an answer. */
export function createConnectorCall({ authentication, appId, patienceMs = defaultPatienceMs }: Options): ConnectorCall {
  const clients = new Map<string, Promise<Clients>>();

  function clientsOf(serviceUrl: string): Promise<Clients> {
    const known = clients.get(serviceUrl);
    if (known !== undefined) return known;
    const [oldest] = clients.keys();
    if (clients.size >= maxClients && oldest !== undefined) clients.delete(oldest);
    const opening = openClients(authentication, appId, serviceUrl);
    clients.set(serviceUrl, opening);
    opening.catch(() => clients.delete(serviceUrl));
    return opening;
  }

  return async ({ name, serviceUrl, answer }, work) => {
    const abort = new AbortController();
    const late = new Promise<never>((_, reject) => {
      abort.signal.addEventListener('abort', () => reject(new ConnectorError(name, { kind: 'no answer' })), { once: true });
    });
    const timer = setTimeout(() => abort.abort(), patienceMs);
    try {
      // Aborted while it still waits for a token, it is never sent: botbuilder's HTTP client looks at the signal first.
      const going = clientsOf(serviceUrl).then((both) => work(both, { abortSignal: abort.signal }));
      const got = answer.safeParse(await Promise.race([going, late]));
      if (got.success) return got.data;
      throw new ConnectorError(name, { kind: 'no answer' });
    } catch (error) {
      throw new ConnectorError(name, readConnectorFailure(error));
    } finally {
      clearTimeout(timer);
    }
  };
}
