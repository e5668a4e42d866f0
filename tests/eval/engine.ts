import { join } from 'node:path';
import type { Logger } from '../../src/app/ports.ts';
import type { ModelConfig } from '../../src/config/model.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { loadConfig } from '../../src/config.ts';
import type { Language } from '../../src/language/language.ts';
import { createEncoder, type Encoder, type EncoderOptions } from '../../src/language/local/encoder/encoder.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { openLanguage } from '../../src/open-language.ts';
import { loadPrompts } from '../../src/prompts.ts';
import { EvaluationError } from './evaluation-error.ts';

export const engineNames = ['local', 'openai'] as const;
export type EngineName = (typeof engineNames)[number];

/** What an external model did: calls by their result, how often the local engine answered instead and why, and what it cost. */
export type ModelFacts = { calls: Record<string, number>; fell_back: Record<string, number>; tokens: number; dollars: number };
/** `atOnce`: how many messages it may be given at the same time; one where its time is measured. */
export type Engine = { language: Language; atOnce: number; model?: ModelFacts; close(): Promise<void> };

const promptsDirectory = join(import.meta.dirname, '..', '..', 'prompts');

type Environment = Readonly<Record<string, string | undefined>>;

/** The engine of that name, ready; `openai` as the environment configures it, with the local one behind it. Throws EvaluationError where it cannot be had. */
export async function engineOf(name: EngineName, environment: Environment = process.env): Promise<Engine> {
  const encoder = createDemandingEncoder();
  const local = createLocalLanguage({ encoder, knowledge: loadPrompts(promptsDirectory).knowledge });
  switch (name) {
    case 'local':
      return { language: local, atOnce: 1, close: encoder.close };
    case 'openai':
      return modelEngine(local, encoder, modelIn(environment));
    default:
      return name satisfies never;
  }
}

function modelIn(environment: Environment): ModelConfig {
  try {
    const { model } = loadConfig(environment);
    if (model) return model;
  } catch (cause) {
    if (cause instanceof ConfigError) throw new EvaluationError(cause.message, { cause });
    throw cause;
  }
  throw new EvaluationError(
    'No model is configured: set OPENAI_API_KEY, OPENAI_BASE_URL or AZURE_OPENAI_... (see .env.example), or PLUMB_LLM_REPLAY to a folder of recorded answers.',
  );
}

const silent: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function modelEngine(local: Language, encoder: Encoder, model: ModelConfig): Promise<Engine> {
  const facts: ModelFacts = { calls: {}, fell_back: {}, tokens: 0, dollars: 0 };
  const engine = await openLanguage({
    model,
    local,
    promptsDirectory,
    usage: createUsage(),
    clock: { now: () => Date.now() },
    logger: silent,
    metrics: {
      called: (result) => {
        facts.calls[result] = (facts.calls[result] ?? 0) + 1;
      },
      spent: ({ input, output }, dollars) => {
        facts.tokens += input + output;
        facts.dollars += dollars;
      },
      fellBack: (reason) => {
        facts.fell_back[reason] = (facts.fell_back[reason] ?? 0) + 1;
      },
    },
  });
  return { language: engine.language, atOnce: 4, model: facts, close: () => closeBoth(engine, encoder) };
}

async function closeBoth(engine: { close(): void }, encoder: Encoder): Promise<void> {
  engine.close();
  await encoder.close();
}

/** Figures without the encoder would be others than people get, so it throws EvaluationError where another would go without. */
export function createDemandingEncoder(options: Pick<EncoderOptions, 'worker'> = {}): Encoder {
  let reason = 'it took too long';
  const encoder = createEncoder({
    ...options,
    deadlineMs: 20_000,
    onUnavailable: (why) => {
      reason = why;
    },
  });
  return {
    ...encoder,
    async encode(texts) {
      const vectors = await encoder.encode(texts);
      if (!vectors) throw new EvaluationError(`The sentence encoder cannot run here (${reason}). Install it with "npm ci" and try again.`);
      return vectors;
    },
  };
}

/** Counts in memory: the budget of the environment holds for one run. */
function createUsage() {
  const counts = new Map<string, number>();
  return {
    async add({ amount, ...key }: { amount: number; tenant: string; personId: string; day: string; what: string }): Promise<number> {
      const name = JSON.stringify(key);
      const count = (counts.get(name) ?? 0) + amount;
      counts.set(name, count);
      return count;
    },
  };
}
