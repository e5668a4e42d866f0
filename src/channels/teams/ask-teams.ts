import type { Clock, Logger } from '../../app/ports.ts';
import { keyOf } from '../answer-cache.ts';
import { tooLate, within } from '../within.ts';
import { ConnectorError } from './connector-error.ts';

// A name is not worth a longer wait: presses are answered within two seconds, and workers have other conversations to go on with.
const longestWaitMs = 5_000;
// Who may not look into a team or chat may not do so a second later.
const refusedMs = 60_000;
const busyMs = 2_000;
const mostRemembered = 5_000;

export type AskProblem = 'unknown place' | 'refused' | 'not found' | 'busy' | 'timeout' | 'failed';

/** Why a question about people or places got no answer. */
export class AskError extends Error {
  readonly problem: AskProblem;
  constructor(question: string, problem: AskProblem, options?: ErrorOptions) {
    super(`Teams did not answer a question about ${question} (${problem}); go on with what is known.`, options);
    this.name = 'AskError';
    this.problem = problem;
  }
}

/** `about`: the id of what is asked about. */
export type Question = { tenant: string; question: 'a member' | 'members' | 'channels' | 'a team' | 'a chat' | 'a place'; about: string };
/** Asks the Bot Connector, or the store. Rejects with AskError, whatever `work` rejects with. */
export type AskTeams = <T>(question: Question, work: () => Promise<T>) => Promise<T>;

/** Questions to Teams; what it said about patience and permission is remembered for each question and what it is about. */
export function createAskTeams({ clock, logger }: { clock: Clock; logger: Logger }): AskTeams {
  const closed = new Map<string, { until: number; problem: AskProblem }>();

  return async function ask({ tenant, question, about }, work) {
    const key = keyOf(tenant, question, about);
    const waiting = closed.get(key);
    if (waiting && waiting.until > clock.now()) throw new AskError(question, waiting.problem);
    try {
      const answer = await within(longestWaitMs, work());
      if (answer === tooLate) throw new AskError(question, 'timeout');
      return answer;
    } catch (error) {
      const failed = error instanceof AskError ? error : new AskError(question, problemOf(error), { cause: error });
      remember(key, failed.problem, waitAskedBy(error));
      if (error instanceof AskError || error instanceof ConnectorError)
        logger.debug({ tenant, question, reason: failed.problem }, 'Teams did not answer a question about people or places.');
      else logger.warn({ tenant, question, error }, 'How to reach people and places of Teams could not be read; names and links are left out.');
      throw failed;
    }
  };

  function remember(key: string, problem: AskProblem, askedToWaitMs: number | undefined): void {
    const forMs = problem === 'busy' ? (askedToWaitMs ?? busyMs) : problem === 'refused' || problem === 'not found' ? refusedMs : 0;
    if (forMs <= 0) return;
    // At the end, so that the one that was told longest ago goes first.
    closed.delete(key);
    closed.set(key, { until: clock.now() + forMs, problem });
    const [oldest] = closed.keys();
    if (closed.size > mostRemembered && oldest !== undefined) closed.delete(oldest);
  }
}

function problemOf(error: unknown): AskProblem {
  if (!(error instanceof ConnectorError)) return 'failed';
  const { failure } = error;
  if (failure.kind === 'no answer') return 'timeout';
  if (failure.kind !== 'refused') return 'failed';
  switch (failure.status) {
    case 401:
    case 403:
      return 'refused';
    // What is not there, and what is no id of Teams.
    case 400:
    case 404:
      return 'not found';
    case 412:
    case 429:
      return 'busy';
    default:
      return 'failed';
  }
}

function waitAskedBy(error: unknown): number | undefined {
  return error instanceof ConnectorError && error.failure.kind === 'refused' ? error.failure.retryAfterMs : undefined;
}

/** The answer, or something in its place where there is none. */
export async function orElse<T>(answer: Promise<T>, instead: (error: AskError) => T): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    // Anything else is a mistake of ours.
    if (!(error instanceof AskError)) throw error;
    return instead(error);
  }
}
