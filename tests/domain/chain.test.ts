import { describe, expect, it } from '@jest/globals';
import { buildBrief, differenceOf } from '../../src/domain/brief.ts';
import { currentLevelIn, followsFrom } from '../../src/domain/chain.ts';
import type { Decision } from '../../src/domain/coaching-state.ts';
import { type Line, talk } from './talk.ts';

const request: Line = { by: 'leader', says: 'Closing training. They just cannot do it.', cues: [['lacks-skill', 'They just cannot do it']] };
const know: Line = { by: 'colleague', says: '27 of the 33 sold three in February.', cues: [['knows-how', '27 of the 33 sold three']] };
const test: Line = { by: 'manager', says: 'In the test 19 of 24 could not.', cues: [['lacks-skill', '19 of 24 could not']] };
const levelOf = (...lines: Line[]) => currentLevelIn(talk(lines).state).level;

describe('the current level', () => {
  it('is a skill gap where it is shown that they do not know how, and learning follows', () => {
    expect(levelOf(request, test)).toBe('skill');
    expect(followsFrom('skill')).toBe('learning');
  });

  it('is an execution gap where facts answer the claim that they cannot, and coaching follows', () => {
    expect(levelOf(request, know)).toBe('execution');
    expect(followsFrom('execution')).toBe('coaching');
  });

  it('is both where some know and others do not', () => {
    expect(levelOf(request, know, test)).toBe('both');
  });

  it('is open where nobody said, and where a mere claim is contested', () => {
    expect(levelOf({ by: 'leader', says: 'Closing training.' })).toBeUndefined();
    const elsewhere: Line = { by: 'colleague', says: 'Quotes go out after nine days.', cues: [['elsewhere', 'Quotes go out after nine days']] };
    expect(levelOf(request, elsewhere)).toBeUndefined();
  });

  it('says nothing of the learners where an owner has never led such a thing', () => {
    const owner: Line = { by: 'manager', says: 'I have never led one.', cues: [['lacks-skill', 'I have never led one']], answers: { 'owner-role': 'clear' } };
    expect(levelOf({ by: 'leader', says: 'Closing training.' }, owner)).toBeUndefined();
  });
});

describe('the brief', () => {
  const tool: Line = { by: 'colleague', says: 'The form has 14 fields.', cues: [['obstacle', 'The form has 14 fields', 'systems']] };

  it('fills competencies and current level with what was heard, each with its message', () => {
    const brief = buildBrief(talk([request, test, tool]).state);
    const link = (name: string) => brief.chain.find((one) => one.link === name);
    expect(link('competencies')?.heard.map(({ messageRef, by }) => [messageRef, by])).toEqual([
      ['m0', 'leader'],
      ['m1', 'manager'],
      ['m2', 'colleague'],
    ]);
    expect(link('current-level')).toMatchObject({ level: 'skill', lines: [] });
  });

  it('carries decisions, the agreed pilot and the actions, and says which came since the last version', () => {
    const quote = { textId: 'm0', start: 0, end: 7 };
    const decision: Decision = { outcome: 'changed', by: 'leader', at: 5, words: quote, messageRef: 'm0', about: {}, evidence: [] };
    const action = { element: 'systems', text: quote, cost: 2, phase: 'now', by: 'leader', at: 6 } as const;
    const actions = [
      { ...action, id: 'little', impact: 2 },
      { ...action, id: 'much', impact: 5 },
    ] as const;
    const fitness = {
      status: 'closed',
      anonymous: false,
      elements: [],
      asked: [],
      answers: [],
      openedBy: 'leader',
      openedAt: 1,
      closesAt: 2,
      actions,
    } as const;
    const pilot = { status: 'agreed', at: 7, by: 'leader', group: quote, messageRef: 'm0' } as const;
    const before = buildBrief(talk([request]).state);
    const after = buildBrief(talk([request], { coaching: { cues: [], prompts: [], decisions: [decision], pilot }, fitness }).state);
    expect(after).toMatchObject({ decisions: [decision], pilot: { group: quote, by: 'leader' } });
    expect(after.actions.map(({ id }) => id)).toEqual(['much', 'little']);
    expect(differenceOf(before, after)).toMatchObject({ decisions: [decision], pilot: { group: quote }, actions: after.actions });
    expect(differenceOf(after, after)).toEqual({ understood: [], answers: [] });
    const proposed = buildBrief(talk([request], { coaching: { cues: [], prompts: [], decisions: [], pilot: { status: 'proposed', at: 1 } } }).state);
    expect(proposed.pilot).toBeUndefined();
  });
});
