import { describe, expect, it } from '@jest/globals';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { DialogueLine } from '../eval/formats.ts';
import { playDialogue } from '../eval/play-dialogue.ts';

const language = createLocalLanguage();
const people = [
  { id: 'ann', name: 'Ann Archer', role: 'sales-leader', tz: 'America/New_York' },
  { id: 'bo', name: 'Bo Berg', role: 'ld-partner', tz: 'Europe/Oslo' },
  { id: 'cy', name: 'Cy Castle', role: 'manager', tz: 'Asia/Tokyo' },
];
const request = 'My 80 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop before March?';
const play = (turns: object[], more = {}, who: readonly (object | undefined)[] = people) =>
  playDialogue(language, DialogueLine.parse({ id: 'd', people: who, turns }), more);

describe('a dialogue', () => {
  it('is played on the real way: the request is heard, answers keep their authors, the partner is told privately', async () => {
    const { opening, answers, taken, posts, brief, status, faults } = await play([
      { by: 'ann', text: request },
      { by: 'ann', text: 'We have to grow revenue from existing accounts by 30 % this year, and the pipeline is too thin for that.', replyTo: 'driver' },
      { by: 'cy', text: 'Cy Castle here, I own this on the business side.', addressedTo: 'bot', replyTo: 'owner' },
    ]);
    expect([opening, status, faults]).toEqual([{ turn: 0, how: 'heard' }, 'clarifying', []]);
    expect(answers.driver).toMatchObject({ status: 'clear', by: 'ann' });
    expect(answers.owner).toMatchObject({ by: 'cy', turns: [2] });
    expect(taken[1]).toContain('driver');
    expect(posts.find(({ audience }) => audience === 'private')).toMatchObject({ turn: 0, to: 'bo' });
    expect(posts.filter(({ turn, audience }) => turn === 1 && audience === 'thread')).not.toEqual([]);
    expect(brief?.text).toContain('grow revenue from existing accounts');
  });

  it('begins by a mention of Plumb where nothing was heard', async () => {
    const { opening, status, posts } = await play([
      { by: 'ann', text: 'Hm, the numbers in the north again.' },
      { by: 'ann', text: 'Cy Castle owns it.', replyTo: 'owner' },
    ]);
    expect([opening, status]).toEqual([{ turn: 0, how: 'mentioned Plumb' }, 'clarifying']);
    expect(posts.every(({ turn }) => turn <= 1)).toBe(true);
  });

  it('begins with the message that asks, not with the greeting before it', async () => {
    const { opening } = await play([
      { by: 'ann', text: 'Good morning everybody' },
      { by: 'ann', text: request },
    ]);
    expect(opening).toEqual({ turn: 1, how: 'heard' });
  });

  it('lets hours pass where the file says so: whoever is silent for days is reminded once', async () => {
    const { posts } = await play([
      { by: 'ann', text: request },
      { by: 'ann', text: 'Sorry, back now.', afterHours: 3 * 24 },
    ]);
    expect(posts.filter(({ turn }) => turn === 0).length).toBeGreaterThan(2);
  });

  it('addresses Plumb where the file says so, unless it is to be played as typed', async () => {
    const turns = [
      { by: 'ann', text: request },
      { by: 'bo', text: 'The weather up here is grim.', addressedTo: 'bot' },
    ];
    const afterwards = (posts: readonly { turn: number; audience: string }[]) =>
      posts.filter(({ turn, audience }) => turn === 1 && audience === 'thread').length;
    expect(afterwards((await play(turns)).posts)).toBe(1);
    expect(afterwards((await play(turns, { asTyped: true })).posts)).toBe(0);
  });

  it('has the partner take the conversation on as soon as they are told, and nobody where there is none', async () => {
    const turns = [
      { by: 'ann', text: request },
      { by: 'ann', text: 'Cy Castle owns it.', replyTo: 'owner' },
    ];
    const { posts } = await play(turns);
    expect(posts.some(({ turn, audience, text }) => turn === 0 && audience === 'thread' && text.includes('Bo Berg'))).toBe(true);
    const alone = await play(turns, {}, [people[0], people[2]]);
    expect(alone.posts.filter(({ audience }) => audience === 'private')).toEqual([]);
  });

  it('tells which live prompt arrived in the chat of the partner, after which turn, and on which words it rests', async () => {
    const turns = [
      { by: 'ann', text: request },
      { by: 'ann', text: 'Cy Castle owns it.', replyTo: 'owner' },
    ];
    const { livePrompts, mostOpen, posts } = await play(turns);
    const [prompt] = livePrompts;
    expect(prompt).toMatchObject({ trigger: 'prescription', turn: 0, evidence: expect.stringContaining('one-day prospecting workshop') });
    expect(posts.some(({ audience, to, text }) => audience === 'private' && to === 'bo' && text.includes(prompt?.text ?? '?'))).toBe(true);
    expect(prompt?.text).toMatch(/\?$/);
    expect(mostOpen).toBe(1);
    const alone = await play(turns, {}, [people[0], people[2]]);
    expect(alone.livePrompts).toEqual([]);
  });

  it('leads to no brief when the request was taken back', async () => {
    const { status, brief } = await play([
      { by: 'ann', text: request },
      { by: 'ann', text: 'stop', addressedTo: 'bot' },
    ]);
    expect([status, brief]).toEqual(['withdrawn', null]);
  });
});
