import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { answers, request } from './answers.ts';
import { openPlay, type Play } from './play.ts';
import { minute } from './stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(() => play.ends());

const letters = () => play.store().deadLetters.list('room');

it('parks what belongs to a state that cannot be read, goes on elsewhere, and replays it after the repair', async () => {
  await play.dana.asks(request);
  const broken = play.stage.thread();
  const { id } = await play.alignment();
  const good = (await play.store().aggregates.load({ kind: 'alignment', id }))?.snapshot;
  const write = (snapshot: unknown) =>
    play.repairs((database) => void database.prepare('update aggregates set snapshot = ? where id = ?').run(JSON.stringify(snapshot), id));

  await write({ status: 'clarifying' });
  await play.stage.receive(play.dana.message(answers.driver, 'thread'));
  await play.until(() => play.log.lines.some((line) => line.includes('tried again')));

  const other = play.sam.message('Can you get my 12 sales managers a two-day coaching workshop in May?', 'channel');
  play.stage.setThread(other.messageId);
  await play.stage.receive(other);
  await play.until(() => play.thread().includes('12 sales managers'));

  await play.until(async () => {
    play.lets(10 * minute);
    return (await letters()).length === 1;
  });
  expect((await letters())[0]).toMatchObject({ kind: 'inbox', what: 'MessagePosted' });
  expect(JSON.stringify(await letters()) + play.log.lines.join()).not.toContain('revenue');

  await write(good);
  play.stage.setThread(broken);
  expect(await play.store().deadLetters.replay((await letters())[0]?.id ?? '', play.stage.now())).toBe(true);
  await play.settled();
  expect(await play.asked()).toBe('owner');
});
