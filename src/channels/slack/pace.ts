import { DeliveryError } from '../../app/ports.ts';

/** One kind of call, and the conversation that it is for. Slack limits posting per conversation, everything else per method and workspace. */
export type Lane = { tenant: string; method: 'chat.postMessage' | 'chat.postEphemeral' | 'chat.update' | 'chat.delete' | 'views.publish'; place: string };

export type Pace = {
  /** Resolves when it may be called: at once, or within about a second. Throws a busy DeliveryError when it would take longer. */
  wait(lane: Lane): Promise<void>;
  /** Slack asked for patience, for this many milliseconds. */
  limited(lane: Lane, forMs: number): void;
};

type Rule = { everyMs: number; burst: number };

// "No more than one message per second per channel", short bursts are tolerated (docs.slack.dev/apis/web-api/rate-limits).
const perPlace: Rule = { everyMs: 1_000, burst: 4 };
// "Several hundred messages per minute" and workspace (the same page): five a second.
const perWorkspace: Rule = { everyMs: 200, burst: 40 };
// Tiers 3 and 4 of the same page: 50 and 100 per minute and more, with bursts. A burst beyond is told by Slack itself.
const tierOf: Readonly<Record<Exclude<Lane['method'], 'chat.postMessage'>, Rule>> = {
  'chat.update': { everyMs: 1_200, burst: 30 },
  'chat.delete': { everyMs: 1_200, burst: 30 },
  'chat.postEphemeral': { everyMs: 600, burst: 40 },
  'views.publish': { everyMs: 600, burst: 40 },
};
// A send may hold one of the deliverer's hands for so long; beyond, the outbox waits better than we do.
const patienceMs = 1_000;
const maxGates = 10_000;

/** When the next call is due if all went evenly, and until when Slack wants none at all. */
type Gate = { dueAt: number; closedUntil: number };

type Options = {
  /** Milliseconds that only ever grow; not the wall clock, which jumps. */
  now?: () => number;
  sleep?: (ms: number) => Promise<void>;
};

/**
 * Keeps to Slack's pace before Slack has to say so. What is known is of this process; several instances find out about each other through Slack's
 * own 429, which closes a lane for as long as Slack says.
 */
export function createPace({ now = () => performance.now(), sleep = sleepFor }: Options = {}): Pace {
  const gates = new Map<string, Gate>();

  function gateOf(key: string): Gate {
    const known = gates.get(key);
    if (known) return known;
    if (gates.size >= maxGates) forgetIdle();
    const gate = { dueAt: 0, closedUntil: 0 };
    gates.set(key, gate);
    return gate;
  }

  function forgetIdle(): void {
    for (const [key, { dueAt, closedUntil }] of gates) if (dueAt <= now() && closedUntil <= now()) gates.delete(key);
  }

  return {
    async wait(lane) {
      const at = now();
      const steps = rulesOf(lane).map(({ key, rule }) => ({ gate: gateOf(key), rule }));
      const waitMs = Math.max(...steps.map(({ gate, rule }) => Math.max(gate.closedUntil, gate.dueAt - (rule.burst - 1) * rule.everyMs) - at), 0);
      if (waitMs > patienceMs) {
        throw new DeliveryError(`${lane.method} waits for its turn, to keep to Slack's pace: it goes on by itself.`, {
          retry: true,
          busy: true,
          retryAfterMs: Math.ceil(waitMs),
        });
      }
      for (const { gate, rule } of steps) gate.dueAt = Math.max(gate.dueAt, at) + rule.everyMs;
      if (waitMs > 0) await sleep(waitMs);
    },
    limited(lane, forMs) {
      const at = now();
      const until = at + forMs;
      const [own, workspace] = rulesOf(lane).map(({ key }) => gateOf(key));
      if (own) own.closedUntil = Math.max(own.closedUntil, until);
      // Slack does not say whether it means the conversation or the whole workspace: when it refuses two of them at once, it means the workspace.
      if (workspace && othersClosed(lane, at)) workspace.closedUntil = Math.max(workspace.closedUntil, until);
    },
  };

  function othersClosed(lane: Lane, at: number): boolean {
    const prefix = keyOf(lane.tenant, lane.method, '');
    for (const [key, { closedUntil }] of gates) if (closedUntil > at && key.startsWith(prefix) && key !== prefix + lane.place && key !== prefix) return true;
    return false;
  }
}

/** What limits a call: its own lane first, then the workspace. */
function rulesOf({ tenant, method, place }: Lane): { key: string; rule: Rule }[] {
  if (method !== 'chat.postMessage') return [{ key: keyOf(tenant, method, ''), rule: tierOf[method] }];
  return [
    { key: keyOf(tenant, method, place), rule: perPlace },
    { key: keyOf(tenant, method, ''), rule: perWorkspace },
  ];
}

function keyOf(tenant: string, method: Lane['method'], place: string): string {
  return `${tenant}/${method}/${place}`;
}

function sleepFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
