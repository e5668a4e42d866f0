import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '../../app/ports.ts';
import { TeamsError } from './teams-error.ts';

export type SigningKey = { key: KeyObject; endorsements: readonly string[] };

/** The keys by which the Bot Connector signs, as its OpenID metadata publishes them. */
export type SigningKeys = {
  /** Null when no such key is published. Throws TeamsError `teams_keys_unavailable` when that cannot be found out. */
  getKey(keyId: string): Promise<SigningKey | null>;
};

const minute = 60_000;
const hour = 60 * minute;
// The documentation asks for keys that are at most a day old ("Authentication with the Bot Connector API", step 4); an hour lets a withdrawn key go sooner.
const freshMs = hour;
const usableMs = 24 * hour;
// An unknown key may be a new one. Not more often, because anybody can name a key that does not exist.
const retryMs = minute;
// Teams waits 15 s for an answer (docs: "Bots in Teams", timeouts): two of these and the rest of the work fit in.
const fetchMs = 5_000;

const Metadata = z.object({ jwks_uri: z.url() });
const Keys = z.object({
  keys: z.array(
    z.object({ kty: z.string(), kid: z.string().optional(), n: z.string().optional(), e: z.string().optional(), endorsements: z.array(z.string()).catch([]) }),
  ),
});

type Loaded = { keys: ReadonlyMap<string, SigningKey>; at: number };

/**
 * Fetches signing keys and keeps them in memory. botframework-connector's own cache refuses a new key for up to an hour, has no time limit, and fetches
 * once for each request while it has none: this one asks for an unknown key again after a minute, waits 5 s at most and fetches once for all.
 */
export function createSigningKeys(options: { openIdMetadata: string; logger: Logger; now?: () => number }): SigningKeys {
  const { openIdMetadata, logger, now = Date.now } = options;
  let loaded: Loaded | undefined;
  let loading: Promise<Loaded> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;

  function load(): Promise<Loaded> {
    triedAt = now();
    loading ??= fetchKeys(openIdMetadata)
      .then((keys) => {
        loaded = { keys, at: now() };
        return loaded;
      })
      .finally(() => {
        loading = undefined;
      });
    return loading;
  }

  /** The keys at hand do until the new ones are there. */
  function loadMeanwhile(): void {
    if (now() - triedAt < retryMs) return;
    load().catch((error: unknown) => logger.warn({ error }, "The Bot Connector's signing keys could not be renewed; those that are known stay in use."));
  }

  return {
    async getKey(keyId) {
      const known = loaded;
      if (known === undefined || now() - known.at > usableMs) return (await load()).keys.get(keyId) ?? null;
      const key = known.keys.get(keyId);
      if (key === undefined) return now() - triedAt < retryMs && loading === undefined ? null : ((await load()).keys.get(keyId) ?? null);
      if (now() - known.at > freshMs) loadMeanwhile();
      return key;
    },
  };
}

async function fetchKeys(openIdMetadata: string): Promise<ReadonlyMap<string, SigningKey>> {
  try {
    const { jwks_uri } = Metadata.parse(await fetchJson(openIdMetadata));
    const { keys } = Keys.parse(await fetchJson(jwks_uri));
    return new Map(keys.flatMap(({ kty, kid, n, e, endorsements }) => (kty === 'RSA' && kid && n && e ? [[kid, { key: rsaKey(n, e), endorsements }]] : [])));
  } catch (cause) {
    throw new TeamsError(
      'teams_keys_unavailable',
      'The keys by which activities of Teams are verified could not be fetched. Check that login.botframework.com can be reached from here.',
      { cause },
    );
  }
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(fetchMs), headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`It answered with status ${response.status}.`);
  return response.json();
}

function rsaKey(n: string, e: string): KeyObject {
  return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
}
