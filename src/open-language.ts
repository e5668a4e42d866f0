import type { Clock, Logger } from './app/ports.ts';
import type { ModelConfig } from './config/model.ts';
import type { Language } from './language/language.ts';
import type { OpenAiOptions } from './language/openai/openai-language.ts';
import type { ModelMetrics } from './language/openai/outcome.ts';
import { withFallback } from './language/with-fallback.ts';
import { loadModelPrompts } from './model-prompts.ts';

/**
 * The configured engine: `local` alone, or an external model with `local` behind it. Its client is loaded only when it is configured. `usage` counts what
 * it costs. Throws PromptsError.
 */
export async function openLanguage(options: {
  model: ModelConfig | undefined;
  local: Language;
  promptsDirectory: string;
  usage: OpenAiOptions['usage'];
  clock: Clock;
  logger: Logger;
  metrics: ModelMetrics;
}): Promise<{ language: Language; close(): void }> {
  const { model, local, metrics } = options;
  if (!model) return { language: local, close: () => undefined };
  const { createOpenAiLanguage } = await import('./language/openai/openai-language.ts');
  const { prompts, modelNamed } = loadModelPrompts(options.promptsDirectory);
  const engine = createOpenAiLanguage({
    ...options,
    endpoint: model.endpoint,
    model: modelNamed(model.name),
    prompts,
    limit: { dollars: model.dailyDollars, tokens: model.dailyTokens },
    ...(model.recordTo !== undefined && { recordTo: model.recordTo }),
  });
  return { language: withFallback({ model: engine, local, metrics }), close: engine.close };
}
