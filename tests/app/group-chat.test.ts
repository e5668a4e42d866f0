import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InboundEvent, InteractionResponse } from '../../src/app/ports.ts';
import { roomTenant } from '../../src/channels/room/people.ts';
import { wholeChat } from '../../src/domain/conversation.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { unsureMessages } from './borderline.ts';
import { answers, request } from './conversation/answers.ts';
import { cardText } from './conversation/card-text.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { day } from './conversation/stage.ts';

const place = 'deal-chat';
const conversation = { channel: 'room' as const, tenant: roomTenant, place, thread: wholeChat };
const another = 'We also need a storytelling workshop for the 12 people in presales by March. Can you set that up?';

let play: Play;
let acts: number;
beforeEach(async () => {
  play = await openPlay();
  acts = 0;
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

function origin(personId: string) {
  play.stage.tick();
  acts += 1;
  return { eventKey: `chat-act-${acts}`, conversation, personId, at: play.stage.now() };
}

/** Somebody writes in the group chat. */
async function writes(personId: string, text: string, addressed = false): Promise<string> {
  const from = origin(personId);
  const mentions = play.stage.mentionsIn(text);
  const messageId = from.eventKey;
  await play.stage.receive({ type: 'MessagePosted', ...from, messageId, text, mentions, addressed, topLevel: true });
  await play.settled();
  return messageId;
}

async function interacts(event: InboundEvent): Promise<InteractionResponse> {
  const response = await play.stage.interact(event);
  await play.settled();
  return response;
}

const posts = () => play.stage.posts().filter((post) => post.place === place);
const chat = () => posts().map(({ card }) => cardText(card));
const alignments = () => play.store().aggregates.list({ tenant: roomTenant, kind: 'alignment', limit: 9 });

function presses(personId: string, action: string): Promise<InteractionResponse> {
  const post = posts().findLast(({ card }) => card.actions.some((button) => button.action === action));
  const button = post?.card.actions.find((each) => each.action === action);
  if (!post || !button) throw new Error(`The chat shows no button "${action}".`);
  return interacts({ type: 'ActionTaken', ...origin(personId), action, value: button.value ?? {}, inputs: {}, postId: post.id });
}

const state = async () => {
  const [newest] = await alignments();
  return newest && (await play.store().aggregates.load(newest.ref));
};

async function answersEverything(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) {
    const asked = play.questionIn(posts().findLast((post) => play.questionIn(post) !== undefined));
    if ((await play.status()) !== 'clarifying' || !asked) return;
    await writes('dana', answers[(await play.asked()) ?? asked]);
  }
}

describe('Plumb called in a group chat for the first time', () => {
  it('takes the request from before for its author, says what it read, and never reads again', async () => {
    let asked = 0;
    play.platform.channel.earlier = async () => {
      asked += 1;
      return [{ messageId: 'before', personId: 'dana', text: request, mentions: [], at: play.stage.now() - 60_000 }];
    };
    await writes('tomas', '@Plumb can you take this up?', true);
    expect((await state())?.snapshot).toMatchObject({ status: 'clarifying', requester: 'dana', startedBy: 'tomas' });
    expect(chat().join()).toContain(play.prompts.words.plain('intake.read-before-one'));
    await writes('dana', '@Plumb skip', true);
    await writes('sam', `@Plumb ${another}`, true);
    expect(asked).toBe(1);
  });
});

describe('in a group chat, which has no threads', () => {
  it('a request is heard and talked about in the chat itself', async () => {
    await writes('dana', request);
    expect(chat()[0]).toContain('prospecting');
    await writes('dana', answers.driver);
    expect(await play.authors('driver')).toEqual(['dana']);
    expect(posts().every(({ thread }) => thread === wholeChat || thread === '')).toBe(true);
  });

  it('can go on privately, and the chat shows how far it is', async () => {
    await writes('dana', request);
    await presses('dana', 'continue-privately');
    expect(play.chatOf('dana')).not.toBe('');
    expect(chat().at(-1)).toContain('carries on privately');
  });

  it('says who reads along there', async () => {
    await writes('dana', request);
    await writes('sam', '@Plumb who can see this?', true);
    expect(chat().join('\n')).toContain(play.prompts.words.plain('about.read-in-chat'));
  });

  it('offers no thread for another request of the message', async () => {
    await writes('dana', `${request} ${another}`);
    expect(posts().flatMap(({ card }) => card.actions.map(({ action }) => action))).not.toContain('start-other');
  });

  it('posts the signed brief once', async () => {
    await writes('dana', request);
    await answersEverything();
    await presses('dana', 'looks-right');
    expect(await play.status()).toBe('aligned');
    expect(chat().filter((text) => text.includes('Alignment brief'))).toHaveLength(1);
  });

  it('is left to people once it is closed, and the next request is heard', async () => {
    await writes('dana', request);
    await answersEverything();
    await presses('dana', 'looks-right');
    await presses('dana', 'close');
    expect(await play.store().inbox.tracks(conversation)).toBe(false);
    await writes('sam', another);
    expect((await alignments()).map(({ status }) => status)).toEqual(['clarifying', 'closed']);
  });

  it('is left to people, too, once its programme is over by itself', async () => {
    await writes('dana', request);
    await answersEverything();
    await presses('dana', 'looks-right');
    await play.passes(13 * 7 * day);
    expect(await play.status()).toBe('closed');
    expect(await play.store().inbox.tracks(conversation)).toBe(false);
  });

  it('hears the next request beside one that is agreed', async () => {
    await writes('dana', request);
    await answersEverything();
    await presses('dana', 'looks-right');
    await writes('keiko', another);
    expect((await alignments()).map(({ status }) => status)).toEqual(['clarifying', 'aligned']);
  });
});

it('links to the request’s message in a chat, or to the chat where it has none', async () => {
  play.platform.channel.directory.permalink = async (of, messageId) => `https://chat.example/${of.place}/${messageId}`;
  const links = () => play.chatPosts('priya').flatMap(({ card }) => card.actions.flatMap(({ url }) => url ?? []));
  const message = await writes('dana', request);
  expect(links()).toEqual([`https://chat.example/${place}/${message}`]);
  await presses('dana', 'not-a-request');
  await askPlumb(play).gives('dana', 'start', { place, thread: wholeChat, text: 'a negotiation course for the key account team' });
  expect(links()).toEqual([`https://chat.example/${place}/${wholeChat}`]);
});

describe('a private suggestion about a message of a group chat', () => {
  beforeEach(async () => {
    const [maybe = ''] = await unsureMessages(1);
    await writes('tomas', maybe);
    expect((await alignments()).map(({ status }) => status)).toEqual(['suggested']);
  });

  it('does not stand in the way of what others ask for, and is not told to them', async () => {
    await writes('dana', `@Plumb ${request}`, true);
    expect((await alignments()).map(({ status }) => status).sort()).toEqual(['clarifying', 'suggested']);
    const stored = (await state())?.snapshot;
    expect(stored).toMatchObject({ requester: 'dana' });
  });

  it('is taken up by its author, who speaks to Plumb there', async () => {
    await writes('tomas', '@Plumb yes please, go ahead', true);
    expect((await alignments()).map(({ status }) => status)).toEqual(['clarifying']);
    expect((await state())?.snapshot).toMatchObject({ requester: 'tomas' });
  });
});

it('listening is switched off in the chat itself', async () => {
  expect(said(await askPlumb(play).gives('priya', 'listen-off', { place, thread: wholeChat }))).toBe(play.prompts.words.plain('notice.silenced'));
  await writes('dana', request);
  expect(posts()).toEqual([]);
});

describe('started by hand', () => {
  const offers = () => {
    play.platform.channel.directory.places = async () => [{ place, name: 'Deal chat', hasNoThreads: true }];
  };

  it('by command it begins right in the chat', async () => {
    const given = await askPlumb(play).gives('dana', 'start', { place, thread: wholeChat, text: 'a negotiation course for the key account team' });
    expect(said(given)).toBe(play.prompts.words.plain('notice.started-here'));
    expect(chat()[0]).toContain('negotiation');
  });

  it('by form, too, while nothing else goes on there', async () => {
    offers();
    const form = { where: place, request: 'a negotiation course for the key account team' };
    expect(said(await askPlumb(play).submits('dana', 'submit-start', form))).toContain('We go on there');
    await play.settled();
    expect(chat()[0]).toContain('negotiation');
    expect((await askPlumb(play).submits('sam', 'submit-start', form)).kind).toBe('errors');
  });
});
