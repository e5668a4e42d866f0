import { describe, expect, it } from '@jest/globals';
import type { QuestionId } from '../../src/domain/questions.ts';
import { retractionIn } from '../../src/language/local/retractions.ts';
import { reply } from './reading.ts';

const correction = (asked: QuestionId, [questionId, text]: [QuestionId, string], fix: string) =>
  reply(fix, asked, { answered: [questionId], said: [{ questionId, text }] });

describe('what is taken back in its own words', () => {
  it.each<[[QuestionId, string], QuestionId, string]>([
    [['reinforcement', 'A quiz in the app every Monday'], 'weekly-call', 'Forget the app, IT closes it in May. Two reps ring each other every Friday.'],
    [['sufficiency', 'No, the bonus and the CRM work against it'], 'owner-role', "The CRM isn't the issue, it's the bonus. Reps earn nothing on renewals."],
    [['owner-role', 'She sends a mail to everybody'], 'sufficiency', 'A mail is a bit thin. Ines visits each branch and tells them herself.'],
    [['manager-role', 'They coach 14 reps each for half a day'], 'driver', 'Half a day is wishful, they get two hours.'],
    [['reinforcement', 'Three calls with an external coach'], 'owner-role', 'change external coach to our own people, Jonas and Aiko'],
  ])('goes where it was said: %j', async (said, asked, fix) => {
    const { acts, answers } = await correction(asked, said, fix);
    expect(acts).toContain('correction');
    expect(answers.map(({ questionId, text }) => [questionId, text])).toEqual([[said[0], fix.replace(/\.$/, '')]]);
  });

  it('leaves what stands beside it to the question that was asked', async () => {
    const { answers } = await correction(
      'budget',
      ['manager-role', 'They review the five largest deals'],
      'Budget is zero, I asked. The five largest are too many, it is the three largest.',
    );
    expect(answers.map(({ questionId }) => questionId)).toEqual(['budget', 'manager-role']);
  });

  it.each(['Not sure the app will work everywhere', 'Should we drop the app?', 'Maybe the app is too slow for them', 'And the app has a leader board, too'])(
    'is not what is doubted, asked or added: "%s"',
    (fix) => {
      const said = [{ questionId: 'reinforcement' as const, text: 'A quiz in the app every Monday' }];
      expect(
        retractionIn(fix.toLowerCase(), { followUp: false, answered: ['reinforcement'], said, addressed: false, mentions: [], people: [] }),
      ).toBeUndefined();
    },
  );
});
