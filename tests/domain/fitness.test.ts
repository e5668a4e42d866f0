import { describe, expect, it } from '@jest/globals';
import { alignmentTimers } from '../../src/domain/alignment-timers.ts';
import type { Command } from '../../src/domain/command.ts';
import { resultsOf, weakest } from '../../src/domain/fitness-results.ts';
import { suggestedReviewer } from '../../src/domain/fitness-reviewer.ts';
import { type Fitness, fitnessElements, type Scale } from '../../src/domain/fitness-state.ts';
import { answer, completed, DAY, given, MONDAY_9_UTC, newAct, opening, play, said, stateAfter } from './given.ts';

const name = { textId: 't', start: 0, end: 5 };
const closesAt = MONDAY_9_UTC + 3 * DAY;
const six = fitnessElements.filter((element) => element !== 'shared-values');

function opens(over: Partial<Extract<Command, { type: 'OpenFitness' }>> = {}): Command {
  return { type: 'OpenFitness', by: 'leader', act: newAct(), anonymous: false, elements: six, ask: ['tomas', 'keiko', 'sam'], closesAt, ...over };
}
const anonymously = () => opens({ anonymous: true, keys: ['k2', 'k9', 'k1'] });

function rates(by: string, systems: Scale, over: { key?: string; note?: string } = {}): Command {
  const note = over.note === undefined ? {} : { systems: { textId: over.note, start: 0, end: 4 } };
  return { type: 'AnswerFitness', by, act: newAct(), answer: { key: over.key ?? by, ratings: { systems }, notes: note } };
}
const closes = (): Command => ({ type: 'CloseFitness', by: 'leader', act: newAct() });
const notes = (over: Partial<Extract<Command, { type: 'NoteAction' }>['action']> = {}, by = 'leader'): Command => ({
  type: 'NoteAction',
  by,
  act: newAct(),
  action: { id: 'x1', element: 'systems', text: name, impact: 4, cost: 2, phase: 'now', ...over },
});

function checkAfter(...commands: Command[]): Fitness {
  const { fitness } = stateAfter(...commands);
  if (!fitness) throw new Error('There is no check.');
  return fitness;
}

describe('a fitness check', () => {
  it('is opened by those who lead, one at a time', () => {
    given(opening())
      .when(opens({ by: 'sam' }))
      .isRefused('not_allowed');
    given(opening())
      .when(opens())
      .then({ type: 'FitnessOpened', asked: ['tomas', 'keiko', 'sam'], elements: six });
    given(opening(), opens()).when(opens()).isRefused('outdated');
    given(opening(), opens(), closes()).when(opens()).then({ type: 'FitnessOpened' });
  });

  it.each([
    ['nobody', { ask: [] }],
    ['more than twenty', { ask: Array.from({ length: 21 }, (_, at) => `p${at}`) }],
    ['two anonymously', { anonymous: true, ask: ['tomas', 'keiko'], keys: ['k1', 'k2'] }],
    ['three anonymously with two tokens', { anonymous: true, keys: ['k1', 'k1', 'k2'] }],
    ['about nothing', { elements: [] }],
    ['until yesterday', { closesAt: MONDAY_9_UTC - DAY }],
  ])('does not ask %s', (_, over) => {
    given(opening()).when(opens(over)).isRefused('unknown_target');
  });

  it('takes answers of those who were asked alone, the last one of each, until it closes', () => {
    given(opening(), opens()).when(rates('mara', 1)).isRefused('not_allowed');
    given(opening(), opens())
      .when(rates('tomas', 1, { key: 'keiko' }))
      .then({ type: 'FitnessAnswered', answer: { key: 'tomas', ratings: { systems: 1 }, notes: {} } });
    expect(checkAfter(opens(), rates('tomas', 1), rates('tomas', 4)).answers).toEqual([{ key: 'tomas', ratings: { systems: 4 }, notes: {} }]);
    given(opening(), opens(), closes()).when(rates('tomas', 1)).isRefused('not_open');
    given(opening(), opens({ elements: ['style'] }))
      .when(rates('tomas', 1))
      .isRefused('unknown_target');
  });

  it('closes when its days are over, not before', () => {
    const due: Command = { type: 'FitnessDue' };
    given(opening(), opens())
      .when(due, closesAt - 1)
      .then();
    given(opening(), opens()).when(due, closesAt).then({ type: 'FitnessClosed' });
    const timers = alignmentTimers(stateAfter(opens()), () => 'UTC', { start: '18:00', end: '08:00' });
    expect(timers).toContainEqual({ key: 'fitness', dueAt: closesAt, zone: 'UTC' });
    expect(alignmentTimers(stateAfter(opens(), closes()), () => 'UTC', { start: '18:00', end: '08:00' }).map(({ key }) => key)).not.toContain('fitness');
  });

  it('ends with the request, and starts over with the next one', () => {
    expect(checkAfter(opens(), { type: 'WithdrawRequest', by: 'leader', act: newAct() }).status).toBe('closed');
    expect(checkAfter(opens(), closes(), notes(), opens()).actions).toHaveLength(1);
  });

  it('forgets an answer by name with its author', () => {
    const forgets: Command = { type: 'ForgetFitnessAnswer', by: 'tomas', act: newAct() };
    given(opening(), opens(), rates('tomas', 2)).when(forgets).then({ type: 'FitnessAnswerRemoved', key: 'tomas' });
    given(opening(), anonymously(), rates('tomas', 2, { key: 'k1' }))
      .when(forgets)
      .then();
  });
});

describe('an anonymous check', () => {
  it('knows no author, act or moment of an answer, in the events or the state', () => {
    const { events, state } = play([opening(), anonymously(), rates('tomas', 1, { key: 'k2' }), rates('keiko', 5, { key: 'k1' })], undefined, MONDAY_9_UTC);
    const answered = events.filter((event) => event.type === 'FitnessAnswered');
    expect(answered.map((event) => Object.keys(event).sort())).toEqual([
      ['answer', 'at', 'type'],
      ['answer', 'at', 'type'],
    ]);
    expect(JSON.stringify(answered)).not.toMatch(/tomas|keiko|act-/);
    expect(state).toMatchObject({ lastActivityAt: MONDAY_9_UTC, fitness: { keys: ['k1', 'k2', 'k9'], answers: [{ key: 'k1' }, { key: 'k2' }] } });
  });

  it('dates an answer as the check itself, and nobody was active', () => {
    const { state } = play([opening(), anonymously()]);
    const later = play([rates('tomas', 1, { key: 'k2' })], state, MONDAY_9_UTC + DAY);
    expect(later.events.find((event) => event.type === 'FitnessAnswered')?.at).toBe(MONDAY_9_UTC);
    if (state.status === 'new' || later.state.status === 'new') throw new Error('Nothing was opened.');
    expect(later.state.lastActivityAt).toBe(state.lastActivityAt);
    expect(later.state.seenActs).toEqual(state.seenActs);
    expect(later.state.acts).toEqual(state.acts);
  });

  it('takes no token that was not handed out', () => {
    given(opening(), anonymously())
      .when(rates('tomas', 1, { key: 'tomas' }))
      .isRefused('unknown_target');
  });

  it('shows nothing of fewer than three answers, also of one element', () => {
    const two = [anonymously(), rates('tomas', 1, { key: 'k1' }), rates('keiko', 1, { key: 'k2' })];
    expect(resultsOf(checkAfter(...two))).toBeUndefined();
    expect(resultsOf(checkAfter(...two, closes()))).toEqual({ status: 'too-few', answered: 2 });
    const third: Command = { type: 'AnswerFitness', by: 'sam', act: newAct(), answer: { key: 'k9', ratings: { style: 1 }, notes: { style: name } } };
    expect(resultsOf(checkAfter(...two, third, closes()))).toMatchObject({ status: 'shown', findings: [], hidden: ['systems', 'style'] });
  });
});

describe('what came out', () => {
  it('has the weakest first, with its spread and who wrote a note', () => {
    const style: Command = { type: 'AnswerFitness', by: 'sam', act: newAct(), answer: { key: 'sam', ratings: { systems: 2, style: 5 }, notes: {} } };
    const results = resultsOf(checkAfter(opens(), rates('tomas', 1, { note: 'slow' }), rates('keiko', 4), style, closes()));
    expect(results).toMatchObject({
      answered: 3,
      findings: [
        { element: 'systems', answers: 3, average: 2.3, lowest: 1, highest: 4, notes: [{ by: 'tomas' }] },
        { element: 'style', answers: 1, average: 5 },
      ],
    });
    expect(results?.status === 'shown' && weakest(results.findings).map(({ element }) => element)).toEqual(['systems']);
  });

  it('takes nothing for an obstacle of which people say that it does neither', () => {
    const results = resultsOf(checkAfter(opens(), rates('tomas', 3), rates('keiko', 3), closes()));
    expect(results).toMatchObject({ findings: [{ element: 'systems', average: 3 }] });
    expect(results?.status === 'shown' && weakest(results.findings)).toEqual([]);
  });
});

describe('what else must change', () => {
  it('is noted without a check, changed under its id, and taken off the list', () => {
    expect(checkAfter(notes()).actions).toMatchObject([{ id: 'x1', phase: 'now', by: 'leader' }]);
    expect(checkAfter(notes(), notes({ phase: 'later' })).actions).toMatchObject([{ id: 'x1', phase: 'later' }]);
    expect(checkAfter(notes(), { type: 'RemoveAction', by: 'leader', act: newAct(), id: 'x1' }).actions).toEqual([]);
    given(opening()).when(notes({}, 'sam')).isRefused('not_allowed');
    const many = Array.from({ length: 20 }, (_, at) => notes({ id: `x${at}` }));
    given(opening(), ...many)
      .when(notes({ id: 'one more' }))
      .isRefused('unknown_target');
  });

  it('opens a signed brief anew', () => {
    const signed: Command[] = [opening(), ...completed(), { type: 'SignBrief', by: 'leader', act: newAct(), version: 1 }];
    given(...signed)
      .when(notes())
      .then({ type: 'ReviewReopened' }, { type: 'ActionNoted' });
  });

  it('is looked over by somebody who neither asked for the training nor owns it', () => {
    const owner = answer('leader', said('owner', 'clear', { people: [{ name, personId: 'keiko' }] }));
    const chooses = (personId: string): Command => ({ type: 'ChooseReviewer', by: 'leader', act: newAct(), personId });
    for (const sponsor of ['leader', 'keiko']) given(opening(), owner).when(chooses(sponsor)).isRefused('unknown_target');
    given(opening(), owner).when(chooses('sam')).then({ type: 'ReviewerChosen', personId: 'sam' });
    expect(suggestedReviewer(stateAfter(owner, opens({ ask: ['keiko', 'tomas'] })))).toBe('tomas');
    expect(suggestedReviewer(stateAfter(owner))).toBeUndefined();
  });
});
