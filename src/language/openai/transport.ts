import type { Unavailable } from './outcome.ts';

/** An instruction of prompts/llm. A new `version` makes recorded answers of the old one void. */
export type ModelPrompt = { name: 'read-reply' | 'spot-request' | 'read-vendor-answer'; version: number; text: string };

/** One question to the model. `format` is the strict JSON schema that the answer follows. */
export type ModelCall = {
  prompt: ModelPrompt;
  model: string;
  message: string;
  format: { type: 'json_schema'; json_schema: { name: string; strict?: boolean | null; schema?: Record<string, unknown> } };
  /** The most that the answer may have. */
  outputTokens: number;
};

/** Sends one call and gives back what the endpoint said, unchecked. Rejects with CallError alone; ends when the signal does. */
export type Transport = (call: ModelCall, signal: AbortSignal) => Promise<unknown>;

/** A call that brought nothing. `retry`: worth one more try, not before `retryAfterMs`. `billed`: whether it may have cost something all the same. */
export class CallError extends Error {
  readonly code: Unavailable;
  readonly retry: boolean;
  readonly retryAfterMs: number | undefined;
  readonly billed: boolean;
  constructor(code: Unavailable, options: { retry?: boolean; retryAfterMs?: number | undefined; billed?: boolean; cause?: unknown } = {}) {
    super(`The language model gave no answer (${code}).`, { cause: options.cause });
    this.name = 'CallError';
    this.code = code;
    this.retry = options.retry ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.billed = options.billed ?? false;
  }
}
