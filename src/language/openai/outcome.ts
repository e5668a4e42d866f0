import type { KnownPerson, Mention, PointToHold, Reading, ReadPoint, ReplyContext, SpottedRequest, TenantLanguage } from '../language.ts';

/** Why a model gave nothing that can be used. Stable words: they are labels of a metric and stand in logs. */
export const unavailableReasons = [
  'names-unknown',
  'over-budget',
  'not-counted',
  'breaker-open',
  'timeout',
  'rate-limited',
  'quota',
  'server',
  'network',
  'key-refused',
  'rejected',
  'invalid',
  'cut-short',
  'refusal',
  'not-recorded',
  'stopped',
] as const;
export type Unavailable = (typeof unavailableReasons)[number];

/** What a model made of a text. `unfounded`: how many answers it claims that the text does not bear out. */
export type Outcome<T> = { status: 'read'; value: T; unfounded: number } | { status: 'unavailable'; reason: Unavailable };

/** A request as far as a model can tell: what a lesson may keep, and what else was asked for, is known to the local engine alone. */
export type HeardRequest = Omit<SpottedRequest, 'features' | 'others'>;

/** An external model. The caller has made sure that the tenant lets it read; names of `others` are kept back too. Never throws. */
export type ModelLanguage = {
  spotRequest(message: { text: string; mentions: readonly Mention[]; tenant: TenantLanguage; others: readonly KnownPerson[] }): Promise<Outcome<HeardRequest>>;
  readReply(message: { text: string; tenant: TenantLanguage; others: readonly KnownPerson[] }, context: ReplyContext): Promise<Outcome<Reading>>;
  readVendorAnswer(
    message: { text: string; tenant: TenantLanguage; others: readonly KnownPerson[] },
    points: readonly PointToHold[],
  ): Promise<Outcome<readonly ReadPoint[]>>;
  /** Ends what is under way. */
  close(): void;
};

/** Stable words and ids only: fields never carry text (telemetry.ts lets nothing else through). */
export type ModelLogger = {
  debug(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
};

/** What is counted about a model. No label carries text, a name or a tenant. */
export type ModelMetrics = {
  /** One call that went out, retries included; `seconds` from the first byte out to the answer read. */
  called(result: 'ok' | Unavailable, seconds: number): void;
  spent(tokens: { input: number; output: number }, dollars: number): void;
  /** The local engine answered instead. */
  fellBack(reason: string): void;
};
