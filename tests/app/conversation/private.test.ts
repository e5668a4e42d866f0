import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, answerUntil, request } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
  await play.dana.presses('continue-privately');
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

/** Dana answers in her chat until nothing is asked any more. */
async function answerPrivately(): Promise<void> {
  for (let asked = await play.asked(); asked; asked = await play.asked()) await play.dana.tells(answers[asked]);
}

describe('a private conversation', () => {
  it('goes on in the chat; the thread shows how far it is and nothing of what is said', async () => {
    expect(play.questionIn(play.chatPosts('dana').at(-1))).toBe('driver');
    await answerPrivately();
    expect(await play.status()).toBe('reviewing');
    expect(play.thread()).toContain('carries on privately');
    for (const hidden of ['grow revenue', 'Keiko', 'Second meetings', 'RevOps', 'Hospital']) expect(play.thread()).not.toContain(hidden);
    const ever = play.platform.posts.filter(({ place }) => place === 'sales-leaders').flatMap(({ shown }) => shown.map(cardText));
    expect(ever.join()).not.toContain('grow revenue');
    for (const other of ['tomas', 'keiko', 'sam']) expect(play.chatOf(other)).toBe('');
  });

  it('gives the L&D partner the draft in their own chat, to sign there; then the brief stands in its place', async () => {
    await play.priya.presses('claim', { on: play.chatPosts('priya')[0] });
    await answerPrivately();
    expect(play.chatOf('priya')).toContain('Draft brief');
    await play.dana.presses('looks-right', { on: play.dana.find('looks-right').post });
    await play.priya.presses('looks-right', { on: play.chatPosts('priya').at(-1) });
    expect(await play.status()).toBe('aligned');
    expect(play.chatPosts('priya').flatMap(({ card }) => card.actions.map(({ action }) => action))).not.toContain('looks-right');
    expect(play.chatOf('priya')).toContain('Alignment brief');
    expect(play.channelPosts()).toHaveLength(1);
  });

  it('shows each new version of the draft once in the partner’s chat', async () => {
    await play.priya.presses('claim', { on: play.chatPosts('priya')[0] });
    await answerPrivately();
    await play.dana.presses('looks-right');
    await play.dana.tells('Correction: the weekly call is Tuesdays at 11:00 New York time.');
    const drafts = play.chatPosts('priya').filter(({ card }) => card.actions.some(({ action }) => action === 'looks-right'));
    expect(drafts).toHaveLength(1);
    expect(cardText(drafts[0]?.card ?? never())).toContain('Tuesdays');
  });

  it('asks a colleague privately, and the answer stays in the private conversation', async () => {
    await play.dana.tells('ask @Tomas');
    expect(play.chatOf('tomas')).toContain('Dana Whitfield asks you about prospecting');
    await play.tomas.tells('The board wants 12 million more from accounts we already have by December.');
    expect(await play.authors('driver')).toEqual(['tomas']);
    expect(play.chatOf('dana')).toContain('Noted from Tomas Herrera');
    expect(play.thread()).not.toContain('12 million');
  });

  it('tells nothing of itself to a bystander who asks in the thread', async () => {
    await play.dana.tells(answers.driver);
    await play.sam.says('@Plumb why do you ask?');
    const seen = play.thread() + play.chatOf('sam');
    expect(seen).toContain('it asks for training');
    expect(seen).not.toContain(play.prompts.questions.owner.label);
    expect(play.chatOf('dana')).not.toContain('it asks for training');
  });

  it('opens nothing of what was said to readers of the thread, whose cards still name the conversation', async () => {
    await play.dana.tells(answers.driver);
    await play.dana.tells(answers.owner);
    const alignment = (await play.alignment()).id;
    const seen = [await play.sam.forges('skip', { alignment })];
    for (const action of ['export-markdown', 'export-word', 'export-pdf']) seen.push(await play.sam.forges(action, { alignment }));
    for (const action of ['answer-in-form', 'change-something', 'who-said-this']) seen.push(await play.sam.requests(action, { alignment, question: 'driver' }));
    expect(seen.map(({ kind }) => kind)).toEqual(seen.map(() => 'notice'));
    expect(JSON.stringify(seen)).toContain('Dana Whitfield');
    for (const hidden of ['grow revenue', 'Keiko']) expect(JSON.stringify(seen)).not.toContain(hidden);
    expect(await play.dana.forges('export-markdown', { alignment })).toMatchObject({ kind: 'file' });
    expect(await play.dana.requests('answer-in-form', { alignment })).toMatchObject({ kind: 'form' });
  });

  it('lets readers of the channel look into the brief that was posted there', async () => {
    await answerPrivately();
    await play.dana.presses('looks-right');
    const on = play.channelPosts()[0];
    for (const action of ['export-markdown', 'export-word', 'export-pdf']) expect(await play.sam.presses(action, { on })).toMatchObject({ kind: 'file' });
  });

  it('goes back to the thread, which then shows the conversation and no longer its state', async () => {
    await play.dana.tells(answers.driver);
    await play.dana.presses('continue-in-thread');
    expect(play.thread()).not.toContain('carries on privately');
    expect(play.questionIn(play.threadPosts().at(-1))).toBe('owner');
    await play.dana.says(answers.owner);
    expect(await play.asked()).toBe('leading-kpis');
    await play.dana.tells('hello');
    expect(play.chatOf('dana')).toContain('How I can help');
  });

  it('takes the draft along when it moves', async () => {
    await play.dana.presses('continue-in-thread');
    await answerUntil(play);
    await play.dana.says('can we continue privately');
    expect(await play.status()).toBe('reviewing');
    expect(play.threadPosts().flatMap(({ card }) => card.actions.map(({ action }) => action))).not.toContain('looks-right');
    await play.dana.presses('looks-right');
    expect(await play.status()).toBe('aligned');
  });

  it('gives the chat up only when no later request goes on there', async () => {
    const stateOfFirst = play.threadPosts().find(({ card }) => card.actions.some(({ action }) => action === 'continue-in-thread'));
    await play.dana.asks('Can you get my 12 sales managers a two-day coaching workshop in May?');
    await play.dana.says('can we continue privately');
    await play.dana.presses('continue-in-thread', { on: stateOfFirst });
    await play.dana.tells(answers.driver);
    expect(await play.answer('driver')).toBe('clear');
  });

  it('reminds in the chat, not in the thread', async () => {
    const before = play.thread();
    await play.passes(4 * 24 * 3_600_000);
    expect(play.chatOf('dana')).toMatch(/where we stopped|No hurry/);
    expect(play.thread()).toBe(before);
  });
});

describe('a conversation that begins in the chat with Plumb', () => {
  it('stays among the participants, and a later request there is a new one', async () => {
    await play.ends();
    play = await openPlay();
    await play.dana.tells(request);
    await answerPrivately();
    await play.dana.presses('looks-right');
    expect(await play.status()).toBe('aligned');
    expect((await play.alignment()).audience).toEqual({ kind: 'participants' });
    expect(play.stage.posts().filter(({ audience }) => audience === 'channel')).toEqual([]);
    expect(play.stage.posts().filter(({ place }) => place === 'sales-leaders')).toEqual([]);
    const first = (await play.alignment()).id;
    await play.passes(24 * 3_600_000);
    await play.dana.tells('Can you get my 12 sales managers a two-day coaching workshop in May?');
    const { id, status } = await play.alignment();
    expect(id).not.toBe(first);
    expect(status).toBe('clarifying');
  });
});

function never(): never {
  throw new Error('There is no post.');
}
