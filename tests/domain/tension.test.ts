import { describe, expect, it } from '@jest/globals';
import type { Objective } from '../../src/domain/strategy.ts';
import { tensionOf } from '../../src/domain/tension.ts';
import { type Line, talk } from './talk.ts';

const tensionIn = (lines: readonly Line[], change?: Parameters<typeof talk>[1], objectives: readonly Objective[] = []) => {
  const { state, known } = talk(lines, change);
  return tensionOf(state, { ...known, strategy: { objectives } });
};

const negotiation: Line = {
  by: 'leader',
  says: 'My people need negotiation training, they keep giving margin away.',
  cues: [
    ['fuzzy-topic', 'negotiation', 'negotiation'],
    ['symptom', 'giving margin away', 'discounts-grow'],
  ],
};
const shareOfWallet: Line = {
  by: 'leader',
  says: 'This year is about share of wallet with the accounts we have.',
  cues: [['priority', 'share of wallet']],
  answers: { driver: 'clear' },
};
const objective = (text: string): Objective => ({ id: 'o1', text, weight: 3, competencies: [] });

describe('the pattern of S0', () => {
  it('holds negotiation against growth in existing accounts, with the thin pipeline there as the likely cause', () => {
    const tension = tensionIn([negotiation, shareOfWallet]);
    expect(tension).toMatchObject({ kind: 'request-driver', sure: true, about: { symptom: 'discounts-grow', cause: 'thin-pipeline' } });
    expect(tension?.evidence.map(({ messageRef }) => messageRef)).toEqual(['m0', 'm1']);
  });

  it('comes out the same where the priority stands on file and nobody has said it', () => {
    const tension = tensionIn([negotiation], {}, [objective('Grow share of wallet in the existing accounts')]);
    expect(tension).toMatchObject({ kind: 'request-strategy', sure: true, about: { objective: 'o1', cause: 'thin-pipeline' } });
  });

  it('is sure where nobody complained and somebody names the cause', () => {
    const asks: Line = { by: 'leader', says: 'Teach them to negotiate.', cues: [['fuzzy-topic', 'negotiate', 'negotiation']] };
    const thin: Line = { by: 'leader', says: 'There is hardly anything open there.', cues: [['cause', 'hardly anything open', 'thin-pipeline']] };
    expect(tensionIn([asks, shareOfWallet])?.sure).toBe(false);
    expect(tensionIn([asks, shareOfWallet, thin])).toMatchObject({ sure: true, about: { cause: 'thin-pipeline' } });
  });

  it.each([
    ['They discount every deal, I need negotiation training.', 'The plan is 30% more from existing accounts, new names are not the priority.', true],
    ['Two days of cold calling for the vans team.', 'Growth has to come from clients who already buy one line from us.', true],
    ['I want an outbound bootcamp, how to win new logos.', 'Eight million more from installed customers, service and consumables.', true],
    // Whoever puts keeping customers first may want new ones as well: enough to ask, and no more.
    ['I want a hunting bootcamp for the agency team, how to win new logos.', 'The plan says: retention first, not one client lost at renewal.', false],
  ])('comes out in other trades: %s', (request, driver, sure) => {
    const tension = tensionIn([
      { by: 'leader', says: request },
      { by: 'leader', says: driver, cues: [['priority', driver]], answers: { driver: 'clear' } },
    ]);
    expect(tension).toMatchObject({ kind: 'request-driver', sure });
  });

  it('comes out where the complaint is in words of the file, and is only asked where nobody complained', () => {
    const driver: Line = {
      ...shareOfWallet,
      says: 'Growth from the existing customers, plus 8 million.',
      cues: [['priority', 'Growth from the existing customers']],
    };
    expect(tensionIn([{ by: 'leader', says: 'Teach them to negotiate. They discount every deal.' }, driver])?.sure).toBe(true);
    expect(tensionIn([{ by: 'leader', says: 'Teach them to negotiate.' }, driver])?.sure).toBe(false);
  });

  it('is none where the request serves the priority', () => {
    const margin: Line = {
      by: 'leader',
      says: 'The objective is margin, two points up.',
      cues: [['priority', 'margin, two points up']],
      answers: { driver: 'clear' },
    };
    expect(tensionIn([negotiation, margin])).toBeUndefined();
  });

  it('is none where the priority is last year’s, or somebody else’s, and that is settled', () => {
    const lastYear: Line = {
      by: 'leader',
      says: 'Last year was share of wallet, that is over.',
      cues: [
        ['priority', 'share of wallet'],
        ['settled', 'that is over'],
      ],
    };
    expect(tensionIn([negotiation, lastYear])).toBeUndefined();
  });
});

const request: Line = { by: 'leader', says: 'Closing workshop for the dispensing opticians, two days.' };
const shown: Line = {
  by: 'colleague',
  says: 'Of 60 lost quotes 48 went out after nine days; of the 40 we won 37 went out within two.',
  cues: [['elsewhere', 'Of 60 lost quotes 48 went out after nine days; of the 40 we won 37 went out within two']],
};

describe('a request against the facts', () => {
  it('is a contradiction once somebody shows with figures that the cause is elsewhere', () => {
    const tension = tensionIn([request, shown]);
    expect(tension).toMatchObject({ kind: 'request-facts', about: { tension: 'request-facts' } });
    expect(tension?.evidence.map(({ messageRef }) => messageRef)).toEqual(['m0', 'm1']);
  });

  it('is sure when a second person says the same', () => {
    const second: Line = {
      by: 'manager',
      says: 'Pricing sits on every quote for a week.',
      cues: [['obstacle', 'Pricing sits on every quote for a week', 'systems']],
    };
    expect(tensionIn([request, shown, second])?.sure).toBe(true);
  });

  it('is one, too, where they know how and did it when there was a reason', () => {
    const did: Line = { by: 'leader', says: 'All 30 passed the certificate in May.', cues: [['knows-how', 'All 30 passed the certificate in May']] };
    expect(tensionIn([request, did])).toMatchObject({ kind: 'request-facts' });
  });

  it('is none while only the requester supposes something', () => {
    const guess: Line = {
      by: 'leader',
      says: 'Maybe it is also the quotes, I would guess 20 of them are late.',
      cues: [['elsewhere', 'I would guess 20 of them are late']],
    };
    expect(tensionIn([request, guess])).toBeUndefined();
  });

  it('is none where a test shows that they never learned it', () => {
    const test: Line = { by: 'leader', says: 'In the test 19 of 24 could not do it.', cues: [['lacks-skill', '19 of 24 could not do it']] };
    const rule: Line = {
      by: 'colleague',
      says: 'The approval rule is not written down.',
      cues: [['obstacle', 'The approval rule is not written down', 'systems']],
    };
    expect(tensionIn([request, test, rule])).toBeUndefined();
  });

  it('is none where the requester doubted training in the request itself', () => {
    const open: Line = {
      by: 'leader',
      says: 'The board wants closing training. I doubt that it is that.',
      cues: [['doubts-training', 'I doubt that it is that']],
    };
    expect(tensionIn([open, shown])).toBeUndefined();
  });

  it('is none where it was looked at and settled', () => {
    const settled: Line = { by: 'leader', says: 'That was so until spring, it is put right.', cues: [['settled', 'it is put right']] };
    expect(tensionIn([request, shown, settled])).toBeUndefined();
  });

  it('is only to be agreed on once the requester comes round, and over once something was decided', () => {
    const round: Line = { by: 'leader', says: 'Then it is the quotes, no workshop.', cues: [['changes-focus', 'it is the quotes, no workshop']] };
    expect(tensionIn([request, shown, round])).toMatchObject({ kind: 'came-round', evidence: [{ messageRef: 'm0' }, { messageRef: 'm2' }] });
    const decisions = [{ outcome: 'kept', by: 'leader', at: Number.MAX_SAFE_INTEGER, about: {}, evidence: [] }] as const;
    expect(tensionIn([request, shown], { coaching: { cues: [], prompts: [], decisions } })).toBeUndefined();
  });

  it('is there again, and not for a challenge, where somebody brings figures after the request was kept', () => {
    const decisions = [{ outcome: 'kept', by: 'leader', at: 1, about: {}, evidence: [] }] as const;
    const { state, known } = talk([request, shown]);
    const kept = { ...state, coaching: { prompts: [], ...state.coaching, cues: state.coaching?.cues ?? [], decisions } };
    expect(tensionOf(kept, known)).toMatchObject({ kind: 'request-facts', sure: false });
    const later = [{ ...decisions[0], at: known.now }];
    expect(tensionOf({ ...kept, coaching: { ...kept.coaching, decisions: later } }, known)).toBeUndefined();
  });

  it('is none where something is only in the way of what is clear already', () => {
    const clear: Line = { by: 'leader', says: 'They ask for the signer before the trial goes out.', answers: { contribution: 'clear' } };
    const table: Line = { by: 'colleague', says: 'The lab sends raw tables.', cues: [['obstacle', 'The lab sends raw tables', 'systems']] };
    expect(tensionIn([request, clear, table])).toBeUndefined();
  });

  it('is none, once it is clear what they will do, beside what was doubted or looked at', () => {
    const clear: Line = { by: 'leader', says: 'They ask for the signer before the trial goes out.', answers: { contribution: 'clear' } };
    const second: Line = { by: 'manager', says: 'In the other depot 9 of 10 go out in a day.', cues: [['elsewhere', '9 of 10 go out in a day']] };
    const doubt: Line = { by: 'leader', says: 'Is it training then?', cues: [['doubts-training', 'Is it training then']] };
    const past: Line = { by: 'manager', says: 'The list was wrong, it is put right.', cues: [['settled', 'it is put right']] };
    expect(tensionIn([request, clear, shown, second])).toMatchObject({ kind: 'request-facts' });
    expect(tensionIn([request, clear, shown, second, doubt])).toBeUndefined();
    expect(tensionIn([request, clear, shown, second, past])).toBeUndefined();
  });

  it('is there all the same where the year is about something else', () => {
    const clear: Line = { by: 'leader', says: 'They hold the price.', answers: { contribution: 'clear' } };
    const past: Line = { by: 'manager', says: 'The list was wrong, it is put right.', cues: [['settled', 'it is put right']] };
    expect(tensionIn([negotiation, clear, past, shareOfWallet])).toMatchObject({ kind: 'request-driver' });
  });

  it('is none where whoever asks half doubts it in the request and names what is in the way', () => {
    const { state, known } = talk([
      {
        by: 'leader',
        says: 'They say we need closing training. Half the chairs are empty.',
        cues: [
          ['doubts-training', 'Half the chairs are empty'],
          ['obstacle', 'Half the chairs are empty', 'staff'],
        ],
      },
      shown,
    ]);
    const withLikely = (likely: number) => {
      const cues = state.coaching?.cues.map((cue) => (cue.messageRef === 'm0' ? { ...cue, likely } : cue)) ?? [];
      return tensionOf({ ...state, coaching: { prompts: [], decisions: [], ...state.coaching, cues } }, known);
    };
    expect(withLikely(0.4)).toBeUndefined();
    expect(withLikely(0.1)).toMatchObject({ kind: 'request-facts' });
  });

  it('sets a bare "training is enough" against what the same person said before', () => {
    const pay: Line = {
      by: 'leader',
      says: 'The new plan punishes whoever does it.',
      cues: [['obstacle', 'The new plan punishes whoever does it', 'systems']],
    };
    const enough: Line = { by: 'leader', says: 'Training is enough.', cues: [['only-training', 'Training is enough']], answers: { sufficiency: 'thin' } };
    expect(tensionIn([request, pay, enough])).toMatchObject({ kind: 'two-answers', sure: false });
  });

  it('sets a bare "training is enough" against what two people say is in the way', () => {
    const enough: Line = { by: 'leader', says: 'Training is enough.', cues: [['only-training', 'Training is enough']], answers: { sufficiency: 'clear' } };
    const pay: Line = { by: 'colleague', says: 'The plan pays nothing for it.', cues: [['obstacle', 'The plan pays nothing for it', 'systems']] };
    const tool: Line = { by: 'manager', says: 'And the tool cannot quote it.', cues: [['obstacle', 'the tool cannot quote it', 'systems']] };
    expect(tensionIn([request, enough, pay, tool])).toMatchObject({ kind: 'two-answers' });
  });
});
