import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, reachAgreement, request } from './conversation/answers.ts';
import { cardText } from './conversation/card-text.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { day } from './conversation/stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

describe('the answer to a press', () => {
  beforeEach(async () => {
    await reachAgreement(play);
    await play.passes(day);
  });

  it('is the pressed card as it stands from now on, the same that is delivered', async () => {
    const response = await play.tomas.presses('accept-introduction');
    if (response.kind !== 'notice' || !response.now) throw new Error(`No card came back but ${JSON.stringify(response)}`);
    expect(cardText(response.now)).toContain(play.prompts.words.plain('introduction.accepted'));
    expect(play.chatPosts('tomas').map(({ card }) => card)).toContainEqual(response.now);
  });

  it('shows nobody a card that stands in another person’s chat', async () => {
    const { post } = play.tomas.find('accept-introduction');
    const pressed = play.tomas.press('accept-introduction');
    if (pressed.type !== 'ActionTaken') throw new Error('Not a press.');
    const { place } = play.sam.message('hello', 'chat').conversation;
    const forged = { ...pressed, eventKey: 'forged', personId: 'sam', conversation: { ...pressed.conversation, place } };
    const response = await play.stage.interact(forged);
    await play.settled();
    expect(response).not.toHaveProperty('now');
    expect(post.shown).toHaveLength(1);
  });
});

describe('a press in the thread', () => {
  it('that changes its card shows that to everybody', async () => {
    await play.dana.asks(request);
    await play.priya.presses('claim', { on: play.threadPosts()[0] });
    for (let asked = await play.asked(); asked; asked = await play.asked()) await play.dana.says(answers[asked]);
    const response = await play.dana.presses('looks-right');
    if (response.kind !== 'nothing' || !response.now) throw new Error(`No card came back but ${JSON.stringify(response)}`);
    const draft = play.threadPosts().findLast(({ card }) => card.actions.some(({ action }) => action === 'looks-right'));
    expect(draft?.card).toEqual(response.now);
    expect(draft?.shown.length).toBeGreaterThan(1);
  });

  it('that changes something else has no card to show', async () => {
    await play.dana.asks(request);
    expect(await play.priya.presses('claim', { on: play.threadPosts()[0] })).toEqual({ kind: 'nothing' });
  });

  it('that is refused gets its reason', async () => {
    await play.dana.asks(request);
    const response = await play.sam.presses('continue-privately', { on: play.threadPosts()[0] });
    expect(response).toMatchObject({ kind: 'notice' });
    expect(response).not.toHaveProperty('now');
  });
});
