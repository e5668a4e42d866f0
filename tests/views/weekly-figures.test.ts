import { describe, expect, it } from '@jest/globals';
import { kpiItem, trendPicture } from '../../src/views/kpi-trend.ts';
import { pastNudgeCard } from '../../src/views/nudge.ts';
import { runsCard } from '../../src/views/programme-runs.ts';
import { plainText } from '../../src/views/text.ts';
import { contextOf, MONDAY_9_UTC, readable, whole } from './context.ts';

const ctx = contextOf({ topic: 'discovery', kpi: 'deals with a named problem', from: '30%', to: '65%', bare: '38' });
const kpi = { name: whole('kpi'), baseline: whole('from'), target: whole('to'), leading: true };
const reading = { kpi: 'k', value: 38, text: whole('bare'), week: '2026-W48', by: 'ravi', at: MONDAY_9_UTC };

describe('a figure without a unit', () => {
  it('is in percent where its KPI is, in words and in the picture', () => {
    const trend = { key: 'k', kpi, baseline: { value: 30, unit: '%' }, target: { value: 65, unit: '%' }, readings: [reading] };
    const { note = [] } = kpiItem(ctx, trend);
    expect(plainText(note)).toContain('last 38% (');
    expect(JSON.stringify(trendPicture(ctx, [trend], 'UTC'))).toContain('38 % (');
  });

  it('stays as it was given where its KPI has none', () => {
    const { note = [] } = kpiItem(ctx, { key: 'k', kpi, baseline: { value: 30 }, target: { value: 65 }, readings: [reading] });
    expect(plainText(note)).toContain('last 38 (');
  });
});

describe('until when a programme runs', () => {
  it('is told without a promise to ask managers where the brief names none', () => {
    const about = { programme: 'p', topic: whole('topic'), outcome: [], kpis: [kpi] };
    expect(readable(runsCard(ctx, { about, endsAt: MONDAY_9_UTC, asked: true }))).toContain('Each week I ask the managers');
    expect(readable(runsCard(ctx, { about, endsAt: MONDAY_9_UTC, asked: false }))).toContain('Once the brief names managers');
  });
});

describe('an earlier question for figures', () => {
  const about = { programme: 'p', topic: whole('topic'), outcome: [], kpis: [kpi] };

  it('says that they came, and sends nobody to a newer question who answered it', () => {
    const text = readable(pastNudgeCard(ctx, [{ about, figuresOnly: true, figuresGiven: true }], 'newer'));
    expect(text).toContain('Your figures are in');
    expect(text).not.toContain('newest question');
    expect(readable(pastNudgeCard(ctx, [{ about, figuresOnly: true }], 'newer'))).toContain('newest question');
  });
});
