import { setTimeout as pause } from 'node:timers/promises';
import { isObject, type Json } from './model.ts';
import type { State } from './state.ts';

/** What the app answered. `status` is 0 when there was no answer; `ms`: how long it took. */
export type Answer = { status: number; ms: number; body: unknown; failure?: 'timeout' | 'connection' };
/** One try of one delivery. */
export type Delivery = { activity: Json; attempt: number; answer: Answer; at: number };

export type Deliver = {
  /** Resolves when the first try is over; further tries go on behind. */
  activity(activity: Json): Promise<Answer>;
  /** One try, which throws when the app is not there, does not take it or needs longer than it may. */
  invoke(activity: Json): Promise<Answer>;
  tries: Delivery[];
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>;
  stop(): void;
};

export type DeliverOptions = {
  state: State;
  url: () => string | undefined;
  /** The Authorization header of an activity from that connector. */
  authorize: ((serviceUrl: string) => Promise<string>) | undefined;
  retryDelaysMs: readonly number[];
  /** For activities 15,000, for invokes 5,000 (Microsoft Learn, "Handle invoke activities" and "Bot: GatewayTimeout"). */
  timeoutMs: number;
  invokeTimeoutMs: number;
};

export function createDeliver({ state, url, authorize, retryDelaysMs, timeoutMs, invokeTimeoutMs }: DeliverOptions): Deliver {
  const tries: Delivery[] = [];
  const under = new Set<Promise<void>>();
  const stopping = new AbortController();

  async function attempt(activity: Json, number: number, within: number): Promise<Answer> {
    const at = Date.now();
    const answer = await post(activity, within);
    tries.push({ activity, attempt: number, answer, at });
    state.changed();
    return answer;
  }

  async function post(activity: Json, within: number): Promise<Answer> {
    const to = url();
    const begun = performance.now();
    if (to === undefined) return { status: 0, ms: 0, body: undefined, failure: 'connection' };
    const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
    if (authorize) headers['authorization'] = await authorize(String(activity['serviceUrl']));
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(within), stopping.signal]);
      const response = await fetch(to, { method: 'POST', body: JSON.stringify(activity), headers, signal });
      const text = await response.text();
      return { status: response.status, ms: performance.now() - begun, body: parsed(text) };
    } catch (error) {
      const failure = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'connection';
      return { status: 0, ms: performance.now() - begun, body: undefined, failure };
    }
  }

  async function again(activity: Json, first: Answer): Promise<void> {
    let last = first;
    for (const [index, delay] of retryDelaysMs.entries()) {
      if (!isWorthATry(last) || stopping.signal.aborted) return;
      const waited = await pause(delay, true, { signal: stopping.signal }).catch(() => false);
      if (!waited) return;
      last = await attempt(activity, index + 1, timeoutMs);
    }
  }

  return {
    tries,
    async activity(activity) {
      const first = attempt(activity, 0, timeoutMs);
      const whole = first.then((answer) => again(activity, answer));
      under.add(whole);
      void whole.finally(() => under.delete(whole));
      return first;
    },
    async invoke(activity) {
      const answer = await attempt(activity, 0, invokeTimeoutMs);
      if (answer.failure === 'timeout') throw new Error(`The app took longer than ${invokeTimeoutMs} ms to answer.`);
      if (answer.failure === 'connection') throw new Error('Unable to reach the app.');
      if (answer.status < 200 || answer.status >= 300) throw new Error(`The app answered ${answer.status} to ${String(activity['name'])}.`);
      return answer;
    },
    async settled() {
      while (under.size > 0) await Promise.all(under);
    },
    stop: () => stopping.abort(),
  };
}

/** The Bot Connector tries again after a failure of the app itself or of the way there. */
function isWorthATry({ status, failure }: Answer): boolean {
  return failure !== undefined || status >= 500;
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function bodyOf(answer: Answer): Json {
  return isObject(answer.body) ? answer.body : {};
}
