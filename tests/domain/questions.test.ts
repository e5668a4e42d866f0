import { describe, expect, it } from '@jest/globals';
import {
  type Answer,
  type Answers,
  currentAnswers,
  essentials,
  factorIds,
  factorOf,
  nextQuestion,
  progressByFactor,
  questionIds,
  statusOf,
} from '../../src/domain/questions.ts';

const given = (questionId: Answer['questionId'], status: Answer['status'], over: Partial<Answer> = {}): Answer => ({
  questionId,
  status,
  source: 'said',
  by: 'leader',
  at: 0,
  messageRef: 'm',
  act: 'a',
  effect: 'replaces',
  ...over,
});
const of = (...answers: Answer[]): Answers => {
  const all: Partial<Record<Answer['questionId'], Answer[]>> = {};
  for (const answer of answers) all[answer.questionId] = [...(all[answer.questionId] ?? []), answer];
  return all;
};

describe('the twelve questions', () => {
  it('are twelve in six factors, three of them essential', () => {
    expect(questionIds).toHaveLength(12);
    expect(new Set(Object.values(factorOf))).toEqual(new Set(factorIds));
    expect(essentials).toEqual(['driver', 'owner', 'leading-kpis']);
  });

  it('are asked essentials first, then by the factor just spoken of, then in their order', () => {
    expect(nextQuestion({})).toBe('driver');
    const essential = essentials.map((id) => given(id, 'clear'));
    expect(nextQuestion(of(...essential), 'owner')).toBe('owner-role');
    expect(nextQuestion(of(...essential, given('context', 'clear')), 'context')).toBe('contribution');
    expect(nextQuestion(of(...questionIds.map((id) => given(id, 'skipped'))))).toBeUndefined();
  });

  it('an answer that adds or amends stands beside the one before; one that replaces stands alone', () => {
    const first = given('driver', 'clear', { act: '1' });
    const second = given('driver', 'clear', { act: '2', effect: 'adds' });
    const third = given('driver', 'clear', { act: '3', effect: 'amends' });
    expect(currentAnswers(of(first, second, third), 'driver')).toEqual([first, second, third]);
    expect(currentAnswers(of(first, second, given('driver', 'clear', { act: '4' })), 'driver').map((one) => one.act)).toEqual(['4']);
  });

  it('stand as well as the best of what counts now', () => {
    expect(statusOf({}, 'driver')).toBe('open');
    expect(statusOf(of(given('driver', 'thin'), given('driver', 'clear', { effect: 'adds' })), 'driver')).toBe('clear');
    expect(statusOf(of(given('driver', 'delegated')), 'driver')).toBe('delegated');
  });

  it('count per factor only what somebody answered', () => {
    const progress = progressByFactor(of(given('driver', 'thin'), given('contribution', 'unknown')));
    expect(progress.find(({ factor }) => factor === 'strategy')).toEqual({ factor: 'strategy', settled: 1, total: 3 });
  });
});
