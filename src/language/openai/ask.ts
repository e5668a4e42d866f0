import { setTimeout as sleep } from 'node:timers/promises';
import type { Breaker } from './breaker.ts';
import { CallError, type ModelCall, type Transport } from './transport.ts';

// A call needs about a second; one that starts later than this before the deadline only costs money.
const shortestCallMs = 300;
const firstPauseMs = 250;

type Answered = { completion: unknown /** Tries before that may have cost something all the same. */; lost: number };

/**
 * One question with one more try on 429, 5xx and network errors, all of it within `deadlineMs` (real milliseconds). Retry-After is waited for where the
 * deadline allows. Rejects with CallError.
 */
export function createAsk({ transport, breaker, deadlineMs, stopped }: { transport: Transport; breaker: Breaker; deadlineMs: number; stopped: AbortSignal }) {
  return async function ask(call: ModelCall): Promise<Answered> {
    const deadlineAt = performance.now() + deadlineMs;
    const signal = AbortSignal.any([AbortSignal.timeout(deadlineMs), stopped]);
    try {
      const answered = await tryTwice(transport, call, signal, deadlineAt);
      breaker.succeeded();
      return answered;
    } catch (error) {
      if (error instanceof CallError) report(breaker, error);
      throw error;
    }
  };
}

async function tryTwice(transport: Transport, call: ModelCall, signal: AbortSignal, deadlineAt: number): Promise<Answered> {
  try {
    return { completion: await transport(call, signal), lost: 0 };
  } catch (error) {
    if (!(error instanceof CallError) || !error.retry) throw error;
    const pauseMs = error.retryAfterMs ?? firstPauseMs;
    if (performance.now() + pauseMs + shortestCallMs > deadlineAt) throw error;
    await sleep(pauseMs, undefined, { signal }).catch((cause: unknown) => {
      throw new CallError('stopped', { billed: error.billed, cause });
    });
    return { completion: await transport(call, signal), lost: error.billed ? 1 : 0 };
  }
}

function report(breaker: Breaker, { code }: CallError): void {
  if (code === 'key-refused' || code === 'quota') breaker.trip();
  else if (code === 'refusal') breaker.succeeded();
  else if (code !== 'stopped' && code !== 'not-recorded') breaker.failed();
}
