import { describe, expect, it } from '@jest/globals';
import { currentKpis, kpiKey } from '../../src/domain/kpis.ts';
import type { Kpi } from '../../src/domain/questions.ts';
import { answer, said, stateAfter } from './given.ts';

const name = { textId: 'm2', start: 0, end: 14 };
const figure = (start: number) => ({ textId: 'm2', start, end: start + 1 });
const meetings: Kpi = { name, baseline: figure(20), target: figure(30), leading: true };
const given = (...kpis: Kpi[]) => said('leading-kpis', 'clear', { kpis });

describe('the KPIs that count now', () => {
  it('keep what a correction does not say, and stay one row', () => {
    const corrected: Kpi = { name: { textId: 'm3', start: 4, end: 18 }, target: { textId: 'm3', start: 25, end: 26 }, leading: true, corrects: name };
    const state = stateAfter(answer('leader', given(meetings)), answer('leader', given(corrected), { correction: true }));
    const kpis = currentKpis(state.answers).map(({ kpi }) => kpi);
    expect(kpis).toHaveLength(1);
    expect(kpis[0]).toMatchObject({ baseline: meetings.baseline, target: corrected.target });
    expect(kpis.map(kpiKey)).toEqual([kpiKey(meetings)]);
  });

  it('keep their key through a second correction', () => {
    const first: Kpi = { name: { textId: 'm3', start: 4, end: 18 }, leading: true, corrects: name };
    const second: Kpi = { name: { textId: 'm4', start: 4, end: 18 }, leading: true, corrects: first.name };
    const state = stateAfter(
      answer('leader', given(meetings)),
      answer('leader', given(first), { correction: true }),
      answer('leader', given(second), { correction: true }),
    );
    expect(currentKpis(state.answers).map(({ kpi }) => kpiKey(kpi))).toEqual([kpiKey(meetings)]);
  });

  it('stand beside each other where nothing is corrected', () => {
    const visits: Kpi = { name: { textId: 'm3', start: 0, end: 6 }, leading: true };
    const state = stateAfter(answer('leader', given(meetings)), answer('manager', given(visits)));
    expect(currentKpis(state.answers)).toHaveLength(2);
  });
});
