import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from './model.ts';
import type { State } from './state.ts';

export type Kind = 'events_api' | 'interactive' | 'slash_commands';
/** What the app answered. `ms`: how long it took. `status` is 0 when there was no answer. */
export type Answer = { status: number; ms: number; body: unknown; noRetry: boolean; failure?: 'timeout' | 'connection' };
/** One try of one delivery. */
export type Delivery = { kind: Kind; payload: Json; attempt: number; answer: Answer; at: number };

export type Sockets = {
  connected(): number;
  send(kind: Kind, payload: Json, retry: { attempt: number; reason: string }, timeoutMs: number): Promise<Answer>;
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  close(): void;
};

export type Deliver = {
  /** Resolves when the first try is over; further tries go on behind. */
  event(envelope: Json): Promise<Answer>;
  /** Presses, forms, shortcuts and commands: one try, which throws when the app is not there, does not take it or needs longer than it may. */
  interaction(kind: 'interactive' | 'slash_commands', payload: Json): Promise<Answer>;
  /** All tries that were made, of everything. */
  tries: Delivery[];
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>;
  stop(): void;
};

export type DeliverOptions = {
  urls(): { events: string | undefined; interactions: string | undefined; commands: string | undefined };
  sockets: Sockets;
  /** Slack: at once, after a minute, after five (docs.slack.dev/apis/events-api#retries). */
  retryDelaysMs: readonly number[];
  /** Slack: 3,000 for events and interactions alike. */
  timeoutMs: number;
};

export function createDeliver(state: State, options: DeliverOptions): Deliver {
  const tries: Delivery[] = [];
  const under = new Set<Promise<void>>();
  const stopping = new AbortController();

  async function attempt(kind: Kind, payload: Json, number: number, reason: string): Promise<Answer> {
    const at = Date.now();
    const answer =
      options.sockets.connected() > 0
        ? await options.sockets.send(kind, payload, { attempt: number, reason }, options.timeoutMs)
        : await overHttp(kind, payload, number, reason);
    tries.push({ kind, payload, attempt: number, answer, at });
    return answer;
  }

  async function overHttp(kind: Kind, payload: Json, number: number, reason: string): Promise<Answer> {
    const { events, interactions, commands } = options.urls();
    const url = { events_api: events, interactive: interactions, slash_commands: commands }[kind];
    const begun = performance.now();
    if (url === undefined) return { status: 0, ms: 0, body: undefined, noRetry: true, failure: 'connection' };
    const body = bodyOf(kind, payload);
    const headers = signed(body, state.app.signingSecret, Date.now());
    if (kind === 'events_api') headers['content-type'] = 'application/json';
    else headers['content-type'] = 'application/x-www-form-urlencoded';
    if (number > 0) Object.assign(headers, { 'x-slack-retry-num': String(number), 'x-slack-retry-reason': reason });
    try {
      const response = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.any([AbortSignal.timeout(options.timeoutMs), stopping.signal]) });
      const text = await response.text();
      return { status: response.status, ms: performance.now() - begun, body: parsed(text), noRetry: response.headers.get('x-slack-no-retry') === '1' };
    } catch (error) {
      const failure = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'connection';
      return { status: 0, ms: performance.now() - begun, body: undefined, noRetry: false, failure };
    }
  }

  async function again(envelope: Json, first: Answer): Promise<void> {
    let last = first;
    for (const [index, delay] of options.retryDelaysMs.entries()) {
      if (isTaken(last) || last.noRetry || stopping.signal.aborted) return;
      const waited = await pause(delay, true, { signal: stopping.signal }).catch(() => false);
      if (!waited) return;
      last = await attempt('events_api', envelope, index + 1, reasonOf(last));
    }
  }

  return {
    tries,
    async event(envelope) {
      const first = attempt('events_api', envelope, 0, '');
      const whole = first.then((answer) => again(envelope, answer));
      under.add(whole);
      void whole.finally(() => under.delete(whole));
      return first;
    },
    async interaction(kind, payload) {
      const answer = await attempt(kind, payload, 0, '');
      if (answer.failure === 'timeout') throw new Error(`The app took longer than ${options.timeoutMs} ms to answer (operation_timeout).`);
      if (answer.failure === 'connection') throw new Error('The app is not there (dispatch_failed).');
      if (!isTaken(answer)) throw new Error(`The app answered ${answer.status} (dispatch_failed).`);
      return answer;
    },
    async settled() {
      while (under.size > 0) await Promise.all(under);
    },
    stop: () => stopping.abort(),
  };
}

/** docs.slack.dev/authentication/verifying-requests-from-slack: v0 and a HMAC of version, time and body. */
function signed(body: string, signingSecret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

function bodyOf(kind: Kind, payload: Json): string {
  switch (kind) {
    case 'events_api':
      return JSON.stringify(payload);
    case 'interactive':
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    case 'slash_commands':
      return new URLSearchParams(Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)])).toString();
    default:
      return kind satisfies never;
  }
}

function isTaken(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** docs.slack.dev/apis/events-api#retries, X-Slack-Retry-Reason. */
function reasonOf(answer: Answer): string {
  if (answer.failure === 'timeout') return 'http_timeout';
  return answer.failure === 'connection' ? 'connection_failed' : 'http_error';
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
