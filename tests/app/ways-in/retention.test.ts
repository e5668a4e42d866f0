import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { roomTenant } from '../../../src/channels/room/people.ts';
import { askPlumb, said } from '../ask-plumb.ts';
import { answers, reachAgreement, request } from '../conversation/answers.ts';
import { openPlay, type Play } from '../conversation/play.ts';
import { day, hour } from '../conversation/stage.ts';

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

// In the file and its log: what was asked for, an answer, and a name as it was written.
const words = ['hopeless', 'pipeline is too thin', 'Keiko Mori', 'purchasing team', 'Larkspur'];
const onDisk = async () => {
  const found = [];
  for (const word of words) if (await play.isOnDisk(word)) found.push(word);
  return found;
};

it('erases what an admin chose from the database file, and tells beforehand what and when', async () => {
  await reachAgreement(play);
  await play.passes(18 * hour);
  await play.tomas.presses('accept-introduction');
  await play.nextTimer();
  const nudge = play.chatPosts('tomas').at(-1);
  const field = nudge?.card.blocks.find((block) => block.type === 'input' && block.id.startsWith('note'));
  await play.tomas.presses('nudge-at-risk', { inputs: { [field?.type === 'input' ? field.id : 'note']: 'The Larkspur account is stuck' } });
  // Never by this what is agreed and running.
  await plumb.submits('priya', 'submit-retention', { days: '30' });
  expect(await onDisk()).toEqual(words);
  await play.priya.presses('close');
  const closedAt = play.stage.now();
  expect(await plumb.homeText('priya')).toContain(play.prompts.words.plain('retention.after', { days: '30' }));
  expect(await plumb.asksForForm('dana', 'retention')).toMatchObject({ kind: 'notice' });
  await play.passes(29 * day);
  await play.store().housekeep(play.stage.now());
  expect(await onDisk()).toEqual(words);
  expect(said(await plumb.submits('priya', 'submit-retention', { days: '31' }))).toBe('errors');
  await play.moveTo(closedAt + 30 * day + hour);
  expect(await onDisk()).toEqual([]);
  const kinds = ['alignment', 'programme', 'person'] as const;
  for (const kind of kinds) expect(await play.store().aggregates.list({ tenant: roomTenant, kind, limit: 9 })).toEqual([]);
  expect([await play.store().depth(), await plumb.homeText('priya')]).toEqual([
    { inbox: 0, outbox: 0, deadLetters: 0, timers: 0 },
    expect.stringContaining(play.prompts.words.plain('retention.none')),
  ]);
  await play.dana.asks(request);
  await play.dana.says(answers.driver);
  expect(await play.answer('driver')).toBe('clear');
});
