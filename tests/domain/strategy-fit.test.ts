import { describe, expect, it } from '@jest/globals';
import type { Objective, Strategy } from '../../src/domain/strategy.ts';
import { fitOf, objectiveFitted } from '../../src/domain/strategy-fit.ts';
import { readStrategy } from '../../src/domain/strategy-read.ts';
import { withIds } from '../../src/domain/strategy-text.ts';

function strategy(pasted: string): Strategy {
  const read = readStrategy(pasted);
  if ('problem' in read) throw new Error(JSON.stringify(read.problem));
  return { objectives: withIds(read.objectives, []) };
}
function fits(request: string, on: Strategy): string {
  const fit = fitOf(request, on);
  const text = 'objective' in fit ? on.objectives.find(({ id }) => id === fit.objective)?.text : undefined;
  return text === undefined ? fit.kind : `${fit.kind}: ${text}`;
}

const year = strategy(
  'Share of wallet in existing accounts, 18 to 25 % by December (top priority)\n- skill: account planning\n- skill: needs analysis\nMargin stays flat on purpose\nRamp time of new hires under four months (nice to have)',
);

describe('a request', () => {
  it.each([
    ['I need cross-selling training for the account managers', 'fits: Share of wallet in existing accounts, 18 to 25 % by December'],
    ['can somebody run a workshop on account planning for 12 people', 'fits: Share of wallet in existing accounts, 18 to 25 % by December'],
    ['they do not sell the second product to customers we already have', 'fits: Share of wallet in existing accounts, 18 to 25 % by December'],
    ['onboarding for the eight new reps please', 'fits: Ramp time of new hires under four months'],
    ['we need negotiation training, my people give away margin', 'conflicts: Margin stays flat on purpose'],
    ['please train them to stop discounting', 'conflicts: Margin stays flat on purpose'],
    ['cold-calling course to win new names in the Ruhr', 'conflicts: Share of wallet in existing accounts, 18 to 25 % by December'],
    ['presentation skills for the service desk in Lisbon: slides, voice, stage fright and demos', 'fits-none'],
    ['our win rate is down', 'fits-none'],
    ['we need training', 'unclear'],
    ['closing training asap', 'unclear'],
    ['negotiation workshop before the October ramp-up', 'unclear'],
    ['Hilfe', 'unclear'],
    ['presentation training for the service desk', 'unclear'],
  ])('"%s" %s', (request, wanted) => {
    expect(fits(request, year)).toBe(wanted);
  });

  it('that says what it is not about does not conflict with that', () => {
    expect(fits('this is not about margin, they should plan their existing accounts', year)).toMatch(/^fits: Share/);
    expect(fits('not new names, rather a course on rehearsals, slides, voice, gestures and storytelling for product demos', year)).toBe('fits-none');
  });

  it('conflicts only where the strategy says it plainly', () => {
    // Both are wanted, or the other one only counts a little: no reason to speak of a conflict.
    const both = strategy('Grow existing accounts by 30 % (top priority)\nWin 40 new names');
    expect(fits('cold calling for new names', both)).toBe('fits: Win 40 new names');
    expect(fits('a cold-calling course', strategy('Grow existing accounts by 30 %'))).toBe('fits-none');
    // In passing, it is not what the training would be about.
    expect(fits('negotiation workshop, since key account deals slip', strategy('Win 40 new names (top priority)'))).toBe('fits-none');
    expect(fits('key account training for the desk', strategy('Win 40 new names (top priority)'))).toMatch(/^conflicts/);
    expect(fits('negotiation workshop before the October renewals', strategy('Churn under 4 %'))).toBe('unclear');
    expect(fits('negotiation, we give away margin', strategy('Market share in the Nordics (top priority)'))).toBe('fits-none');
    for (const plain of [
      'Existing accounts instead of new names',
      'No longer new logos: we grow existing accounts',
      'New business is on hold',
      'Focus on existing accounts only',
      'New names are not a priority this year',
    ])
      expect(fits('cold calling for new names', strategy(plain))).toMatch(/^conflicts/);
    for (const plain of ['Not only existing accounts but new names', 'Stop losing customers', 'New names without discounts'])
      expect(fits('cold calling for new names', strategy(plain))).not.toMatch(/^conflicts/);
  });

  it('is held against other pairs, too', () => {
    const big = strategy('Focus on enterprise accounts');
    expect(fits('training for selling to small businesses', big)).toMatch(/^conflicts/);
    expect(fits('keep our customers: renewal talks', strategy('Churn under 4 % (must win)'))).toBe('fits: Churn under 4 %');
    expect(fits('a course on hunting for new logos', strategy('Churn under 4 % (must win)'))).toBe('fits-none');
  });

  it('says by which words, in those of both sides', () => {
    expect(fitOf('we give away margin', year)).toMatchObject({ kind: 'conflicts', words: ['give away', 'Margin'] });
    const fit = fitOf('a workshop on account planning', year);
    expect(fit).toMatchObject({ kind: 'fits', words: ['account planning'] });
    expect(objectiveFitted(fit, year)?.weight).toBe(3);
    expect(objectiveFitted({ kind: 'fits-none' }, year)).toBeUndefined();
  });

  it('is held against two hundred objectives in no time, and against none not at all', () => {
    const objectives = Array.from(
      { length: 200 },
      (_, at): Objective => ({ id: `o${at}`, text: `Open region ${at} for the pumps of line ${at}`, weight: 2, competencies: [] }),
    );
    expect(fits('training on the pumps of line north', { objectives })).toMatch(/^fits: Open region 0/);
    const long = 'not the margin of new names '.repeat(1_500);
    expect(fitOf(long, { objectives }).kind).toBeDefined();
    expect(fitOf('negotiation', { objectives: [] })).toEqual({ kind: 'no-strategy' });
  });
});
