import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { request } from './conversation/answers.ts';
import { openPlay, type Play } from './conversation/play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
});
afterEach(() => play.ends());

const times = () => play.thread().split(play.prompts.words.plain('notice.english')).length - 1;
const german = 'Wir müssen den Umsatz mit unseren Kunden steigern, weil wir zu viel verloren haben.';

it('says once in a conversation that Plumb reads English for now', async () => {
  await play.dana.says(german);
  expect(times()).toBe(1);
  await play.dana.says('Das habe ich schon gesagt, bitte noch einmal für alle Kunden.');
  expect(times()).toBe(1);
  expect(await play.asked()).toBe('driver');
});

it('is still said once when the platform is slow', async () => {
  const { send } = play.platform.channel;
  const gate = Promise.withResolvers<void>();
  play.platform.channel.send = async (...given) => {
    await gate.promise;
    return send(...given);
  };
  await play.stage.receive(play.dana.message(german, 'thread'));
  const second = play.stage.receive(play.dana.message('Noch einmal: wir müssen mehr Umsatz mit unseren Kunden machen.', 'thread'));
  await second;
  gate.resolve();
  await play.settled();
  expect(times()).toBe(1);
});

it('leaves people alone who speak another language with each other', async () => {
  await play.sam.says('Kommst du heute mit zum Essen? Wir gehen um zwölf.');
  expect(times()).toBe(0);
});
