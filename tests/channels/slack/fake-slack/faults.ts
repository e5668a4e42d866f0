import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from './model.ts';

/** What may go wrong with a call. `performed`: whether Slack does what was asked all the same, so that the caller cannot know. */
export type Fault =
  | { kind: 'rate-limited'; retryAfterSeconds: number }
  | { kind: 'error'; error: string; more?: Json }
  | { kind: 'hang'; performed: boolean; ms?: number }
  | { kind: 'broken'; performed: boolean }
  | { kind: 'failure'; performed: boolean; status?: number };

/** Which call: of any or one team, into any or one channel; how often (once unless said otherwise). */
export type FaultFor = { team?: string; channel?: string; times?: number; matching?: (body: Json) => boolean };

export type Faults = {
  add(method: string, fault: Fault, options?: FaultFor): void;
  clear(): void;
  take(method: string, body: Json, team: string | undefined): Fault | undefined;
  apply(fault: Fault, perform: () => Promise<Json>, response: ServerResponse): Promise<void>;
};

export function createFaults(): Faults {
  let waiting: { method: string; fault: Fault; left: number; options: FaultFor }[] = [];
  return {
    add(method, fault, options = {}) {
      waiting.push({ method, fault, left: options.times ?? 1, options });
    },
    clear() {
      waiting = [];
    },
    take(method, body, team) {
      const found = waiting.find(({ method: meant, options }) => {
        if (meant !== method && meant !== '*') return false;
        if (options.team !== undefined && options.team !== team) return false;
        if (options.channel !== undefined && options.channel !== body['channel']) return false;
        return options.matching?.(body) ?? true;
      });
      if (!found) return undefined;
      found.left -= 1;
      waiting = waiting.filter((one) => one.left > 0);
      return found.fault;
    },
    apply,
  };
}

async function apply(fault: Fault, perform: () => Promise<Json>, response: ServerResponse): Promise<void> {
  switch (fault.kind) {
    case 'rate-limited':
      // docs.slack.dev/apis/web-api/rate-limits: HTTP 429 with whole seconds.
      response.writeHead(429, { 'retry-after': String(fault.retryAfterSeconds), 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error: 'ratelimited' }));
      return;
    case 'error':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error: fault.error, ...fault.more }));
      return;
    case 'hang': {
      const reply = fault.performed ? await perform() : undefined;
      if (fault.ms === undefined) return;
      await pause(fault.ms, undefined, { ref: false });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply ?? (await perform())));
      return;
    }
    case 'broken':
      if (fault.performed) await perform();
      response.destroy();
      return;
    case 'failure':
      if (fault.performed) await perform();
      response.writeHead(fault.status ?? 500, { 'content-type': 'text/plain' });
      response.end('Internal Server Error');
      return;
    default:
      return fault satisfies never;
  }
}
