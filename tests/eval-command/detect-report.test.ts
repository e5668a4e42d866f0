import { describe, expect, it } from '@jest/globals';
import type { Band } from '../../src/language/language.ts';
import { type DetectOutcome, detectMisses, detectReport } from '../eval/detect.ts';

let lines = 0;
function outcome(label: 'request' | 'none', band: Band, more: Partial<DetectOutcome['line']> = {}): DetectOutcome {
  lines += 1;
  const line = { id: `d${lines}`, text: `text ${lines}`, label, ...more };
  return { line, where: `f.jsonl:${lines}`, heard: { band, stage: 'spotRequest', reasons: band === 'no' ? [] : ['asks-for-training'], ms: lines } };
}

const requests = [outcome('request', 'sure', { kind: 'plain' }), outcome('request', 'maybe', { kind: 'plain' }), outcome('request', 'no', { kind: 'odd' })];
const others = [
  outcome('none', 'sure', { kind: 'offer' }),
  outcome('none', 'no', { kind: 'offer' }),
  outcome('none', 'maybe', { kind: 'odd' }),
  outcome('none', 'no'),
];

describe('the figures of hearing', () => {
  const report = detectReport([...requests, ...others]);

  it('count a public reply by the band sure only', () => {
    // 2 sure, 1 of them a request; 3 requests.
    expect(report.sure).toEqual({ precision: 0.5, recall: 0.3333, f1: 0.4 });
  });

  it('count a private question as heard', () => {
    // 4 heard, 2 of them requests; 3 requests.
    expect(report.sure_or_maybe).toEqual({ precision: 0.5, recall: 0.6667, f1: 0.5714 });
  });

  it('count alarms per 10,000 lines that are no request', () => {
    expect(report.alarms_per_10k).toEqual({ sure: 2_500, sure_or_maybe: 5_000 });
  });

  it('tell for each kind what was found of its requests, and what was taken for one', () => {
    expect(report.by_kind).toEqual({
      plain: { n: 2, requests: 2, recall: 1, recall_sure: 0.5, false_rate: null, false_rate_sure: null },
      odd: { n: 2, requests: 1, recall: 0, recall_sure: 0, false_rate: 1, false_rate_sure: 0 },
      offer: { n: 2, requests: 0, recall: null, recall_sure: null, false_rate: 0.5, false_rate_sure: 0.5 },
    });
  });

  it('show what was taken for what', () => {
    expect(report.confusion).toEqual({ request: { sure: 1, maybe: 1, no: 1 }, none: { sure: 1, maybe: 1, no: 2 } });
  });

  it('take the family of a line for its kind, where it names no kind', () => {
    expect(Object.keys(detectReport([outcome('none', 'no', { family: 'lunch' })]).by_kind)).toEqual(['lunch']);
  });
});

describe('a set with nothing to divide by', () => {
  it('of others only has alarms, and neither precision nor recall', () => {
    const { sure, sure_or_maybe: both, alarms_per_10k: alarms } = detectReport(others);
    expect([sure, both]).toEqual(Array(2).fill({ precision: null, recall: null, f1: null }));
    expect(alarms).toEqual({ sure: 2_500, sure_or_maybe: 5_000 });
  });

  it('of requests only has recall, and neither precision nor alarms', () => {
    const { sure, alarms_per_10k: alarms } = detectReport(requests);
    expect(sure).toEqual({ precision: null, recall: 0.3333, f1: null });
    expect(alarms).toEqual({ sure: null, sure_or_maybe: null });
  });
});

describe('the misses of hearing', () => {
  it('weigh a wrong public reply most and a wrong private question least, and say why', () => {
    const misses = detectMisses([...requests, ...others]);
    expect(misses.map(({ severity }) => severity).sort()).toEqual([1, 2, 3]);
    expect(misses.find(({ severity }) => severity === 3)?.text).toMatch(
      /\(offer\): expected none, got sure from spotRequest, because asks-for-training\n {2}text/,
    );
  });
});
