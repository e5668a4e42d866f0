import { describe, expect, it } from '@jest/globals';
import { impactCostSvg } from '../../src/documents/impact-cost-svg.ts';
import { mostPoints } from '../../src/domain/picture.ts';

/** The marks in the plot as they are drawn, without the key and the list beside it. */
function marksOf(many: number): { x: number; y: number; radius: number }[] {
  const points = Array.from({ length: many }, (_, index) => ({ label: `Action ${index + 1}`, impact: 5, cost: 1, phase: 'next' as const }));
  const svg = impactCostSvg({
    kind: 'impact-cost',
    title: 'Impact against cost',
    axes: { impact: 'Impact', cost: 'Cost' },
    phases: { now: 'now', next: 'next', later: 'later' },
    points,
  });
  return [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/g)]
    .map(([, x, y, radius]) => ({ x: Number(x), y: Number(y), radius: Number(radius) }))
    .filter(({ x }) => x < 680);
}

describe('actions of the same impact and cost', () => {
  it.each(Array.from({ length: mostPoints }, (_, index) => index + 1))('stand apart inside their square, in the order of the list: %i', (many) => {
    const marks = marksOf(many);
    expect(marks).toHaveLength(many);
    for (const [index, one] of marks.entries()) {
      // The corner of the plot is at 96, and a square is 112 wide; a line of 2 is drawn around each mark.
      for (const place of [one.x, one.y]) {
        expect(place - one.radius - 1).toBeGreaterThanOrEqual(96);
        expect(place + one.radius + 1).toBeLessThanOrEqual(96 + 112);
      }
      for (const other of marks.slice(index + 1)) {
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(one.radius + other.radius + 2);
        expect(other.y > one.y || (other.y === one.y && other.x > one.x)).toBe(true);
      }
    }
  });
});
