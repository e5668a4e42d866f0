import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { refOf } from '../../../src/app/read-message.ts';
import type { Language } from '../../../src/language/language.ts';
import { createLocalLanguage } from '../../../src/language/local/local-language.ts';
import { openPlay, type Play } from './play.ts';
import { hour, prompts } from './stage.ts';

const request = 'We need a two-day negotiation training for all account managers by the end of the quarter. They give away too much margin.';
const goal = 'We have to grow 30 % this year, and most of it from accounts we already have.';
/** Longer than anybody counts as in the middle of an answer. */
const pause = 95_000;

let play: Play;
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

async function taken(...by: ('priya' | 'tomas' | 'keiko')[]): Promise<string> {
  play = await openPlay({ partners: ['priya', 'tomas', 'keiko'].map((personId) => ({ personId })) });
  await play.dana.asks(request);
  for (const name of by) await play[name].presses('claim');
  return (await play.alignment()).id;
}

const openTrigger = async () => (await play.alignment()).coaching?.prompts.find(({ status }) => status === 'open')?.trigger;

let presses = 0;
function forged<T extends 'ActionTaken' | 'FormRequested'>(personId: string, type: T, action: string, value: Readonly<Record<string, string>>) {
  presses += 1;
  return { type, eventKey: `forged${presses}`, conversation: play.conversation(), personId, at: play.stage.now(), action, value, inputs: {} };
}

/** What somebody is told whatever they press on a prompt. */
async function toldOf(personId: 'tomas' | 'keiko', alignment: string, prompt: string): Promise<string[]> {
  const value = { alignment, prompt };
  const told = [];
  for (const action of ['ask-prompt', 'dismiss-prompt', 'why-prompt', 'put-challenge'])
    told.push(await play.stage.interact(forged(personId, 'ActionTaken', action, value)));
  told.push(await play.stage.interact(forged(personId, 'FormRequested', 'edit-prompt', value)));
  told.push(await play[personId].submits({ submit: 'submit-edit-prompt', value }, { question: 'Mine?' }));
  return told.map((response) => JSON.stringify(response));
}

describe('prompts of a partner who leaves', () => {
  it('are taken from their chat, and they do not learn what another one makes of them', async () => {
    await taken('priya', 'tomas');
    await play.dana.says(goal);
    await play.passes(pause);
    expect(play.chatOf('tomas')).toContain('too little pipeline from existing accounts');
    await play.tomas.presses('give-back');
    expect(play.chatOf('tomas')).not.toContain('too little pipeline from existing accounts');
    const before = play.chatOf('tomas');
    await play.priya.presses('ask-prompt');
    expect(play.thread()).toContain('Priya Nair asks (through Plumb):');
    expect(play.chatOf('tomas')).toBe(before);
  });

  it('do not come in the morning where they waited for it', async () => {
    await taken('priya', 'keiko');
    await play.passes(2 * hour);
    await play.dana.says(goal);
    await play.passes(pause);
    await play.keiko.presses('give-back');
    await play.passes(15 * hour);
    expect(play.chatOf('keiko')).not.toContain('pipeline');
    expect((await play.alignment()).coaching?.prompts.at(-1)).toMatchObject({ status: 'open', to: ['priya'] });
  });

  it('come at once to whoever takes part late in their day, and wait for the morning of whoever has gone', async () => {
    await taken('keiko');
    expect(play.chatOf('keiko')).toContain('A question you could ask Dana');
    await play.passes(2 * hour);
    await play.dana.says(goal);
    await play.passes(pause);
    expect(await openTrigger()).toBe('strategy-conflict');
    expect(play.chatOf('keiko')).not.toContain('pipeline');
    await play.passes(15 * hour);
    expect(play.chatOf('keiko')).toContain('pipeline from existing accounts');
  });

  it('come at once to whoever has just written', async () => {
    await taken('keiko');
    await play.passes(2 * hour);
    await play.keiko.says('I can look at this now.');
    await play.dana.says(goal);
    await play.passes(pause);
    expect(play.chatOf('keiko')).toContain('pipeline from existing accounts');
  });

  it('are as unknown to whoever takes over as those that never were', async () => {
    const id = await taken('priya');
    await play.priya.presses('dismiss-prompt');
    await play.priya.submits(await play.priya.opens('hand-over'), { person: 'tomas', cover: 'false' });
    const { coaching, partners } = await play.alignment();
    expect([partners, coaching?.prompts[0]]).toMatchObject([[{ personId: 'tomas' }], { trigger: 'prescription', status: 'dismissed' }]);
    expect(await toldOf('tomas', id, 'prescription')).toEqual(await toldOf('tomas', id, 'stalled'));
    expect((await play.alignment()).coaching).toEqual(coaching);
  });

  it('leave no limit behind that nobody could change', async () => {
    await taken('priya');
    await play.priya.submits(await play.priya.opens('prompt-limit'), { limit: '0' });
    await play.priya.submits(await play.priya.opens('hand-over'), { person: 'tomas', cover: 'false' });
    await play.dana.says(goal);
    await play.passes(pause);
    expect(play.chatOf('tomas')).toContain('too little pipeline from existing accounts');
  });
});

describe('what was said in private', () => {
  it('is not repeated in the thread by the challenge that goes on there', async () => {
    play = await openPlay({ partners: [] });
    await play.dana.asks(request);
    await play.dana.presses('continue-privately');
    await play.dana.tells(goal);
    expect(play.chatOf('dana')).toContain('it was said here: “We have to grow 30 %');
    await play.dana.presses('continue-in-thread');
    expect(play.thread()).toContain('Is it negotiation that is missing');
    expect(play.thread()).not.toContain('grow 30 %');
  });

  it('is not in the question that a partner has asked there, whatever the partner may read', async () => {
    await taken('priya');
    await play.dana.presses('continue-privately');
    await play.priya.submits(await play.priya.opens('prompt-limit'), { limit: 'none' });
    await play.dana.tells('The KPI is the revenue of the Lisbon acquisition.');
    await play.passes(pause);
    for (let others = 0; others < 4 && (await openTrigger()) !== 'lagging-only'; others += 1) await play.priya.presses('dismiss-prompt');
    expect(play.chatOf('priya')).toMatch(/Lisbon[^\n]*known only when it is too late/);
    await play.dana.presses('continue-in-thread');
    await play.priya.presses('ask-prompt');
    expect(play.thread()).toContain('Priya Nair asks (through Plumb):');
    expect(play.thread()).not.toContain('Lisbon');
  });
});

it('takes words to a challenge back with the message of several that they stood in', async () => {
  play = await openPlay({ partners: [], burstMs: 3_000 });
  await play.dana.asks(request);
  await play.stage.receive(play.dana.message(goal, 'thread'));
  await play.passes(pause);
  const long = play.dana.message('Between us, the Lisbon team is about to be closed, so it is more about the pipeline there.', 'thread');
  const short = play.dana.message('Hm, the second.', 'thread');
  for (const event of [long, short]) await play.stage.receive(event);
  await play.passes(pause);
  expect((await play.alignment()).coaching?.challenge).toMatchObject({ step: 'fact', said: [{ messageRef: refOf(long) }] });
  await play.stage.receive(play.dana.deletionOf(long));
  await play.passes(pause);
  expect(play.thread()).not.toContain('Lisbon');
  expect((await play.alignment()).coaching?.challenge?.said).toEqual([]);
  expect(await play.isOnDisk('Lisbon')).toBe(false);
});

describe('what answers something else while a challenge is open', () => {
  const choice = 'Hm, the second probably.';
  const answers = ['Tomas Herrera owns it.', 'And we have 20k for it.'];

  beforeEach(async () => {
    play = await openPlay({ partners: [], burstMs: 3_000 });
    await play.dana.asks(request);
    await play.stage.receive(play.dana.message(goal, 'thread'));
    await play.passes(pause);
  });

  it.each([
    ['several messages', [choice, ...answers]],
    ['one message', [[choice, ...answers].join(' ')]],
  ])('is kept, and the choice as well, in %s', async (_, said) => {
    for (const text of said) await play.stage.receive(play.dana.message(text, 'thread'));
    await play.passes(pause);
    expect([await play.answer('owner'), await play.answer('budget')]).not.toContain('open');
    const { coaching } = await play.alignment();
    expect(coaching?.challenge).toMatchObject({ step: 'fact', said: [{ quote: { end: said[0]?.length } }] });
  });
});

describe('what a model would ask', () => {
  const local = createLocalLanguage({ knowledge: prompts.knowledge });
  const secret = 'What would happen if nobody did anything at all?';
  const language: Language = {
    ...local,
    async readReply(message, context) {
      const reading = await local.readReply(message, context);
      const span = { start: 0, end: message.text.length };
      return { ...reading, cues: [...reading.cues, { cue: 'proposed-question', span, detail: 'vague-outcome', confidence: 0.9, wording: secret }] };
    },
  };

  it('cannot be taken for words of whoever gave the occasion', async () => {
    play = await openPlay({ language });
    await play.dana.asks(request);
    const { event } = await play.dana.says(goal);
    const { id, coaching } = await play.alignment();
    const wording = coaching?.cues.findLast(({ cue }) => cue === 'proposed-question')?.wording?.textId ?? '';
    expect(wording).toContain(event.messageId);
    const told = await play.dana.forges('choose-question', { alignment: id, question: 'budget', text: wording });
    expect(JSON.stringify(told)).not.toContain(secret);
    expect(await play.answer('budget')).toBe('open');
    for (const personId of ['dana', 'sam']) expect(play.chatOf(personId)).not.toContain(secret);
    expect(play.thread()).not.toContain(secret);
  });

  it('goes from the partner’s chat and the disk with the message that it rests on', async () => {
    play = await openPlay({ language });
    await play.dana.asks('We need a sales training for the team, they should close more.');
    const message = await play.dana.says('They should be better.');
    await play.priya.presses('claim');
    await play.passes(pause);
    for (let others = 0; others < 4 && !play.chatOf('priya').includes(secret); others += 1) await play.priya.presses('dismiss-prompt');
    expect(play.chatOf('priya')).toContain(secret);
    expect((await play.alignment()).coaching?.prompts.at(-1)?.evidence.map(({ messageRef }) => messageRef)).not.toContain(refOf(message.event));
    await message.deletes();
    expect(play.chatOf('priya')).not.toContain(secret);
    expect(await play.isOnDisk(secret)).toBe(false);
  });
});

describe('what may only have been said', () => {
  const local = createLocalLanguage({ knowledge: prompts.knowledge });
  const words = 'The kettle in Perth is broken again.';
  const heardAs = (confidence: number): Language => ({
    ...local,
    readReply: async (message, context) => ({
      ...(await local.readReply(message, context)),
      answers: [],
      faint: message.text === words ? [{ cue: 'obstacle', span: { start: 0, end: words.length }, confidence }] : [],
    }),
  });

  it.each([
    ['is kept with its words where it could be shown to somebody', 0.3, true],
    ['is kept by how likely it was, and without its words, where it is next to nothing', 0.1, false],
  ])('%s', async (_says, confidence, isKept) => {
    play = await openPlay({ language: heardAs(confidence) });
    await play.dana.asks(request);
    const { event } = await play.tomas.says(words);
    const cue = (await play.alignment()).coaching?.cues.find(({ messageRef }) => messageRef === refOf(event));
    expect(cue).toMatchObject({ cue: 'obstacle', likely: confidence, faint: true });
    await play.passes(pause);
    expect(await play.isOnDisk('kettle in Perth')).toBe(isKept);
  });
});
