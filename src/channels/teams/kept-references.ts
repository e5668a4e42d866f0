import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Clock, Logger } from '../../app/ports.ts';
import type { ReferenceOf, Store } from '../../app/store.ts';
import { createAnswerCache, keyOf } from '../answer-cache.ts';
import { parseJson } from '../parse-json.ts';

// Another process may have learned better meanwhile: long enough for a burst of activities, short enough that nobody waits for a new address.
const rememberMs = 15_000;
const mostRemembered = 20_000;

type Options<T> = {
  store: Pick<Store, 'references'>;
  clock: Clock;
  logger: Logger;
  kind: ReferenceOf['kind'];
  schema: z.ZodType<T>;
  /** Whether a reference can be used as it is. What can not is read anew each time: somebody else may have mended it. */
  isWhole: (reference: T) => boolean;
  /** Called before something is written. */
  beforeSave?: (tenant: string, before: T | undefined, after: T) => Promise<void>;
};

/** References of one kind, by tenant and id. Everything rejects as the store does. */
export type KeptReferences<T> = {
  get(tenant: string, id: string): Promise<T | undefined>;
  list(tenant: string): Promise<(T & { id: string })[]>;
  /** Writes what `change` makes of what is kept, if that is something else. `change` may run twice. */
  change(tenant: string, id: string, change: (before: T | undefined) => T): Promise<void>;
  remove(tenant: string, id: string): Promise<void>;
};

/** References in the store, read through a short memory. In one process changes of one reference happen one after the other. */
export function createKeptReferences<T extends object>({ store, clock, logger, kind, schema, isWhole, beforeSave }: Options<T>): KeptReferences<T> {
  const remembered = createAnswerCache<T>({ clock, keepMs: rememberMs, most: mostRemembered });
  // What is kept, also where it cannot be used yet: it saves looking for what was just learned.
  const lastKept = createAnswerCache<T>({ clock, keepMs: rememberMs, most: mostRemembered });
  const turns = new Map<string, Promise<unknown>>();
  const of = (tenant: string, id: string): ReferenceOf => ({ channel: 'teams', tenant, kind, id });
  return {
    get: (tenant, id) => fromMemory(tenant, id) ?? load(tenant, id),
    async list(tenant) {
      const rows = await store.references.list({ channel: 'teams', tenant, kind });
      return rows.flatMap(({ id, body }) => {
        const reference = read(tenant, body);
        return reference ? [{ ...reference, id }] : [];
      });
    },
    change(tenant, id, change) {
      const key = keyOf(tenant, id);
      // Most activities tell nothing new.
      const known = lastKept.fresh(key);
      if (known && isDeepStrictEqual(change(known), known)) return Promise.resolve();
      return inTurn(key, async () => {
        const before = await load(tenant, id);
        const after = change(before);
        if (before && isDeepStrictEqual(after, before)) return;
        await beforeSave?.(tenant, before, after);
        await store.references.save(of(tenant, id), JSON.stringify(after), clock.now());
        remember(key, after);
      });
    },
    remove(tenant, id) {
      const key = keyOf(tenant, id);
      return inTurn(key, async () => {
        await store.references.remove(of(tenant, id));
        forget(key);
      });
    },
  };

  function fromMemory(tenant: string, id: string): Promise<T> | undefined {
    const known = remembered.fresh(keyOf(tenant, id));
    return known && Promise.resolve(known);
  }

  async function load(tenant: string, id: string): Promise<T | undefined> {
    const key = keyOf(tenant, id);
    const body = await store.references.load(of(tenant, id));
    const reference = body === undefined ? undefined : read(tenant, body);
    if (reference) remember(key, reference);
    else forget(key);
    return reference;
  }

  function forget(key: string): void {
    remembered.outdate(key);
    lastKept.outdate(key);
  }

  function remember(key: string, reference: T): void {
    lastKept.put(key, reference);
    if (isWhole(reference)) remembered.put(key, reference);
    else remembered.outdate(key);
  }

  /** A reference that cannot be read counts as unknown: the next activity tells it again. */
  function read(tenant: string, body: string): T | undefined {
    const parsed = schema.safeParse(parseJson(body));
    if (parsed.success) return parsed.data;
    logger.warn({ tenant, kind, reason: parsed.error.issues[0]?.path.join('.') }, 'A stored reference of Teams cannot be read; it is learned anew.');
    return undefined;
  }

  async function inTurn<R>(key: string, work: () => Promise<R>): Promise<R> {
    const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
    turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(key) === turn) turns.delete(key);
    }
  }
}
