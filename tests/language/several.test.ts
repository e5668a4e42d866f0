import { describe, expect, it } from '@jest/globals';
import type { Understanding } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { normalise } from '../../src/language/local/normalise.ts';
import { readRequests } from '../../src/language/local/several.ts';

/** Topic and audience of every request, the first one first. */
function asked(text: string): string[] {
  const { understood, others } = readRequests(normalise(text));
  const words = (span: Understanding['topic']) => (span ? text.slice(span.start, span.end) : '-');
  return [understood, ...others].map(({ topic, audience }) => `${words(topic)} | ${words(audience)}`);
}

describe('several requests', () => {
  it.each<[string, string[]]>([
    ['negotiation for the AEs, and separately something on Excel for ops', ['negotiation | the AEs', 'Excel | ops']],
    ['Can we get negotiation training for the AEs? Separately, ops need something on Excel.', ['negotiation | the AEs', 'Excel | ops']],
    ['We need a workshop on discovery for the SDRs and a course on forecasting for the managers', ['discovery | the SDRs', 'forecasting | the managers']],
    [
      'A half-day on storytelling for presales. PS: the partner managers need an intro to MEDDPICC too',
      ['storytelling | presales', 'MEDDPICC | the partner managers'],
    ],
    [
      "I'd like a negotiation course for the EMEA team. Also, could someone teach the support team in Porto how to read the usage report?",
      ['negotiation | the EMEA team', 'read the usage report | the support team in Porto'],
    ],
    [
      'Two asks:\n1. objection handling for the SDR team\n2. Tableau for the sales managers, by June',
      ['objection handling | the SDR team', 'Tableau | the sales managers'],
    ],
    [
      'First a product deep dive for presales. Second, writing skills for the proposal people. Third, someone to coach the managers on 1:1s.',
      ['product | presales', 'writing | the proposal people', '1:1s | the managers'],
    ],
  ])('are found where they are plainly different: %s', (text, expected) => {
    expect(asked(text)).toEqual(expected);
  });

  it.each([
    'Could we do a workshop on discovery, objection handling and closing for my AEs?',
    'We need negotiation training for the AEs and the CSMs',
    'cold calling for the SDRs in May and cold calling for the BDRs in June',
    'My reps are weak in discovery and they never follow up. Can you run a course on closing for them?',
    'Can you run a refresher on the CRM for my team? Also include forecasting please',
    'What I see:\n- calls too short\n- no next step agreed\n- no multi-threading\n\nWhat I would like:\n- two weeks of coaching for the whole pod',
    'Topic: crane signalling\nWho: 14 riggers, Gdynia\nWhen: before 1 June',
    'Numbers look soft, Priti is on it. Separately, the Perth guys were never walked through the ROI sheet, could someone do that with them?',
    'I need discovery training for my team. PS: parking is at the back of the building',
    '',
  ])('are not made up: %s', (text) => {
    expect(asked(text)).toHaveLength(1);
  });

  it('keep the words in which each was made', () => {
    const text = 'negotiation for the AEs, and separately something on Excel for ops.';
    const { others } = readRequests(normalise(text));
    expect(others.map(({ words }) => text.slice(words.start, words.end))).toEqual(['something on Excel for ops']);
  });

  it('keep what is said of one out of what is known of the first', async () => {
    const text =
      'We lost 12 % margin last year because every deal ends in a discount. Negotiation training for the AEs please. Separately, ops need something on Excel, the owner is Keiko Mori.';
    const { answers, others } = await createLocalLanguage().spotRequest({ text, mentions: [] });
    expect(others).toHaveLength(1);
    expect(answers.map(({ questionId }) => questionId)).toEqual(['driver']);
  });

  it('are three besides the first at most', () => {
    const text = [
      'Wishes:',
      ...[
        'Excel for the clerks',
        'Tableau for the managers',
        'negotiation for the buyers',
        'storytelling for presales engineers',
        'forecasting for the SDRs',
      ].map((wish, at) => `${at + 1}. ${wish}`),
    ].join('\n');
    expect(readRequests(normalise(text)).others).toHaveLength(3);
  });

  it.each(['separately '.repeat(600), '- a\n'.repeat(1500), 'x for the y and '.repeat(400), 'also, '.repeat(1000), '1. '.repeat(2000), 'and & , '.repeat(800)])(
    'are looked for in bounded time',
    (text) => {
      expect(readRequests(normalise(text)).others.length).toBeLessThanOrEqual(3);
    },
  );
});
