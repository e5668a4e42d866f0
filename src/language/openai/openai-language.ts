import { zodResponseFormat } from 'openai/helpers/zod';
import type { z } from 'zod';
import { createAsk } from './ask.ts';
import { createBreaker } from './breaker.ts';
import { createBudget, type Price, type Reservation, type Tokens, type Usage } from './budget.ts';
import { checkReply } from './check-reply.ts';
import { checkRequest } from './check-request.ts';
import { sentText } from './check-stated.ts';
import { checkVendorAnswer } from './check-vendor-answer.ts';
import { answerIn, tokensIn } from './completion.ts';
import { createEndpoint, type Endpoint, type Manner } from './endpoint.ts';
import { readingLimit, replyMessage, requestMessage, vendorMessage } from './messages.ts';
import type { ModelLanguage, ModelLogger, ModelMetrics, Unavailable } from './outcome.ts';
import { maskNames } from './placeholders.ts';
import { recordTo, replayFrom } from './recordings.ts';
import { replySchema, requestSchema, vendorSchema } from './schemas.ts';
import { CallError, type ModelCall, type ModelPrompt, type Transport } from './transport.ts';

/** Longer than an answer with all twelve questions needs; it only bounds what a runaway answer can cost. */
const outputTokens = 1_500;
/** English has about four bytes to a token, other scripts fewer (OpenAI, Tokens): more than is used, so that the reservation holds. */
const bytesPerToken = 3;

export type OpenAiOptions = {
  endpoint: Endpoint | { kind: 'replay'; directory: string };
  model: { name: string; price: Price } & Manner;
  prompts: { readReply: ModelPrompt; spotRequest: ModelPrompt; readVendorAnswer: ModelPrompt };
  /** Per tenant and day (UTC). */
  limit: { dollars: number; tokens: number };
  usage: Usage;
  clock: { now(): number };
  logger: ModelLogger;
  metrics: ModelMetrics;
  /** Every call and its answer is written there. */
  recordTo?: string;
  /** For one turn, its second try included (real milliseconds). */
  deadlineMs?: number;
  /** After so many failures in a row nothing is sent for so long (milliseconds). */
  breaker?: { threshold: number; pauseMs: number };
};

const formats = {
  'read-reply': zodResponseFormat(replySchema, 'reply'),
  'spot-request': zodResponseFormat(requestSchema, 'request'),
  'read-vendor-answer': zodResponseFormat(vendorSchema, 'vendor_answer'),
};

/** The engine that asks a model of OpenAI, of Azure or of a compatible endpoint; one call a turn. It answers for nothing that the text does not bear out. */
export function createOpenAiLanguage(options: OpenAiOptions): ModelLanguage {
  const stop = new AbortController();
  const consult = createConsult(options, stop.signal);
  return {
    async readReply({ text, tenant, others }, context) {
      const head = text.slice(0, readingLimit);
      const masked = maskNames(head, { ...context, others, beside: context.said?.map((said) => said.text) ?? [] });
      const asked = await consult(tenant.tenant, options.prompts.readReply, replyMessage(masked, tenant, context), replySchema);
      if ('failed' in asked) return { status: 'unavailable', reason: asked.failed };
      const { reading, unfounded } = checkReply(sentText(head, masked), asked.answer, context);
      return { status: 'read', value: reading, unfounded };
    },
    async spotRequest({ text, mentions, tenant, others }) {
      const head = text.slice(0, readingLimit);
      const masked = maskNames(head, { mentions, people: [], others });
      const asked = await consult(tenant.tenant, options.prompts.spotRequest, requestMessage(masked, tenant), requestSchema);
      if ('failed' in asked) return { status: 'unavailable', reason: asked.failed };
      const checked = checkRequest(sentText(head, masked), asked.answer);
      return checked ? { status: 'read', value: checked.heard, unfounded: checked.unfounded } : { status: 'unavailable', reason: 'invalid' };
    },
    async readVendorAnswer({ text, tenant, others }, points) {
      const head = text.slice(0, readingLimit);
      const masked = maskNames(head, { mentions: [], people: [], others, beside: points.flatMap(({ texts }) => texts) });
      const asked = await consult(tenant.tenant, options.prompts.readVendorAnswer, vendorMessage(masked, points), vendorSchema);
      if ('failed' in asked) return { status: 'unavailable', reason: asked.failed };
      return { status: 'read', ...checkVendorAnswer(sentText(head, masked), asked.answer, points) };
    },
    close: () => stop.abort(),
  };
}

/** Budget, breaker, call, account, schema: the way of one question. Never throws. */
function createConsult(options: OpenAiOptions, stopped: AbortSignal) {
  const { model, clock, logger, metrics, deadlineMs = 8_000 } = options;
  const breaker = createBreaker({ threshold: 3, pauseMs: 30_000, ...options.breaker, now: clock.now });
  const ask = createAsk({ transport: transportOf(options, deadlineMs), breaker, deadlineMs, stopped });
  const free = options.endpoint.kind === 'replay';
  const reserve = createBudget({ usage: options.usage, price: model.price, limit: options.limit, now: clock.now });

  return async function consult<T extends z.ZodType>(tenant: string, prompt: ModelPrompt, message: string, schema: T) {
    const call: ModelCall = { prompt, model: model.name, message, format: formats[prompt.name], outputTokens };
    const atMost = { input: inputTokens(call), output: outputTokens };
    if (stopped.aborted) return { failed: 'stopped' as const };
    if (!breaker.allows()) return { failed: 'breaker-open' as const };
    const reservation = free ? unlimited : await reserveOrSay(reserve, tenant, atMost, logger);
    if (typeof reservation === 'string') {
      // Otherwise a workspace without budget would keep all others from learning that the endpoint is well again.
      breaker.unused();
      return { failed: reservation };
    }
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1_000;
    try {
      const { completion, lost } = await ask(call);
      const result = answerIn(completion, schema);
      metrics.called('failed' in result ? result.failed : 'ok', seconds());
      await account(reservation, used(tokensIn(completion), lost, atMost), options);
      return result;
    } catch (error) {
      const failure = error instanceof CallError ? error : new CallError('network', { billed: true, cause: error });
      metrics.called(failure.code, seconds());
      sayWhy(logger, failure);
      await account(reservation, failure.billed ? 'unknown' : 'nothing', options);
      return { failed: failure.code };
    }
  };
}

/** What somebody has to mend, in words; the rest passes by itself and shows in the metrics. */
const remedies: Partial<Record<Unavailable, string>> = {
  'key-refused': 'The language model refused the key. Check OPENAI_API_KEY or AZURE_OPENAI_API_KEY; the local engine reads until then.',
  quota: 'The account of the language model is out of money. Top it up at the provider; the local engine reads until then.',
  rejected: 'The language model did not take the call. Check OPENAI_MODEL and the address; the local engine reads until then.',
};

function sayWhy(logger: ModelLogger, error: CallError): void {
  const { code } = error;
  const remedy = remedies[code];
  if (remedy === undefined) logger.debug({ reason: code, error }, 'The language model gave no answer.');
  else logger.warn({ reason: code, error }, remedy);
}

const unlimited: Reservation = { settle: async () => 0 };

function transportOf({ endpoint, model, logger, recordTo: directory }: OpenAiOptions, deadlineMs: number): Transport {
  if (endpoint.kind === 'replay') return replayFrom(endpoint.directory, logger);
  const transport = createEndpoint(endpoint, model, deadlineMs);
  return directory === undefined ? transport : recordTo(directory, transport, logger);
}

function inputTokens({ prompt, message, format }: ModelCall): number {
  return Math.ceil(Buffer.byteLength(prompt.text + message + JSON.stringify(format)) / bytesPerToken);
}

/** What cannot be counted is not spent. */
async function reserveOrSay(
  reserve: ReturnType<typeof createBudget>,
  tenant: string,
  atMost: Tokens,
  logger: ModelLogger,
): Promise<Reservation | Extract<Unavailable, 'over-budget' | 'not-counted'>> {
  try {
    const reservation = await reserve(tenant, atMost);
    return reservation === 'over' ? 'over-budget' : reservation;
  } catch (error) {
    logger.warn({ error }, 'What the language model costs could not be counted, so it was not asked.');
    return 'not-counted';
  }
}

function used(tokens: Tokens | undefined, lost: number, atMost: Tokens): Tokens | 'unknown' {
  if (!tokens) return 'unknown';
  return lost === 0 ? tokens : { input: tokens.input + atMost.input, output: tokens.output + atMost.output };
}

async function account(reservation: Reservation, spent: Tokens | 'nothing' | 'unknown', { logger, metrics }: OpenAiOptions): Promise<void> {
  try {
    const dollars = await reservation.settle(spent);
    metrics.spent(typeof spent === 'string' ? { input: 0, output: 0 } : spent, dollars);
  } catch (error) {
    // The reservation stays: too much is counted rather than too little.
    logger.warn({ error }, 'What the language model cost could not be put right; the most that it can have cost stays counted.');
  }
}
