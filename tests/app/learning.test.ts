import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { roomTenant } from '../../src/channels/room/people.ts';
import { lessonLimits } from '../../src/domain/lessons.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { teachableMessages } from './borderline.ts';
import { buttonsOf, cardText } from './conversation/card-text.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { day, minute } from './conversation/stage.ts';

let play: Play;
let plumb: ReturnType<typeof askPlumb>;
beforeEach(async () => {
  play = await openPlay({ suggestionsPerDay: 50 });
  plumb = askPlumb(play);
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const sure = ['Can you get my team a negotiation workshop?', 'Could we get our reps a negotiation workshop please?'] as const;
const [maybe = ''] = await teachableMessages(1);
/** As sure as the engine gets. */
const certain = 'We need a two-day negotiation training for our 40 account managers before June, can you organise that please?';
const nearlyTheSame = 'we need a one-day negotiation training for our 25 account managers before July, can somebody organise that please?';
/** Nobody asks for anything in these. */
const lament = 'The reps from Porto freeze whenever procurement joins the call';
const past = 'The negotiation workshop last week was great, my team is still talking about it';

const lessons = () => play.store().lessons.list(roomTenant);
const visible = () => play.stage.posts().length;
/** What is remembered of a tenant for a moment when messages come in is read anew. */
const later = () => play.passes(minute);

describe('a press on Not a request', () => {
  it('silences the same kind of message from then on, and no other kind', async () => {
    await play.dana.asks(sure[0]);
    expect(play.threadPosts()).toHaveLength(1);
    const response = await play.dana.presses('not-a-request');
    expect(said(response)).toBe(play.prompts.words.plain('notice.rejected-learned'));
    await later();
    await play.tomas.asks(sure[1]);
    expect(visible()).toBe(0);
    expect(await play.isOnDisk(sure[1])).toBe(false);
    await play.dana.asks('My 80 account managers are hopeless at opening doors, can you help before March?');
    expect(visible()).toBeGreaterThan(0);
  });

  it('does so however sure the engine was', async () => {
    await play.dana.asks(certain);
    await play.dana.presses('not-a-request');
    await later();
    const next = play.tomas.message(nearlyTheSame, 'channel');
    expect(await play.stage.receive(next)).toBe('not ours');
  });

  it('counts at once for whoever handles what came in meanwhile', async () => {
    await play.dana.asks(sure[0]);
    const waiting = play.tomas.message(sure[1], 'channel');
    const before = play.dana.press('not-a-request');
    await play.stage.receive(play.tomas.message(maybe, 'channel'));
    await play.stage.settled();
    await play.stage.interact(before);
    await play.stage.settled();
    const posts = visible();
    expect(await play.stage.receive(waiting)).toBe('stored');
    await play.stage.settled();
    expect(visible()).toBe(posts);
    expect(await play.isOnDisk(sure[1])).toBe(false);
  });

  it('on a suggestion teaches as well, in the name of its author', async () => {
    await play.dana.asks(maybe);
    await play.dana.presses('not-a-request');
    expect(await lessons()).toMatchObject([{ verdict: 'not-request', by: 'dana' }]);
    await later();
    await play.sam.asks(maybe);
    expect(visible()).toBe(0);
  });

  it('by the L&D partner teaches in their name', async () => {
    await play.dana.asks(sure[0]);
    await play.priya.presses('not-a-request');
    expect(await lessons()).toMatchObject([{ verdict: 'not-request', by: 'priya' }]);
  });

  it('by somebody who may not teaches nothing', async () => {
    await play.dana.asks(sure[0]);
    await play.sam.presses('not-a-request');
    expect(await lessons()).toEqual([]);
  });

  it('no longer counts when somebody starts in that thread after all', async () => {
    await play.dana.asks(sure[0]);
    await play.dana.presses('not-a-request');
    await play.dana.says(`@Plumb ${sure[1]}`);
    expect((await lessons()).filter(({ verdict }) => verdict === 'not-request')).toEqual([]);
    await later();
    await play.tomas.asks(sure[0]);
    expect(await play.status()).toBe('clarifying');
  });

  it('does not reach another organisation', async () => {
    await play.dana.asks(sure[0]);
    await play.dana.presses('not-a-request');
    await later();
    const here = { ...play.tomas.message(sure[1], 'channel') };
    const there = { ...here, eventKey: 'elsewhere', conversation: { ...here.conversation, tenant: 'globex' } };
    expect(await play.stage.receive(here)).toBe('not ours');
    expect(await play.stage.receive(there)).toBe('stored');
    await play.stage.settled();
    expect(await play.store().lessons.list('globex')).toEqual([]);
  });

  it('keeps what was recognised and never a word of the message', async () => {
    const rare = 'Zwanzigminuten quokka Brillenbär, can you get my team a negotiation workshop for Xanthippe by Vauxhall before Fnord?';
    await play.dana.asks(rare);
    await play.dana.presses('not-a-request');
    const [lesson] = await lessons();
    expect(lesson?.features.length).toBeGreaterThan(3);
    for (const word of ['zwanzigminuten', 'quokka', 'brillenbär', 'xanthippe', 'vauxhall', 'fnord']) {
      expect(JSON.stringify(lesson).toLowerCase()).not.toContain(word);
      expect(await play.isOnDisk(word)).toBe(false);
    }
    expect(await play.isOnDisk('quokka')).toBe(false);
    expect(await play.isOnDisk('Xanthippe')).toBe(false);
  });
});

describe('a press on Start', () => {
  it('makes Plumb reply to the same kind of message, and say why', async () => {
    await play.dana.asks(maybe);
    await play.dana.presses('start');
    expect(await lessons()).toMatchObject([{ verdict: 'request', by: 'dana' }]);
    await later();
    await play.tomas.asks(maybe);
    expect(await play.status()).toBe('clarifying');
    expect(play.threadPosts()).toHaveLength(1);
    expect(said(await play.sam.presses('why-reply'))).toContain(play.prompts.words.plain('reason.learned'));
  });

  it('that is followed by Not a request of the same person leaves one word of theirs: the last', async () => {
    await play.dana.asks(maybe);
    await play.dana.presses('start');
    await play.dana.presses('not-a-request');
    expect(await lessons()).toMatchObject([{ verdict: 'not-request', by: 'dana' }]);
  });
});

describe('a mention', () => {
  it.each([lament, past])('on what Plumb would not have answered teaches it to ask privately, and no more: "%s"', async (text) => {
    await play.sam.asks(text);
    expect(visible()).toBe(0);
    await play.dana.asks(`@Plumb ${text}`);
    expect(await play.status()).toBe('clarifying');
    expect(await lessons()).toMatchObject([{ verdict: 'request', by: 'dana' }]);
    await later();
    const before = visible();
    await play.tomas.asks(text);
    expect(play.chatOf('tomas')).toContain('Only you see this');
    expect(visible()).toBe(before + 1);
  });

  it('that taught something is taken back by an admin, and then the message is none of its business again', async () => {
    await play.dana.asks(`@Plumb ${lament}`);
    const button = (await plumb.home('priya')).actions.find(({ action }) => action === 'undo-lesson');
    await plumb.presses('priya', 'undo-lesson', button?.value ?? {});
    await later();
    expect(await play.stage.receive(play.tomas.message(lament, 'channel'))).toBe('not ours');
  });

  it('on what it was sure of, or a mere hello, teaches nothing', async () => {
    await play.dana.asks(`@Plumb ${sure[0]}`);
    await play.sam.asks('@Plumb hello');
    expect(await lessons()).toEqual([]);
  });
});

describe('one person', () => {
  it('teaches a few times a day at most', async () => {
    for (let times = 0; times < lessonLimits.perDay + 2; times += 1) {
      await play.dana.asks(`@Plumb ${sure[0]}`);
      await play.dana.presses('not-a-request');
    }
    expect(await lessons()).toHaveLength(lessonLimits.perDay);
    await play.passes(day);
    await play.dana.asks(`@Plumb ${sure[0]}`);
    await play.dana.presses('not-a-request');
    expect(await lessons()).toHaveLength(lessonLimits.perDay + 1);
  });
});

describe('what was learned', () => {
  const undone = () => play.prompts.words.plain('notice.lesson-undone');
  const gone = () => play.prompts.words.plain('notice.lesson-gone');

  async function taught(): Promise<string> {
    await play.dana.asks(sure[0]);
    await play.dana.presses('not-a-request');
    return (await lessons())[0]?.id ?? '';
  }

  it('is shown to an admin in plain words, and undone: then the same message is heard again', async () => {
    await taught();
    const card = await plumb.home('priya');
    expect(cardText(card)).toMatch(/Not a request: asks for training, .*by Dana Whitfield/);
    const button = card.actions.find(({ action }) => action === 'undo-lesson');
    expect(button?.label).toMatch(/^Undo 1: asks for training/);
    expect(said(await plumb.presses('priya', 'undo-lesson', button?.value ?? {}))).toBe(undone());
    expect(await lessons()).toEqual([]);
    await later();
    await play.tomas.asks(sure[1]);
    expect(await play.status()).toBe('clarifying');
    expect(said(await plumb.presses('priya', 'undo-lesson', button?.value ?? {}))).toBe(gone());
  });

  it('is neither shown to nor undone for anybody else', async () => {
    const id = await taught();
    for (const other of ['dana', 'sam']) {
      expect(buttonsOf(await plumb.home(other))).not.toContain('undo-lesson');
      expect(said(await plumb.presses(other, 'undo-lesson', { id }))).toBe(play.prompts.words.plain('notice.not-allowed', { people: 'Priya Nair' }));
    }
    expect(await lessons()).toHaveLength(1);
  });

  it('elsewhere cannot be undone from here', async () => {
    const lesson = { id: 'x:dana', verdict: 'request' as const, features: ['topic:crm'], by: 'dana', at: play.stage.now(), act: 'p', thread: 't' };
    await play.store().commit({
      aggregates: [],
      texts: [],
      eraseTexts: [],
      outbox: [],
      timers: [],
      conversations: [],
      done: [],
      lessons: [{ tenant: 'globex', type: 'taught', lesson }],
    });
    expect(cardText(await plumb.home('priya'))).toContain(play.prompts.words.plain('home.learned-none'));
    expect(said(await plumb.presses('priya', 'undo-lesson', { id: lesson.id }))).toBe(gone());
    expect(await play.store().lessons.list('globex')).toHaveLength(1);
  });
});

describe('why Plumb asked', () => {
  it('is told to whoever got a private question, in words of what was seen', async () => {
    await play.dana.asks(maybe);
    const response = said(await play.dana.presses('why-reply'));
    expect(response).toContain(play.prompts.words.plain('reason.intro-asked'));
    expect(response).toContain(play.prompts.words.plain('reason.names-topic'));
    expect(response).not.toContain(play.prompts.words.plain('reason.intro'));
  });

  it('is told in a 1:1 chat as well', async () => {
    await play.dana.tells('I need a negotiation workshop for my team');
    expect(said(await play.dana.presses('why-reply'))).toContain(play.prompts.words.plain('reason.private-message'));
  });
});
