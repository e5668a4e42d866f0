import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, answerUntil } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';

const request = 'We need a two-day negotiation training for all account managers by the end of the quarter. They give away too much margin.';
const goal = 'We have to grow 30 % this year, and most of it from accounts we already have.';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  expect(play.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  await play.ends();
});

const coaching = async () => (await play.alignment()).coaching;
const step = async () => (await coaching())?.challenge?.step;
const lastInThread = () => cardText(play.threadPosts().at(-1)?.card ?? { summary: '', blocks: [], actions: [] });

describe('the challenge, with somebody who does not simply answer it', () => {
  beforeEach(async () => {
    await play.dana.asks(request);
    await play.dana.says(goal);
    expect(await step()).toBe('either-or');
  });

  it('says why it asks, takes "both" and short words on the point, and lets be what is skipped without quoting that', async () => {
    await play.dana.says('why do you ask?');
    expect(lastInThread()).toContain('Put as a choice');
    await play.dana.says('Fair. A bit of both to be honest');
    expect(await step()).toBe('fact');
    await play.dana.says('More about the pipeline I guess');
    expect(await step()).toBe('focus');
    await play.dana.says('skip');
    expect(await coaching()).toMatchObject({ challenge: { step: 'settled' }, decisions: [{ outcome: 'to-find-out' }] });
    expect(play.thread()).not.toContain('“skip”');
  });

  it('takes no answer to something else, no "maybe" and no figure for the new focus', async () => {
    await play.dana.says('The owner is Tomas Herrera.');
    expect(await step()).toBe('either-or');
    expect(await play.answer('owner')).toBe('clear');
    await play.dana.says('It is more that the pipeline is empty, to be fair.');
    await play.dana.says('Those with bad discounts have a coverage of 1.1, the others have 3.');
    await play.dana.says('hm, maybe');
    expect((await coaching())?.decisions.map(({ outcome }) => outcome)).toEqual(['to-find-out']);
    await play.dana.says('undo', { addressed: true });
    await play.dana.presses('challenge-agree');
    expect(lastInThread()).toContain('the focus changes: too little pipeline from existing accounts. “It is more that the pipeline is empty, to be fair.”');
  });

  it('finds the way back step by step, and what it rests on may be taken back as well', async () => {
    await play.dana.presses('challenge-other-focus');
    await play.dana.says('Coverage is 1.2 against 3.');
    expect(await step()).toBe('focus');
    for (const back of ['fact', 'either-or']) {
      await play.dana.says('undo', { addressed: true });
      expect(await step()).toBe(back);
    }
    await play.dana.says('undo', { addressed: true });
    expect(await step()).toBe('settled');
    expect(play.questionIn(play.threadPosts().at(-1))).toBe('driver');
  });

  it('puts it again after a withdrawal, and reminds of it in its own words', async () => {
    await play.dana.says('stop', { addressed: true });
    await play.dana.says('ok let us carry on', { addressed: true });
    expect(await step()).toBe('either-or');
    await play.passes(3 * 24 * 3_600_000);
    expect(lastInThread()).toContain('Is it negotiation that is missing');
    await play.dana.presses('challenge-other-focus');
    expect(await step()).toBe('fact');
  });
});

describe('people who disagree, joke or answer in one word', () => {
  it('takes nobody for the owner, and passes nothing on, because they were spoken to', async () => {
    await play.dana.asks(request);
    await play.dana.says('Margins fell by 4 points since spring.');
    expect(await play.asked()).toBe('owner');
    await play.dana.says('No Tomas, they cave the moment procurement calls. Keep the negotiation course.');
    await play.tomas.says("Dana, you're wrong. Let's do prospecting instead.");
    expect(await play.answer('owner')).toBe('open');
    expect(await play.asked()).toBe('owner');
  });

  it('writes down no bare yes as what is behind it all', async () => {
    await play.dana.asks(request);
    await play.dana.says('yes');
    expect(await play.answer('driver')).toBe('unknown');
    expect(await play.asked()).toBe('owner');
  });

  it('shows what was agreed to where the words of whoever agreed do not say it', async () => {
    await play.dana.asks('We need a closing course for the field reps in packaging by May.');
    await play.priya.presses('claim');
    await play.priya.says('Happy to help Dana. Is it closing, or do they see too few qualified deals in the first place?');
    await play.dana.says("you're right, let's do the other one");
    await play.dana.says('write the brief now', { addressed: true });
    expect(lastInThread()).toMatch(/another focus: .*Is it closing, or do they see too few qualified deals/);
    expect(lastInThread()).not.toContain('What it is really about');
  });

  it.each([
    ['North America and Iberia', 'agreed'],
    ['the inside sales team', 'agreed'],
    ['no, all of them please', 'declined'],
    ['not sure yet', 'proposed'],
    ['Thanks', 'proposed'],
  ])('asks for a first group in one post, hears “%s” as what it is, and then goes on', async (words, status) => {
    await play.dana.asks('All 400 sellers worldwide need value selling training this year, because price cuts cost us 6 points of margin.');
    await play.dana.says('I own it.');
    await play.dana.says('Share of offers with a business case, from 10% to 40% by June');
    const posts = play.threadPosts().length;
    await play.dana.presses('carry-on');
    expect(play.threadPosts()).toHaveLength(posts + 1);
    expect(lastInThread()).toContain('Which group could go first?');
    await play.dana.says(words);
    expect((await coaching())?.pilot?.status).toBe(status);
    expect(await play.asked()).toBe('data-source');
  });

  it('keeps a first group, asks nothing back about it, and lets it go again', async () => {
    await play.dana.asks('All 400 sellers worldwide need value selling training this year, because price cuts cost us 6 points of margin.');
    await play.dana.says('I own it.');
    await play.dana.says('Share of offers with a business case, from 10% to 40% by June');
    await play.dana.says('Fine, let us start with the DACH team only.');
    expect((await coaching())?.pilot?.status).toBe('agreed');
    expect(lastInThread()).not.toContain('or something else?');
    await play.dana.says('Actually no, everybody at once, the board wants it.');
    expect((await coaching())?.pilot?.status).toBe('declined');
    expect(lastInThread()).toContain('everybody at once');
    expect(await play.answer('data-source')).toBe('open');
  });

  it('tells an L&D partner that the words are their own', async () => {
    await play.dana.asks('Can we get a prospecting workshop for the logistics team? Two days in February.');
    await play.priya.presses('claim');
    await play.priya.says('I think we should run the Challenger programme, we have a vendor under contract and I need to use the budget before year end.');
    expect(play.chatOf('priya')).toContain('You wrote:');
  });

  it('keeps to the essentials for whoever wants it booked, and does not take that for a withdrawal', async () => {
    await play.dana.asks(request);
    await play.dana.says(goal);
    await play.dana.says('I did not ask for therapy, book the trainer.');
    expect(await coaching()).toMatchObject({ challenge: { step: 'settled' }, decisions: [{ outcome: 'kept' }] });
    expect(lastInThread()).toContain('Understood, you want the course');
    await play.dana.says('just book it');
    expect(await play.status()).toBe('clarifying');
  });

  it.each(['just get it done pls', 'Please just sort it.', 'just make it happen'])('keeps to the essentials for whoever is impatient: %s', async (words) => {
    await play.dana.asks('Can we get a prospecting workshop for the logistics team? Two days in February.');
    await play.dana.says(words);
    expect(lastInThread()).toContain('Understood, you want the course');
  });

  it('suggests nothing more to the partner who says so, and asks nobody what that was about', async () => {
    await play.dana.asks('Can we get a prospecting workshop for the logistics team? Two days in February.');
    await play.priya.presses('claim');
    const before = play.threadPosts().length;
    await play.priya.says('@Plumb stop suggesting me things', { addressed: true });
    expect(play.threadPosts()).toHaveLength(before);
    expect(await coaching()).toMatchObject({ limit: 0, prompts: [{ status: 'dismissed' }] });
    expect(play.chatOf('priya')).toContain('Put away:');
  });
});

it('takes a deadline that is all that somebody says for the deadline, and for no answer', async () => {
  await play.dana.asks(request);
  await play.dana.says('The deadline is 30 April 2027');
  expect(await play.asked()).toBe('driver');
  expect(await play.words('driver')).toEqual([]);
  expect(play.thread()).toContain('Changed by Dana Whitfield, by when: “30 April 2027”');
  await play.dana.says(answers.driver);
  await play.dana.says("It's due by the end of May");
  expect(await play.words('driver')).toHaveLength(1);
  await play.dana.says('undo');
  await play.sam.says('The deadline is June');
  expect(play.chatOf('sam')).toBe('');
  await answerUntil(play);
  expect(play.thread()).toContain('By when: 30 April 2027');
});
