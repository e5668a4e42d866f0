import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InteractionResponse } from '../../../src/app/ports.ts';
import { directPlace } from '../../../src/channels/room/people.ts';
import { askPlumb } from '../ask-plumb.ts';
import { answers, request } from '../conversation/answers.ts';
import { buttonsOf, cardText } from '../conversation/card-text.ts';
import { openPlay, type Play } from '../conversation/play.ts';

let play: Play;
let plumb: ReturnType<typeof askPlumb>;
beforeEach(async () => {
  play = await openPlay();
  plumb = askPlumb(play);
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

function textOf(response: InteractionResponse): string {
  if (response.kind !== 'file' || typeof response.content !== 'string') throw new Error(`No text file came back but ${response.kind}.`);
  return response.content;
}
const file = async (who: string, format: 'readable' | 'data') => textOf(await plumb.presses(who, 'export-my-data', { format }));

describe('my data', () => {
  it('shows what is kept, to whoever asks and to nobody else, and changes nothing', async () => {
    await play.dana.asks(request);
    await play.tomas.says('@Plumb We have to grow revenue from existing accounts by 30 % this year, says the board of Larkspur.');
    const before = [await play.alignment(), play.platform.sends.length];
    const card = plumb.cardIn(await plumb.gives('tomas', 'my-data', {}));
    expect(cardText(card)).toContain('We have to grow revenue');
    expect(cardText(card)).not.toContain('hopeless');
    expect(buttonsOf(card)).toEqual(['export-my-data', 'export-my-data', 'forget-me']);
    const form = await plumb.asksForForm('tomas', 'my-data');
    expect(form).toMatchObject({ kind: 'form', form: { submit: 'export-my-data' } });
    expect([await play.alignment(), play.platform.sends.length]).toEqual(before);
    expect(cardText(plumb.cardIn(await plumb.gives('sam', 'my-data', {})))).toContain(play.prompts.words.plain('my-data.nothing'));
  });

  it('gives every word of one’s own as a file, and none of anybody else, prompts and all', async () => {
    await play.dana.asks(request);
    await play.priya.presses('claim');
    await play.tomas.says('@Plumb We have to grow revenue from existing accounts by 30 % this year, says the board of Larkspur.');
    await play.dana.says(answers.owner);
    const [tomas, priya] = [await file('tomas', 'data'), await file('priya', 'data')];
    const parsed = JSON.parse(tomas) as { words: { text: string }[]; named: { parts: { path: string }[] }[] };
    expect(parsed.words.map(({ text }) => text)).toEqual([expect.stringContaining('Larkspur')]);
    expect(parsed.named[0]?.parts.map(({ path }) => path)).toContain('answers.driver[0]');
    for (const others of ['hopeless', answers.owner]) for (const given of [tomas, priya, await file('tomas', 'readable')]) expect(given).not.toContain(others);
    expect(await file('tomas', 'readable')).toContain('Larkspur');
    const prompted = (await play.alignment()).coaching?.prompts ?? [];
    expect(prompted.length).toBeGreaterThan(0);
    expect(priya).toContain('coaching.prompts[0]');
    // That the partner was prompted about them is not for those who gave rise to it.
    expect(await file('dana', 'data')).not.toContain('coaching.prompts');
    expect(JSON.parse(textOf(await plumb.submits('tomas', 'export-my-data', { format: 'data' })))).toMatchObject({ words: parsed.words });
  });

  it.each([
    ['my data', 'my-data.summary'],
    ['What do you know about me?', 'my-data.summary'],
    ['please forget me', 'forget.summary'],
  ] as const)('is asked for in words in the chat with Plumb: %s', async (words, answer) => {
    await play.dana.asks(request);
    await play.dana.tells(words);
    expect(play.chatPosts('dana').at(-1)?.card.summary).toBe(play.prompts.words.plain(answer));
    expect(play.platform.posts.at(-1)?.place).toBe(directPlace('dana'));
    expect(await play.isOnDisk(words)).toBe(false);
    expect(await play.status()).toBe('clarifying');
  });
});
