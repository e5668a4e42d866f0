import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { questionIds } from '../src/domain/questions.ts';
import { loadPrompts } from '../src/prompts.ts';
import { isWordingKey, type WordingKey, wordingSlots } from '../src/views/wording.ts';
import { mistake, original, problemOf } from './prompts/mistake.ts';

describe('the prompts of this project', () => {
  const { questions, words } = loadPrompts('prompts');

  it('have at least two wordings of each of the twelve questions, and an example from two different trades', () => {
    for (const id of questionIds) {
      expect(new Set(questions[id].ask).size).toBeGreaterThanOrEqual(2);
      expect(new Set(questions[id].examples.map((example) => example.from)).size).toBeGreaterThanOrEqual(2);
    }
  });

  it('use every slot that is declared somewhere, so that no view passes something that is never shown', () => {
    const keys = Object.keys(wordingSlots).filter(isWordingKey);
    for (const key of keys) expect({ key, slots: usedSlots(key) }).toEqual({ key, slots: [...wordingSlots[key]].sort() });
  });

  it('have no exclamation marks, no emoji and no talk of being an AI', () => {
    const all = ['questions', 'wording', 'causes', 'topics', 'live-prompts'].map((name) => original(`${name}.yaml`)).join('\n');
    expect(all).not.toMatch(/!/);
    expect(all).not.toMatch(/\p{Extended_Pictographic}/u);
    expect(all).not.toMatch(/\bAI\b/);
  });

  it('put people and words into their slots as parts of their own', () => {
    const said = words.say('notice.claimed', { person: [{ person: 'u1', name: 'Priya' }] });
    expect(said).toContainEqual({ person: 'u1', name: 'Priya' });
  });

  it('leave people’s words alone even when they look like a slot', () => {
    expect(words.plain('common.quoted', { words: '{words} {topic}' })).toBe('“{words} {topic}”');
  });

  it('give the same variant for the same occasion', () => {
    expect(words.plain('review.intro', {}, 'al-7')).toBe(words.plain('review.intro', {}, 'al-7'));
    const variants = new Set(Array.from({ length: 20 }, (_, at) => words.plain('review.intro', {}, `al-${at}`)));
    expect(variants.size).toBeGreaterThan(1);
  });
});

function usedSlots(key: WordingKey): string[] {
  const [group = '', name = ''] = key.split('.');
  // The raw file rather than the loaded words: those only ever show slots that were filled.
  const block =
    original('wording.yaml')
      .split(/^(?=\S)/m)
      .find((part) => part.startsWith(`${group}:`)) ?? '';
  const entry = block.split(/^ {2}(?=\S)/m).find((part) => part.startsWith(`${name}:`)) ?? '';
  return [...new Set([...entry.matchAll(/\{([a-z-]+)\}/g)].map((match) => match[1] ?? ''))].sort();
}

describe('a mistake in questions.yaml', () => {
  it('is named with file and line when a source is not one of the articles', () => {
    const { message, line } = mistake('questions.yaml', 'source: S4', 'source: S9');
    expect(message).toContain(`questions.yaml:${line}:`);
    expect(message).toContain('S0, S1, S2, S3 or S4');
  });

  it('is named when a question has one wording only', () => {
    const { message, line } = mistake('questions.yaml', '          - Which goal, number or event is behind this request?\n', '');
    expect(message).toContain(`questions.yaml:${line - 1}:`);
    expect(message).toContain('at least two wordings');
  });

  it('is named when a question is missing', () => {
    const { message } = mistake('questions.yaml', '      budget:\n', '      budgets:\n');
    expect(message).toMatch(/questions\.yaml:\d+: .*budget/);
  });

  it('is named when a key is not known', () => {
    const { message, line } = mistake('questions.yaml', '        source: S0\n', '        source: S0\n        mood: sunny\n');
    expect(message).toContain(`questions.yaml:${line + 1}:`);
    expect(message).toContain('"mood" is not expected');
  });
});

describe('a mistake in wording.yaml', () => {
  it('is named when a slot is not known there, with the slots that are', () => {
    const { message, line } = mistake('wording.yaml', 'text-open: "{person} started', 'text-open: "{persona} started');
    expect(message).toContain(`wording.yaml:${line}:`);
    expect(message).toContain('{persona} is not a slot of "started-post.text-open": expected only {person}');
  });

  it('is named when a key is missing', () => {
    const { message, line } = mistake('wording.yaml', '  undo: Undo\n', '');
    expect(message).toMatch(/wording\.yaml:\d+: expected the key "undo" in "button", but it is missing/);
    expect(Number(/:(\d+):/.exec(message)?.[1])).toBeLessThan(line);
  });

  it('is named when a key is not known', () => {
    const { message, line } = mistake('wording.yaml', '  undo: Undo\n', '  undo: Undo\n  undoo: Undo\n');
    expect(message).toContain(`wording.yaml:${line + 1}: "button.undoo" is not known`);
  });

  it('is named when a text is empty, or not a text', () => {
    expect(mistake('wording.yaml', '  undo: Undo\n', '  undo: ""\n').message).toMatch(/wording\.yaml:\d+: "button\.undo" .*expected/);
    const { message, line } = mistake('wording.yaml', '  undo: Undo\n', '  undo: 5\n');
    expect(message).toContain(`wording.yaml:${line}:`);
  });

  it('is named when it is not YAML', () => {
    const { message, line } = mistake('wording.yaml', '  undo: Undo\n', '  undo: "Undo\n');
    expect(message).toMatch(/wording\.yaml:\d+: this is not valid YAML/);
    expect(Number(/:(\d+):/.exec(message)?.[1])).toBeGreaterThanOrEqual(line);
  });
});

it('a file that cannot be read is named with what to do', () => {
  const problem = problemOf((directory) => rmSync(join(directory, 'wording.yaml')));
  expect(problem).toMatch(/wording\.yaml: this file cannot be read\. It belongs to the program: put it back/);
});
