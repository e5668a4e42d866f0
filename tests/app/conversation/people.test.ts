import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, answerUntil, keepRequest, request } from './answers.ts';
import { buttonsOf } from './card-text.ts';
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

describe('asking somebody else in the thread', () => {
  it('puts the question to them by mention and carries on with the next', async () => {
    await play.dana.says('ask @Tomas');
    expect(play.thread()).toContain('Tomas Herrera, Dana Whitfield would like your view');
    expect(await play.asked()).toBe('owner');
    await play.tomas.says('The board wants 12 million more from accounts we already have by December.');
    expect(await play.authors('driver')).toEqual(['tomas']);
    expect(await play.asked()).toBe('owner');
  });

  it('takes "no idea" of the person asked as theirs', async () => {
    await play.dana.says('ask @Tomas');
    await play.tomas.presses('dont-know');
    expect([await play.answer('driver'), await play.authors('driver')]).toEqual(['unknown', ['tomas']]);
  });

  it('asks for the person behind an unknown name first, and contacts nobody before', async () => {
    await play.dana.says('ask Xaver');
    expect(await play.answer('driver')).toBe('open');
    expect(play.thread()).toContain('“Xaver”');
    const empty = await play.dana.presses('resolve-person', { inputs: { person: '' } });
    expect(empty).toMatchObject({ kind: 'notice', text: expect.stringContaining('choose somebody') });
    await play.dana.presses('resolve-person', { inputs: { person: 'tomas' } });
    expect(await play.answer('driver')).toBe('delegated');
    expect(play.thread()).toContain('Tomas Herrera, Dana Whitfield would like your view');
  });

  it('asks who is meant when nobody is named', async () => {
    await answerUntil(play, 'budget');
    await play.dana.says('None yet. I decide on it with finance next month.');
    expect(play.thread()).toMatch(/Is that about|I am not sure|Noted from Dana Whitfield, budget/);
  });
});

describe('asking somebody else privately', () => {
  beforeEach(async () => {
    await play.dana.says(answers.driver);
    await play.dana.says('ask @Tomas privately');
  });

  it('shows them the question, the topic and who asks, and nothing else', async () => {
    expect(await play.answer('owner')).toBe('delegated');
    const chat = play.chatOf('tomas');
    expect(chat).toContain('Dana Whitfield asks you about prospecting');
    expect(chat).toContain(play.prompts.questions.owner.ask[0]);
    for (const hidden of ['30 %', 'hopeless', '80 account', 'workshop']) expect(chat).not.toContain(hidden);
    expect(play.thread()).not.toContain('would like your view');
    expect(await play.asked()).toBe('leading-kpis');
  });

  it('takes the answer of the card under their name', async () => {
    await play.tomas.presses('answer-delegated', { inputs: { answer: 'Keiko Mori answers for it.' } });
    expect([await play.answer('owner'), await play.authors('owner')]).toEqual(['clear', ['tomas']]);
    expect(play.chatOf('tomas')).toContain('I passed it on to Dana Whitfield');
    expect(play.thread()).toContain('Noted from Tomas Herrera');
  });

  it('takes an answer in free words under their name, and their chat is their own again', async () => {
    await play.tomas.tells('Keiko Mori answers for it.');
    expect([await play.answer('owner'), await play.authors('owner')]).toEqual(['clear', ['tomas']]);
    expect(play.chatOf('tomas')).toContain('I passed it on to Dana Whitfield');
    await play.tomas.tells('hello');
    expect(play.chatOf('tomas')).toContain('How I can help');
  });

  it('says beside the card what is missing when it comes back empty or far too long', async () => {
    const empty = await play.tomas.presses('answer-delegated', { inputs: { answer: '  ' } });
    expect(empty).toMatchObject({ kind: 'notice', text: 'Please fill this in.' });
    const long = await play.tomas.presses('answer-delegated', { inputs: { answer: 'word '.repeat(8_000) } });
    expect(long).toMatchObject({ kind: 'notice', text: expect.stringContaining('3000') });
    expect(await play.answer('owner')).toBe('delegated');
  });

  it('answers "why?" and what it cannot place in their chat, not in the thread', async () => {
    const before = play.thread();
    await play.tomas.tells('why do you ask?');
    expect(play.chatOf('tomas')).toContain(play.prompts.questions.owner.why);
    await play.tomas.tells('Hm, the green folders are still on the third floor');
    expect(play.chatOf('tomas')).toMatch(/Is that about|I am not sure|passed it on/);
    expect(play.thread().replace(before, '')).not.toContain('Why I ask');
    expect(play.thread().replace(before, '')).not.toContain('I am not sure');
  });

  it('puts no follow-up to them where they cannot see it', async () => {
    await play.tomas.tells('Sales leadership as a whole');
    expect(await play.authors('owner')).toEqual(['tomas']);
    expect((await play.alignment()).asked?.of).toBe('dana');
  });

  it('asks as well through the form, and says so', async () => {
    const form = await play.dana.opens('ask-someone');
    const self = await play.dana.submits(form, { person: 'dana', privately: 'true' });
    expect(self).toMatchObject({ kind: 'errors', errors: { person: expect.stringContaining('That is you') } });
    const nobody = await play.dana.submits(form, { person: 'ghost', privately: 'true' });
    expect(nobody).toMatchObject({ kind: 'errors', errors: { person: expect.any(String) } });
    await play.dana.submits(form, { person: 'keiko', privately: 'true' });
    // It is night in Tokyo: she is asked in her morning.
    expect(play.chatOf('keiko')).toBe('');
    await play.passes(10 * 3_600_000);
    expect(play.chatOf('keiko')).toContain('Dana Whitfield asks you');
    expect(play.thread()).toContain('on to Keiko Mori. I asked privately');
  });
});

describe('several people at once', () => {
  it('reads three messages of one person as one answer and keeps all their words', async () => {
    await play.ends();
    play = await openPlay({ burstMs: 3_000 });
    await play.dana.asks(request);
    const posts = play.threadPosts().length;
    const parts = ['We have to grow revenue', 'from existing accounts by 30 % this year', 'and the pipeline is too thin for that'];
    for (const part of parts) await play.stage.receive(play.dana.message(part, 'thread'));
    await play.passes(10_000);
    expect(play.threadPosts()).toHaveLength(posts + 1);
    expect((await play.words('driver')).join(' ')).toBe(parts.join(' '));
    expect(await play.asked()).toBe('owner');
  });

  it('keeps two answers that come at the same moment, each with its author', async () => {
    const events = [
      play.dana.message(answers.driver, 'thread'),
      play.tomas.message('The reason is that churn of existing accounts went up by 4 % since the reorganisation in June.', 'thread'),
    ];
    await Promise.all(events.map((event) => play.stage.receive(event)));
    await play.settled();
    expect((await play.authors('driver')).toSorted()).toEqual(['dana', 'tomas']);
    await keepRequest(play);
    expect(await play.asked()).toBe('owner');
  });

  it('stays silent while a colleague talks of other things, and keeps none of it', async () => {
    const before = play.platform.sends.length;
    await play.sam.says('I can cover the Lisbon accounts next week.');
    await play.sam.says('Has anybody seen my blue notebook?');
    await play.sam.says('I will bring the slides tomorrow.');
    expect(play.platform.sends).toHaveLength(before);
    expect(await play.asked()).toBe('driver');
    for (const words of ['Lisbon', 'blue notebook', 'bring the slides']) expect(await play.isOnDisk(words)).toBe(false);
  });

  it('does not interrupt two people who talk to each other', async () => {
    await play.priya.presses('claim');
    // What the coach suggests to her privately is no interruption.
    const inThread = () => play.platform.sends.filter(({ audience }) => audience === 'thread');
    const before = inThread().length;
    await play.priya.says('Dana, can we talk about this on Thursday?');
    await play.dana.says('@Priya sure, Thursday at two works for me.');
    await play.priya.says('Great, I will send you an invite.');
    await play.dana.says('Thanks!');
    expect(inThread()).toHaveLength(before);
    expect(await play.asked()).toBe('driver');
  });

  it('takes an answer of somebody else in the thread and keeps it with its author', async () => {
    await play.tomas.says('The business reason: the board wants 12 million more from accounts we already have by December.');
    expect(await play.authors('driver')).toEqual(['tomas']);
    expect(await play.asked()).toBe('owner');
  });
});

describe('L&D partners', () => {
  it('claim, hand over, cover and give back', async () => {
    await play.priya.presses('claim');
    expect(play.thread()).toContain('Priya Nair from L&D takes this on');
    const partners = async () => (await play.alignment()).partners;
    await play.priya.submits(await play.priya.opens('hand-over'), { person: 'sam', cover: 'true' });
    expect(await partners()).toEqual([{ personId: 'sam', coversFor: 'priya' }]);
    expect(play.thread()).toContain('Sam Okafor covers for Priya Nair');
    await play.sam.presses('give-back');
    expect(await partners()).toEqual([{ personId: 'priya' }]);
    await play.priya.presses('give-back');
    expect(await partners()).toEqual([]);
    expect(play.thread()).toContain('free for somebody else');
  });

  it('see in their own chat that the claim worked, and can give it back there', async () => {
    await play.priya.presses('claim', { on: play.chatPosts('priya')[0] });
    expect(play.chatPosts('priya').filter(({ card }) => buttonsOf(card).includes('give-back'))).toHaveLength(1);
    expect(play.chatOf('priya')).toContain('You have taken this on with Dana Whitfield: prospecting');
    await play.priya.presses('give-back', { on: play.chatPosts('priya')[0] });
    expect((await play.alignment()).partners).toEqual([]);
  });

  it('are not claimed by a bystander where partners are listed', async () => {
    const response = await play.sam.presses('claim');
    expect(response).toMatchObject({ kind: 'notice' });
    expect((await play.alignment()).partners).toEqual([]);
  });

  it('volunteer where none are listed, and the requester confirms', async () => {
    await play.ends();
    play = await openPlay({ partners: [] });
    await play.dana.asks(request);
    await play.sam.says('I take this');
    expect((await play.alignment()).partners).toEqual([]);
    expect(play.thread()).toContain('Sam Okafor offers to be the L&D partner');
    expect(await play.sam.presses('confirm-partner')).toMatchObject({ kind: 'notice' });
    await play.dana.presses('confirm-partner');
    expect((await play.alignment()).partners).toEqual([{ personId: 'sam' }]);
  });

  it('are welcomed in words by the requester alone', async () => {
    await play.ends();
    play = await openPlay({ partners: [] });
    await play.dana.asks(request);
    await play.sam.says("I'm in L&D, happy to take this one.");
    await play.tomas.says('yes please');
    expect((await play.alignment()).partners).toEqual([]);
    await play.passes(10_000);
    await play.dana.says('We lost two of our five largest customers since May.');
    await play.dana.says('ok');
    expect((await play.alignment()).partners).toEqual([]);
    await play.dana.says('Yes please, Sam');
    const { partners, answers } = await play.alignment();
    expect(partners).toEqual([{ personId: 'sam' }]);
    expect(Object.keys(answers)).toEqual(['driver']);
  });
});
