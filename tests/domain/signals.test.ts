import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Coaching, noCoaching, type Signal } from '../../src/domain/coaching-state.ts';
import { cueKinds } from '../../src/domain/cues.ts';
import { questionIds } from '../../src/domain/questions.ts';
import { type Known, signalsOf } from '../../src/domain/signals.ts';
import { type TriggerId, triggerIds } from '../../src/domain/triggers.ts';
import { MONDAY_9_UTC } from './given.ts';
import { MINUTE } from './given-coaching.ts';
import { type Line, talk } from './talk.ts';

type Case = { lines: readonly Line[]; change?: Parameters<typeof talk>[1]; more?: Partial<Known> };

function signalsIn({ lines, change, more }: Case): Signal[] {
  const { state, known } = talk(lines, change);
  return signalsOf(state, { ...known, ...more });
}
const triggersIn = (one: Case): TriggerId[] => signalsIn(one).map(({ trigger }) => trigger);

const request: Line = { by: 'leader', says: 'Two days of negotiation training for my team.', cues: [['fuzzy-topic', 'negotiation', 'negotiation']] };
const driver: Line = {
  by: 'leader',
  says: 'We lost 9 of 13 tenders.',
  cues: [['symptom', 'lost 9 of 13 tenders', 'tenders-lost']],
  answers: { driver: 'clear' },
};
const everybody: Line = {
  by: 'leader',
  says: 'URGENT, all 240 need it this week.',
  cues: [
    ['urgency', 'URGENT'],
    ['urgency', 'this week'],
    ['whole-force', 'all 240'],
  ],
};
const contribution: Line = { by: 'leader', says: 'They ask for something back for every point.', answers: { contribution: 'clear' } };

const plainRequest: Line = { by: 'leader', says: 'Two days on reading drawings for my team.' };
const bonus: Line = { by: 'colleague', says: 'The bonus pays for visits.', cues: [['obstacle', 'bonus pays for visits', 'systems']] };
const unpaid: Line = { by: 'colleague', says: 'The plan pays nothing for it.', cues: [['obstacle', 'The plan pays nothing', 'systems']] };
const asked: Line = { by: 'partner', says: 'Can they not, or do they not?', cues: [['asks-gap', 'Can they not, or do they not']] };

/** So many messages of the leader since the request, a minute apart. */
function written(count: number): Case['change'] {
  const messages = Array.from({ length: count }, (_, index) => ({
    by: 'leader',
    at: MONDAY_9_UTC + index * MINUTE,
    messageRef: `w${index}`,
    act: `w${index}`,
  }));
  return { coaching: { ...noCoaching, messages } };
}
/** The partner was handed the either/or, which somebody may have decided since. */
function handed(...decisions: Coaching['decisions']): Case['change'] {
  const evidence = [{ quote: { textId: 'm0', start: 0, end: 8 }, by: 'leader', messageRef: 'm0' }];
  const prompts = [{ trigger: 'strategy-conflict', to: ['partner'], evidence, about: {}, at: MONDAY_9_UTC, status: 'overtaken' }] as const;
  return { coaching: { ...noCoaching, prompts, decisions } };
}
/** Half an hour after the last of ten. */
const rested: Case['more'] = { now: MONDAY_9_UTC + 40 * MINUTE };

/** For each trigger: where it is there, and where the conversation holds the answer already. */
const occasions: readonly { trigger: TriggerId; there: Case; gone: Case }[] = [
  { trigger: 'prescription', there: { lines: [request] }, gone: { lines: [request, driver] } },
  {
    trigger: 'prescription',
    there: { lines: [request] },
    gone: { lines: [{ by: 'leader', says: 'They want training. Is it the people or the tool?', cues: [['doubts-training', 'Is it the people or the tool']] }] },
  },
  { trigger: 'fuzzy-topic', there: { lines: [request] }, gone: { lines: [request, contribution] } },
  { trigger: 'fuzzy-topic', there: { lines: [{ ...request, cues: [] }] }, gone: { lines: [plainRequest] } },
  {
    trigger: 'upstream-cause',
    there: { lines: [request, bonus] },
    gone: { lines: [plainRequest, bonus] },
  },
  {
    trigger: 'upstream-cause',
    there: { lines: [plainRequest], change: handed() },
    gone: { lines: [plainRequest], change: handed({ outcome: 'kept', by: 'leader', at: MONDAY_9_UTC, act: 'd1', about: {}, evidence: [] }) },
  },
  {
    trigger: 'training-only',
    there: { lines: [request, { by: 'leader', says: 'No, the price list has to change.', answers: { sufficiency: 'clear' } }] },
    gone: { lines: [plainRequest, bonus] },
  },
  {
    trigger: 'vague-outcome',
    there: { lines: [request, { by: 'leader', says: 'Be better at it.', cues: [['vague-outcome', 'Be better']] }] },
    gone: { lines: [request, contribution] },
  },
  { trigger: 'upstream-cause', there: { lines: [request, driver] }, gone: { lines: [request] } },
  {
    trigger: 'lagging-only',
    there: { lines: [request, { by: 'leader', says: 'win rate', answers: { 'leading-kpis': 'thin' }, kpis: [{ name: 'win rate', leading: false }] }] },
    gone: {
      lines: [
        request,
        {
          by: 'leader',
          says: 'win rate and meetings booked',
          answers: { 'leading-kpis': 'clear' },
          kpis: [
            { name: 'win rate', leading: false },
            { name: 'meetings booked', leading: true },
          ],
        },
      ],
    },
  },
  {
    trigger: 'no-owner',
    there: { lines: [request, { by: 'leader', says: 'Carol and Wade and Ines.', answers: { owner: 'thin' }, people: ['Carol', 'Wade', 'Ines'] }] },
    gone: { lines: [request, { by: 'leader', says: 'Carol. Wade has the list.', answers: { owner: 'clear' }, people: ['Carol', 'Wade'] }] },
  },
  {
    trigger: 'no-owner',
    there: { lines: [request, { by: 'leader', says: 'Myself and the three branch managers.', answers: { owner: 'clear' }, people: ['Myself'] }] },
    gone: { lines: [request, { by: 'leader', says: 'Myself.', answers: { owner: 'clear' }, people: ['Myself'] }] },
  },
  {
    trigger: 'no-owner',
    there: {
      lines: [request, { by: 'leader', says: 'Carol for the inland branches and Wade at the coast.', answers: { owner: 'clear' }, people: ['Carol', 'Wade'] }],
    },
    gone: {
      lines: [
        request,
        { by: 'leader', says: 'Carol. For the coast she has the help that Wade can give.', answers: { owner: 'clear' }, people: ['Carol', 'Wade'] },
      ],
    },
  },
  {
    trigger: 'lagging-only',
    there: { lines: [request, { by: 'leader', says: 'orders', answers: { 'leading-kpis': 'thin' }, kpis: [{ name: 'orders', leading: false }] }] },
    gone: {
      lines: [
        request,
        {
          by: 'leader',
          says: 'orders quoted within a day',
          answers: { 'leading-kpis': 'thin' },
          kpis: [{ name: 'orders quoted within a day', leading: false }],
        },
      ],
    },
  },
  {
    trigger: 'no-owner',
    there: { lines: [request, { by: 'leader', says: 'Everybody, the whole team.', answers: { owner: 'clear' } }] },
    gone: { lines: [request, { by: 'leader', says: 'Carol, with the whole team behind her.', answers: { owner: 'clear' }, people: ['Carol'] }] },
  },
  {
    trigger: 'no-owner',
    there: { lines: [request, { by: 'leader', says: 'the committee', answers: { owner: 'thin' } }] },
    gone: { lines: [request, { by: 'leader', says: 'whoever sits with the committee on Mondays and puts both lists together', answers: { owner: 'thin' } }] },
  },
  {
    trigger: 'no-owner',
    there: { lines: [request, { by: 'leader', says: 'Carol I guess. Or Wade.', answers: { owner: 'clear' }, people: ['Carol', 'Wade'] }] },
    gone: { lines: [request, { by: 'leader', says: 'The head of the area.', answers: { owner: 'thin' } }] },
  },
  {
    trigger: 'lagging-only',
    there: { lines: [request, { by: 'leader', says: 'Panels won.', answers: { contribution: 'thin' } }] },
    gone: { lines: [request, { by: 'leader', says: 'Panels offered.', answers: { contribution: 'thin' } }] },
  },
  {
    trigger: 'lagging-only',
    there: { lines: [request, { by: 'leader', says: 'Average price per crate over the year.', answers: { 'leading-kpis': 'thin' } }] },
    gone: { lines: [request, { by: 'leader', says: 'Price talks held.', answers: { 'leading-kpis': 'thin' } }] },
  },
  {
    trigger: 'lagging-only',
    there: { lines: [request, { by: 'leader', says: 'Invoiced crates.', answers: { 'data-source': 'thin' } }] },
    gone: { lines: [request, { by: 'leader', says: 'Sales visits held.', answers: { 'data-source': 'thin' } }] },
  },
  {
    trigger: 'no-owner',
    there: { lines: [request, { by: 'leader', says: 'That is Partner.', answers: { owner: 'clear' }, people: ['Partner'] }] },
    gone: { lines: [request, { by: 'leader', says: 'Partner, we had that twice.', answers: { owner: 'clear' }, people: ['Partner'] }] },
  },
  {
    trigger: 'training-only',
    there: {
      lines: [request, { by: 'leader', says: 'Training is enough.', cues: [['only-training', 'Training is enough']], answers: { sufficiency: 'thin' } }],
    },
    gone: {
      lines: [
        request,
        {
          by: 'leader',
          says: 'Yes, price and stock are settled.',
          cues: [
            ['only-training', 'Yes'],
            ['settled', 'price and stock are settled'],
          ],
          answers: { sufficiency: 'clear' },
        },
      ],
    },
  },
  {
    trigger: 'training-only',
    there: {
      lines: [request, unpaid, { by: 'colleague', says: 'In May it paid, and they did it.', cues: [['knows-how', 'In May it paid, and they did it']] }],
    },
    gone: { lines: [request, unpaid] },
  },
  {
    trigger: 'training-only',
    there: { lines: [request, unpaid, { by: 'leader', says: 'Is it training then?', cues: [['doubts-training', 'Is it training then']] }] },
    gone: { lines: [request, { by: 'partner', says: 'Is pay in the way?', cues: [['obstacle', 'pay in the way', 'systems']] }] },
  },
  {
    trigger: 'gap-unknown',
    there: { lines: [request, { by: 'leader', says: 'They could not do it.', cues: [['lacks-skill', 'could not do it']] }] },
    gone: { lines: [request, { by: 'colleague', says: 'In the test 19 of 24 could not.', cues: [['lacks-skill', '19 of 24 could not']] }] },
  },
  { trigger: 'gap-unknown', there: { lines: [request, asked], change: written(4) }, gone: { lines: [request, asked], change: written(1) } },
  {
    trigger: 'gap-unknown',
    there: { lines: [plainRequest, driver], change: written(2) },
    gone: { lines: [plainRequest, { ...driver, cues: [['elsewhere', 'lost 9 of 13 tenders']] }], change: written(2) },
  },
  {
    trigger: 'too-broad',
    there: { lines: [everybody] },
    gone: { lines: [everybody, { by: 'leader', says: 'Nine people first.', cues: [['narrowed', 'Nine people first']] }] },
  },
  { trigger: 'panic', there: { lines: [everybody] }, gone: { lines: [{ by: 'leader', says: 'Closing training asap.', cues: [['urgency', 'asap']] }] } },
  {
    trigger: 'managers-missing',
    there: { lines: [request, { by: 'leader', says: 'No idea.', answers: { 'manager-role': 'unknown' } }] },
    gone: { lines: [request, { by: 'leader', says: 'Bea joins one call a week.', answers: { 'manager-role': 'clear' } }] },
  },
  {
    trigger: 'no-reinforcement',
    there: { lines: [request, { by: 'leader', says: 'Skip.', answers: { reinforcement: 'skipped' } }] },
    gone: { lines: [request, { by: 'leader', says: 'A drill every Monday.', answers: { reinforcement: 'clear' } }] },
  },
  {
    trigger: 'no-reinforcement',
    there: { lines: [request, driver], change: written(10), more: rested },
    gone: { lines: [request, driver], change: written(10) },
  },
  {
    trigger: 'managers-missing',
    there: { lines: [request, { ...driver, says: 'We lost 9 of 13 tenders. Each week they check the list.' }], change: written(10), more: rested },
    gone: {
      lines: [request, driver, { by: 'manager', says: 'Each week we check the list together.', answers: { 'owner-role': 'clear' } }],
      change: written(10),
      more: rested,
    },
  },
  {
    trigger: 'managers-missing',
    there: { lines: [request, driver], change: written(10), more: rested },
    gone: { lines: [request, { ...driver, says: 'We lost 9 of 13 tenders. I join one call each week.' }], change: written(10), more: rested },
  },
  {
    trigger: 'no-reinforcement',
    there: { lines: [request, { by: 'partner', says: 'A quiz afterwards.', answers: { reinforcement: 'clear' } }], change: written(10), more: rested },
    gone: { lines: [request, { by: 'manager', says: 'A drill on Mondays.', answers: { reinforcement: 'clear' } }], change: written(10), more: rested },
  },
  {
    trigger: 'deliverable-talk',
    there: { lines: [request, { by: 'partner', says: 'I have 6 modules.', cues: [['deliverable-talk', '6 modules']] }] },
    gone: { lines: [request, { by: 'leader', says: 'We did 6 modules.', cues: [['deliverable-talk', '6 modules']] }] },
  },
  {
    trigger: 'self-orientation',
    there: { lines: [request, { by: 'partner', says: 'It would help me a lot.', cues: [['own-need', 'help me']] }] },
    gone: { lines: [request, { by: 'leader', says: 'It would help me a lot.', cues: [['own-need', 'help me']] }] },
  },
  { trigger: 'stalled', there: { lines: [request], more: { quietDays: 1 } }, gone: { lines: [request], more: { quietDays: 0 } } },
  { trigger: 'wins-missing', there: { lines: [request], more: { weeksWithoutWin: 2 } }, gone: { lines: [request], more: { weeksWithoutWin: 1 } } },
];

describe('an occasion for a live prompt', () => {
  it.each(occasions)('$trigger is there, and gone where the conversation answers it', ({ trigger, there, gone }) => {
    expect(triggersIn(there)).toContain(trigger);
    expect(triggersIn(gone)).not.toContain(trigger);
  });

  it('comes with the words and the message that gave it', () => {
    const [first] = signalsIn({ lines: [request, driver] }).filter(({ trigger }) => trigger === 'upstream-cause');
    expect(first).toMatchObject({
      about: { symptom: 'tenders-lost', cause: 'economic-case' },
      evidence: [{ quote: { textId: 'm1' }, by: 'leader', messageRef: 'm1' }],
    });
  });

  it('is named once, the most valuable first', () => {
    const lines = [everybody, driver, { by: 'partner', says: 'I have 6 modules.', cues: [['deliverable-talk', '6 modules']] }] as const;
    const found = triggersIn({ lines });
    expect(found).toEqual(triggerIds.filter((id) => found.includes(id)));
    expect(new Set(found).size).toBe(found.length);
  });

  it('is none for a problem of another team that passes through', () => {
    const passing: Line = {
      by: 'colleague',
      says: 'My pharmacy people lose every tender, they get closing training in their own thread.',
      cues: [
        ['symptom', 'lose every tender', 'tenders-lost'],
        ['settled', 'in their own thread'],
      ],
    };
    expect(triggersIn({ lines: [request, passing] })).not.toContain('upstream-cause');
  });

  it('is none once words are erased, and nothing breaks', () => {
    expect(() => signalsIn({ lines: [request, driver, everybody], more: { words: () => undefined } })).not.toThrow();
  });
});

const words = 'in 35 of 43 the signer was never met, this week';
const anyLine = fc
  .record({
    by: fc.constantFrom('leader', 'partner', 'colleague', 'manager'),
    kinds: fc.uniqueArray(fc.constantFrom(...cueKinds), { maxLength: 4 }),
    detail: fc.option(fc.constantFrom('discounts-grow', 'economic-case', 'negotiation', 'systems', 'unheard-of'), { nil: undefined }),
    question: fc.constantFrom(...questionIds),
    status: fc.constantFrom('clear', 'thin', 'unknown', 'skipped', 'delegated'),
  })
  .map(
    ({ by, kinds, detail, question, status }): Line => ({
      by: by as Line['by'],
      says: words,
      cues: kinds.map((kind) => (detail === undefined ? ([kind, words] as const) : ([kind, words, detail] as const))),
      answers: { [question]: status as 'clear' },
    }),
  );

describe('any conversation', () => {
  it('gives each occasion once, in the order of value, with words that somebody wrote', () => {
    fc.assert(
      fc.property(anyLine, fc.array(anyLine, { maxLength: 11 }), (first, rest) => {
        const lines = [{ ...first, by: 'leader' as const }, ...rest];
        const { state, known } = talk(lines);
        const signals = signalsOf(state, { ...known, quietDays: 1, weeksWithoutWin: 2 });
        const found = signals.map(({ trigger }) => trigger);
        expect(found).toEqual(triggerIds.filter((id) => found.includes(id)));
        for (const { evidence } of signals) {
          expect(evidence.length).toBeGreaterThan(0);
          for (const { quote, by, messageRef } of evidence) expect(lines[Number(messageRef.slice(1))]).toMatchObject({ by, says: known.words(quote) });
        }
      }),
      { numRuns: 300 },
    );
  });
});
