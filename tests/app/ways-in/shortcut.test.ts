import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InboundEvent, SaidMessage } from '../../../src/app/ports.ts';
import { directPlace, roomTenant } from '../../../src/channels/room/people.ts';
import { request } from '../conversation/answers.ts';
import { cardText } from '../conversation/card-text.ts';
import { channelPlace } from '../conversation/platform.ts';
import { openPlay, type Play } from '../conversation/play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

type Where = { place?: string; thread?: string };

/** Somebody chooses "Start an alignment" on a message. */
async function choose(by: string, about: Partial<SaidMessage> & { personId: string; text: string }, { place = channelPlace, thread }: Where = {}) {
  play.stage.tick();
  const message = { messageId: 'm-chosen', mentions: play.stage.mentionsIn(about.text), at: play.stage.now(), ...about };
  const own = thread ?? message.messageId;
  play.stage.setThread(own);
  const event: InboundEvent = {
    type: 'CommandGiven',
    command: 'start',
    eventKey: randomUUID(),
    conversation: { channel: 'room', tenant: roomTenant, place, thread: own },
    personId: by,
    at: play.stage.now(),
    text: '',
    about: message,
  };
  const response = await play.stage.interact(event);
  await play.settled();
  return response;
}

describe('start an alignment on a message', () => {
  it('opens in its thread for its author, and says who started it', async () => {
    expect(await choose('priya', { personId: 'dana', text: request })).toMatchObject({ kind: 'notice' });
    expect(await play.alignment()).toMatchObject({ requester: 'dana', startedBy: 'priya', reasons: ['shortcut'], conversation: { thread: 'm-chosen' } });
    const [intake] = play.threadPosts();
    expect(cardText(intake?.card ?? { summary: '', blocks: [], actions: [] })).toContain('Priya Nair asked me to look at this with you, Dana Whitfield.');
    expect(intake?.card.blocks).toContainEqual(expect.objectContaining({ type: 'facts' }));
    expect(await play.alignment()).toMatchObject({ asked: { of: 'dana' } });
    expect(play.channelPosts()).toEqual([]);
  });

  it('takes the answers that stand in it', async () => {
    await choose('priya', { personId: 'dana', text: `${request} Keiko Mori owns this.` });
    expect([await play.answer('owner'), await play.authors('owner')]).toEqual(['clear', ['dana']]);
  });

  it('works whatever the engine thinks, where listening is off, and on any number of messages', async () => {
    await play.store().settings.save(roomTenant, { ...(await play.store().settings.load(roomTenant)), silencedPlaces: [channelPlace], suggestionsPerDay: 0 });
    for (const messageId of ['a', 'b', 'c']) {
      await choose('sam', { personId: 'dana', text: 'Lunch, anyone?', messageId });
      expect(await play.alignment()).toMatchObject({ status: 'clarifying', requester: 'dana', startedBy: 'sam' });
    }
  });

  it('is a friendly notice where it is under way already', async () => {
    const said = await play.dana.asks(request);
    const before = await play.alignment();
    const chosen = { personId: 'dana', text: request, messageId: said.event.messageId };
    expect(await choose('priya', chosen)).toEqual({ kind: 'notice', text: play.prompts.words.plain('notice.already-under-way') });
    expect(await play.alignment()).toEqual(before);
  });

  it('takes up what was only suggested to the author, and takes that question away', async () => {
    const text = 'Wondering whether a bit of negotiation practice would do the team good.';
    const said = await play.dana.asks(text);
    expect(await play.status()).toBe('suggested');
    await choose('priya', { personId: 'dana', text, messageId: said.event.messageId });
    expect(await play.alignment()).toMatchObject({ status: 'clarifying', requester: 'dana', startedBy: 'priya', reasons: ['shortcut'] });
    expect(play.chatPosts('dana')).toEqual([]);
  });

  it('on another message of such a thread starts with that one', async () => {
    const said = await play.dana.asks('Wondering whether a bit of negotiation practice would do the team good.');
    expect(await play.status()).toBe('suggested');
    await choose('priya', { personId: 'tomas', text: 'My hunters need a forecasting course.', messageId: 'm-reply' }, { thread: said.event.messageId });
    expect(await play.alignment()).toMatchObject({ status: 'clarifying', requester: 'tomas', startedBy: 'priya' });
    await play.tomas.says('Keiko Mori owns this on the business side.');
    expect(await play.answer('owner')).toBe('clear');
    expect(play.chatPosts('dana')).toEqual([]);
  });

  it('goes when its author deletes it, with its words', async () => {
    await choose('priya', { personId: 'dana', text: 'The Leeds depot is hopeless at opening doors, get them a prospecting workshop.' });
    await play.stage.receive({
      type: 'MessageDeleted',
      eventKey: 'gone',
      conversation: play.conversation(),
      personId: 'dana',
      at: play.stage.now(),
      messageId: 'm-chosen',
    });
    await play.settled();
    expect(await play.status()).toBe('withdrawn');
    expect(await play.isOnDisk('Leeds')).toBe(false);
    expect(play.thread()).toContain(play.prompts.words.plain('notice.redacted'));
  });

  it('works in the chat with Plumb', async () => {
    const chat = { place: directPlace('dana'), thread: '' };
    await choose('dana', { personId: 'dana', text: 'A negotiation course for my team' }, chat);
    expect(play.chatOf('dana')).toContain('negotiation');
    expect(play.channelPosts()).toEqual([]);
    expect(await choose('dana', { personId: 'dana', text: 'A forecasting course' }, chat)).toMatchObject({ kind: 'notice' });
  });

  it('somewhere that has no threads is refused kindly', async () => {
    expect(await choose('dana', { personId: 'dana', text: request }, { thread: '' })).toEqual({
      kind: 'notice',
      text: play.prompts.words.plain('notice.no-thread-here'),
    });
    expect(play.stage.posts()).toEqual([]);
  });
});
