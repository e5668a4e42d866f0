import { describe, expect, it } from '@jest/globals';
import type { QuestionId } from '../../src/domain/questions.ts';
import type { ReplyContext } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { reply } from './reading.ts';

const people = [
  { personId: 'tomas', name: 'Tomas Rivera' },
  { personId: 'keiko', name: 'Keiko Mori' },
];

/** The questions that a reply answers, where these were answered before in these words. */
async function answersTo(
  text: string,
  asked: QuestionId,
  before: Partial<Record<QuestionId, string>> = {},
  more: Partial<ReplyContext> = {},
): Promise<string[]> {
  const said = Object.entries(before).map(([questionId, words]) => ({ questionId: questionId as QuestionId, text: words }));
  const { answers } = await reply(text, asked, { people, said, answered: said.map(({ questionId }) => questionId), ...more });
  return answers.map(({ questionId }) => questionId);
}

describe('a few words', () => {
  it.each<[string, QuestionId, QuestionId]>([
    ['CRM is slow', 'sufficiency', 'sufficiency'],
    ['they have no time', 'sufficiency', 'sufficiency'],
    ['nothing so far', 'manager-role', 'manager-role'],
    ['Friday after lunch', 'weekly-call', 'weekly-call'],
    ['calls', 'leading-kpis', 'leading-kpis'],
    ['they sound like robots on calls', 'driver', 'driver'],
    ['connect to meeting is 4%', 'driver', 'driver'],
    ['ah ok. thats Keiko then', 'driver', 'owner'],
    ['Outreach has the data. Keiko exports it on fridays', 'driver', 'data-source'],
    ['After it? Peer reviews every second Friday', 'contribution', 'reinforcement'],
    ['no money left this year, maybe 4k in Q1', 'contribution', 'budget'],
    ['We also need a health score in Gainsight, without it they fly blind', 'owner-role', 'sufficiency'],
    ['Spare parts and service have to bring 40 percent of the growth this year', 'driver', 'driver'],
  ])('"%s", asked for %s, answer %s', async (text, asked, answered) => {
    expect(await answersTo(text, asked)).toEqual([answered]);
  });

  it('names of those who do something every week are no other owner', async () => {
    const before = { driver: 'growth is behind plan', owner: 'Tomas Rivera owns it', 'leading-kpis': 'first meetings from 5 to 9' };
    for (const text of ['@Keiko and Tomas: listen to two calls a week each and give feedback.', 'Keiko and Tomas: they listen to two calls a week each'])
      expect(await answersTo(text, 'owner-role', before)).toEqual(['manager-role']);
  });

  it.each(['18 to 25', 'about 12 percent', 'by June', '2 million'])('"%s" is the number that was asked for', async (text) => {
    expect(await answersTo(text, 'driver', { driver: 'pipeline converts badly', owner: 'me' }, { followUp: true })).toEqual(['driver']);
  });

  it('from one figure to another belong to the indicator that has none yet', async () => {
    const before = { driver: 'pipeline converts badly', 'leading-kpis': 'win rate' };
    expect(await answersTo('18 to 25', 'driver', before, { followUp: true })).toEqual(['leading-kpis']);
  });

  it.each(['CET, me and the leads', 'me, Keiko and the 2 team leads', 'with the three area heads'])('"%s" is the rest of the call', async (text) => {
    expect(await answersTo(text, 'sufficiency', { driver: 'x', owner: 'me', 'weekly-call': 'mon 9' })).toEqual(['weekly-call']);
  });

  it('name who has the figures, once the system is known', async () => {
    expect(await answersTo('Keiko, weekly', 'leading-kpis', { driver: 'x', owner: 'me', 'data-source': 'salesforce' })).toEqual(['data-source']);
  });

  it('put another owner in the place of the one before', async () => {
    const { answers } = await reply('no wait. Tomas', 'driver', { people, said: [{ questionId: 'owner', text: 'Keiko' }], answered: ['owner'] });
    expect(answers.map(({ questionId, text }) => [questionId, text])).toEqual([['owner', 'Tomas']]);
  });

  it('of who does something leave a known owner alone', async () => {
    expect(await answersTo('me, Keiko and the 2 team leads', 'manager-role', { owner: 'Tomas', 'weekly-call': 'mon 9' })).toEqual(['manager-role']);
  });

  it.each(['That is only part of it Tomas.', 'OK he has a point, order entry takes a day a week', 'fair point Tomas', 'not now Keiko', 'Keiko, right?'])(
    '"%s" are said to people',
    async (text) => {
      expect(await answersTo(text, 'owner', { driver: 'x' })).toEqual([]);
    },
  );

  it.each(["that's enough, write it down", 'enough, sum it up', 'ok that is it, wrap it up now'])('"%s" ask for the brief', async (text) => {
    expect(await reply(text, 'driver', { followUp: true })).toMatchObject({ wishes: ['write-brief'], answers: [] });
  });
});

describe('a request in one breath', () => {
  it('gives every answer its own words', async () => {
    const text =
      'Churn went from 7 to 11 percent, so I would like a renewals training for the 22 CSMs in Oslo, ideally two half days in January, I own the number myself, ' +
      'Salesforce has the dates and Lena can pull a weekly report, and we could do a check-in Tuesdays 9:30 Stockholm time with the two team leads.';
    const { answers } = await createLocalLanguage().spotRequest({ text, mentions: [] });
    expect(answers.map((answer) => [answer.questionId, answer.text])).toEqual(
      expect.arrayContaining([
        ['owner', 'I own the number myself'],
        ['data-source', 'Salesforce has the dates and Lena can pull a weekly report'],
        ['weekly-call', 'and we could do a check-in Tuesdays 9:30 Stockholm time with the two team leads'],
      ]),
    );
  });
});
