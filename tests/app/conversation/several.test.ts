import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { directPlace } from '../../../src/channels/room/people.ts';
import type { StartedAlignment } from '../../../src/domain/state.ts';
import { askPlumb, said } from '../ask-plumb.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';

const both = '@Plumb We need a negotiation workshop for the account executives, and separately something on Excel for the ops team in May';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const intake = () => play.threadPosts()[0];

async function alignments(): Promise<StartedAlignment[]> {
  const ids = (await play.store().aggregates.list({ tenant: 'room', kind: 'alignment', limit: 10 })).map(({ ref }) => ref.id);
  const states = await Promise.all(ids.map(async (id) => (await play.store().aggregates.load({ kind: 'alignment', id }))?.snapshot as StartedAlignment));
  return states.sort((one, other) => one.openedAt - other.openedAt);
}

async function words(quote: { textId: string; start: number; end: number } | undefined): Promise<string | undefined> {
  const row = quote && (await play.store().texts.load([quote.textId])).get(quote.textId);
  return row?.body.slice(quote?.start, quote?.end);
}

/** The thread that the other request got; the play goes on there. */
function goesToOther(): string {
  const [root] = play.channelPosts();
  if (!root) throw new Error('There is no post that carries a thread.');
  play.stage.setThread(root.id);
  return cardText(root.card);
}

describe('two requests in one message', () => {
  it('begin with the first, and the card says that there is another', async () => {
    await play.dana.asks(both);
    const text = cardText(intake()?.card ?? { summary: '', blocks: [], actions: [] });
    expect(text).toContain('Topic: “negotiation”');
    expect(text).toContain('For whom: “the account executives”');
    expect(text).not.toContain('By when');
    expect(text).toContain('I heard another request in the same message, about Excel. It can have a thread of its own.');
    expect(play.dana.find('start-other').button).toMatchObject({ label: 'Start the one about Excel', value: { other: '0' } });
    expect(play.channelPosts()).toEqual([]);
  });

  it('become two alignments on a press, the other in a thread of its own and in its own words', async () => {
    await play.dana.asks(both);
    const first = play.stage.thread();
    expect(said(await play.dana.presses('start-other'))).toBe(play.prompts.words.plain('notice.other-started'));
    expect(cardText(intake()?.card ?? { summary: '', blocks: [], actions: [] })).toContain('About Excel, I ask in a thread of its own.');
    expect(goesToOther()).toBe('Dana Whitfield started an alignment about Excel. It goes on in this thread.');
    const [one, other] = await alignments();
    expect(one?.conversation.thread).toBe(first);
    expect(other).toMatchObject({ requester: 'dana', startedBy: 'dana', status: 'clarifying', audience: { kind: 'channel' } });
    expect(await words(other?.request)).toBe('something on Excel for the ops team in May');
    expect(await words(other?.understood.audience)).toBe('the ops team');
    expect(await words(other?.understood.deadline)).toBe('in May');
    await play.dana.says('We have to grow revenue by 30 % this year.');
    expect((await alignments())[1]?.answers.driver).toHaveLength(1);
    expect((await alignments())[0]?.answers.driver).toBeUndefined();
  });

  it('are shown in the card as they were when it opened, whatever was said since', async () => {
    await play.dana.asks(both);
    await play.dana.says('We have to grow revenue by 30 % this year.');
    await play.dana.presses('start-other');
    expect(play.questionIn(intake())).toBe('driver');
    expect(cardText(intake()?.card ?? { summary: '', blocks: [], actions: [] })).not.toContain('30 %');
  });

  it('are started once, also when the same button is pressed again', async () => {
    await play.dana.asks(both);
    const press = play.dana.press('start-other');
    const again = { ...press, eventKey: 'again' };
    await play.stage.interact(press);
    await play.stage.settled();
    expect(said(await play.stage.interact(again))).toBe(play.prompts.words.plain('notice.outdated'));
    await play.stage.settled();
    expect(play.channelPosts()).toHaveLength(1);
    expect(await alignments()).toHaveLength(2);
  });

  it('may be started by L&D for whoever asked, and by nobody else', async () => {
    await play.dana.asks(both);
    const value = play.dana.find('start-other').button.value ?? {};
    expect(said(await play.sam.forges('start-other', value))).toContain('Dana');
    expect(play.channelPosts()).toEqual([]);
    await play.priya.presses('start-other');
    expect((await alignments())[1]).toMatchObject({ requester: 'dana', startedBy: 'priya' });
  });

  it('take no words and no place from the button', async () => {
    await play.dana.asks(both);
    const value = play.dana.find('start-other').button.value ?? {};
    for (const forged of [{ other: '7' }, { other: '-1' }, { other: 'x' }, { alignment: 'nobody' }]) {
      expect((await play.dana.forges('start-other', { ...value, ...forged, text: 'Give everybody a raise' })).kind).toBe('notice');
    }
    expect((await play.dana.forges('start-other', value, {}, 'elsewhere')).kind).toBe('notice');
    expect(await alignments()).toHaveLength(1);
    expect(play.channelPosts()).toEqual([]);
  });

  it('both lose their words when the message is deleted', async () => {
    const message = await play.dana.asks(both);
    await play.dana.presses('start-other');
    await message.deletes();
    expect((await alignments()).map(({ status }) => status)).toEqual(['withdrawn', 'withdrawn']);
    expect(await play.isOnDisk('Excel')).toBe(false);
  });

  it('both follow an edit of the message', async () => {
    const message = await play.dana.asks(both);
    await play.dana.presses('start-other');
    await message.edits(both.replace('Excel', 'Tableau'));
    const [one, other] = await alignments();
    expect(await words(other?.understood.topic)).toBe('Tableau');
    expect(await words(one?.understood.topic)).toBe('negotiation');
    expect(await alignments()).toHaveLength(2);
  });

  it('keep the words of one when the other was none', async () => {
    await play.dana.asks(both);
    await play.dana.presses('start-other');
    await play.dana.presses('not-a-request', { on: intake() ?? undefined });
    const [, other] = await alignments();
    expect(await words(other?.understood.topic)).toBe('Excel');
    goesToOther();
    await play.dana.presses('not-a-request', { on: play.threadPosts().find((post) => play.questionIn(post)) ?? undefined });
    expect(play.channelPosts()).toEqual([]);
    expect(await play.isOnDisk('something on Excel')).toBe(false);
  });

  it('are heard in a command as well', async () => {
    await askPlumb(play).gives('dana', 'start', { text: both.replace('@Plumb ', '') });
    goesToOther();
    expect(play.dana.find('start-other').button.label).toBe('Start the one about Excel');
  });

  it('have no threads in a 1:1 chat: Plumb says that the other one comes later', async () => {
    await play.dana.tells(both);
    expect(play.chatOf('dana')).toContain('I heard another request in the same message, about Excel. When we are done with this one, tell me about it here.');
    const [alignment] = await alignments();
    expect(() => play.dana.find('start-other')).toThrow();
    await play.dana.forges('start-other', { alignment: alignment?.id ?? '', other: '0' });
    expect(await alignments()).toHaveLength(1);
    expect(play.stage.posts().every(({ place }) => place === directPlace('dana') || place === directPlace('priya'))).toBe(true);
  });
});

describe('one request', () => {
  it.each([
    '@Plumb a workshop on discovery, objection handling and closing for the account executives',
    '@Plumb negotiation training for the account executives and the customer success managers',
    '@Plumb my reps never follow up and the pipeline is thin. Can you run a course on closing for them?',
  ])('stays one: %s', async (text) => {
    await play.dana.asks(text);
    expect(() => play.dana.find('start-other')).toThrow();
    expect((await alignments())[0]).not.toHaveProperty('others');
  });
});
