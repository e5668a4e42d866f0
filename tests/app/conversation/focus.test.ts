import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';
import { day } from './stage.ts';

const request = 'We need a two-day negotiation training for all account managers by the end of the quarter. They give away too much margin.';
const goal = 'We have to grow 30 % this year, and most of it from accounts we already have.';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const decisions = async () => (await play.alignment()).coaching?.decisions.map(({ outcome, by }) => [outcome, by]);
const lastInThread = () => cardText(play.threadPosts().at(-1)?.card ?? { summary: '', blocks: [], actions: [] });
const draft = async () => {
  await play.dana.says('write the brief now', { addressed: true });
  return lastInThread();
};

describe('a choice that an L&D partner puts in their own words', () => {
  beforeEach(async () => {
    await play.priya.presses('claim');
    await play.dana.says(goal);
  });

  it('is decided by whoever answers in the words of the other option, and nothing else is guessed from that', async () => {
    await play.priya.says('Pardon my naivety, but is the issue about negotiation or about finding more opportunities in existing accounts?');
    await play.dana.says('Well of course we have to get them to prospect in existing accounts to find more opportunity.');
    expect(await decisions()).toEqual([['changed', 'dana']]);
    expect(await play.answer('sufficiency')).toBe('open');
    expect(await draft()).toMatch(/What it is really about\s+Well of course we have to get them to prospect/);
  });

  it('is decided by agreeing to what was proposed', async () => {
    await play.priya.says('If we focused on pipeline from existing accounts, would this do more in the long run than negotiation?');
    await play.dana.says("You make a great point there. The more pipeline there is, the less desperate people get. Let's do that.");
    expect(await decisions()).toEqual([['changed', 'dana']]);
  });

  it('is not decided by half an agreement, nor by the words of what was asked for', async () => {
    await play.priya.says('If we focused on pipeline from existing accounts, would this do more in the long run than negotiation?');
    await play.dana.says('Good point, but let us see the numbers of the last quarter.');
    await play.priya.says('So is the issue about negotiation or about finding more opportunities in existing accounts?');
    await play.dana.says('It is about opportunities in existing accounts and about negotiation, I suppose.');
    expect(await decisions()).toEqual([]);
  });
});

it('takes the words of a decision along everywhere when they are deleted, reminders and requests to sign among them', async () => {
  await play.ends();
  play = await openPlay();
  await play.dana.asks('My reps discount too much at quarter end. I need a two-day negotiation training for 80 account managers before March.');
  await play.priya.presses('claim');
  await play.dana.says('We have to grow 30 % from existing accounts this year, and negotiation is what they need.');
  await play.priya.says('Pardon my naivety, but is the issue about negotiation or about finding more opportunities in existing accounts?');
  const said = await play.dana.says('Well of course we have to get them to prospect in existing accounts to find more opportunity.');
  await draft();
  await play.dana.submits(await play.dana.opens('delegate-sign-off'), { person: 'sam' });
  await play.passes(3 * day);
  for (const who of ['sam', 'priya']) expect(play.chatOf(who)).toContain('the brief about Well of course we have to get them to prospect');
  await said.deletes();
  for (const { card } of play.stage.posts()) expect(cardText(card)).not.toContain('to prospect in existing');
  await play.sam.presses('looks-right');
});

it('shows an L&D partner the words that stand against the request, whole and on a line of their own', async () => {
  await play.priya.presses('claim');
  expect(play.chatOf('priya')).toContain('“two-day negotiation training” is a solution.');
  await play.dana.says(`They need it soon. ${goal}`);
  await play.passes(95_000);
  expect(play.chatOf('priya')).toMatch(/may not fit together\.\s+Dana Whitfield wrote: “[^”]*We have to grow 30 %/);
});

it('speaks of no complaint that nobody made', async () => {
  await play.ends();
  play = await openPlay();
  await play.dana.asks('Can we get an account planning workshop for the 60 account managers by May? We want more share of wallet.');
  await play.priya.presses('claim');
  await play.dana.says('It matters, we lost 8 % last quarter.');
  await play.passes(95_000);
  expect(play.chatOf('priya')).toContain('Before we decide on account planning, one thing would help me understand it.');
  expect(play.chatOf('priya')).not.toContain('When pipeline coverage is thin');
});

describe('what is said beside the questions', () => {
  it('takes no question of an L&D partner and no bare agreement for an answer', async () => {
    await play.priya.presses('claim');
    await play.priya.says('I thought most of our growth this year comes from share of wallet, and new names are not the priority?');
    expect(await play.answer('driver')).toBe('open');
    await play.dana.says("That's correct. Our goal is 30% more revenue from existing accounts by December.");
    expect(await play.answer('owner')).toBe('open');
    expect(await play.answer('driver')).toBe('clear');
  });

  it('takes no comparison that speaks against the request for a KPI', async () => {
    await play.keiko.says('Where a rep has three or more open opportunities in an account the discount is 4%, where there is only one it is 17%.');
    expect(await play.answer('leading-kpis')).toBe('open');
  });

  it('says in the thread and in the draft what a partner put, where the leader only agrees to it', async () => {
    await play.priya.presses('claim');
    await play.priya.says('Is it really about negotiation then, or do we find too few new opportunities in the accounts we have?');
    await play.dana.says("You have a point. The more pipeline we've got, the less they panic. Let's start there.");
    expect(await decisions()).toEqual([['changed', 'dana']]);
    expect(lastInThread()).toMatch(/the focus changes\. Priya Nair asked: “Is it really about negotiation then, or do we find[\s\S]*Dana Whitfield said: “/);
    expect(await draft()).toMatch(
      /It starts with another focus: Is it really about negotiation then, or do we find too few new opportunities in the accounts we have/,
    );
  });
});

describe('the challenge of Plumb', () => {
  beforeEach(async () => {
    await play.dana.says(goal);
  });

  it('is agreed to by whoever says so at the end of a sentence, and keeps the words that tell what to', async () => {
    await play.dana.says('Hm, the second probably.');
    await play.dana.says('We create about 2 opportunities per rep per month in existing accounts, we need 5. So no, not enough.');
    expect(await play.answer('manager-role')).toBe('open');
    expect(await play.answer('sufficiency')).toBe('open');
    await play.dana.says('You make a great point. Let us do that.');
    expect(await decisions()).toEqual([['changed', 'dana']]);
    expect(lastInThread()).toContain('the focus changes: too little pipeline from existing accounts. “We create about 2 opportunities');
    expect(await draft()).toMatch(/What it is really about\s+We create about 2 opportunities/);
  });

  it('is what a fitness check is about from then on', async () => {
    await play.dana.presses('challenge-other-focus');
    await play.dana.presses('challenge-find-out');
    await play.dana.presses('challenge-agree');
    const { id } = await play.alignment();
    const asked = await play.dana.requests('open-fitness', { alignment: id });
    if (asked.kind !== 'form') throw new Error(`No form: ${JSON.stringify(asked)}`);
    await play.dana.submits(asked.form, { 'person-1': 'tomas', anonymous: 'false', values: 'false', days: '3' });
    const { blocks } = await play.tomas.opens('answer-fitness');
    expect(cardText({ summary: '', blocks, actions: [] })).toContain('It is about too little pipeline from existing accounts.');
  });

  it('keeps what was said to Plumb by name without its name', async () => {
    await play.dana.presses('challenge-other-focus');
    await play.dana.says('@Plumb Those who discount most have a coverage of 1.1, the rest have nearly 3.');
    await play.dana.presses('challenge-agree');
    expect(lastInThread()).toContain('too little pipeline from existing accounts. “Those who discount most have a coverage');
  });

  it('speaks to somebody by name, in one sentence', () => {
    expect(lastInThread()).toContain('Dana Whitfield, when discounts and concessions grow, it makes sense to think of negotiation.');
  });

  it('asks nothing else while somebody answers something else', async () => {
    await play.keiko.says('Tomas Herrera owns it on the business side.');
    expect(lastInThread()).toContain('Noted from Keiko');
    expect(play.questionIn(play.threadPosts().at(-1))).toBeUndefined();
  });

  it('leaves an open point behind where it has to be found out', async () => {
    await play.dana.presses('challenge-find-out');
    await play.dana.presses('challenge-find-out');
    await play.dana.presses('challenge-find-out');
    expect(await decisions()).toEqual([['to-find-out', 'dana']]);
    expect(await draft()).toMatch(/Open points[\s\S]*Whether it is negotiation, or too little pipeline from existing accounts/);
    const exported = await play.dana.presses('export-markdown');
    expect(exported).toMatchObject({
      content: expect.stringContaining('- Whether it is negotiation, or too little pipeline from existing accounts: How does'),
    });
  });
});
