import { describe, expect, it } from '@jest/globals';
import { vendorDocument, vendorMessage } from '../../src/documents/vendor-document.ts';
import { vendorMarkdown, vendorText } from '../../src/documents/vendor-text.ts';
import { buildBrief } from '../../src/domain/brief.ts';
import { questionIds } from '../../src/domain/questions.ts';
import { type VendorLineId, vendorLineIds, vendorOffer, writtenBefore } from '../../src/domain/vendor.ts';
import { vendorCleaner } from '../../src/domain/vendor-words.ts';
import { answer, answersOf, contextOf, core, MONDAY_9_UTC, prompts, whole } from '../views/context.ts';

const marks = { name: '[name]', names: '[names]', amount: '[amount]', contact: '[contact]', their: 'the' };
const clean = vendorCleaner(
  [
    'Dana Whitfield',
    'Tomás Herrera',
    'Keiko Mori',
    'Will Grant',
    'Priya Raman (L&D)',
    'Hana Mori (森 花)',
    '김민수',
    '王小明',
    "Siobhán O'Neill",
    'Jean-Luc Petit',
  ],
  marks,
);

describe("people's words on their way to a vendor", () => {
  it.each([
    ["Dana's team asks for the next meeting.", 'The team asks for the next meeting.'],
    ['Tomas Herrera, Keiko and Priya sit in on two calls.', '[names] sit in on two calls.'],
    ['@tomás pulls it; danas slides say so.', '[name] pulls it; [name] slides say so.'],
    ['We will meet. Will Grant decides.', 'We will meet. [name] decides.'],
    ['Mr. Okonkwo’s region in May', 'The region in May'],
    ['We have €20,000 for it, and spend two hours a week on it.', 'We have [amount] for it, and spend two hours a week on it.'],
    ['From 1.2m to 2 million euros, about 25-30k, £1.5m or 20 000 EUR', 'From [amount], about [amount], [amount] or [amount]'],
    ['around twenty thousand dollars, a six-figure sum', 'around [amount], a [amount]'],
    ['Budget is 30k, finance approved it. The reps practise weekly.', 'The reps practise weekly.'],
    ['We practise monthly, and the budget for it is with finance.', 'We practise monthly.'],
    ['Write to dana@corp.example or +44 20 7946 0958, see https://wiki.corp.example/x', 'Write to [contact] or [contact], see [contact]'],
    ['O’Neill, oneill and Jean Luc; also Da\u200bna', '[names]; also [name]'],
    ['Ask D.W., D. Whitfield, Dana W. or DW. T.H.’s team is in.', 'Ask [names]. The team is in.'],
    ['J.-L. P. agreed with S. O’Neill; K. M. did not', '[name] agreed with [name]; [name] did not'],
    ['PR and HR do it; D is for W. The Dana Whitfield Award in Q3', 'PR and HR do it; D is for W. The [name] Award in Q3'],
    ['森さん、田中様と皆さん、お客様', '[name]、[name]と皆さん、お客様'],
    ['Tanaka-san and Keiko san ask; 김민수가, 김 부장님, 王总, 小明说', '[names] ask; [name]가, [names]说'],
    ['Call 079 123 45 67 or (212) 555-0100, it is in wiki.corp.example/sales.', 'Call [contact] or [contact], it is in [contact]'],
    ['40 kEUR, T€ 40, ₹5,00,000, Rs. 500, 500 Kč, 500円, 5万元, ٤٠٠٠٠ دولار', Array(8).fill('[amount]').join(', ')],
    ['forty thousand; half a million; a hundred and fifty thousand', '[amount]; [amount]; [amount]'],
    ['It costs 5000, we pay 1200 a day, or 40,000 per head', 'It costs [amount], we pay [amount] a day, or [amount] per head'],
    [
      'We spend 40 minutes on it, and half a million customers or ten thousand users see it.',
      'We spend 40 minutes on it, and half a million customers or ten thousand users see it.',
    ],
    ['120 reps, 30 % growth, 3x coverage, 15k users, from 14 % to 9 % by May', '120 reps, 30 % growth, 3x coverage, 15k users, from 14 % to 9 % by May'],
  ])('%s', (text, cleaned) => {
    expect(clean(text).text).toBe(cleaned);
  });
});

/** Every field of a brief has its own words, and a name and a sum in them. */
const texts: Record<string, string> = Object.fromEntries(
  [
    ...questionIds,
    'topic',
    'audience',
    'format',
    'deadline',
    'request',
    'decided',
    'evidence',
    'action',
    'group',
    'outcome',
    'until',
    'kpi',
    'today',
    'target',
    'meaning',
  ].map((id) => [id, `words-on-${id} of Dana Whitfield for €900`]),
);

function offered() {
  const kpis = [{ name: whole('kpi'), baseline: whole('today'), target: whole('target'), leading: true }];
  const evidence = [{ quote: whole('evidence'), by: 'dana', messageRef: 'm1' }];
  const said = { by: 'dana', at: MONDAY_9_UTC };
  const state = core({
    understood: { topic: whole('topic'), audience: whole('audience'), format: whole('format'), deadline: whole('deadline') },
    answers: answersOf(...questionIds.map((id) => answer(id, id === 'leading-kpis' ? { facts: { kpis } } : {}))),
    signedVersion: 1,
    coaching: {
      cues: [],
      prompts: [
        { trigger: 'fuzzy-topic', to: ['priya'], at: 1, evidence, about: {}, status: 'asked', answer: { quote: whole('meaning'), messageRef: 'm2', ...said } },
      ],
      decisions: [{ outcome: 'changed', ...said, words: whole('decided'), about: {}, evidence }],
      pilot: { status: 'agreed', ...said, group: whole('group'), outcome: whole('outcome'), until: whole('until'), messageRef: 'm3' },
    },
    fitness: {
      status: 'closed',
      anonymous: false,
      elements: ['systems'],
      asked: ['dana'],
      answers: [],
      openedBy: 'dana',
      openedAt: 1,
      closesAt: 2,
      actions: [{ id: 'x', element: 'systems', text: whole('action'), impact: 4, cost: 2, phase: 'now', ...said }],
    },
  });
  const brief = buildBrief({ status: 'clarifying', ...state });
  return vendorOffer(brief, state, { words: contextOf(texts).quote, clean, topic: texts['decided'] ?? '' });
}

function wordsIn(lines: readonly VendorLineId[]): string {
  const sending = { lines: new Set(lines), scope: [], joins: '', time: '', contact: '', reach: '' };
  const documents = [vendorDocument(prompts.words, offered(), sending), vendorMessage(prompts.words, offered(), sending)];
  return documents.flatMap((document) => [JSON.stringify(document), vendorMarkdown(document), vendorText(document)]).join('\n');
}

describe('what a vendor may know of a brief', () => {
  it('has no name, no sum, no budget and no finding, whatever is chosen', () => {
    const all = wordsIn(vendorLineIds);
    expect(all).not.toMatch(/Dana|Whitfield|900/);
    const never = ['budget', 'owner', 'owner-role', 'sufficiency', 'data-source', 'weekly-call', 'request', 'evidence', 'action'];
    for (const id of never) expect(all).not.toContain(`words-on-${id} `);
    for (const id of ['contribution', 'meaning', 'audience', 'group', 'context', 'reinforcement', 'today', 'target', 'driver'])
      expect(all).toContain(`words-on-${id} of [name]`);
  });

  it('keeps findings and plans of the house unless they are chosen', () => {
    const usual = offered().lines.filter(({ kept }) => kept);
    const words = wordsIn(usual.map(({ id }) => id));
    for (const id of ['driver', 'today', 'manager-role', 'format']) expect(words).not.toContain(`words-on-${id} `);
    expect(words).toContain('words-on-kpi of [name] for [amount]: target words-on-target');
  });

  it('is not part of it as whoever wrote last said, unless nothing is left of them', () => {
    const writing = (by: string) => ({ by, at: 1, ticked: [], unticked: [], scope: [{ textId: `scope-of-${by}`, start: 0, end: 5 }] });
    const scopeAfter = (...by: string[]) => writtenBefore({ vendorWritings: by.map(writing) }, 'dana').scope?.[0]?.textId;
    expect([scopeAfter('priya', 'tomas'), scopeAfter('priya', 'former:1'), scopeAfter('dana', 'priya'), scopeAfter('former:1')]).toEqual([
      'scope-of-tomas',
      'scope-of-priya',
      'scope-of-dana',
      undefined,
    ]);
  });

  it('leaves out what was asked for before the focus changed', () => {
    expect(offered().scope).toEqual(['words-on-topic of [name] for [amount]']);
  });
});
