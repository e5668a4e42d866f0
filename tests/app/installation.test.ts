import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DeliveryError, type DeliveryProblem, type InboundEvent, type OutboundMessage } from '../../src/app/ports.ts';
import { roomTenant } from '../../src/channels/room/people.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { answers, request } from './conversation/answers.ts';
import { cardText } from './conversation/card-text.ts';
import { channelPlace } from './conversation/platform.ts';
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

type About = Pick<Extract<InboundEvent, { eventKey: string }>, 'eventKey' | 'conversation' | 'personId' | 'at'>;

/** Something that the platform tells of a place, or of the whole organisation. */
function about(eventKey: string, personId = '', place = ''): About {
  return { eventKey, conversation: { channel: 'room', tenant: roomTenant, place, thread: '' }, personId, at: play.stage.now() };
}

async function happens(event: InboundEvent): Promise<void> {
  await play.stage.receive(event);
  await play.settled();
}

const installed = (eventKey: string, personId: string) => happens({ type: 'InstallChanged', change: 'installed', ...about(eventKey, personId) });
const removed = (eventKey: string) => happens({ type: 'InstallChanged', change: 'removed', ...about(eventKey) });
const archived = () => happens({ type: 'PlaceChanged', change: 'archived', ...about('archived', '', channelPlace) });
const member = (change: 'joined' | 'left', eventKey: string) =>
  happens({ type: 'MemberChanged', change, subject: 'plumb', isPlumb: true, ...about(eventKey, '', channelPlace) });

describe('an installation', () => {
  it('makes whoever did it an admin, and tells them in three steps how to begin', async () => {
    await installed('i1', 'sam');
    for (const step of ['Invite me', 'name your L&D partners', 'Try it']) expect(play.chatOf('sam')).toContain(step);
    expect(play.chatPosts('sam')).toHaveLength(1);
    expect((await play.store().settings.load(roomTenant)).admins).toEqual(['priya', 'sam']);
    expect(said(await askPlumb(play).gives('sam', 'listen-off'))).toBe(play.prompts.words.plain('notice.silenced'));
  });

  it('is told once, however often the platform tells of it', async () => {
    for (let times = 0; times < 3; times += 1) await installed('i1', 'sam');
    await play.restarts();
    await installed('i1', 'sam');
    expect(play.chatPosts('sam')).toHaveLength(1);
    expect((await play.store().settings.load(roomTenant)).admins).toEqual(['priya', 'sam']);
  });

  it('by somebody whom the platform does not name says nothing', async () => {
    await installed('i1', '');
    expect(play.stage.posts()).toEqual([]);
  });
});

describe('a removal', () => {
  it('ends everything that waits, says nothing, and erases what is kept a month later', async () => {
    await play.dana.asks(request);
    const posts = play.platform.sends.length;
    await removed('r1');
    await play.passes(29 * day);
    await play.store().housekeep(play.stage.now());
    expect(await play.store().aggregates.list({ tenant: roomTenant, kind: 'alignment', limit: 5 })).toHaveLength(1);
    await play.passes(2 * day);
    await play.store().housekeep(play.stage.now());
    expect(await play.store().aggregates.list({ tenant: roomTenant, kind: 'alignment', limit: 5 })).toEqual([]);
    expect(play.platform.sends.length).toBe(posts);
    expect(await play.store().timers.list({ limit: 5 })).toEqual([]);
    expect(play.log.lines.filter((line) => line.startsWith('warn') || line.startsWith('error'))).toEqual([]);
  });
});

describe('on joining a channel', () => {
  const welcomes = () => play.channelPosts().filter(({ card }) => cardText(card).includes('I am Plumb'));

  it('Plumb says what it listens for, once for all invitations of a day', async () => {
    await member('joined', 'j1');
    await member('left', 'l1');
    await member('joined', 'j2');
    await play.passes(day);
    await member('joined', 'j3');
    expect(welcomes()).toHaveLength(1);
  });

  it('says it again when it comes back after some days', async () => {
    await member('joined', 'j1');
    await member('left', 'l1');
    await play.passes(5 * day);
    await member('joined', 'j2');
    expect(welcomes()).toHaveLength(2);
  });
});

describe('in a place where Plumb is not any more', () => {
  it.each([
    ['left', () => member('left', 'l1')],
    ['archived', archived],
  ])('nothing is sent by itself: %s', async (_how, happened) => {
    await play.dana.asks(request);
    await happened();
    const posts = play.platform.sends.length;
    await play.passes(10 * day);
    expect(play.platform.sends.length).toBe(posts);
  });

  it('a private conversation still gets its reminder', async () => {
    await play.dana.asks(request);
    await play.dana.presses('continue-privately');
    await archived();
    const before = play.chatPosts('dana').length;
    await play.passes(3 * day);
    expect(play.chatPosts('dana').length).toBe(before + 1);
  });

  it.each([
    ['it is invited again', () => member('joined', 'j1')],
    ['somebody writes there', () => play.dana.says(answers.driver)],
  ])('everything goes on once %s', async (_how, comesBack) => {
    await play.dana.asks(request);
    await member('left', 'l1');
    await comesBack();
    await play.dana.says(answers.owner);
    const posts = play.threadPosts().length;
    await play.passes(3 * day);
    expect(play.threadPosts().length).toBe(posts + 1);
  });
});

describe('a message that the platform refuses', () => {
  /** From now on the platform refuses this with that problem. */
  function refuses(problem: DeliveryProblem, what: (message: OutboundMessage) => boolean): void {
    const { channel } = play.platform;
    const send = channel.send.bind(channel);
    channel.send = async (message, platformId, history) => {
      if (what(message)) throw new DeliveryError('refused', { retry: false, problem });
      return send(message, platformId, history);
    };
  }
  const inChannel = ({ to }: OutboundMessage) => to.kind === 'conversation' && to.conversation.place === channelPlace;

  it('is told to the admins privately: what happened and what to do, and nothing of what was said', async () => {
    refuses('not-in-channel', inChannel);
    await play.dana.asks(request);
    const told = play.chatPosts('priya').filter(({ card }) => cardText(card).includes('did not get through'));
    expect(told).toHaveLength(1);
    expect(told.map(({ card }) => cardText(card)).join()).toContain('Invite me there');
    expect(told.map(({ card }) => cardText(card)).join()).not.toContain('prospecting');
    expect(play.chatOf('dana')).toBe('');
  });

  it('is told once a day for each place and problem', async () => {
    refuses('posting-restricted', inChannel);
    const told = () => play.chatPosts('priya').filter(({ card }) => cardText(card).includes('did not get through')).length;
    for (let times = 0; times < 3; times += 1) await play.dana.asks(request);
    expect(told()).toBe(1);
    await play.passes(day);
    await play.dana.asks(request);
    expect(told()).toBe(2);
  });

  it('for want of access has no echo', async () => {
    refuses('token-refused', () => true);
    await play.dana.asks(request);
    await play.passes(2 * 3_600_000);
    expect(play.stage.posts()).toEqual([]);
    expect(play.platform.sends).toEqual([]);
    expect(await play.store().depth()).toMatchObject({ inbox: 0, outbox: 0 });
  });

  it('tells whoever gave the command that nothing has begun', async () => {
    refuses('not-in-channel', inChannel);
    await askPlumb(play).gives('sam', 'start', { text: 'a negotiation course' });
    expect(play.chatOf('sam')).toContain('has not begun');
    expect(play.chatOf('sam')).toContain('Invite me');
    expect(play.chatOf('priya')).toContain('did not get through');
  });

  it('says of a private chat only that there was one', async () => {
    await play.dana.asks(request);
    await play.dana.presses('continue-privately');
    refuses('missing-permission', ({ to }) => to.kind === 'person' && to.personId === 'dana');
    await play.dana.tells(answers.driver);
    const told = play.chatOf('priya');
    expect(told).toContain('private message');
    expect(told.slice(told.indexOf('did not get through'))).not.toMatch(/Dana|dana|prospecting/);
  });
});
