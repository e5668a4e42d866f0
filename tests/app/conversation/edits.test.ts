import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, answerUntil, reachAgreement, request } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';
import { day } from './stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

describe('an edited message', () => {
  it('changes the answer that came from it, and its old words are gone everywhere', async () => {
    await play.dana.asks(request);
    const said = await play.dana.says('We have to grow revenue from existing accounts by 31 % this year.');
    await said.edits('We have to grow revenue from existing accounts by 29 % this year.');
    expect(await play.words('driver')).toEqual(['We have to grow revenue from existing accounts by 29 % this year']);
    expect(play.thread()).not.toContain('31 %');
    expect(await play.isOnDisk('by 31 %')).toBe(false);
    expect(await play.asked()).toBe('owner');
  });

  it('of the request changes what was understood, in the first reply itself', async () => {
    const said = await play.dana.asks(request);
    const [intake] = play.threadPosts();
    await said.edits('My 60 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop?');
    expect(play.threadPosts()[0]?.id).toBe(intake?.id);
    const first = cardText(play.threadPosts()[0]?.card ?? intake?.card ?? never());
    expect(first).toContain('60 account managers');
    expect(first).not.toContain('80');
    expect(first).not.toContain('March');
    expect(first).not.toContain('removed');
    expect(await play.asked()).toBe('driver');
  });

  it('after the signature opens a new version', async () => {
    await play.dana.asks(request);
    const said = await play.dana.says(answers.driver);
    await answerUntil(play);
    await play.dana.presses('looks-right');
    expect(await play.status()).toBe('aligned');
    await said.edits('We have to grow revenue from existing accounts by 25 % this year, and the pipeline is too thin for that.');
    expect(await play.status()).toBe('reviewing');
    expect(
      play
        .channelPosts()
        .map(({ card }) => cardText(card))
        .join(),
    ).not.toContain('30 %');
    await play.dana.presses('looks-right');
    expect(play.channelPosts()).toHaveLength(1);
    expect(cardText(play.channelPosts()[0]?.card ?? never())).toContain('25 %');
  });
});

describe('an edited message in the thread of a signed brief', () => {
  beforeEach(() => reachAgreement(play));

  it('that put something right goes on doing so', async () => {
    const said = await play.dana.says('The target is 5 now, because two teams merged');
    await said.edits('The target is 6 now, because two teams merged');
    expect(play.thread()).toContain('Second meetings per account manager, target: 3 a week → 6');
    const moved = await play.dana.says('We moved the date to April');
    await moved.edits('We moved the date to April 15');
    expect(play.thread()).toContain('Now: “April 15”');
    await moved.deletes();
    await said.deletes();
    expect(await play.alignment()).toMatchObject({ status: 'aligned', signedVersion: 1 });
    expect(play.thread()).not.toContain('open again');
  });

  it('changes nothing for somebody who does not lead, as before', async () => {
    const said = await play.sam.says('The target is 5 now, because two teams merged');
    await said.edits('The target is 6 now, because two teams merged. We moved the date to April');
    expect(await play.alignment()).toMatchObject({ status: 'aligned', signedVersion: 1 });
    expect(play.chatPosts('sam')).toHaveLength(1);
  });
});

describe('a deleted message', () => {
  it('takes its answer and its words along', async () => {
    await play.dana.asks(request);
    const said = await play.dana.says(answers.driver);
    await play.dana.says(answers.owner);
    await said.deletes();
    expect(await play.answer('driver')).toBe('open');
    expect(play.thread()).not.toContain('grow revenue');
    expect(await play.isOnDisk('grow revenue')).toBe(false);
    expect(await play.answer('owner')).toBe('clear');
  });

  it('that was the request ends the conversation; its words are gone', async () => {
    const said = await play.dana.asks(request);
    await play.dana.says(answers.driver);
    await said.deletes();
    expect(await play.status()).toBe('withdrawn');
    expect(play.thread()).not.toContain('account managers');
    expect(play.chatOf('priya')).not.toContain('“prospecting”');
    expect(await play.isOnDisk('hopeless at opening doors')).toBe(false);
  });

  it('after the signature leaves the channel post without its words, and the next version is signed anew', async () => {
    await play.dana.asks(request);
    await play.dana.says(answers.driver);
    await answerUntil(play, 'context');
    const said = await play.dana.says(answers.context);
    await answerUntil(play);
    await play.dana.presses('looks-right');
    const [post] = play.channelPosts();
    await said.deletes();
    expect(
      play.stage
        .posts()
        .map(({ card }) => cardText(card))
        .join(),
    ).not.toContain('Hospital groups');
    expect(await play.status()).toBe('reviewing');
    await play.dana.presses('looks-right');
    expect(play.channelPosts().map(({ id }) => id)).toEqual([post?.id]);
    expect(cardText(play.channelPosts()[0]?.card ?? never())).toContain('grow revenue');
  });

  it('of a commitment vanishes from introductions and nudges too', async () => {
    await play.dana.asks(request);
    await answerUntil(play, 'manager-role');
    const said = await play.dana.says(answers['manager-role']);
    await answerUntil(play);
    await play.dana.presses('looks-right');
    await play.tomas.presses('accept-introduction');
    await play.passes(4 * day);
    expect(play.chatOf('tomas')).toContain('How is it going?');
    for (const person of ['tomas', 'keiko']) expect(play.chatOf(person)).toContain('sit in on two account calls');
    await said.deletes();
    expect(await play.tomas.presses('nudge-on-track')).toMatchObject({ kind: 'notice' });
    expect(play.chatOf('tomas')).toContain('on track');
    expect(play.keiko.find('accept-introduction').post.place).toBe('dm:keiko');
    expect(
      play.stage
        .posts()
        .map(({ card }) => cardText(card))
        .join(),
    ).not.toContain('sit in on two account calls');
    expect(await play.isOnDisk('sit in on two account calls')).toBe(false);
  });
});

describe('events in any order and number', () => {
  it('takes an edit that comes before its message', async () => {
    await play.dana.asks(request);
    const event = play.dana.message('We have to grow revenue from existing accounts by 31 % this year.', 'thread');
    await play.stage.receive(play.dana.editOf(event, 'We have to grow revenue from existing accounts by 29 % this year.'));
    await play.settled();
    await play.stage.receive(event);
    await play.settled();
    expect((await play.words('driver')).join()).toContain('29 %');
    expect((await play.words('driver')).join()).not.toContain('31 %');
    expect(await play.isOnDisk('by 31 %')).toBe(false);
  });

  it('takes an edit of the request that comes before it', async () => {
    const event = play.dana.message('Can you get my 80 account managers a one-day prospecting workshop before March?', 'channel');
    play.stage.setThread(event.messageId);
    await play.stage.receive(play.dana.editOf(event, 'Can you get my 60 account managers a one-day prospecting workshop before March?'));
    await play.settled();
    await play.stage.receive(event);
    await play.settled();
    expect(play.threadPosts()).toHaveLength(1);
    expect(play.thread()).toContain('60 account managers');
  });

  it('ignores a message that was deleted before it came', async () => {
    await play.dana.asks(request);
    const event = play.dana.message(answers.driver, 'thread');
    await play.stage.receive(play.dana.deletionOf(event));
    await play.settled();
    await play.stage.receive(event);
    await play.settled();
    expect(await play.answer('driver')).toBe('open');
    expect(await play.isOnDisk('grow revenue')).toBe(false);
  });

  it('takes the same event once, however often it comes', async () => {
    const event = play.dana.message(request, 'channel');
    play.stage.setThread(event.messageId);
    for (let time = 0; time < 5; time += 1) await play.stage.receive(event);
    await play.settled();
    const answer = play.dana.message(answers.driver, 'thread');
    for (let time = 0; time < 5; time += 1) {
      await play.stage.receive(answer);
      await play.settled();
    }
    const press = play.dana.press('skip');
    const responses = [];
    for (let time = 0; time < 5; time += 1) responses.push(await play.stage.interact(press));
    await play.settled();
    expect(await play.words('driver')).toHaveLength(1);
    expect([await play.answer('owner'), await play.asked()]).toEqual(['skipped', 'leading-kpis']);
    expect(play.threadPosts()).toHaveLength(3);
  });
});

function never(): never {
  throw new Error('There is no post.');
}
