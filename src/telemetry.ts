import { pino } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ConflictError, NotStoredError, TooSlowError } from './app/errors.ts';
import { DeliveryError, type Logger, type Metrics } from './app/ports.ts';
import { ConfigError } from './config/problem.ts';
import type { Config } from './config.ts';
import { DomainError } from './domain/errors.ts';

/**
 * What a log line may carry beside its message. Anything else is left out and only its field name is told, because a field that nobody thought
 * about could hold what somebody wrote, a name or a token.
 */
const safeFields = new Set([
  ...['aggregate', 'attempt', 'attempts', 'channel', 'check', 'checks', 'code', 'conversation', 'count', 'dueAt', 'event', 'expired', 'failures', 'host'],
  ...['issues', 'kind', 'kills', 'loop', 'method', 'ms', 'outbox', 'path', 'port', 'post', 'queue', 'reason', 'retryInMs', 'route', 'row', 'rows'],
  ...['signal', 'status', 'stream', 'tenant', 'timers', 'url', 'variables', 'version'],
]);

/** Ids, numbers of things and stable words have no spaces; sentences do, and only `reason` may be one (app/reason-of.ts builds it). */
const idLike = /^[\w:./@%+=~-]{1,300}$/;
const REASON_LENGTH = 500;

type Destination = { write(line: string): void };
type ErrorKind = abstract new (...parameters: never[]) => Error;

/**
 * Logs as JSON, or readable when a person watches a terminal. Never text, names or tokens: see `safeFields`. `error` is the one field for errors.
 * `ourErrors` are classes of error whose messages we wrote and may log, beside those of app and domain; `destination` replaces standard output.
 */
export async function createLogger(
  config: Pick<Config, 'logLevel' | 'production'>,
  { ourErrors = [], destination }: { ourErrors?: readonly ErrorKind[]; destination?: Destination } = {},
): Promise<Logger> {
  const ours = [...knownErrors, ...ourErrors];
  const readable = !destination && !config.production && process.stdout.isTTY;
  const output = destination ?? (readable ? (await import('pino-pretty')).default({ ignore: 'pid,hostname', sync: true }) : pino.destination(1));
  const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } }, output);
  return {
    debug: (fields, message) => log.debug(safe(fields, ours), message),
    info: (fields, message) => log.info(safe(fields, ours), message),
    warn: (fields, message) => log.warn(safe(fields, ours), message),
    error: (fields, message) => log.error(safe(fields, ours), message),
  };
}

function safe(fields: Record<string, unknown>, ours: readonly ErrorKind[]): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const leftOut: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'error') kept['error'] = describeError(value, ours);
    else if (name === 'reason' && typeof value === 'string') kept[name] = value.slice(0, REASON_LENGTH);
    else if (safeFields.has(name) && isSafe(value)) kept[name] = value;
    else if (value !== undefined) leftOut.push(idLike.test(name) ? name.slice(0, 40) : '?');
  }
  return leftOut.length > 0 ? { ...kept, leftOut } : kept;
}

function isSafe(value: unknown): boolean {
  if (typeof value === 'string') return idLike.test(value);
  if (Array.isArray(value)) return value.length <= 50 && value.every((item) => typeof item !== 'object' && isSafe(item));
  return typeof value === 'number' || typeof value === 'boolean';
}

const knownErrors = [ConfigError, ConflictError, DeliveryError, DomainError, NotStoredError, TooSlowError];
type DescribedError = { name: string; code?: string; message?: string; stack: string[]; cause?: DescribedError };

/**
 * Class, code and the way through the code of any error; the message of our own errors only, because those of others quote what they choked on
 * (JSON.parse does). No other property is read: drivers put queries and their parameters there.
 */
function describeError(error: unknown, ours: readonly ErrorKind[], depth = 0): DescribedError {
  if (!isError(error)) return { name: `not an error: ${typeof error}`, stack: [] };
  const described: DescribedError = { name: idLike.test(error.name) ? error.name : 'Error', stack: framesOf(error.stack) };
  if ('code' in error && typeof error.code === 'string' && idLike.test(error.code)) described.code = error.code;
  if (ours.some((kind) => error instanceof kind)) described.message = error.message;
  if (error.cause !== undefined && depth < 4) described.cause = describeError(error.cause, ours, depth + 1);
  return described;
}

/** Errors of another realm (a test runner's sandbox) are no instances of this realm's Error. */
function isError(value: unknown): value is Error {
  return value instanceof Error || (typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'message' in value);
}

/** The lines of a stack that name a place; the first lines of a stack repeat the message. */
function framesOf(stack: string | undefined): string[] {
  const frame = /^\s+at (?:.*\()?(?:file:\/\/)?[^()\s]+:\d+:\d+\)?$/;
  return (stack ?? '')
    .split('\n')
    .filter((line) => frame.test(line))
    .map((line) => line.trim())
    .slice(0, 12);
}

const counters = {
  inbound: ['plumb_inbound_total', 'Events that came in from a channel.'],
  dropped: ['plumb_dropped_total', 'Events that were not ours and were forgotten, and posts that expired before they could be sent.'],
  stored: ['plumb_stored_total', 'Events stored before they were acknowledged.'],
  duplicate: ['plumb_duplicates_total', 'Events that had come in before.'],
  handled: ['plumb_handled_total', 'Stored events that were handled.'],
  delivered: ['plumb_delivered_total', 'Posts that a channel took.'],
  retried: ['plumb_retries_total', 'Failed attempts that are tried again.'],
  dead_letter: ['plumb_dead_letters_total', 'Rows that were given up after their last attempt.'],
  feedback: ['plumb_feedback_total', 'Cards that somebody said were useful, or were not.'],
  conflict: ['plumb_conflicts_total', 'Commits that another writer made void.'],
} as const satisfies Record<Parameters<Metrics['count']>[0], readonly [name: string, help: string]>;

const timings = {
  receive: ['plumb_receive_seconds', 'From an event to its acknowledgement.'],
  handle: ['plumb_handle_seconds', 'One handling: load, read, decide, commit.'],
  deliver: ['plumb_deliver_seconds', 'One delivery to a channel.'],
  wait: ['plumb_wait_seconds', 'From storing an event to handling it.'],
} as const satisfies Record<Parameters<Metrics['observe']>[0], readonly [name: string, help: string]>;

const labelNames = ['channel', 'kind'] as const;
const MOST_REMEMBERED = 200;
const labelValue = /^[a-z][a-z_-]{0,29}$/;
// From a local write (1 ms) to a person who waits for a reply (3 s, PRODUCT.md) and beyond.
const buckets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

/** What is counted about the external language model. Labels are its engine's own words, never text. */
type ModelCounters = {
  called(result: string, seconds: number): void;
  spent(tokens: { input: number; output: number }, dollars: number): void;
  fellBack(reason: string): void;
};

export type Telemetry = Metrics & {
  model: ModelCounters;
  /** Everything measured, in the Prometheus text format. */
  text(): Promise<string>;
  contentType: string;
};

/** Prometheus metrics of one process. `depth` is asked at each scrape; while it fails, `plumb_store_up` is 0 and the depths are missing. */
export function createMetrics(options: { depth(): Promise<Readonly<Record<string, number>>> }): Telemetry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const shared = { registers: [registry] };
  const counterOf = ([name, help]: readonly [string, string]) => new Counter({ ...shared, name, help, labelNames });
  const histogramOf = ([name, help]: readonly [string, string]) => new Histogram({ ...shared, name, help, buckets });
  const counts = mapValues(counters, counterOf);
  const times = mapValues(timings, histogramOf);
  const labelled = new Map<string, ReturnType<(typeof counts)['inbound']['labels']>>();
  const up = new Gauge({ ...shared, name: 'plumb_store_up', help: '1 while the store answers.' });
  const depths = new Gauge({ ...shared, name: 'plumb_queue_depth', help: 'Rows that wait, by queue.', labelNames: ['queue'] });

  async function measureDepths(): Promise<void> {
    depths.reset();
    try {
      for (const [queue, rows] of Object.entries(await options.depth())) depths.set({ queue }, rows);
      up.set(1);
    } catch {
      // A scrape must work above all when something does not; the reason is in the log of whoever uses the store.
      up.set(0);
    }
  }

  return {
    count(what, labels = {}) {
      const key = [what, ...labelNames.map((name) => labels[name])].join(' ');
      const counter = labelled.get(key) ?? counts[what].labels(knownLabels(labels));
      // Labels are few known words; should they be more, they are looked up each time.
      if (labelled.size < MOST_REMEMBERED) labelled.set(key, counter);
      counter.inc();
    },
    observe: (what, seconds) => times[what].observe(seconds),
    model: createModelMetrics(registry),
    async text() {
      await measureDepths();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function createModelMetrics(registry: Registry): ModelCounters {
  const shared = { registers: [registry] };
  const calls = new Counter({ ...shared, name: 'plumb_model_calls_total', help: 'Calls to the language model by result.', labelNames: ['result'] });
  const seconds = new Histogram({ ...shared, name: 'plumb_model_seconds', help: 'One call to the language model, its second try included.', buckets });
  const tokens = new Counter({ ...shared, name: 'plumb_model_tokens_total', help: 'Tokens that the endpoint reported.', labelNames: ['kind'] });
  const money = new Counter({ ...shared, name: 'plumb_model_dollars_total', help: 'US dollars counted against the daily budgets.' });
  const fallbacks = new Counter({ ...shared, name: 'plumb_model_fallbacks_total', help: 'Turns that the local engine read instead.', labelNames: ['reason'] });
  const word = (value: string) => (labelValue.test(value) ? value : 'other');
  return {
    called(result, took) {
      calls.inc({ result: word(result) });
      seconds.observe(took);
    },
    spent({ input, output }, dollars) {
      tokens.inc({ kind: 'input' }, input);
      tokens.inc({ kind: 'output' }, output);
      money.inc(dollars);
    },
    fellBack: (reason) => fallbacks.inc({ reason: word(reason) }),
  };
}

/** Labels make a time series each, for good, so only few known words may become one. */
function knownLabels(labels: Readonly<Record<string, string>>): Partial<Record<(typeof labelNames)[number], string>> {
  const known = labelNames.flatMap((name) => {
    const value = labels[name];
    return value === undefined ? [] : [[name, labelValue.test(value) ? value : 'other'] as const];
  });
  return Object.fromEntries(known);
}

function mapValues<K extends string, V, R>(record: Readonly<Record<K, V>>, map: (value: V) => R): Record<K, R> {
  const entries: [K, R][] = [];
  for (const key in record) entries.push([key, map(record[key])]);
  return Object.fromEntries(entries) as Record<K, R>;
}
