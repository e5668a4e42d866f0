import type { Language } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { EvaluationError } from './evaluation-error.ts';

export const engineNames = ['local', 'openai'] as const;
export type EngineName = (typeof engineNames)[number];

/** `atOnce`: how many messages it may be given at the same time; one where its time is measured. */
export type Engine = { language: Language; atOnce: number; close(): Promise<void> };

/** The engine of that name, ready. Throws EvaluationError where it cannot be had. */
export async function engineOf(name: EngineName): Promise<Engine> {
  switch (name) {
    case 'local':
      return { language: createLocalLanguage(), atOnce: 1, close: async () => undefined };
    case 'openai':
      throw new EvaluationError('The OpenAI engine is not part of this version yet. Use --engine local.');
    default:
      return name satisfies never;
  }
}
