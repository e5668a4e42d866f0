import type { z } from 'zod';
import type { Clock, Logger } from '../../app/ports.ts';
import { keyOf } from '../answer-cache.ts';
import { tooLate, within } from '../within.ts';
import { askedToWait, lacksMethod, slackCode } from './errors.ts';
import type { Workspaces } from './workspace.ts';

// A name is not worth a longer wait: presses are answered within two seconds, and workers have other conversations to go on with.
const longestWaitMs = 5_000;
// What an installation may not do, or a server does not know, does not change from one minute to the next.
const notAllowedMs = 10 * 60_000;
const mostRemembered = 5_000;

/** Why a question got no answer: Slack's own error code, or `busy`, `timeout`, `not_installed`, `unreadable`, `failed`. */
export class AskError extends Error {
  readonly code: string;
  constructor(method: string, code: string, options?: ErrorOptions) {
    super(`Slack did not answer ${method} (${code}); go on with what is known.`, options);
    this.name = 'AskError';
    this.code = code;
  }
}

/** Asks a read method of the Web API. Rejects with AskError. */
export type AskSlack = <T>(tenant: string, method: string, args: Record<string, unknown>, schema: z.ZodType<T>) => Promise<T>;

type Dependencies = { workspaces: Workspaces; clock: Clock; logger: Logger };

/** Questions to Slack; what it said about patience and permission is remembered for each tenant and method. */
export function createAskSlack({ workspaces, clock, logger }: Dependencies): AskSlack {
  const closed = new Map<string, { until: number; code: string }>();

  return async function ask(tenant, method, args, schema) {
    const waiting = closed.get(keyOf(tenant, method));
    if (waiting && waiting.until > clock.now()) throw new AskError(method, waiting.code);
    try {
      const answer = await within(longestWaitMs, callSlack(tenant, method, args));
      if (answer === tooLate) throw new AskError(method, 'timeout');
      const parsed = schema.safeParse(answer);
      if (!parsed.success) throw new AskError(method, 'unreadable', { cause: parsed.error });
      return parsed.data;
    } catch (error) {
      const failed = failureOf(method, error);
      remember({ tenant, method }, failed.code, error);
      logger.debug({ tenant, method, reason: failed.code }, 'Slack did not answer a question about people or places.');
      throw failed;
    }
  };

  async function callSlack(tenant: string, method: string, args: Record<string, unknown>): Promise<unknown> {
    const workspace = await workspaces.of(tenant);
    if (!workspace) throw new AskError(method, 'not_installed');
    return workspace.client.apiCall(method, args);
  }

  function remember({ tenant, method }: { tenant: string; method: string }, code: string, error: unknown): void {
    const forMs = askedToWait(error) ?? (notAllowed.has(code) ? notAllowedMs : 0);
    if (forMs <= 0) return;
    if (notAllowed.has(code)) logger.warn({ tenant, method, reason: code }, 'Slack does not let Plumb ask this; it goes on with less.');
    // At the end, so that the one that was told longest ago goes first.
    const key = keyOf(tenant, method);
    closed.delete(key);
    closed.set(key, { until: clock.now() + forMs, code });
    const [oldest] = closed.keys();
    if (closed.size > mostRemembered && oldest !== undefined) closed.delete(oldest);
  }
}

const notAllowed: ReadonlySet<string> = new Set(['missing_scope', 'unknown_method', 'not_allowed_token_type', 'method_deprecated', 'missing_argument']);

function failureOf(method: string, error: unknown): AskError {
  if (error instanceof AskError) return error;
  if (askedToWait(error) !== undefined) return new AskError(method, 'busy', { cause: error });
  return new AskError(method, lacksMethod(error) ? 'unknown_method' : (slackCode(error) ?? 'failed'), { cause: error });
}
