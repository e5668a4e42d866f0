import { describe, expect, it } from '@jest/globals';
import type { ReplyContext } from '../../src/language/language.ts';
import { answered, reply, wordsAt } from './reading.ts';

const before: Partial<ReplyContext> = {
  answered: ['owner', 'leading-kpis', 'weekly-call'],
  said: [
    { questionId: 'owner', text: 'Aiko owns it' },
    { questionId: 'leading-kpis', text: 'joint visits with planners, from 1 to 6 a month' },
    { questionId: 'weekly-call', text: 'Mondays 8:30 CET' },
  ],
};

describe('a correction that withdraws one figure for another', () => {
  it.each([
    'Correction: the target for joint visits is 4 a month, not 6',
    'Actually, make the target for joint visits 4 a month, not 6',
    'small fix: target for joint visits should be 4 a month rather than 6',
  ])('"%s" gives the new target and no baseline', async (text) => {
    const reading = await reply(text, 'budget', before);
    expect(reading.acts).toEqual(['correction', 'answer']);
    expect(answered(reading)).toEqual(['leading-kpis']);
    expect(reading.entities.kpis.map((kpi) => [wordsAt(text, kpi.name), wordsAt(text, kpi.baseline), wordsAt(text, kpi.target)])).toEqual([
      ['joint visits', undefined, '4 a month'],
    ]);
  });

  it('takes a baseline as a baseline', async () => {
    const text = 'sorry, the baseline for joint visits was 2, not 1';
    const [kpi] = (await reply(text, 'budget', before)).entities.kpis;
    expect([wordsAt(text, kpi?.baseline), kpi?.target]).toEqual(['2', undefined]);
  });

  it('keeps a full pair and leaves out the withdrawn one', async () => {
    const text = 'oops, joint visits from 1 to 4 a month, not 1 to 6';
    const [kpi, more] = (await reply(text, 'budget', before)).entities.kpis;
    expect([wordsAt(text, kpi?.baseline), wordsAt(text, kpi?.target), more]).toEqual(['1', '4 a month', undefined]);
  });

  it('finds what it is about by the figure that it takes back', async () => {
    expect(answered(await reply('make it 4, not 6', 'budget', before))).toEqual(['leading-kpis']);
  });
});

describe('the words that lead a correction in', () => {
  it.each(['Correction: the owner is Jonas, not Aiko', 'One small correction. The owner is Jonas.', 'Update - owner is Jonas'])(
    '"%s" answers nothing but the owner',
    async (text) => {
      const reading = await reply(text, 'data-source', before);
      expect(answered(reading)).toEqual(['owner']);
      expect(reading.entities.people.map((person) => person.personId)).toEqual(['j']);
    },
  );

  it('do not stand in the answer', async () => {
    const [answer] = (await reply('Correction: the owner is Jonas, not Aiko', 'data-source', before)).answers;
    expect(answer?.text).toBe('the owner is Jonas, not Aiko');
  });

  it('do not swallow a short answer before another', async () => {
    expect(answered(await reply('Aiko. Budget is 9k from sales', 'owner'))).toEqual(['owner', 'budget']);
  });
});

describe('a part of the weekly call that is put right', () => {
  it.each(['Thursday, not Monday', 'change Monday to Thursday', 'sorry, the call is on Thursdays'])('"%s" keeps the hour and the zone', async (text) => {
    const reading = await reply(text, 'budget', before);
    expect(answered(reading)).toEqual(['weekly-call']);
    expect(reading.entities.when).toEqual({ weekday: 'thu', time: '08:30', timeZone: 'Europe/Berlin' });
  });
});

describe('"X, not Y" that corrects nothing', () => {
  it('stays an answer to the open question', async () => {
    const said = [{ questionId: 'driver' as const, text: 'Our price was undercut in spring' }];
    const reading = await reply('They should talk about uptime, not price', 'contribution', { answered: ['driver'], said });
    expect(reading.acts).toEqual(['answer']);
    expect(answered(reading)).toEqual(['contribution']);
  });

  it('stays talk between people', async () => {
    expect((await reply('we won 4-1, not 6-1 lol', undefined, before)).answers).toEqual([]);
  });
});

it('files a corrected headcount under the context', async () => {
  expect(answered(await reply("Correction: it's 35 account managers, not 53", 'budget', before))).toEqual(['context']);
});

describe('what stands beside an answer', () => {
  it('is not taken for one: what a correction takes back', async () => {
    const reading = await reply('Sorry, Aiko is wrong, the owner is Jonas Falk', 'sufficiency', before);
    expect(answered(reading)).toEqual(['owner']);
  });

  it('is not taken for one: a quantity under a question that asks for none', async () => {
    expect(answered(await reply('roughly 5 a month', 'sufficiency'))).toEqual([]);
    expect(answered(await reply('roughly 5 visits a month now, 9 by May', 'leading-kpis'))).toEqual(['leading-kpis']);
  });
});
