import { describe, expect, it } from '@jest/globals';
import { fitnessElements } from '../../src/domain/fitness-state.ts';
import { loadPrompts } from '../../src/prompts.ts';
import { mistake, original } from './mistake.ts';

describe('what the fitness check asks', () => {
  it('is one short question for each element, with first steps that fit into the form', () => {
    const { fitness } = loadPrompts('prompts');
    expect(Object.keys(fitness)).toEqual([...fitnessElements]);
    for (const { question, actions } of Object.values(fitness)) {
      expect(question).toMatch(/^.{10,150}\?$/);
      expect(Math.max(...actions.map((action) => action.length))).toBeLessThanOrEqual(200);
    }
    expect(original('fitness.yaml')).not.toMatch(/!|\p{Extended_Pictographic}/u);
  });

  it.each([
    ['what is not expected', '  label: Staff', '  colour: red\n  label: Staff', '"colour" is not expected'],
    ['a source that is none', 'source: S4', 'source: S7', 'expected the source as S0'],
    ['an action that is too long', 'Say openly what stays', `Say openly ${'what stays '.repeat(20)}`, 'at most 200 characters'],
  ])('names file and line of %s', (_, search, replacement, told) => {
    const { message, line } = mistake('fitness.yaml', search, replacement);
    expect(message).toContain(told);
    expect(message).toContain(`fitness.yaml:${line}:`);
  });
});
