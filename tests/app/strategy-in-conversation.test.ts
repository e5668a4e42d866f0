import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { roomTenant } from '../../src/channels/room/people.ts';
import type { Strategy } from '../../src/domain/strategy.ts';
import { cardText } from './conversation/card-text.ts';
import { openPlay, type Play } from './conversation/play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const year: Strategy = {
  objectives: [
    { id: 'o1', text: 'Share of wallet in existing accounts', weight: 3, competencies: [{ kind: 'skill', text: 'account planning' }] },
    { id: 'o2', text: 'Margin stays flat on purpose', weight: 2, competencies: [] },
  ],
  confirmedBy: 'priya',
  confirmedAt: 1,
};
const onFile = (strategy: Strategy) => play.store().strategy.save(roomTenant, strategy);

describe('a request that fits an objective on file', () => {
  it('says so in the thread and to the L&D partner, who also learns by which words', async () => {
    await onFile(year);
    await play.dana.asks('We need a workshop on account planning for our twelve account managers');
    expect(play.thread()).toContain('This fits an objective on file: Share of wallet in existing accounts');
    expect(play.chatOf('priya')).toContain('Fits: Share of wallet in existing accounts (because of “account planning”)');
    await play.priya.presses('claim');
    expect(play.chatOf('priya')).toContain('Fits: Share of wallet');
  });

  it('says so in the draft as well, by what was answered', async () => {
    await onFile(year);
    await play.dana.asks('We need a workshop on storytelling for our twelve people', { addressed: true });
    expect(play.thread()).not.toContain('objective on file');
    await play.dana.says('The share of wallet of the existing accounts is at 18 % and we lose the second order to a competitor');
    await play.dana.says('write the brief');
    expect(await play.status()).toBe('reviewing');
    expect(play.thread()).toContain('This fits an objective on file: Share of wallet in existing accounts');
  });

  it('goes by what it starts with instead, once the focus has changed', async () => {
    await onFile({ ...year, objectives: [...year.objectives.slice(0, 1), { id: 'o3', text: 'Hold gross margin at 34 %', weight: 2, competencies: [] }] });
    await play.dana.asks('Can we have a two-day negotiation training for my 25 account managers before summer? They give away far too much margin.');
    expect(play.thread()).toContain('This fits an objective on file: Hold gross margin');
    await play.dana.says('We have to grow 30 % this year, and most of it from accounts we already have.');
    await play.dana.presses('challenge-other-focus');
    await play.dana.presses('challenge-find-out');
    await play.dana.presses('challenge-agree');
    await play.dana.says('write the brief now', { addressed: true });
    expect(cardText(play.threadPosts().at(-1)?.card ?? { summary: '', blocks: [], actions: [] })).toContain(
      'This fits an objective on file: Share of wallet in existing accounts',
    );
  });

  it('keeps in the signed brief what it fitted then, whatever is on file later', async () => {
    await onFile(year);
    await play.dana.asks('We need a workshop on account planning for our twelve account managers');
    await play.dana.says('write the brief now', { addressed: true });
    await play.dana.presses('looks-right');
    const kept = 'When this was signed, Plumb found that it fitted an objective on file: Share of wallet in existing accounts';
    expect(play.thread()).toContain(kept);
    await onFile({ objectives: [{ id: 'o1', text: 'Open Norway', weight: 2, competencies: [] }] });
    expect(await play.dana.presses('export-markdown')).toMatchObject({ content: expect.stringContaining(kept) });
    expect((await play.alignment()).signedContent?.fit).toMatchObject({ kind: 'fits', objective: year.objectives[0]?.text, confirmedAt: 1 });
  });

  it('loses the words again when the request is deleted', async () => {
    await onFile(year);
    const asked = await play.dana.asks('We need a workshop on cross-selling for our twelve account managers');
    expect(play.chatOf('priya')).toContain('because of “cross-selling”');
    await asked.deletes();
    expect(play.chatOf('priya')).not.toContain('cross-selling');
    expect(play.thread()).not.toContain('cross-selling');
  });
});

describe('a request that fits none, or pulls against one', () => {
  it.each([
    ['We need negotiation training for the team, they give away margin in every deal', 'May pull against: Margin stays flat on purpose'],
    [
      'We need presentation training for the sales team in Lisbon: slides, voice, gestures, storytelling and product demos',
      'no objective on file that it fits',
    ],
  ])('%s: is told to the L&D partner alone', async (request, told) => {
    await onFile(year);
    await play.dana.asks(request, { addressed: true });
    expect(play.chatOf('priya')).toContain(told);
    expect(play.thread()).not.toMatch(/pull against|Fits|This fits|because of/);
    for (const other of ['dana', 'sam', 'tomas', 'keiko']) expect(play.chatOf(other)).not.toMatch(/pull against|Fits|on file/);
    await play.dana.says('write the brief now', { addressed: true });
    await play.dana.presses('looks-right');
    expect((await play.alignment()).signedContent?.fit?.kind).toMatch(/conflicts|fits-none/);
    expect([...play.channelPosts().map(({ card }) => cardText(card)), play.thread()].join(' ')).not.toMatch(/on file|Margin stays flat/);
  });
});

it('says nothing where nothing is on file, or where nobody can tell', async () => {
  await play.dana.asks('We need negotiation training for the team');
  expect(`${play.thread()} ${play.chatOf('priya')}`).not.toMatch(/on file|Fits|pull against/);
  await play.ends();
  play = await openPlay();
  await onFile({ objectives: [{ id: 'o1', text: 'Open Norway', weight: 2, competencies: [] }] });
  await play.dana.asks('We need closing training asap');
  expect(`${play.thread()} ${play.chatOf('priya')}`).not.toMatch(/on file|Fits|pull against/);
});
