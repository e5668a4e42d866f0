import { describe, expect, it } from '@jest/globals';
import { readAlignment } from '../../src/app/snapshots.ts';
import { decide } from '../../src/domain/alignment.ts';
import { buildBrief, signedBrief } from '../../src/domain/brief.ts';
import { differenceOf } from '../../src/domain/brief-difference.ts';
import { currentLevelIn, followsFrom } from '../../src/domain/chain.ts';
import type { Decision } from '../../src/domain/coaching-state.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { AlignmentState, StartedAlignment } from '../../src/domain/state.ts';
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

  it('says in a later draft what was decided since the signature, and nothing of it where the signed one did not keep that', () => {
    const quote = { textId: 'm0', start: 0, end: 7 };
    const decided = (at: number): Decision => ({ outcome: 'changed', by: 'leader', at, words: quote, messageRef: 'm0', about: {}, evidence: [] });
    const withDecisions = (...decisions: Decision[]) => ({ coaching: { cues: [], prompts: [], decisions } });
    const signed = evolve(talk([request], withDecisions(decided(5))).state, { type: 'AlignmentReached', at: 6, version: 1, signatures: [] });
    const sinceSigned = (state: AlignmentState) => {
      const later = { ...started(state), ...withDecisions(decided(5), decided(7)) };
      const before = signedBrief(later);
      return before && differenceOf(before, buildBrief(later)).decisions;
    };
    expect(sinceSigned(readAlignment(stored(signed)))).toMatchObject([{ at: 7 }]);
    const { understood, answers } = started(signed);
    expect(sinceSigned({ ...started(signed), signedContent: { understood, answers } })).toBeUndefined();
  });
});

describe('an alignment that was stored before the coach was there', () => {
  it('is read, gives a brief, and can be coached from then on', () => {
    const { coaching: _coaching, fitness: _fitness, ...before } = talk([request]).state;
    const read = started(readAlignment(stored(before)));
    expect(read).toEqual(before);
    expect(buildBrief(read)).toMatchObject({ decisions: [], actions: [] });
    const cue = { cue: 'knows-how', quote: { textId: 'm9', start: 0, end: 4 }, by: 'leader', side: 'requester', messageRef: 'm9', at: 9 } as const;
    const events = decide(read, { type: 'HearCues', by: 'leader', act: 'm9', messageRef: 'm9', cues: [cue] }, 9);
    expect(started(events.reduce(evolve, read as AlignmentState)).coaching?.cues).toEqual([cue]);
  });
});

function stored(state: AlignmentState): unknown {
  return JSON.parse(JSON.stringify(state));
}

function started(state: AlignmentState): StartedAlignment {
  if (state.status === 'new') throw new Error('Nothing was started.');
  return state;
}
