import { describe, expect, it } from '@jest/globals';
import { agendaOf } from '../../src/domain/agenda.ts';
import { courseOf, type KpiTrend } from '../../src/domain/kpi-trend.ts';
import type { RunningProgramme } from '../../src/domain/programme-state.ts';
import { keptOf, roundsOf } from '../../src/domain/rounds.ts';
import type { ProgressStatus } from '../../src/domain/status-report.ts';

const quote = (textId: string) => ({ textId, start: 0, end: 5 });
const said = (manager: string, week: string, status: ProgressStatus) => ({ manager, week, at: 1, report: { status } });
const programme: RunningProgramme = {
  status: 'running',
  id: 'p1',
  content: {
    alignmentId: 'p1',
    version: 1,
    conversation: { channel: 'room', tenant: 'acme', place: 'sales', thread: 'm1' },
    outcome: [],
    kpis: [],
    commitments: ['mia', 'tom'].map((personId) => ({ personId, text: quote('calls') })),
    managers: ['mia', 'tom'],
    zone: 'Europe/Berlin',
  },
  startedAt: 0,
  rhythmSince: 0,
  statuses: [said('mia', '2026-W49', 'on-track'), said('mia', '2026-W50', 'on-track'), said('tom', '2026-W50', 'no-progress')],
  readings: [],
  digests: [
    { week: '2026-W48', callAt: 10, at: 10, asked: [] },
    { week: '2026-W49', callAt: 20, at: 20, asked: ['mia', 'tom'] },
    { week: '2026-W50', callAt: 30, at: 30, asked: ['mia', 'tom'] },
  ],
  escalations: [],
};

describe('what came in over several weeks', () => {
  it('counts silence of those who were asked, and no call before which nobody was', () => {
    expect(roundsOf(programme, 0, 100)).toMatchObject({ calls: 2, counts: { 'on-track': 2, 'at-risk': 0, 'no-progress': 1, silent: 1 } });
    expect(roundsOf(programme, 20, 100).calls).toBe(1);
    // Whoever answered and is not named any more was not silent.
    const { content } = programme;
    expect(roundsOf({ ...programme, content: { ...content, managers: ['tom'] } }, 0, 100).counts).toEqual(roundsOf(programme, 0, 100).counts);
  });

  it('keeps what was on track in most answers, once for those who took on the same', () => {
    expect(keptOf(programme)).toEqual([{ managers: ['mia', 'tom'], commitment: quote('calls'), onTrack: 2, reported: 3 }]);
    expect(keptOf({ ...programme, statuses: [said('mia', '2026-W49', 'on-track'), said('tom', '2026-W49', 'at-risk')] })).toEqual([]);
  });
});

describe('where a KPI went', () => {
  const trend = (values: number[], more: Partial<KpiTrend> = {}): KpiTrend => ({
    key: 'k',
    kpi: { name: quote('kpi'), leading: true },
    baseline: { value: 10 },
    target: { value: 4 },
    readings: values.map((value, at) => ({ kpi: 'k', value, text: quote('r'), week: `2026-W${40 + at}`, by: 'dee', at })),
    ...more,
  });

  it('is seen also where less is better, and not claimed where figures cannot be compared', () => {
    expect([trend([8]), trend([10]), trend([12]), trend([4]), trend([])].map(courseOf)).toEqual(['towards', 'unmoved', 'away', 'reached', 'unknown']);
    expect(courseOf(trend([8], { baseline: { value: 10, unit: 'days' }, target: { value: 4, unit: '%' } }))).toBe('unknown');
  });

  it('stands on the agenda when it does not move, beside who is stuck; a win keeps its place among three', () => {
    const lines = ['mia', 'tom', 'ana', 'ben'].map((manager) => ({ manager, shows: 'silent' as const }));
    const items = agendaOf({ week: 'w', lines, stuck: ['mia'], wins: [{ manager: 'ben', win: quote('w') }] }, [trend([12]), trend([11])], 0);
    expect(items.map(({ about }) => about)).toEqual(['stuck', 'off-target', 'win']);
  });

  it.each([
    [7, []],
    [14, ['old-reading']],
  ])('stands on the agenda when nobody has given a figure for more than a week: %s days', (days, about) => {
    const items = agendaOf({ week: 'w', lines: [], stuck: [], wins: [] }, [trend([8])], days * 24 * 3_600_000);
    expect(items.map((item) => item.about)).toEqual(about);
  });
});
