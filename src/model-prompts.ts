import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { OpenAiOptions } from './language/openai/openai-language.ts';
import type { ModelPrompt } from './language/openai/transport.ts';
import { PromptsError, readYaml } from './prompts/source.ts';

/** The instructions for a language model, and what models cost. */
export type ModelPrompts = { prompts: OpenAiOptions['prompts']; modelNamed(name: string): OpenAiOptions['model'] };

const Dollars = z.number('expected US dollars for a million tokens').nonnegative('expected a price of 0 or more');
const Model = z.strictObject(
  {
    input: Dollars,
    output: Dollars,
    temperature: z.number().min(0).max(2).exactOptional(),
    reasoning: z.enum(['none', 'minimal', 'low'], 'expected none, minimal or low').exactOptional(),
  },
  'expected input and output in dollars, and if need be temperature and reasoning',
);
const Models = z.strictObject({ models: z.record(z.string(), Model), otherwise: Model }, 'expected "models" and "otherwise"');

/** Reads llm/ in the prompts directory. Throws PromptsError when a file is missing or not as expected. */
export function loadModelPrompts(directory: string): ModelPrompts {
  const { models, otherwise } = readYaml(join(directory, 'llm'), 'models.yaml', Models);
  const prompts = {
    readReply: readPrompt(directory, 'read-reply'),
    spotRequest: readPrompt(directory, 'spot-request'),
    readVendorAnswer: readPrompt(directory, 'read-vendor-answer'),
  };
  return {
    prompts,
    modelNamed(name) {
      const known = Object.keys(models).sort((one, other) => other.length - one.length);
      const { input, output, ...manner } = models[known.find((begin) => name.startsWith(begin)) ?? ''] ?? otherwise;
      return { name, price: { input, output }, ...manner };
    },
  };
}

function readPrompt(directory: string, name: ModelPrompt['name']): ModelPrompt {
  const file = join(directory, 'llm', `${name}.md`);
  const [, version, text = ''] = /^<!-- version: ([1-9]\d*) -->\n([\s\S]*)$/.exec(readPromptText(file)) ?? [];
  if (version === undefined) {
    throw new PromptsError(`${file}:1: expected <!-- version: 1 --> in the first line. An instruction that asks for something else gets the next number.`);
  }
  if (text.trim() === '') throw new PromptsError(`${file}:2: expected the instruction, but it is empty.`);
  return { name, version: Number(version), text: text.trim() };
}

function readPromptText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch (cause) {
    throw new PromptsError(`${file}: this file cannot be read. It belongs to the program: put it back, or check its permissions.`, { cause });
  }
}
