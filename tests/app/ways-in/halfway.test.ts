import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SaidMessage } from '../../../src/app/ports.ts';
import type { Language } from '../../../src/language/language.ts';
import { createLocalLanguage } from '../../../src/language/local/local-language.ts';
import { request } from '../conversation/answers.ts';
import { openPlay, type Play } from '../conversation/play.ts';

let play: Play;
/** What the language was shown, and whether an external model could have read it. */
let shown: { text: string; mayLeave: boolean }[];
let asked: number;
beforeEach(() => begin());
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

async function begin(hearing = false): Promise<void> {
  shown = [];
  asked = 0;
  const local = createLocalLanguage();
  const language: Language = {
    ...local,
    spotRequest: (message) => {
      shown.push({ text: message.text, mayLeave: message.tenant?.model.hearing ?? false });
      return local.spotRequest(message);
    },
    readReply: (message, context) => {
      shown.push({ text: message.text, mayLeave: message.tenant?.model.conversations ?? false });
      return local.readReply(message, context);
    },
  };
  play = await openPlay({ language, model: 'configured', externalModel: { conversations: true, hearing } });
}

/** A thread that Plumb knows nothing of; the last thing said in it is a call. */
async function thread(earlier: readonly [who: string, text: string][], call: { by: 'tomas' | 'dana' | 'sam'; text: string }) {
  const messages = earlier.map(
    ([personId, text], at): SaidMessage => ({ messageId: `e${at}`, personId, text, mentions: play.stage.mentionsIn(text), at: play.stage.now() - 60_000 }),
  );
  play.platform.channel.earlier = async (conversation) => {
    asked += 1;
    return conversation.thread === 'e0' ? messages : [];
  };
  play.stage.setThread('e0');
  return play[call.by].says(call.text);
}

const talk: readonly [string, string][] = [
  ['sam', 'Did anybody see the match on Sunday?'],
  ['dana', request],
  ['sam', 'Nice, the Grange hotel has rooms for that.'],
  ['tomas', 'Keiko Mori owns this on the business side.'],
];

describe('Plumb mentioned halfway down a thread', () => {
  it('takes the request that stands there for its author, and the answers of others with theirs', async () => {
    await thread(talk, { by: 'tomas', text: '@Plumb can you take this up?' });
    expect(await play.alignment()).toMatchObject({ status: 'clarifying', requester: 'dana', startedBy: 'tomas' });
    expect(play.thread()).toContain('Tomas Herrera asked me to look at this with you, Dana Whitfield.');
    expect([await play.answer('owner'), await play.authors('owner')]).toEqual(['clear', ['tomas']]);
    expect(await play.alignment()).toMatchObject({ readBefore: { messages: 4, used: 2 } });
    expect(play.thread()).toContain(play.prompts.words.plain('intake.read-before', { count: '4' }));
    expect(play.threadPosts()).toHaveLength(1);
  });

  it('with nothing but the mention starts too, where a request stands', async () => {
    await thread(talk, { by: 'tomas', text: '@Plumb' });
    expect(await play.alignment()).toMatchObject({ status: 'clarifying', requester: 'dana' });
  });

  it('keeps nothing of what it does not use', async () => {
    await thread(talk, { by: 'tomas', text: '@Plumb can you take this up?' });
    for (const word of ['Grange', 'Sunday']) expect(await play.isOnDisk(word)).toBe(false);
    expect(await play.isOnDisk('hopeless')).toBe(true);
  });

  it('takes what was deleted later back, be it an answer or the request', async () => {
    await thread(talk, { by: 'tomas', text: '@Plumb can you take this up?' });
    const deletes = async (messageId: string, personId: string) => {
      await play.stage.receive({
        type: 'MessageDeleted',
        eventKey: `${messageId}:gone`,
        conversation: play.conversation(),
        personId,
        at: play.stage.now(),
        messageId,
      });
      await play.settled();
    };
    await deletes('e3', 'tomas');
    expect(await play.answer('owner')).toBe('open');
    await deletes('e1', 'dana');
    expect(await play.status()).toBe('withdrawn');
    expect(await play.isOnDisk('hopeless')).toBe(false);
  });

  it('takes an edit of what it read for a change of that', async () => {
    await thread(talk, { by: 'tomas', text: '@Plumb can you take this up?' });
    const text = 'Sam Okoro owns this on the business side.';
    await play.stage.receive({
      type: 'MessageEdited',
      eventKey: 'e3:edited',
      conversation: play.conversation(),
      personId: 'tomas',
      at: play.stage.now(),
      messageId: 'e3',
      text,
      mentions: [],
      addressed: false,
      topLevel: false,
      editedAt: play.stage.now(),
    });
    await play.settled();
    expect((await play.words('owner')).join()).toContain('Sam Okoro');
  });

  it('starts with whoever calls where nothing before asks for training, and says that it used nothing', async () => {
    await thread([talk[0] ?? ['sam', ''], talk[2] ?? ['sam', '']], { by: 'tomas', text: `@Plumb ${request}` });
    expect(await play.alignment()).toMatchObject({ requester: 'tomas', startedBy: 'tomas', readBefore: { messages: 2, used: 0 } });
    expect(play.thread()).toContain(play.prompts.words.plain('intake.read-before-unused', { count: '2' }));
  });

  it('takes the words of the call where they ask for something else', async () => {
    await thread(talk, { by: 'sam', text: '@Plumb we also need a Python course for 12 engineers by June.' });
    expect(await play.alignment()).toMatchObject({ requester: 'sam', startedBy: 'sam' });
    expect(play.thread()).toContain('Python');
  });

  it('says hello where somebody asks for help', async () => {
    await thread(talk, { by: 'tomas', text: '@Plumb help' });
    expect(await play.store().aggregates.list({ tenant: 'room', kind: 'alignment', limit: 9 })).toEqual([]);
    expect(play.thread()).toContain(play.prompts.words.plain('help.title'));
  });

  it('reads once, and never where it is at work already, at the top or in a private chat', async () => {
    await thread(talk, { by: 'tomas', text: '@Plumb can you take this up?' });
    expect(asked).toBe(1);
    await play.dana.says('@Plumb skip');
    expect(asked).toBe(1);
    await play.sam.asks(`@Plumb ${request}`);
    await play.keiko.tells(request);
    expect(asked).toBe(1);
  });

  it('shows an external model what was said before only where it may hear', async () => {
    await thread(talk, { by: 'tomas', text: '@Plumb can you take this up?' });
    const early = () => shown.filter(({ text }) => talk.some(([, said]) => said === text));
    expect(early().length).toBeGreaterThan(1);
    expect(early().filter(({ mayLeave }) => mayLeave)).toEqual([]);
    await play.ends();
    await begin(true);
    await thread(talk, { by: 'tomas', text: '@Plumb can you take this up?' });
    expect(early().every(({ mayLeave }) => mayLeave)).toBe(true);
  });

  it('in a thread with a private suggestion takes that up for its author', async () => {
    await play.dana.asks('Wondering whether a bit of negotiation practice would do the team good.');
    expect(await play.status()).toBe('suggested');
    await play.tomas.says('@Plumb can you look into this?');
    expect(await play.alignment()).toMatchObject({ status: 'clarifying', requester: 'dana', startedBy: 'tomas' });
    expect(play.chatPosts('dana')).toEqual([]);
  });
});

describe('Plumb mentioned at the beginning of a message', () => {
  it('takes its own name for no part of an answer in it', async () => {
    await play.dana.asks('@Plumb actually the deadline moved, the board wants 30 percent by december');
    expect(await play.words('driver')).toEqual(['actually the deadline moved, the board wants 30 percent by december']);
  });
});
