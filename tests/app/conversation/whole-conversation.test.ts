import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { textOfWord } from '../../documents/text-of.ts';
import { answers, answerUntil, reachAgreement, reachReview, request } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';
import { day, hour } from './stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

describe('the conversation of the sales leader', () => {
  it('goes from the request over every kind of answer to one signed brief, the nudges and the digest', async () => {
    const { dana, priya, tomas, keiko, sam } = play;
    await dana.asks(request);
    const [intake] = play.threadPosts();
    expect(play.questionIn(intake)).toBe('driver');
    for (const understood of ['prospecting', '80 account managers', 'one-day', 'before March']) expect(play.thread()).toContain(understood);
    expect(play.chatOf('priya')).toContain('prospecting');
    await priya.presses('claim');

    await dana.says(answers.driver);
    expect(await play.asked()).toBe('owner');
    await dana.says(`${answers.owner} We would watch second meetings per account manager, from 1 to 3 a week.`);
    expect([await play.answer('owner'), await play.answer('leading-kpis')]).toEqual(['clear', 'clear']);
    expect(
      play
        .threadPosts()
        .at(-1)
        ?.card.actions.map(({ action }) => action),
    ).toContain('write-brief');

    await dana.says('Correction: the target is 4 second meetings a week, not 3.');
    expect((await play.words('leading-kpis')).join()).toContain('the target is 4 second meetings a week, not 3');
    expect(await play.asked()).toBe('data-source');
    await dana.says('No idea.');
    expect(await play.answer('data-source')).toBe('unknown');
    await dana.says('Why do you ask?');
    expect(play.thread()).toContain(play.prompts.questions.contribution.why);
    await answerUntil(play, 'manager-role');
    await dana.says('Ask @Tomas');
    expect(await play.answer('manager-role')).toBe('delegated');
    await sam.says('Anyone up for lunch at the new place?');
    await tomas.says(answers['manager-role']);
    expect(await play.authors('manager-role')).toEqual(['tomas']);
    await answerUntil(play);
    expect(await play.status()).toBe('reviewing');
    expect(play.channelPosts()).toEqual([]);

    await dana.presses('looks-right');
    expect(await play.status()).toBe('reviewing');
    await priya.presses('looks-right');
    expect(await play.status()).toBe('aligned');
    expect(play.channelPosts()).toHaveLength(1);

    await play.passes(18 * hour);
    await tomas.presses('accept-introduction');
    await keiko.presses('accept-introduction');
    await play.nextTimer();
    await play.nextTimer();
    await tomas.presses('nudge-at-risk', { inputs: { note: 'Two reps are away' } });
    await keiko.presses('nudge-on-track', { inputs: { win: 'Second meeting at Mercy Health' } });
    await play.nextTimer();
    expect(play.thread()).toContain('Tomas Herrera: at risk');
    expect(play.thread()).toContain('Keiko Mori: on track');
    expect(play.thread()).toContain('Second meeting at Mercy Health');
    expect(play.channelPosts()).toHaveLength(1);
  });

  it('never asks twice for what was said', async () => {
    await reachReview(play);
    const asked = play.threadPosts().flatMap((post) => play.questionIn(post) ?? []);
    expect(asked).toEqual([...new Set(asked)]);
  });

  it('is enough to start at once when the request answers the essentials', async () => {
    await play.dana.asks(
      `${request} We must grow revenue from existing accounts by 30 % this year. Keiko Mori owns this. We watch second meetings per account manager, from 1 to 3 a week.`,
    );
    expect(await play.answer('owner')).toBe('clear');
    expect(play.threadPosts().flatMap((post) => play.questionIn(post) ?? [])).toEqual([await play.asked()]);
    expect(play.dana.find('write-brief').post.place).toBe('sales-leaders');
  });

  it('writes the brief after the essentials when somebody just wants the course', async () => {
    await play.dana.asks(request);
    await play.dana.says('Just get me the course');
    expect(play.thread()).toContain('you want the course');
    await answerUntil(play);
    expect(await play.status()).toBe('reviewing');
    expect(await play.answer('context')).toBe('open');
  });

  it('lets the leader leave the rest to L&D and write the brief from what is there', async () => {
    await play.dana.asks(request);
    await answerUntil(play, 'data-source');
    await play.dana.presses('leave-to-partner');
    expect(await play.asked()).toBeUndefined();
    const before = play.threadPosts().length;
    await play.passes(8 * day);
    expect(play.threadPosts()).toHaveLength(before);
    await play.dana.presses('write-brief');
    expect(await play.status()).toBe('reviewing');
  });

  it('tells on request why Plumb replied, to the person who asked', async () => {
    await play.dana.asks(request);
    const before = play.thread();
    const response = await play.sam.presses('why-reply');
    expect(response).toMatchObject({ kind: 'notice', text: expect.stringContaining('it asks for training') });
    expect(play.thread()).toBe(before);
  });

  it('exports the draft as Markdown to the person who pressed', async () => {
    await reachReview(play);
    const file = await play.priya.presses('export-markdown');
    expect(file).toMatchObject({ kind: 'file', mediaType: 'text/markdown', content: expect.stringContaining('Hospital groups') });
  });

  it('gives the signed brief as Word and PDF, with a name that tells one from another', async () => {
    await reachReview(play);
    await play.dana.presses('looks-right');
    const on = play.channelPosts()[0];
    const word = await play.priya.presses('export-word', { on });
    const pdf = await play.priya.presses('export-pdf', { on });
    const named = (ending: string) => expect.stringMatching(new RegExp(`^alignment-brief-[a-z0-9-]+-\\d{4}-\\d\\d-\\d\\d\\.${ending}$`));
    expect(word).toMatchObject({ kind: 'file', name: named('docx'), inWords: expect.stringContaining('Hospital groups') });
    expect(pdf).toMatchObject({ kind: 'file', name: named('pdf'), mediaType: 'application/pdf' });
    const content = 'content' in word && word.content instanceof Uint8Array ? word.content : new Uint8Array();
    expect(textOfWord(content)).toContain('Hospital groups');
  });

  it('gives a file to all where somebody who takes part asks in front of those who read it anyway, and names what it says', async () => {
    await play.dana.asks(request);
    const driver = await play.dana.says(answers.driver);
    await play.dana.says(answers.owner);
    await play.dana.says('write the brief');
    const exported = async (who: 'dana' | 'sam') => {
      const file = await play[who].presses('export-markdown');
      if (file?.kind !== 'file') throw new Error('No file came.');
      return file;
    };
    const first = await exported('dana');
    expect([first.shared, (await exported('sam')).shared]).toEqual([true, undefined]);
    expect((await exported('dana')).document).toBe(first.document);
    await driver.deletes();
    expect((await exported('dana')).document).not.toBe(first.document);
  });

  it('carries on after a stop of the program in the middle, also with what came meanwhile', async () => {
    await play.dana.asks(request);
    await play.runtime().stop();
    await play.stage.receive(play.dana.message(answers.driver, 'thread'));
    await play.restarts();
    await play.settled();
    expect(await play.asked()).toBe('owner');
    await answerUntil(play);
    await play.dana.presses('looks-right');
    expect(await play.status()).toBe('aligned');
    await play.restarts();
    await play.tomas.presses('accept-introduction');
    await play.restarts();
    await play.nextTimer();
    expect(play.chatOf('tomas')).toContain('How is it going?');
    expect(play.channelPosts()).toHaveLength(1);
  });
});

describe('the brief', () => {
  it('is posted once when both press at the same moment', async () => {
    await reachReview(play);
    await play.priya.presses('claim');
    const presses = [play.dana.press('looks-right'), play.priya.press('looks-right'), play.dana.press('looks-right')];
    await Promise.all(presses.map((press) => play.stage.interact(press)));
    await play.settled();
    expect(await play.status()).toBe('aligned');
    expect(play.channelPosts()).toHaveLength(1);
    const drafts = play.threadPosts().filter((post) => post.card.actions.some(({ action }) => action === 'looks-right'));
    expect(drafts).toEqual([]);
  });

  it('becomes a new version when an answer is changed after the signature, signed anew and edited in place', async () => {
    await reachAgreement(play);
    const [post] = play.channelPosts();
    const form = await play.dana.opens('who-said-this');
    expect(form.blocks.length).toBeGreaterThan(5);
    await play.dana.says('Correction: the weekly call is Tuesdays at 11:00 New York time.');
    expect(await play.status()).toBe('reviewing');
    expect(play.thread()).toContain('New version 2');
    await play.dana.presses('looks-right');
    expect(cardText(play.channelPosts()[0]?.card ?? fail())).not.toContain('Tuesdays');
    await play.priya.presses('looks-right');
    expect(play.channelPosts().map(({ id }) => id)).toEqual([post?.id]);
    expect(cardText(play.channelPosts()[0]?.card ?? fail())).toContain('Tuesdays');
    expect((await play.alignment()).signedVersion).toBe(2);
  });

  it('stays with the participants when the signers choose so', async () => {
    await reachReview(play);
    const form = await play.dana.opens('choose-audience');
    await play.dana.submits(form, { audience: 'participants' });
    expect(play.threadPosts().at(-1) && play.thread()).toContain('it stays with the people who took part');
    await play.dana.presses('looks-right');
    expect(await play.status()).toBe('aligned');
    expect(play.channelPosts()).toEqual([]);
    expect(play.thread()).toContain('Alignment brief: prospecting');
  });

  it('goes to another channel when the signers choose one, after saying how many read there', async () => {
    await reachReview(play);
    await play.dana.submits(await play.dana.opens('choose-audience'), { audience: 'sales-board' });
    expect(play.thread()).toContain('2 people');
    await play.dana.presses('looks-right');
    expect(play.channelPosts()).toEqual([]);
    expect(play.stage.posts().filter(({ place }) => place === 'sales-board')).toHaveLength(1);
  });

  it('leaves the first channel when the signers of a new version choose another', async () => {
    await reachReview(play);
    await play.dana.presses('looks-right');
    expect(play.channelPosts()).toHaveLength(1);
    await play.dana.says('Correction: the call is on Tuesdays at 9:00.');
    await play.dana.submits(await play.dana.opens('choose-audience'), { audience: 'sales-board' });
    expect(play.channelPosts()).toHaveLength(1);
    await play.dana.presses('looks-right');
    expect((await play.alignment()).signedVersion).toBe(2);
    expect(play.channelPosts()).toEqual([]);
    expect(play.stage.posts().filter(({ place }) => place === 'sales-board')).toHaveLength(1);
  });

  it('takes the name of an L&D partner who comes after the signature, in the same post', async () => {
    await reachReview(play);
    await play.dana.presses('looks-right');
    expect(cardText(play.channelPosts()[0]?.card ?? fail())).toContain('L&D: not yet');
    await play.priya.says('I take this');
    await play.priya.says('Looks right');
    expect(play.channelPosts()).toHaveLength(1);
    expect(cardText(play.channelPosts()[0]?.card ?? fail())).toContain('L&D: Priya Nair');
  });
});

function fail(): never {
  throw new Error('There is no post.');
}
