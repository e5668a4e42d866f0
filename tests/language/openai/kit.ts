import { join } from 'node:path';
import type { Language, Mention, ReplyContext, TenantLanguage } from '../../../src/language/language.ts';
import { createLocalLanguage } from '../../../src/language/local/local-language.ts';
import type { Usage } from '../../../src/language/openai/budget.ts';
import { createOpenAiLanguage, type OpenAiOptions } from '../../../src/language/openai/openai-language.ts';
import type { ModelReply, ModelRequest } from '../../../src/language/openai/schemas.ts';
import { withFallback } from '../../../src/language/with-fallback.ts';
import { loadModelPrompts } from '../../../src/model-prompts.ts';
import { createLog } from '../../app/kit.ts';

const promptsDirectory = join(import.meta.dirname, '..', '..', '..', 'prompts');
const { prompts, modelNamed } = loadModelPrompts(promptsDirectory);
export const NOON = Date.UTC(2026, 10, 23, 12);

export function tenant(name = 'acme', model = { conversations: true, hearing: true }): TenantLanguage {
  return { tenant: name, vocabulary: { learning: [], teams: [], topics: [] }, lessons: [], causes: [], model };
}

export function context(more: Partial<ReplyContext> = {}): ReplyContext {
  return { asked: 'owner', followUp: false, answered: [], addressed: true, mentions: [], people: [{ personId: 'u-dana', name: 'Dana Whitfield' }], ...more };
}

/** The model's whole answer about a reply, with what is given. */
export function reply(more: Partial<ModelReply>): ModelReply {
  return { acts: [], answers: [], people: [], kpis: [], when: null, wishes: [], delegate: null, unclearBetween: null, cues: [], nextQuestion: null, ...more };
}

export function request(more: Partial<ModelRequest>): ModelRequest {
  return {
    band: 'no',
    asking: null,
    reasons: [],
    topic: null,
    audience: null,
    format: null,
    deadline: null,
    answers: [],
    people: [],
    kpis: [],
    when: null,
    ...more,
  };
}

export function mention(text: string, name: string, personId: string): Mention {
  const start = text.indexOf(name);
  return { start, end: start + name.length, personId };
}

/** Counters in memory, as a store keeps them. */
export function createUsage(): Usage & { total(tenant: string, what: string): number } {
  const counts = new Map<string, number>();
  const keyOf = (tenantName: string, day: string, what: string) => `${tenantName} ${day} ${what}`;
  return {
    async add({ tenant: tenantName, day, what, amount }) {
      const key = keyOf(tenantName, day, what);
      counts.set(key, (counts.get(key) ?? 0) + amount);
      return counts.get(key) ?? 0;
    },
    total: (tenantName, what) => counts.get(keyOf(tenantName, '2026-11-23', what)) ?? 0,
  };
}

function createModelCounter() {
  const calls: string[] = [];
  const fallbacks: string[] = [];
  const spent: { tokens: { input: number; output: number }; dollars: number }[] = [];
  return {
    calls,
    fallbacks,
    spent,
    metrics: {
      called: (result: string) => {
        calls.push(result);
      },
      spent: (tokens: { input: number; output: number }, dollars: number) => {
        spent.push({ tokens, dollars });
      },
      fellBack: (reason: string) => {
        fallbacks.push(reason);
      },
    },
  };
}

/** The engine as Plumb runs it, with the local engine behind it, asking the endpoint at `url`. */
export function openEngine(url: string, more: Partial<OpenAiOptions> = {}) {
  const counter = createModelCounter();
  const usage = createUsage();
  const log = createLog();
  let now = NOON;
  const model = createOpenAiLanguage({
    endpoint: { kind: 'openai', apiKey: 'sk-test', baseUrl: `${url}/v1` },
    model: modelNamed('gpt-5.4-mini'),
    prompts,
    limit: { dollars: 2, tokens: 5_000_000 },
    usage,
    clock: { now: () => now },
    logger: log,
    metrics: counter.metrics,
    ...more,
  });
  const language: Language = withFallback({ model, local: createLocalLanguage(), metrics: counter.metrics });
  return {
    language,
    usage,
    log,
    ...counter,
    close: model.close,
    /** A moment later. */
    passes: (ms: number) => {
      now += ms;
    },
  };
}
