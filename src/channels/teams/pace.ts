import { DeliveryError } from '../../app/ports.ts';

/** One kind of call, and the channel, group chat or 1:1 chat that it is for. */
export type Lane = { tenant: string; call: 'send' | 'create'; place: string };

export type Pace = {
  /** Resolves when it may be called: at once, or within about two seconds. Throws a busy DeliveryError when it would take longer. */
  wait(lane: Lane): Promise<void>;
  /** Teams asked for patience: for so many milliseconds, or without saying for how long. Gives how long it shall be, in milliseconds. */
  limited(lane: Lane, forMs: number | 'a while'): number;
};

type Rule = { most: number; withinMs: number };

// Microsoft Learn, "Optimize your bot with rate limiting": per bot and conversation, for "Send to conversation" as for "Create conversation". A channel is
// one conversation with all its threads.
const documented: readonly Rule[] = [
  { most: 7, withinMs: 1_000 },
  { most: 8, withinMs: 2_000 },
  { most: 60, withinMs: 30_000 },
  { most: 1_800, withinMs: 3_600_000 },
];
// Teams counts when a call arrives, and one may take longer on its way than the next.
const onTheWayMs = 100;
const perPlace = documented.map(({ most, withinMs }) => ({ most, withinMs: withinMs + onTheWayMs }));
// The same page: 50 requests a second per app and tenant, of all kinds; some are left to what is not sent here (rosters, presses).
const perTenant: readonly Rule[] = [{ most: 40, withinMs: 1_000 }];
// A send may hold one of the deliverer's hands for so long; beyond, the outbox waits better than we do.
const patienceMs = 2_000;
// The backoff that the same page shows, where a 429 has no Retry-After.
const firstPatienceMs = 2_000;
const lastPatienceMs = 20_000;
const maxGates = 10_000;

/** When calls were made or are about to be, oldest first; until when Teams wants none at all; how often in a row it said so. */
type Gate = { times: number[]; closedUntil: number; refusals: number };

type Options = {
  /** Milliseconds that only ever grow; not the wall clock, which jumps. */
  now?: () => number;
  sleep?: (ms: number) => Promise<void>;
};

/**
 * Keeps to Teams' pace before Teams has to say so. What is known is of this process; several instances find out about each other through Teams' own 429,
 * which closes a lane for as long as Teams says.
 */
export function createPace({ now = () => performance.now(), sleep = sleepFor }: Options = {}): Pace {
  const gates = new Map<string, Gate>();

  function gateOf(key: string): Gate {
    const known = gates.get(key);
    if (known) return known;
    if (gates.size >= maxGates) forgetIdle();
    const gate: Gate = { times: [], closedUntil: 0, refusals: 0 };
    gates.set(key, gate);
    return gate;
  }

  function forgetIdle(): void {
    const at = now();
    const longest = perPlace.at(-1)?.withinMs ?? 0;
    for (const [key, { times, closedUntil }] of gates) if (closedUntil <= at && (times.at(-1) ?? 0) <= at - longest) gates.delete(key);
  }

  return {
    async wait(lane) {
      const at = now();
      const steps = gatesOf(lane).map(({ key, rules }) => ({ gate: gateOf(key), rules }));
      const waitMs = Math.max(0, ...steps.map(({ gate, rules }) => Math.max(gate.closedUntil, freeAt(gate, rules)) - at));
      if (waitMs > patienceMs) {
        throw new DeliveryError("A message waits for its turn, to keep to Teams' pace: it goes on by itself.", {
          retry: true,
          busy: true,
          retryAfterMs: Math.ceil(waitMs),
        });
      }
      for (const { gate, rules } of steps) take(gate, rules, at + waitMs);
      if (waitMs > 0) await sleep(waitMs);
    },
    limited(lane, forMs) {
      const at = now();
      const [own, tenant] = gatesOf(lane).map(({ key }) => gateOf(key));
      if (!own) return 0;
      own.refusals = own.closedUntil > at - lastPatienceMs ? own.refusals + 1 : 1;
      const waitMs = forMs === 'a while' ? Math.min(firstPatienceMs * 2 ** (own.refusals - 1), lastPatienceMs) : forMs;
      own.closedUntil = Math.max(own.closedUntil, at + waitMs);
      // Teams does not say whether it means the conversation or the tenant: when it refuses two of them at once, it means the tenant.
      if (tenant && othersClosed(lane, at)) tenant.closedUntil = Math.max(tenant.closedUntil, at + waitMs);
      return waitMs;
    },
  };

  function othersClosed(lane: Lane, at: number): boolean {
    const tenant = tenantKey(lane);
    const own = gatesOf(lane).map(({ key }) => key);
    for (const [key, { closedUntil }] of gates) if (closedUntil > at && key.startsWith(tenant) && !own.includes(key)) return true;
    return false;
  }
}

/** When one more call keeps to the rules. */
function freeAt({ times }: Gate, rules: readonly Rule[]): number {
  return Math.max(0, ...rules.map(({ most, withinMs }) => (times.at(-most) ?? -withinMs) + withinMs));
}

function take(gate: Gate, rules: readonly Rule[], at: number): void {
  gate.times.push(at);
  const most = Math.max(...rules.map((rule) => rule.most));
  if (gate.times.length > most * 2) gate.times.splice(0, gate.times.length - most);
}

/** What limits a call: its own lane first, then the tenant. */
function gatesOf(lane: Lane): { key: string; rules: readonly Rule[] }[] {
  const tenant = tenantKey(lane);
  return [
    { key: `${tenant}${lane.call}/${encodeURIComponent(lane.place)}`, rules: perPlace },
    { key: tenant, rules: perTenant },
  ];
}

function tenantKey({ tenant }: Lane): string {
  return `${encodeURIComponent(tenant)}/`;
}

function sleepFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
