import { describe, expect, it } from '@jest/globals';
import type { ReplyContext } from '../../src/language/language.ts';
import { reply, wordsAt } from './reading.ts';

/** What a signed brief says, and who took part in it. */
const signed: Partial<ReplyContext> = {
  drafted: true,
  said: [
    { questionId: 'driver', text: 'We have to grow revenue from existing accounts by 30 % this year.' },
    { questionId: 'owner', text: 'Dana owns this on the business side.' },
    { questionId: 'leading-kpis', text: 'Second meetings per account manager, from 10 to 35 a month.' },
    { questionId: 'owner-role', text: 'Dana opens every Monday review with one account story.' },
    { questionId: 'manager-role', text: 'Tomas and Keiko: each week we sit in on two account calls per person.' },
    { questionId: 'data-source', text: 'RevOps pulls it from the CRM dashboard every Friday.' },
    { questionId: 'weekly-call', text: 'Mondays at 10:00 New York time, with Keiko and Tomas.' },
    { questionId: 'budget', text: '12,000 from the sales budget for the coaching.' },
  ],
  told: [
    { part: 'topic', text: 'prospecting' },
    { part: 'audience', text: '80 account managers' },
    { part: 'format', text: 'one-day workshop' },
    { part: 'deadline', text: 'before February' },
  ],
  answered: ['driver', 'owner', 'leading-kpis', 'owner-role', 'manager-role', 'data-source', 'weekly-call', 'budget'],
  people: ['Dana Whitfield', 'Keiko Mori', 'Tomas Herrera', 'Ben Ortiz'].map((name) => ({ personId: name.slice(0, 1).toLowerCase(), name })),
};

/** The question or part that a message would change, with the words of a part. */
async function changeOf(text: string): Promise<string | undefined> {
  const { acts, answers, parts = [] } = await reply(text, undefined, signed);
  const [part] = parts;
  if (part) return `${part.part}: ${wordsAt(text, part.span)}`;
  return acts.includes('correction') ? answers[0]?.questionId : undefined;
}

describe('a figure of an indicator that is named with it', () => {
  it.each(['The target for second meetings is 40 now', 'the target for second meetings per account manager is now 40'])(
    'is what was said before it: %s',
    async (text) => {
      const { entities } = await reply(text, undefined, signed);
      const kpis = entities.kpis.map(({ name, baseline, target }) => [
        wordsAt(text, name),
        baseline && wordsAt(text, baseline),
        target && wordsAt(text, target),
      ]);
      expect(kpis).toEqual([[expect.stringContaining('second meetings'), undefined, '40']]);
    },
  );
});

describe('what is said once a brief is signed', () => {
  it.each([
    ['Actually the target is 40', 'leading-kpis'],
    ['not 35, 40', 'leading-kpis'],
    ['sorry, 36 not 35', 'leading-kpis'],
    ['we lowered the target to 30', 'leading-kpis'],
    ['the target went up to 45 since two reps joined', 'leading-kpis'],
    ['my mistake, the baseline is 8 not 10', 'leading-kpis'],
    ["I got the number wrong, it's 40 a month", 'leading-kpis'],
    ['Change the target to 40 please', 'leading-kpis'],
    ['The target for the second meetings is 40 now', 'leading-kpis'],
    ['Ben takes over from Dana', 'owner'],
    ['Ben owns it now, not Dana', 'owner'],
    ['Ben is the owner now, Dana moved to another region', 'owner'],
    ['Tomas takes over as owner from Dana', 'owner'],
    ['Heads-up: the owner is now Ben', 'owner'],
    ['please update the owner to Ben', 'owner'],
    ['the budget was cut to 8,000', 'budget'],
    ['Finance reduced the budget to 10,000 euros', 'budget'],
    ['Budget is now 20k', 'budget'],
    ['The call is on Thursdays at 9 now', 'weekly-call'],
    ['we moved the weekly call to Tuesday 11:00', 'weekly-call'],
    ['Tuesday, not Monday', 'weekly-call'],
    ['Marketing ops pulls the data now, not RevOps', 'data-source'],
    ['The data comes from Salesforce now instead of the CRM dashboard', 'data-source'],
    ['we moved the date to March', 'deadline: March'],
    ['We had to push the deadline to April, because the plant is closed', 'deadline: April'],
    ['the training is postponed to May', 'deadline: May'],
    ['March, not February', 'deadline: March'],
    ['We now have until the end of May', 'deadline: end of May'],
    ["it's 60 account managers now, not 80", 'audience: 60 account managers'],
    ['the audience is only the team in Berlin now', 'audience: only the team in Berlin'],
    ['Make it two half days instead of one day', 'format: two half days'],
    ['the workshop is online now', 'format: online'],
    ["We're doing it as three webinars now, not a one-day workshop", 'format: three webinars'],
  ])('"%s" changes it: %s', async (text, expected) => {
    expect(await changeOf(text)).toBe(expected);
  });

  it.each([
    'Great, thanks everyone',
    'Not bad!',
    "Actually I'm on holiday next week",
    'Actually never mind',
    'we hit 40 today!',
    'we sold 40 instead of 35',
    'I have 12 calls today, not 10',
    '20 this week, 15 last week',
    'Ben had 40 meetings last month',
    'Should we move the date to March?',
    'maybe the target should be 40',
    'If we miss it we move the date to March',
    'who changed the target to 40?',
    "I don't think the target is 40",
    'the target is still 35',
    'the target for my other team is 40',
    'at my old company the target was 40',
    'Target hit! 35 this month',
    'the team is on target',
    'Ben owns the deck for Monday',
    'Keiko owns a boat',
    "Ben takes over my accounts while I'm away",
    'Ben said he owns it now',
    'Dana, not Ben, brings the cake',
    'we moved the team dinner to March',
    'I moved my flight to Tuesday',
    'my flight is at 10 not 11',
    "Priya's training was postponed to May",
    'We moved the customer meeting to Thursday',
    'the launch of the new product moved to June',
    'I was born in March, not May',
    'March was a good month, not February',
    'we had the workshop on 12 March and it went well',
    'the call was moved to 3 today because of the fire drill',
    "Tomorrow's call is at 11 instead of 10",
    'Call me on Thursday at 9',
    'the budget meeting was moved to Friday',
    'budget is tight everywhere',
    'The room is online now, dial in here',
    'Correction: lunch is at 12, not 1',
    'The 40 chairs arrived, not 35',
    "it's 10 degrees here, not 20",
    "Tomas can't make it this week, Keiko stands in",
    'My goal is 5 km now',
    "Sam's target is 50 now",
    'We raised the price target to 45 for their stock',
    'The goal was 2-0',
    'Our goals are 3: focus, pace, care',
    'Ben takes over from Sam at reception',
    'Budget review moved to May',
  ])('"%s" is talk', async (text) => {
    expect(await changeOf(text)).toBeUndefined();
  });

  it('takes the reason along, apart from the new words', async () => {
    const text = 'Actually the target is 40, because two teams merged.';
    const { answers, entities, reason } = await reply(text, undefined, signed);
    expect([answers[0]?.text, wordsAt(text, entities.kpis[0]?.target), wordsAt(text, reason)]).toEqual(['the target is 40', '40', 'two teams merged']);
  });
});
