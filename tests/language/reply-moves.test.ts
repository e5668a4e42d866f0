import { afterAll, describe, expect, it } from '@jest/globals';
import type { QuestionId } from '../../src/domain/questions.ts';
import type { ActKind, Reading, ReplyContext } from '../../src/language/language.ts';
import { createEncoder } from '../../src/language/local/encoder/encoder.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { readingLimit } from '../../src/language/local/normalise.ts';

const encoder = createEncoder({ deadlineMs: 60_000, onUnavailable: () => undefined });
const engines = [
  { name: 'without the encoder', language: createLocalLanguage() },
  { name: 'with the encoder', language: createLocalLanguage({ encoder }) },
];
afterAll(() => encoder.close());

const quiet: ReplyContext = { followUp: false, answered: [], addressed: false, mentions: [], people: [] };

describe.each(engines)('$name', ({ language }) => {
  const read = (text: string, asked: QuestionId | undefined, more: Partial<ReplyContext> = {}): Promise<Reading> =>
    language.readReply({ text }, { ...quiet, ...(asked ? { asked } : {}), ...more });
  const answered = async (text: string, asked: QuestionId) => (await read(text, asked)).answers.map(({ questionId }) => questionId);

  it.each<[ActKind, QuestionId, string]>([
    ['stop', 'owner', 'please cancel this request'],
    ['stop', 'budget', 'we no longer need the training, close this please'],
    ['pause', 'driver', "i don't have time for this today"],
    ['pause', 'context', 'in a customer meeting, ask me again after four'],
    ['skip', 'budget', 'skip this question please'],
    ['resume', 'owner', "ok I'm back, where did we stop?"],
    ['resume', 'driver', 'ok I have time now'],
    ['resume', 'owner', 'out of my meeting now, ask away'],
    ['pause', 'driver', 'sorry, I have no time now'],
    ['acknowledge', 'context', 'ok thanks, got it'],
    ['dont-know', 'leading-kpis', 'honestly no idea, we never measured that'],
    ['delegate', 'data-source', 'ask our controller, Ingrid Moe'],
    ['delegate', 'owner', 'stop asking me, ask ingrid'],
    ['delegate', 'data-source', 'RevOps please'],
    ['stop', 'data-source', 'stop it please'],
    ['counter-question', 'leading-kpis', 'what do you mean by leading?'],
    ['counter-question', 'owner', 'who do you think should own that?'],
    ['objection', 'manager-role', 'this is far too much bureaucracy for a one day course'],
    ['chit-chat', 'weekly-call', '@Ole your taxi is waiting downstairs'],
  ])('hears %s under %s in "%s"', async (act, asked, text) => {
    const { acts, answers } = await read(text, asked);
    expect(acts).toContain(act);
    expect(answers).toEqual([]);
  });

  it.each<[QuestionId, string]>([
    ['driver', 'Two of our five largest accounts left us since April, that is 3 million a year'],
    ['owner', 'Katrin Vogel, she runs the retail business'],
    ['leading-kpis', 'first meetings per rep and week, from 2 to 5'],
    ['contribution', 'they should ask who signs before they send an offer'],
    ['sufficiency', 'No, the bonus plan still rewards volume only'],
    ['owner-role', 'She will open every session herself and stop approving discounts'],
    ['manager-role', 'Each team lead listens to two calls per rep every week'],
    ['data-source', 'Salesforce report, sales ops pulls it every Monday'],
    ['weekly-call', 'Wednesdays at 9:30 Oslo time'],
    ['context', 'Our buyers are hospital pharmacists and decide in committees'],
    ['reinforcement', 'a monthly clinic and a certification after eight weeks'],
    ['budget', '12,000 euros from the sales budget'],
  ])('takes what answers %s: "%s"', async (asked, text) => {
    expect(await answered(text, asked)).toEqual([asked]);
  });

  it.each<[QuestionId, QuestionId, string]>([
    ['owner', 'leading-kpis', 'share of visits with an agreed next step, 35% now, 60% by June'],
    ['context', 'weekly-call', 'Thursdays 14:00 Vienna works for the weekly call'],
    ['data-source', 'budget', 'we have 9k in the marketing budget for it'],
    ['driver', 'owner', 'the owner is Katrin Vogel'],
    ['owner', 'leading-kpis', 'invoiced calibrations'],
    ['data-source', 'owner', 'Joseph Abou Zeid. And I bring the chairman'],
    ['data-source', 'budget', '3 200 euro for the year, I take it from travel'],
    ['contribution', 'budget', 'two part timers at 18k, out of my own line'],
  ])('sees under %s that %s is answered: "%s"', async (asked, meant, text) => {
    expect(await answered(text, asked)).toEqual([meant]);
  });

  it('keeps an answer and hears that somebody else does the rest', async () => {
    const text = 'We lost nine tenders to Borg since June. Can katrin do the rest please';
    const { acts, answers, entities } = await read(text, 'driver');
    expect(acts).toEqual(['answer', 'delegate']);
    expect(answers.map(({ questionId }) => questionId)).toEqual(['driver']);
    expect(entities.delegateTo && text.slice(entities.delegateTo.name.start, entities.delegateTo.name.end)).toBe('katrin');
  });

  it.each<[QuestionId, string]>([
    ['owner', 'two HOURS'],
    ['owner', 'Fair.'],
    ['driver', 'That was with the paper form. With the web it is 12 days'],
  ])('takes talk beside the question for no answer to %s: "%s"', async (asked, text) => {
    expect(await answered(text, asked)).toEqual([]);
  });

  it.each(['the area managers', 'Ines Prado', 'me'])('takes few words that say whose it is for the owner: "%s"', async (text) => {
    expect(await answered(text, 'owner')).toEqual(['owner']);
  });

  it('asks back instead of taking words without anybody in them for an owner', async () => {
    const reading = await read('they freeze', 'owner');
    expect(reading.answers).toEqual([]);
    expect(reading.needsClarification?.between).toContain('owner');
  });

  it('takes no breath for an answer', async () => {
    const said = [{ questionId: 'owner' as const, text: 'tomas' }];
    const reading = await read('no wait, ingrid owns it not tomas', 'sufficiency', { answered: ['owner'], said });
    expect(reading.acts[0]).toBe('correction');
    expect(reading.answers.map(({ questionId }) => questionId)).toEqual(['owner']);
  });

  it.each([
    'they stop quoting before they know who signs',
    'reps skip the tour and ask about the budget first',
    'he will cancel his own review so that there is time',
  ])('withdraws, skips and pauses nothing because of "%s"', async (text) => {
    const { acts } = await read(text, 'contribution');
    for (const act of ['stop', 'skip', 'pause'] as const) expect(acts).not.toContain(act);
  });

  it.each([
    ['letters', 'ж'.repeat(40_000)],
    ['words', 'ask me later no idea skip stop '.repeat(1_400)],
    ['names in a row', 'keiko owns it '.repeat(2_900)],
    ['minutes past', 'ten past '.repeat(4_500)],
    ['percentages', '10% to 20% and '.repeat(2_700)],
    ['dashes', '- , . : '.repeat(5_000)],
    ['questions', 'what? '.repeat(6_700)],
    ['quotes', `"'`.repeat(20_000)],
  ])('reads endless %s within its limit', async (_name, text) => {
    for (const asked of ['owner', 'weekly-call', 'leading-kpis'] as const) {
      const { answers } = await read(text, asked);
      for (const { span, text: words } of answers) {
        expect(span.end).toBeLessThanOrEqual(readingLimit);
        expect(text.slice(span.start, span.end)).toBe(words);
      }
    }
  });
});

describe('buttons that are typed', () => {
  const { language } = engines[0] ?? { language: createLocalLanguage() };
  const wishesIn = async (text: string, asked?: QuestionId) => (await language.readReply({ text }, { ...quiet, ...(asked ? { asked } : {}) })).wishes;

  it.each<[string, string]>([
    ['Next question', 'carry-on'],
    ['Answer in a form', 'help'],
  ])('"%s" is %s', async (text, wish) => {
    expect(await wishesIn(text, 'driver')).toEqual([wish]);
  });

  it('"I take this" claims, but names the owner where that is asked', async () => {
    expect(await wishesIn('I take this')).toEqual(['claim']);
    expect(await wishesIn('I take this', 'owner')).toEqual([]);
  });

  it.each<[string, boolean]>([
    ['I look after L&D for the field, happy to take this one.', true],
    ["I'm in L&D, I'd be glad to pick this up with you.", true],
    ['Hi Dana, I can take this on from the L&D side', true],
    ["I'll pick this up, Dana.", true],
    ["I'd like to take this to the board first.", false],
    ['I can take it from the pipeline report.', false],
    ['They are happy to take this course.', false],
    ['We want reps to own it.', false],
  ])('"%s": taken on: %s', async (text, isTaken) => {
    expect(await wishesIn(text, 'driver')).toEqual(isTaken ? ['claim'] : []);
  });
});
