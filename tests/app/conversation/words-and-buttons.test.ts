import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, answerUntil, request } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

describe('an answer that is none', () => {
  it.each(['No idea.', "I don't know"])('settles the question as unknown after "%s"', async (words) => {
    await play.dana.says(words);
    expect(await play.answer('driver')).toBe('unknown');
    expect(await play.asked()).toBe('owner');
  });

  it('is said without a name, so that nobody is blamed in public', async () => {
    await play.dana.says('No idea.');
    await play.dana.says('skip');
    const lines = play
      .threadPosts()
      .slice(1)
      .map(({ card }) => cardText(card));
    expect(lines.join()).toContain('Open for now: business driver');
    expect(lines.join()).not.toContain('Dana');
  });

  it('gets what is missing and an example once; the follow-up is short when it stands again', async () => {
    await play.dana.says(answers.driver);
    await play.dana.says(answers.owner);
    await play.dana.says('Revenue.');
    const { has, followUps } = play.prompts.questions['leading-kpis'];
    const shown = () => play.threadPosts().map(({ card }) => cardText(card));
    const full = () => shown().filter((text) => text.includes(has));
    expect([await play.answer('leading-kpis'), full().length]).toEqual(['thin', 1]);
    await play.dana.says(answers['weekly-call']);
    expect(followUps.some((followUp) => shown().at(-1)?.includes(followUp))).toBe(true);
    expect(full()).toHaveLength(1);
  });

  it('is skipped by word and by button', async () => {
    await play.dana.says('skip');
    await play.dana.presses('skip');
    expect([await play.answer('driver'), await play.answer('owner'), await play.asked()]).toEqual(['skipped', 'skipped', 'leading-kpis']);
  });

  it('keeps a thin answer and puts one follow-up, never a second', async () => {
    await play.dana.says('because our numbers are bad');
    expect(await play.answer('driver')).toBe('thin');
    expect(play.questionIn(play.threadPosts().at(-1))).toBe('driver');
    await play.dana.says('we just want better results');
    expect(await play.asked()).toBe('owner');
    expect(await play.words('driver')).toHaveLength(2);
  });
});

describe('why', () => {
  it('is explained in the thread when asked in words, and to one person when pressed', async () => {
    await play.dana.says('why do you ask?');
    expect(play.thread()).toContain(play.prompts.questions.driver.why);
    await play.dana.says(answers.driver);
    const before = play.thread();
    const response = await play.priya.presses('why');
    expect(response).toMatchObject({ kind: 'notice', text: expect.stringContaining(play.prompts.questions.owner.why) });
    expect(play.thread()).toBe(before);
  });
});

describe('"yes" to going on', () => {
  it('answers the offer and leaves the next question open', async () => {
    for (const text of ['Renewals fell from 92 to 84 percent this year.', 'me', 'renewal talks per rep a week, from 1 to 4']) await play.dana.says(text);
    expect(play.thread()).toContain('That is enough to start');
    const next = await play.asked();
    await play.dana.says('yes');
    expect(await play.asked()).toBe(next);
    expect(play.thread()).not.toContain('Open for now');
    expect(play.questionIn(play.threadPosts().at(-1))).toBe(next);
  });
});

describe('a call that is told piece by piece', () => {
  it('stands in the brief with all that was said of it, and one time', async () => {
    for (const text of ['Renewals fell from 92 to 84 percent this year.', 'me', 'mon 9', 'new york time, me and the leads']) {
      await play.dana.says(text);
      await play.passes(10_000);
    }
    expect(await play.words('weekly-call')).toEqual(['mon 9', 'new york time, me and the leads']);
    expect(await play.words('owner')).toEqual(['me']);
    await play.dana.says('write the brief now', { addressed: true });
    expect(play.thread().match(/Monday 09:00/g)).toEqual(['Monday 09:00']);
    expect(play.thread()).toContain('Monday 09:00, New York time');
  });
});

describe('a pause', () => {
  it.each(['ok I have time now', 'done with my meeting, ask away'])('ends when somebody says "%s", whether or not it is said to Plumb', async (words) => {
    await play.dana.presses('later');
    expect(await play.status()).toBe('paused');
    await play.dana.says(words);
    expect(await play.status()).toBe('clarifying');
    expect(play.questionIn(play.threadPosts().at(-1))).toBeDefined();
  });

  it.each(['later', 'Not now, ask me next week'])('begins with "%s" and ends with carry on', async (words) => {
    await play.dana.says(words);
    expect(await play.status()).toBe('paused');
    await play.dana.says('carry on');
    expect(await play.status()).toBe('clarifying');
    expect(play.thread()).toContain(play.prompts.words.plain('notice.resumed'));
    expect(play.questionIn(play.threadPosts().at(-1))).toBe('driver');
  });

  it('leaves the way over the essentials as it was', async () => {
    await play.dana.presses('later');
    await play.dana.says("let's continue");
    await answerUntil(play, 'data-source');
    expect((await play.alignment()).pace).toBe('offered');
  });

  it('ends with an answer, without words about it', async () => {
    await play.dana.presses('later');
    await play.dana.says(answers.driver);
    expect(play.thread()).not.toContain(play.prompts.words.plain('notice.resumed'));
    expect([await play.status(), await play.asked()]).toEqual(['clarifying', 'owner']);
  });

  it('of the draft shows the draft again, once', async () => {
    await answerUntil(play);
    await play.dana.says('later');
    await play.dana.presses('resume');
    expect(await play.status()).toBe('reviewing');
    expect(play.threadPosts().filter(({ card }) => card.actions.some(({ action }) => action === 'looks-right'))).toHaveLength(1);
    await play.dana.presses('looks-right');
    expect(await play.status()).toBe('aligned');
  });
});

describe('stop', () => {
  it('withdraws the request; the thread is left alone', async () => {
    await play.dana.says('stop');
    expect(await play.status()).toBe('withdrawn');
    const before = play.platform.sends.length;
    await play.dana.says(answers.driver);
    await play.priya.says('What would they do differently, Dana?');
    await play.passes(10 * 24 * 3_600_000);
    expect(play.platform.sends).toHaveLength(before);
  });

  it.each(["let's continue", '@Plumb carry on please', '@Plumb let us pick this up again'])('is picked up again with "%s"', async (words) => {
    await play.dana.says(answers.driver);
    await play.dana.says('stop');
    await play.dana.says(words);
    expect([await play.status(), await play.asked()]).toEqual(['clarifying', 'owner']);
    expect(play.questionIn(play.threadPosts().at(-1))).toBe('owner');
  });
});

describe('starting over', () => {
  it('forgets what counted and asks from the beginning', async () => {
    await play.dana.says(answers.driver);
    await play.dana.says('start over');
    expect([await play.answer('driver'), await play.asked()]).toEqual(['open', 'driver']);
  });

  it('takes the old draft away', async () => {
    await answerUntil(play);
    await play.dana.says('start over');
    expect(await play.asked()).toBe('driver');
    expect(play.threadPosts().filter(({ card }) => card.actions.some(({ action }) => action === 'looks-right'))).toEqual([]);
  });
});

describe('undo', () => {
  it.each(['word', 'button'])('takes back the last own act by %s', async (way) => {
    await play.dana.says(answers.driver);
    await play.tomas.says('We also lose deals in renewals, churn went up by 4 % last year.');
    await (way === 'word' ? play.dana.says('undo') : play.dana.presses('undo'));
    expect(await play.words('driver')).not.toContain(answers.driver);
    expect(play.thread()).toContain('Taken back by Dana');
  });

  it('takes back a whole form at once', async () => {
    const form = await play.dana.opens('answer-in-form');
    await play.dana.submits(form, { driver: answers.driver, owner: 'Keiko Mori' });
    expect([await play.answer('driver'), await play.answer('owner')]).toEqual(['clear', 'clear']);
    await play.dana.says('undo');
    expect([await play.answer('driver'), await play.answer('owner')]).toEqual(['open', 'open']);
  });

  it('says that there is nothing of theirs to somebody who did nothing', async () => {
    await play.dana.says(answers.driver);
    const response = await play.sam.presses('undo');
    expect(response).toMatchObject({ kind: 'notice', text: expect.stringContaining('nothing of yours') });
    expect(await play.answer('driver')).toBe('clear');
  });
});

describe('not a request', () => {
  it('removes what Plumb said, erases the words and leaves the thread alone', async () => {
    await play.dana.says(answers.driver);
    await play.priya.presses('claim');
    await play.dana.presses('not-a-request');
    expect(play.threadPosts()).toEqual([]);
    expect(play.chatOf('priya')).not.toContain('prospecting');
    expect(await play.isOnDisk('hopeless at opening doors')).toBe(false);
    expect(await play.isOnDisk('grow revenue from existing')).toBe(false);
    const before = play.platform.sends.length;
    await play.dana.says('Keiko Mori owns this on the business side.');
    await play.passes(10 * 24 * 3_600_000);
    expect(play.platform.sends).toHaveLength(before);
    expect(await play.isOnDisk('owns this on the business side')).toBe(false);
  });

  it('takes the draft along that was put aside', async () => {
    await answerUntil(play);
    await play.dana.says('later');
    expect(await play.status()).toBe('paused');
    await play.dana.presses('not-a-request', { on: play.threadPosts()[0] });
    expect(await play.status()).toBe('declined');
    expect(play.threadPosts()).toEqual([]);
  });

  it('is not for a bystander', async () => {
    const response = await play.sam.presses('not-a-request');
    expect(response).toMatchObject({ kind: 'notice', text: expect.stringContaining('Dana Whitfield') });
    expect(await play.status()).toBe('clarifying');
    expect(play.threadPosts()).toHaveLength(1);
  });
});

describe('a bystander who presses', () => {
  it.each(['continue-privately', 'later', 'skip', 'dont-know', 'looks-right'])('%s is told so in a friendly way, and nothing changes', async (button) => {
    if (button === 'looks-right') await answerUntil(play);
    else await play.dana.says(answers.driver);
    const before = await play.alignment();
    const shown = play.thread();
    const response = await play.sam.presses(button);
    expect(response).toMatchObject({ kind: 'notice', text: expect.stringContaining('You can always answer a question') });
    expect(await play.alignment()).toEqual(before);
    expect(play.thread()).toBe(shown);
  });
});

describe('help', () => {
  it('is given to a mention that only asks for it, in the thread', async () => {
    await play.sam.says('@Plumb help');
    expect(play.thread()).toContain('How I can help');
    expect(await play.asked()).toBe('driver');
  });

  it('greets who says hello outside of any conversation', async () => {
    await play.sam.tells('hi');
    expect(play.chatOf('sam')).toContain('How I can help');
  });
});

describe('a message to Plumb that it cannot place', () => {
  it('gets a short question back, and a button takes its words where they belong', async () => {
    await play.priya.presses('claim');
    await play.priya.says('@Plumb the report');
    expect(play.thread()).toContain('Is that about');
    expect(await play.answer('data-source')).toBe('open');
    const notTheirs = await play.sam.presses('choose-question');
    expect(notTheirs).toMatchObject({ kind: 'notice' });
    expect(await play.answer('data-source')).toBe('open');
    await play.priya.presses('choose-question');
    expect((await play.words('data-source')).join()).toContain('the report');
    expect(await play.authors('data-source')).toEqual(['priya']);
  });

  it('says so when it has no guess at all', async () => {
    await play.priya.presses('claim');
    await play.priya.says('@Plumb the thing with the green folders is quite another story');
    expect(play.thread()).toContain('I am not sure what to do with that');
    expect(await play.asked()).toBe('driver');
  });
});
