import { describe, expect, it } from '@jest/globals';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';

const language = createLocalLanguage();
const driverIn = async (text: string) => {
  const { answers } = await language.spotRequest({ text, mentions: [] });
  return answers.find(({ questionId }) => questionId === 'driver')?.text;
};

describe('why a request comes now', () => {
  it.each([
    ['My nine reps need a workshop on procurement, we keep losing margin in the last round', 'we keep losing margin in the last round'],
    ['Our gas tariffs change on 1 April. Could someone get the call centre ready to explain them?', 'Our gas tariffs change on 1 April'],
    [
      'Our biggest customer moved its buying to Prague in May. Could somebody coach the two account managers?',
      'Our biggest customer moved its buying to Prague in May',
    ],
    ['Gas tariffs go up by 11% on 1 April. Could someone run a session for the team?', 'Gas tariffs go up by 11% on 1 April'],
    ['Churn rose to 14% in Q3. Can anybody teach the renewal desk to ask earlier?', 'Churn rose to 14% in Q3'],
    ['Gas tariffs go up by 11% on 1 April. So, please run a session for the team.', 'Gas tariffs go up by 11% on 1 April'],
    ['Gas tariffs go up by 11% on 1 April. We will lose 300 contracts.', 'Gas tariffs go up by 11% on 1 April. We will lose 300 contracts'],
  ])('is taken from "%s"', async (text, driver) => {
    expect(await driverIn(text)).toBe(driver);
  });

  it.each([
    'We need a negotiation course for 40 account managers',
    'Could you set up a workshop on discovery for my team? Thanks a lot and have a nice weekend',
    'training for the new people please',
    'Could we get a negotiation course for the account managers? They give away too much margin.',
    'The field reps need a workshop on demos, they just list features.',
  ])('is not made out of "%s"', async (text) => {
    expect(await driverIn(text)).toBeUndefined();
  });
});
