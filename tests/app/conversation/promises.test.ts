import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Promised } from '../../../src/domain/promise-state.ts';
import { answers, answerUntil, request } from './answers.ts';
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

const promised = async (): Promise<readonly Promised[]> => (await play.alignment()).promises ?? [];
/** Whether anybody but this person is shown these words. */
const isShownToOthers = (words: string, personId: string) =>
  play.stage.posts().some(({ place, card }) => place !== `dm:${personId}` && cardText(card).includes(words));

async function sayIt(text = "I'll send the seating plan by Friday."): Promise<Awaited<ReturnType<Play['tomas']['says']>>> {
  await play.dana.asks(request);
  await play.dana.says(answers['manager-role']);
  return play.tomas.says(text);
}

describe('what somebody says they will do', () => {
  it('is proposed to them alone, after the answer of the turn, and is no card for anybody else', async () => {
    await play.dana.asks(request);
    const shown = play.stage.posts().length;
    await play.dana.says("Revenue from existing accounts has to grow by 30 % this year. I'll send the seating plan by Friday.");
    const [reply, proposal] = play.stage.posts().slice(shown);
    expect(reply?.place).not.toBe('dm:dana');
    expect(cardText(proposal?.card ?? never())).toContain("“I'll send the seating plan by Friday” about prospecting");
    expect(proposal?.place).toBe('dm:dana');
    expect(cardText(proposal?.card ?? never())).toContain('Fri 27 Nov 2026');
    expect(play.stage.posts()).toHaveLength(shown + 2);
  });

  it('once confirmed brings one reminder the working day before, one question the working day after, and nothing else', async () => {
    await sayIt();
    await play.tomas.presses('promise-confirm');
    expect(play.chatOf('tomas')).toContain('Noted for Fri 27 Nov 2026');
    expect(play.chatOf('tomas')).toContain('I remind you on Thu 26 Nov 2026. On Mon 30 Nov 2026 I ask once');
    await play.passes(2 * day);
    expect(play.chatOf('tomas')).toContain('Noted for');
    await play.passes(day);
    expect(play.chatOf('tomas')).toContain('You said you would do this by Fri 27 Nov 2026');
    await play.passes(3 * day);
    expect(play.chatOf('tomas')).not.toContain('Did it work out');
    await play.passes(day);
    expect(play.chatOf('tomas')).toContain('Did it work out');
    expect(play.chatPosts('tomas')).toHaveLength(1);
    const sent = play.platform.sends.length;
    await play.tomas.presses('promise-kept');
    expect(play.chatOf('tomas')).toContain('Done');
    expect(isShownToOthers('seating plan', 'tomas')).toBe(false);
    await play.passes(20 * day);
    expect(play.platform.sends.slice(sent).filter(({ to }) => to.kind === 'person' && to.personId === 'tomas')).toHaveLength(1);
  });

  it('without a day asks for one in the same card, and takes a day as people write it', async () => {
    await sayIt("I'll send you the seating plan.");
    expect(play.chatOf('tomas')).toContain('By when?');
    expect(await play.tomas.presses('promise-confirm')).toMatchObject({ kind: 'notice', text: expect.stringContaining('Give a day') });
    expect(await play.tomas.presses('promise-confirm', { inputs: { due: 'whenever' } })).toMatchObject({ kind: 'notice' });
    await play.tomas.presses('promise-confirm', { inputs: { due: 'next Wednesday' } });
    expect(await promised()).toMatchObject([{ status: 'open', due: '2026-12-02' }]);
  });

  it('takes another day and other words in a form, also when it did not work out', async () => {
    await sayIt();
    const form = await play.tomas.opens('promise-change');
    expect(await play.tomas.submits(form, { words: ' ', due: 'yesterday' })).toMatchObject({
      kind: 'errors',
      errors: { words: expect.any(String), due: expect.any(String) },
    });
    await play.tomas.submits(form, { words: 'Send Dana the plan', due: 'Thursday' });
    expect(play.chatOf('tomas')).toContain('Send Dana the plan');
    await play.passes(4 * day);
    expect(play.chatOf('tomas')).toContain('Did it work out');
    const again = await play.tomas.opens('promise-change');
    await play.tomas.submits(again, { words: 'Send Dana the plan', due: '4 Dec' });
    expect(await promised()).toMatchObject([{ status: 'open', due: '2026-12-04' }]);
    await play.tomas.presses('promise-let-go');
    expect(await promised()).toMatchObject([{ status: 'let-go' }]);
  });

  it('that was none is forgotten, words and all', async () => {
    await sayIt();
    expect(await play.isOnDisk('seating plan')).toBe(true);
    await play.tomas.presses('promise-dismiss');
    expect(play.chatPosts('tomas')).toEqual([]);
    expect(await promised()).toEqual([]);
    expect(await play.isOnDisk('seating plan')).toBe(false);
  });

  it('that was none does not come back when its message is edited, and what else the message promises stays', async () => {
    const said = await sayIt("I'll send the seating plan by Friday. I'll book the room by Thursday.");
    const first = play.chatPosts('tomas').find(({ card }) => cardText(card).includes('seating plan'));
    await play.tomas.presses('promise-dismiss', { on: first });
    await said.edits("I'll send the seating plan on Friday. I'll book the big room by Thursday.");
    expect(play.chatPosts('tomas')).toHaveLength(1);
    expect(play.chatOf('tomas')).toContain('book the big room');
    expect(await play.isOnDisk('seating plan')).toBe(false);
    await said.edits("I'll book the big room by Thursday.");
    expect(play.chatOf('tomas')).toContain('book the big room');
  });

  it('that was none is known by what it promises, also where something else stands in its place', async () => {
    const said = await sayIt("I'll send the seating plan by Friday. I'll book the room by Thursday.");
    const plan = play.chatPosts('tomas').find(({ card }) => cardText(card).includes('seating plan'));
    await play.tomas.presses('promise-dismiss', { on: plan });
    await said.edits("I'll book the room by Thursday. I'll call the caterer by Friday. I'll send the seating plan by Monday.");
    expect(play.chatOf('tomas')).toContain('book the room');
    expect(play.chatOf('tomas')).toContain('call the caterer');
    expect(play.chatOf('tomas')).not.toContain('seating plan');
    expect(play.chatPosts('tomas')).toHaveLength(2);
    expect(await play.isOnDisk('seating plan')).toBe(false);
  });

  it('stays confirmed beside one that was none and reads much the same', async () => {
    const said = await sayIt("I'll call Tom by Friday. I'll call Ann by Thursday.");
    const of = (name: string) => play.chatPosts('tomas').find(({ card }) => cardText(card).includes(name));
    await play.tomas.presses('promise-confirm', { on: of('Ann') });
    await play.tomas.presses('promise-dismiss', { on: of('Tom') });
    await said.edits("I'll call Tom by Friday. I'll call Ann by Thursday!");
    expect(await promised()).toMatchObject([{ status: 'open', due: '2026-11-26' }]);
    await said.edits("I'll call Ann by Thursday!");
    expect(await promised()).toMatchObject([{ status: 'open', due: '2026-11-26' }]);
    expect(play.chatPosts('tomas')).toHaveLength(1);
  });

  it('stays the one that it is when another of its message goes', async () => {
    const said = await sayIt("I'll send the seating plan by Friday. I'll book the room by Thursday.");
    const room = play.chatPosts('tomas').find(({ card }) => cardText(card).includes('book the room'));
    await play.tomas.presses('promise-confirm', { on: room });
    await said.edits("I'll book the room by Thursday.");
    expect(await promised()).toMatchObject([{ status: 'open', due: '2026-11-26' }]);
    expect(play.chatPosts('tomas')).toHaveLength(1);
  });

  it('follows its message: other words, another day, or gone', async () => {
    const said = await sayIt();
    await said.edits("I'll send the table plan by Thursday.");
    expect(play.chatOf('tomas')).toContain('table plan');
    expect(play.chatOf('tomas')).toContain('Thu 26 Nov 2026');
    expect(await play.isOnDisk('seating plan')).toBe(false);
    await play.tomas.presses('promise-confirm');
    await said.deletes();
    expect(play.chatPosts('tomas')).toEqual([]);
    expect(await play.isOnDisk('table plan')).toBe(false);
    expect((await play.store().timers.list({ limit: 50 })).filter(({ key }) => key.startsWith('promise:'))).toEqual([]);
  });

  it('is told to the thread only by whoever made it, and nobody else can press for them', async () => {
    await sayIt();
    const { value = {} } = play.tomas.find('promise-confirm').button;
    for (const action of ['promise-confirm', 'promise-kept', 'promise-dismiss', 'promise-tell'])
      expect(await play.dana.forges(action, value)).toMatchObject({ kind: 'notice', text: play.prompts.words.plain('notice.unknown-button') });
    await play.tomas.presses('promise-confirm');
    await play.tomas.presses('promise-kept');
    expect(isShownToOthers('seating plan', 'tomas')).toBe(false);
    await play.tomas.presses('promise-tell');
    expect(play.thread()).toContain('Tomas Herrera lets you know that this is done:');
    expect(play.chatOf('tomas')).toContain('The thread knows.');
  });

  it('ends with a withdrawn request', async () => {
    await sayIt();
    await play.tomas.presses('promise-confirm');
    await play.dana.says('@Plumb stop');
    expect(await play.status()).toBe('withdrawn');
    expect(play.chatPosts('tomas')).toEqual([]);
    expect(await play.isOnDisk('seating plan')).toBe(false);
  });

  it('is proposed three times a day at most, in working hours, and stays quiet about what is only talk', async () => {
    await play.dana.asks(request);
    await play.sam.says("I'll send the seating plan by Friday.");
    expect(play.chatPosts('sam')).toEqual([]);
    await play.dana.says(answers['manager-role']);
    await play.tomas.says('Ben sends the list tomorrow, and we should all look at it by Friday.');
    await play.tomas.says("I'll think about it over the weekend.");
    expect(play.chatPosts('tomas')).toEqual([]);
    for (const what of ['list', 'deck', 'sheet', 'plan']) await play.tomas.says(`I'll send the ${what} by Friday.`);
    expect(play.chatPosts('tomas')).toHaveLength(3);
    // It is after midnight in Tokyo.
    await play.keiko.says("I'll send the baseline by Friday.");
    expect(play.chatPosts('keiko')).toEqual([]);
    await play.passes(12 * hour);
    expect(play.chatOf('keiko')).toContain('the baseline by Friday');
  });

  it('is counted by the day of whoever says it, not by that of UTC', async () => {
    await play.dana.asks(request);
    const heardOfDana = async () => (await promised()).filter(({ by }) => by === 'dana').length;
    await play.passes(8.5 * hour);
    for (const what of ['list', 'deck']) await play.dana.says(`I'll send the ${what} by Friday.`);
    // Half past midnight by UTC is half past seven in New York.
    await play.passes(hour);
    for (const what of ['sheet', 'plan']) await play.dana.says(`I'll send the ${what} by Friday.`);
    expect(await heardOfDana()).toBe(3);
    await play.passes(15 * hour);
    await play.dana.says("I'll send the map by Friday.");
    expect(await heardOfDana()).toBe(4);
  });

  it('is neither kept nor told of where somebody has no private chat with Plumb', async () => {
    const { directory } = play.platform.channel;
    directory.privateConversation = async () => undefined;
    await sayIt();
    await play.passes(6 * day);
    expect(await promised()).toEqual([]);
    expect(play.stage.posts().some(({ card }) => cardText(card).includes('seating plan'))).toBe(false);
    expect(await play.isOnDisk('seating plan')).toBe(false);
  });

  it('stands on Home for whoever made it, as it is', async () => {
    await sayIt();
    await play.tomas.presses('promise-confirm');
    const home = async (personId: string) => {
      const response = await play.stage.interact({
        type: 'HomeOpened',
        eventKey: `home ${personId} ${play.stage.now()}`,
        conversation: { channel: 'room', tenant: 'room', place: `dm:${personId}`, thread: '' },
        personId,
        at: play.stage.now(),
      });
      return response.kind === 'card' ? cardText(response.card) : '';
    };
    expect(await home('tomas')).toContain("“I'll send the seating plan by Friday” by Fri 27 Nov 2026");
    await play.tomas.presses('promise-kept');
    expect(await home('tomas')).toContain("“I'll send the seating plan by Friday” done");
    expect(await home('dana')).not.toContain('seating plan');
  });

  it('goes with whoever asks to be forgotten', async () => {
    await sayIt();
    await play.tomas.presses('promise-confirm');
    await play.tomas.forges('forget-me', {});
    await play.settled();
    expect(await promised()).toEqual([]);
    expect(play.chatOf('tomas')).not.toContain('seating plan');
    expect(await play.isOnDisk('seating plan')).toBe(false);
  });

  it('is heard in a form as well, also after the signature', async () => {
    await play.dana.asks(request);
    await answerUntil(play);
    await play.dana.presses('looks-right');
    await play.tomas.says("I'll book the room for the kickoff by Thursday.");
    expect(play.chatOf('tomas')).toContain('book the room');
    const form = await play.dana.opens('answer-in-form', play.threadPosts()[0]);
    await play.dana.submits(form, { 'data-source': "Ben in sales ops has it. I'll ask him for the export on Wednesday." });
    expect(play.chatOf('dana')).toContain("“I'll ask him for the export on Wednesday”");
  });
});

function never(): never {
  throw new Error('There is no such post.');
}
