import { describe, expect, it } from '@jest/globals';
import type { QuestionId } from '../../src/domain/questions.ts';
import { answered, quality, reply, wordsAt } from './reading.ts';

describe('the essentials', () => {
  it.each<[QuestionId, string]>([
    ['driver', 'more revenue'],
    ['driver', 'we have to sell more this quarter'],
    ['driver', 'better results'],
    ['owner', 'sales team'],
    ['owner', 'L&D'],
    ['owner', 'the area managers'],
    ['owner', 'I think the sales team'],
    ['owner', 'Aiko, our enablement lead'],
    ['owner', 'HR (Marta)'],
    ['leading-kpis', 'revenue'],
    ['leading-kpis', 'revenue from 3m to 4m'],
    ['leading-kpis', 'units sold, 20 to 30 a month'],
    ['leading-kpis', 'first meetings'],
    ['leading-kpis', 'more first meetings, 4 a week'],
  ])('%s is thin in "%s"', async (asked, text) => {
    expect(await quality(text, asked)).toBe('thin');
  });

  it.each<[QuestionId, string]>([
    ['driver', 'we have to sell more because Corvo opened two depots next to ours in May'],
    ['driver', 'grow 9% with the hospitals we have by June'],
    ['owner', 'Jonas Falk owns it, L&D supports'],
    ['leading-kpis', 'first meetings from 2 to 4 a week'],
    ['leading-kpis', 'revenue, and first meetings from 2 to 4 a week'],
  ])('%s is clear in "%s"', async (asked, text) => {
    expect(await quality(text, asked)).toBe('clear');
  });
});

describe('what is counted by two things', () => {
  it('stays one number, behind who owns it', async () => {
    const text = 'I own it. New opportunities per account manager and month in existing accounts, from 1 to 3 by June';
    const { answers } = await reply(text, 'owner', { addressed: true });
    expect(answers.map(({ questionId, span }) => [questionId, wordsAt(text, span)])).toEqual([
      ['owner', 'I own it'],
      ['leading-kpis', 'New opportunities per account manager and month in existing accounts, from 1 to 3 by June'],
    ]);
  });
});

describe('what is done every week', () => {
  it.each([
    ['Each manager sits in on two calls every week and the budget is 20,000 euro', 'manager-role', 'budget'],
    ['We run a deal clinic every Monday and finance gives us 15k for it', 'reinforcement', 'budget'],
    ['Managers listen to two calls per rep every week and Keiko Mori owns this', 'manager-role', 'owner'],
  ] as const)('%s: ends where another thing begins', async (text, asked, other) => {
    const { answers } = await reply(text, asked, { addressed: true });
    expect(answers.map(({ questionId }) => questionId).sort()).toEqual([asked, other].sort());
  });
});

describe('a list with numbers', () => {
  it('leaves the numbers of its items out of their words', async () => {
    const text = 'Two things: 1. Managers sit in on two calls each week. 2. The budget is 20,000 euro.';
    const { answers } = await reply(text, 'manager-role');
    expect(answers.map(({ span }) => wordsAt(text, span))).toEqual(['Two things: 1. Managers sit in on two calls each week', 'The budget is 20,000 euro']);
  });
});

describe('lost deals', () => {
  it.each([
    'Our buyers run bakeries. We lost two big tenders to Corvo since nobody knew their ovens',
    'Lost four bids since June, all on service levels. Those are the cases I want in it',
  ])('are cases where the context is asked: "%s"', async (text) => {
    expect(answered(await reply(text, 'context'))).toEqual(['context']);
  });

  it.each<QuestionId>(['driver', 'owner'])('are the driver where %s is asked', async (asked) => {
    expect(answered(await reply('We lost four tenders in a row to Corvo since June', asked))).toEqual(['driver']);
  });
});

describe('a message that speaks of two other questions alike', () => {
  const torn = 'the reports and the target come along with it, as far as I remember';

  it('is asked about, not taken for the open question', async () => {
    const reading = await reply(torn, 'owner');
    expect(reading.answers).toEqual([]);
    expect([...(reading.needsClarification?.between ?? [])].sort()).toEqual(['data-source', 'leading-kpis']);
  });

  it('is taken where one of them is asked', async () => {
    expect(answered(await reply(torn, 'leading-kpis'))).toContain('leading-kpis');
  });

  it.each<[string, QuestionId]>([
    ['Budget is 9k from my cost centre', 'budget'],
    ['Jonas Falk, he runs the north', 'owner'],
  ])('needs no question where a clause is clear: "%s"', async (text, questionId) => {
    const reading = await reply(text, 'owner');
    expect(answered(reading)).toEqual([questionId]);
    expect(reading.needsClarification).toBeUndefined();
  });
});

describe('a message in another language', () => {
  it.each([
    'Wir haben seit Mai drei Kunden verloren, weil der Preis nicht passt',
    'Nous avons perdu trois clients depuis mai',
    'Tenemos que crecer con los clientes que ya están',
    'Dobbiamo vendere di più ai clienti che abbiamo',
    'We hebben drie klanten verloren en dat moet anders',
    'Vi har förlorat tre kunder och det måste ändras',
    'Musimy więcej sprzedawać, bo rynek jest mały',
    'мы потеряли трёх клиентов',
    '営業チームの研修をお願いします',
  ])('answers nothing: "%s"', async (text) => {
    const reading = await reply(text, 'driver');
    expect(reading.acts).toEqual(['chit-chat']);
    expect(reading.answers).toEqual([]);
    expect(reading.language).toBe('other');
  });

  it.each([
    'Los Angeles and Las Vegas, 40 reps',
    'Jan van der Meer and Ana de la Cruz',
    'São Paulo lost 12% since Müller & Söhne moved in',
    'ja, Jonas',
    'Noémie, Björn, Zoë',
    'the Das Haus account is gone since May',
  ])('is not heard in "%s"', async (text) => {
    expect((await reply(text, 'driver')).language).toBeUndefined();
  });
});

describe('what somebody does every week', () => {
  it('is no KPI, though it has a number', async () => {
    const text = 'Noémie Laurent and Jonas Falk listen to three calls per rep every week and coach for half an hour';
    expect(answered(await reply(text, 'manager-role'))).toEqual(['manager-role']);
    expect(answered(await reply(text, 'data-source'))).not.toContain('leading-kpis');
  });

  it('is not the weekly call because a call is coached', async () => {
    expect(answered(await reply('Weekly call coaching, a library of calls and a certification after two months', 'manager-role'))).toEqual(['reinforcement']);
  });
});

describe('a bare no', () => {
  it('answers what can be answered so, and is otherwise "I don\'t know"', async () => {
    expect(answered(await reply('no', 'budget'))).toEqual(['budget']);
    const reading = await reply('no', 'owner', { followUp: true, answered: ['owner'] });
    expect(answered(reading)).toEqual([]);
    expect(reading.acts).toEqual(['dont-know']);
  });
});

describe('the reason of an answer', () => {
  it('belongs to that answer, and is no business driver', async () => {
    const text = 'Partly: product has to ship a price list too, because the shop has none';
    const reading = await reply(text, 'sufficiency');
    expect(answered(reading)).toEqual(['sufficiency']);
    expect(reading.answers[0]?.text).toBe(text);
  });
});

describe('what an L&D partner says to people', () => {
  it.each([
    'We have three e-learning modules on that, a quiz and a certificate afterwards',
    'I could add a refresher every month and a deal clinic after the course',
  ])('is an offer and answers nothing: "%s"', async (text) => {
    expect(answered(await reply(text, undefined, { side: 'partner' }))).toEqual([]);
    expect(answered(await reply(text, undefined, { side: 'partner', addressed: true }))).toContain('reinforcement');
  });

  it('counts where it states a fact', async () => {
    expect(answered(await reply('The weekly call is Tuesdays 9:00 CET', undefined, { side: 'partner' }))).toEqual(['weekly-call']);
  });
});

describe('an answer out of turn', () => {
  it.each<[QuestionId, string, QuestionId]>([
    ['leading-kpis', 'me and the two branch managers', 'owner'],
    ['owner', 'No. A course will not fix that, the price list has to be changed', 'sufficiency'],
    ['owner-role', 'I sit in on two meetings per rep a month and we debrief after', 'manager-role'],
  ])('under %s, "%s" is about %s', async (asked, text, about) => {
    expect(answered(await reply(text, asked))).toEqual([about]);
  });

  it.each(['That is 640 thousand short by March', 'Last year 3.1 million of steel stood in the rain'])(
    'is no budget where money was lost: "%s"',
    async (text) => {
      expect(answered(await reply(text, 'owner'))).not.toContain('budget');
    },
  );
});

it.each([undefined, 'weekly-call'] as const)('keeps the names before a colon with what they will do, where %s is asked', async (asked) => {
  const text = 'Ines Ortiz and Wade Cole: each week we sit in on two account calls per person and coach for half an hour';
  const { answers } = await reply(text, asked);
  expect(answers.map(({ questionId, text: words }) => [questionId, words])).toEqual([['manager-role', text]]);
});

describe('a question by the name that Plumb gives it', () => {
  it.each<[string, QuestionId]>([
    ['What people will do differently: book a talk before the service check', 'contribution'],
    ['Whether training is enough: no, the bonus has to change', 'sufficiency'],
    ['Owner in the business: Jonas Berg', 'owner'],
    ['What the owner will do: join the first two calls', 'owner-role'],
    ['What managers will do: they sit in on one talk a month', 'manager-role'],
    ['Where the data comes from: Salesforce, Keiko pulls it', 'data-source'],
    ['What is unique here: our buyers are municipal', 'context'],
    ['What happens afterwards: a review in June', 'reinforcement'],
    ['What happens after the kick-off: everybody shows a talk after six weeks, and we repeat it in June', 'reinforcement'],
    ['Budget for afterwards: 8000 from travel', 'budget'],
  ])('"%s" answers %s', async (text, questionId) => {
    const { answers } = await reply(text, questionId === 'context' ? 'budget' : 'context');
    expect(answers.map((answer) => [answer.questionId, answer.text])).toEqual([[questionId, text]]);
  });
});
