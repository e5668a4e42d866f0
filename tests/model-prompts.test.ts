import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { questionIds } from '../src/domain/questions.ts';
import { actKinds } from '../src/language/language.ts';
import { loadModelPrompts } from '../src/model-prompts.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'model-prompts-'));
  cpSync('prompts/llm', join(directory, 'llm'), { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const change = (file: string, text: string) => writeFileSync(join(directory, 'llm', file), text);

describe('the instructions for a language model', () => {
  const { prompts } = loadModelPrompts('prompts');

  it('explain every question and every act', () => {
    for (const word of [...questionIds, ...actKinds]) expect(prompts.readReply.text).toContain(`\`${word}\``);
    for (const id of questionIds) expect(prompts.spotRequest.text).toContain(`\`${id}\``);
  });

  it('have a version, which is no part of what is sent', () => {
    expect(prompts.readReply.version).toBeGreaterThanOrEqual(1);
    expect(prompts.readReply.text).toMatch(/^You read one chat message/);
  });

  it('without a version are named with file and line', () => {
    change('read-reply.md', 'You read one chat message.\n');
    expect(() => loadModelPrompts(directory)).toThrow(/read-reply\.md:1: expected <!-- version: 1 --> in the first line/);
  });

  it('that are empty, or missing, are named', () => {
    change('spot-request.md', '<!-- version: 2 -->\n\n');
    expect(() => loadModelPrompts(directory)).toThrow(/spot-request\.md:2: expected the instruction/);
    rmSync(join(directory, 'llm', 'spot-request.md'));
    expect(() => loadModelPrompts(directory)).toThrow(/spot-request\.md: this file cannot be read/);
  });
});

describe('prices', () => {
  const { modelNamed } = loadModelPrompts('prompts');

  it('are those of the longest name that fits', () => {
    expect(modelNamed('gpt-5.4-mini-2026-03-17')).toEqual({
      name: 'gpt-5.4-mini-2026-03-17',
      price: { input: 0.75, output: 4.5 },
      temperature: 0,
      reasoning: 'none',
    });
    expect(modelNamed('gpt-4.1').price).toEqual({ input: 2, output: 8 });
  });

  it('of a model that nobody knows are high, so that a budget holds', () => {
    expect(modelNamed('our-deployment').price.output).toBeGreaterThanOrEqual(30);
  });

  it('that are no numbers are named with file and line', () => {
    const text = readFileSync('prompts/llm/models.yaml', 'utf8');
    change('models.yaml', text.replace('input: 0.75', 'input: cheap'));
    const line = text.slice(0, text.indexOf('input: 0.75')).split('\n').length;
    expect(() => loadModelPrompts(directory)).toThrow(new RegExp(`models\\.yaml:${line}: .*expected US dollars`));
  });
});
