import { describe, expect, it } from '@jest/globals';
import { leads, openTo, takesPart, waitsFor } from '../../src/domain/taking-part.ts';
import { answer, completed, newAct, play, said, stateAfter } from './given.ts';

const name = { textId: 't', start: 0, end: 5 };
const claim = { type: 'ClaimAlignment', by: 'partner', act: 'claim', standing: ['listed-partner'] } as const;
const delegate = (to: string) => ({ type: 'DelegateQuestion', by: 'leader', act: newAct(), messageRef: 'd', to, privately: true }) as const;

describe('taking part', () => {
  it('is asking, answering, being asked, and working on it', () => {
    const state = stateAfter(answer('colleague', said('budget')), delegate('asked'), claim);
    for (const personId of ['leader', 'colleague', 'asked', 'partner']) expect([personId, takesPart(state, personId)]).toEqual([personId, true]);
    expect(['leader', 'colleague', 'asked', 'partner'].filter((personId) => leads(state, personId))).toEqual(['leader', 'partner']);
  });

  it('is not being named by others', () => {
    const state = stateAfter(answer('leader', said('owner', 'clear', { people: [{ name, personId: 'boss' }] })));
    expect(takesPart(state, 'boss')).toBe(false);
  });
});

describe('the next step', () => {
  it('waits for whoever is asked, the delegates among them', () => {
    expect(waitsFor(stateAfter())).toEqual(['leader']);
    expect(waitsFor(stateAfter(delegate('asked')))).toEqual(['leader', 'asked']);
  });

  it('waits for the signatures that a draft still needs', () => {
    const state = stateAfter(claim, ...completed());
    expect(waitsFor(state)).toEqual(['leader', 'partner']);
    const signed = play([{ type: 'SignBrief', by: 'leader', act: newAct(), version: 1 }], state).state;
    if (signed.status !== 'reviewing') throw new Error(`The draft is ${signed.status}.`);
    expect(waitsFor(signed)).toEqual(['partner']);
  });

  it('waits for nobody while it rests', () => {
    expect(waitsFor(stateAfter({ type: 'PauseAlignment', by: 'leader', act: newAct() }))).toEqual([]);
  });
});

describe('what was answered', () => {
  it('is open where people talk, not while they talk privately, and again where the signed brief stands', () => {
    const state = stateAfter();
    expect(openTo(state)).toEqual([state.conversation.place]);
    const privately = stateAfter({ type: 'ContinuePrivately', by: 'leader', act: newAct() }, ...completed());
    expect(openTo(privately)).toEqual([]);
    const signed = play([{ type: 'SignBrief', by: 'leader', act: newAct(), version: 1 }], privately).state;
    if (signed.status !== 'aligned' || signed.audience.kind !== 'channel') throw new Error(`The brief is ${signed.status}.`);
    expect(openTo(signed)).toEqual([signed.audience.place]);
  });
});
