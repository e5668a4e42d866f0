import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { directPlace } from '../../src/channels/room/people.ts';
import { askPlumb } from './ask-plumb.ts';
import { answers, answerUntil, keepRequest, reachAgreement, request } from './conversation/answers.ts';
import { buttonsOf, cardText } from './conversation/card-text.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { hour } from './conversation/stage.ts';

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

const words = (key: 'home.waits-for-you' | 'home.unclaimed' | 'home.introductions' | 'home.programmes' | 'home.nudges' | 'home.settings' | 'home.none') =>
  play.prompts.words.plain(key);

describe('Home', () => {
  it('shows a request to who takes part in it, and what waits for them', async () => {
    await play.dana.asks(request);
    const card = cardText(await plumb.home('dana'));
    expect(card).toContain('prospecting being clarified');
    expect(card).toContain(words('home.waits-for-you'));
    expect(await plumb.homeText('sam')).toBe([play.prompts.words.plain('home.title'), play.prompts.words.plain('home.intro'), words('home.none')].join('\n'));
  });

  it('shows the rest where one stored state cannot be read', async () => {
    await play.dana.asks(request);
    const { id } = await play.alignment();
    await play.dana.asks('We need a negotiation workshop for the new account managers in May.');
    for (const damaged of ['{"status":"clarifying"}', '{"status":']) {
      await play.repairs((database) => void database.prepare('update aggregates set snapshot = ? where id = ?').run(damaged, id));
      for (const someone of ['dana', 'priya']) expect(await plumb.homeText(someone)).toContain('negotiation');
    }
    expect(play.log.lines.join()).toContain('left out of a list');
  });

  it('says for whom the others wait', async () => {
    await play.dana.asks(request);
    await play.priya.presses('claim');
    expect(await plumb.homeText('priya')).toContain('waits for Dana Whitfield');
  });

  it('offers to a listed L&D partner what nobody has claimed, until somebody has', async () => {
    await play.dana.asks(request);
    expect(await plumb.homeText('priya')).toContain(words('home.unclaimed'));
    const [claim] = (await plumb.home('priya')).actions.filter(({ action }) => action === 'claim');
    const told = await plumb.presses('priya', 'claim', { ...claim?.value });
    expect(told).toMatchObject({ kind: 'notice', alsoOn: 'home', text: expect.stringMatching(/^You have taken this on with Dana Whitfield: prospecting\./) });
    expect((await play.alignment()).partners).toMatchObject([{ personId: 'priya' }]);
    expect(await plumb.homeText('priya')).not.toContain(words('home.unclaimed'));
  });

  it('lets an L&D partner ask what was suggested to them, and says on Home that it was asked', async () => {
    await play.dana.asks('We need a two-day negotiation training for all account managers by the end of the quarter. They give away too much margin.');
    await play.priya.presses('claim');
    await play.dana.says('We have to grow 30 % this year, and most of it from accounts we already have.');
    await play.passes(2 * 60_000);
    const offered = async () => (await plumb.home('priya')).actions.filter(({ action }) => action === 'ask-prompt');
    const [ask] = await offered();
    const told = await plumb.presses('priya', 'ask-prompt', { ...ask?.value });
    expect(told).toMatchObject({ kind: 'notice', alsoOn: 'home', text: expect.stringContaining('Priya Nair') });
    expect(await offered()).toEqual([]);
    expect(play.thread()).toContain('Priya Nair asks (through Plumb):');
  });

  it('shows whoever finds something out what and by when, and takes it there', async () => {
    await play.dana.asks(request);
    await answerUntil(play, 'reinforcement');
    await play.dana.presses('write-brief');
    const of = { alignment: (await play.alignment()).id, point: 'budget' };
    await play.dana.submits({ submit: 'submit-open-point', value: of }, { point: 'budget', person: 'tomas', due: '2026-12-04' });
    expect(await plumb.homeText('tomas')).toMatch(/What you find out\nprospecting: .+ by Fri 4 Dec 2026, for Dana Whitfield/);
    expect(await plumb.homeText('keiko')).not.toContain('What you find out');
    const [button] = (await plumb.home('tomas')).actions.filter(({ action }) => action === 'answer-open-point');
    const opened = await plumb.asksForForm('tomas', 'answer-open-point', { ...button?.value });
    const { submit = '', value = {} } = opened.kind === 'form' ? opened.form : {};
    const told = await plumb.submits('tomas', submit, { answer: 'We have 12,000 euros for coaching' }, value);
    expect(told).toMatchObject({ kind: 'notice', alsoOn: 'home', text: expect.stringContaining('it is in the brief') });
    expect(await plumb.homeText('tomas')).not.toContain('What you find out');
  });

  it('lets somebody have their promise remembered, and say that it is done', async () => {
    await play.dana.asks(request);
    await play.dana.says("I'll send the seating plan by Friday.");
    await play.dana.says("I'll send you the price list.");
    const offered = async (action: string) => (await plumb.home('dana')).actions.filter((each) => each.action === action);
    const [confirm] = await offered('promise-confirm');
    expect(confirm?.label).toBe("Remind me: I'll send the seating plan by Friday");
    const noted = { kind: 'notice', alsoOn: 'home', text: 'Noted for Fri 27 Nov 2026' };
    expect(await plumb.presses('dana', 'promise-confirm', { ...confirm?.value })).toMatchObject(noted);
    const opened = await plumb.asksForForm('dana', 'promise-change', { ...(await offered('promise-change'))[0]?.value });
    const { submit = '', value = {} } = opened.kind === 'form' ? opened.form : {};
    expect(await plumb.submits('dana', submit, { words: 'Send the prices', due: 'Friday' }, value)).toMatchObject(noted);
    const [kept] = await offered('promise-kept');
    expect(await plumb.presses('dana', 'promise-kept', { ...kept?.value })).toMatchObject({ kind: 'notice', alsoOn: 'home', text: 'Done' });
    expect(await offered('promise-kept')).toHaveLength(1);
    expect(await plumb.presses('sam', 'promise-kept', { ...kept?.value })).not.toHaveProperty('alsoOn');
  });

  it('that is a post is taken back where it names somebody who is forgotten, and made anew where it is asked for again', async () => {
    play.platform.channel.homeIsPost = true;
    await play.dana.asks(request);
    await play.priya.presses('claim');
    const homes = () => play.chatPosts('priya').filter(({ card }) => buttonsOf(card).includes('start-in-form'));
    expect(await plumb.gives('priya', 'status', { place: directPlace('priya') })).toEqual({ kind: 'nothing' });
    expect(homes().map(({ card }) => cardText(card))).toEqual([expect.stringContaining('waits for Dana Whitfield')]);
    await plumb.submits('dana', 'forget-me', {});
    expect(homes()).toEqual([]);
    await plumb.gives('priya', 'status', { place: directPlace('priya') });
    expect(homes()).toHaveLength(1);
    expect(play.chatOf('priya')).not.toContain('Dana');
  });

  it('keeps a private conversation from those who are only named in it, and from L&D', async () => {
    await play.dana.tells('We need a negotiation workshop for the new account managers. Tomas Herrera owns this.');
    for (let asked = await play.asked(); asked !== undefined && asked !== 'weekly-call'; asked = await play.asked()) {
      await play.dana.tells(answers[asked]);
      await keepRequest(play);
    }
    expect(await play.authors('manager-role')).toEqual(['dana']);
    expect((await play.alignment()).conversation.thread).toBe('');
    expect(await plumb.homeText('dana')).toContain('negotiation');
    for (const other of ['tomas', 'keiko', 'priya', 'sam']) expect(await plumb.homeText(other)).not.toContain('negotiation');
  });

  it('shows a suggestion to its author alone', async () => {
    await play.dana.asks('Wondering whether a bit of negotiation practice would do the team good. Tomas Herrera would be the owner.');
    expect([await play.status(), await play.answer('owner')]).toEqual(['suggested', 'clear']);
    expect(await plumb.homeText('dana')).toContain('noticed');
    for (const other of ['tomas', 'priya']) expect(await plumb.homeText(other)).not.toContain('noticed');
  });

  it('shows an introduction until it is answered, then the weekly question and the programme', async () => {
    await reachAgreement(play);
    await play.passes(18 * hour);
    expect(await plumb.homeText('tomas')).toContain(words('home.introductions'));
    await play.tomas.presses('accept-introduction');
    const accepted = await plumb.homeText('tomas');
    expect(accepted).not.toContain(words('home.introductions'));
    for (const heading of [words('home.nudges'), words('home.programmes')]) expect(accepted).toContain(heading);
    await play.nextTimer();
    expect(await plumb.homeText('tomas')).toContain(`${words('home.waits-for-you')}, call`);
    await play.tomas.presses('nudge-at-risk');
    expect(await plumb.homeText('tomas')).not.toContain(`${words('home.waits-for-you')}, call`);
  });

  it('shows the board of a brief that stays among the participants to its readers alone, whoever else takes part', async () => {
    await play.dana.asks(request);
    await answerUntil(play);
    await play.dana.submits(await play.dana.opens('choose-audience'), { audience: 'participants' });
    await play.dana.presses('looks-right');
    await play.passes(18 * hour);
    for (const manager of [play.tomas, play.keiko]) await manager.presses('accept-introduction');
    expect(await plumb.homeText('dana')).toContain(words('home.programmes'));
    // Keiko owns it and Tomas sustains it; what managers report goes to Dana.
    for (const other of ['keiko', 'tomas', 'sam'] as const) expect(await plumb.homeText(other)).not.toContain(words('home.programmes'));
  });

  it('shows on the board what the last digest showed', async () => {
    await reachAgreement(play);
    await play.passes(18 * hour);
    await play.tomas.presses('accept-introduction');
    await play.nextTimer();
    await play.tomas.presses('nudge-at-risk');
    expect(await plumb.homeText('dana')).not.toContain('at risk');
    await play.nextTimer();
    expect(await plumb.homeText('dana')).toContain('Tomas Herrera: at risk, Keiko Mori: has not accepted yet');
    expect(await plumb.homeText('sam')).not.toContain('at risk');
  });

  it('is offered to nobody else and changes nothing by being looked at', async () => {
    await play.dana.asks(request);
    const before = await play.store().aggregates.load({ kind: 'alignment', id: (await play.alignment()).id });
    const sends = play.platform.sends.length;
    await plumb.home('dana');
    expect(play.platform.sends).toHaveLength(sends);
    expect(await play.store().aggregates.load({ kind: 'alignment', id: (await play.alignment()).id })).toEqual(before);
  });

  it('that is opened from a card goes to the private chat, in one place, whoever else reads the card', async () => {
    await play.dana.asks(request);
    await play.dana.forges('open-home', {});
    await play.dana.forges('open-home', {});
    const chat = play.chatPosts('dana');
    expect(chat.map((post) => post.audience)).toEqual(['home']);
    expect(cardText(chat[0]?.card ?? { summary: '', blocks: [], actions: [] })).toContain('prospecting');
  });
});

describe('a command', () => {
  it('is answered to whoever gave it, and posts nothing', async () => {
    await play.dana.asks(request);
    const sends = play.platform.sends.length;
    expect(cardText(plumb.cardIn(await plumb.gives('sam', 'help')))).toContain(play.prompts.words.plain('help.title'));
    for (const command of ['list', 'status', 'settings'] as const) expect(cardText(plumb.cardIn(await plumb.gives('dana', command)))).toContain('prospecting');
    expect(play.platform.sends).toHaveLength(sends);
  });

  it('to start makes one post that carries the thread, and the conversation goes on there', async () => {
    await plumb.gives('dana', 'start', { text: 'We need a negotiation course for 40 account managers' });
    const [root] = play.channelPosts();
    if (!root) throw new Error('There is no post.');
    expect(cardText(root.card)).toBe('Dana Whitfield started an alignment about negotiation. It goes on in this thread.');
    play.stage.setThread(root.id);
    expect(play.questionIn(play.threadPosts().find((post) => post.id !== root.id))).toBe('driver');
    expect(await play.alignment()).toMatchObject({ requester: 'dana', reasons: ['command'], conversation: { thread: root.id } });
    await play.dana.says('We have to grow revenue by 30 % this year.');
    expect(await play.answer('driver')).toBe('clear');
    expect(play.channelPosts()).toHaveLength(1);
  });

  it('to start that was a mistake leaves nothing behind', async () => {
    await plumb.gives('dana', 'start', { text: 'We need a negotiation course for the Leeds depot' });
    play.stage.setThread(play.channelPosts()[0]?.id ?? '');
    await play.dana.presses('not-a-request');
    expect(play.stage.posts().filter((post) => post.place !== directPlace('priya'))).toEqual([]);
    // What is learned from the press names the skill, a word of the lexicon; nothing else of the message is left.
    expect(await play.isOnDisk('Leeds')).toBe(false);
    expect(await play.isOnDisk('depot')).toBe(false);
  });

  it('to start in a thread opens it there, once', async () => {
    await play.dana.asks('How was your weekend?');
    expect(await plumb.gives('dana', 'start', { thread: play.conversation().thread })).toMatchObject({ kind: 'notice' });
    expect(await play.asked()).toBe('driver');
    const again = await plumb.gives('tomas', 'start', { thread: play.conversation().thread });
    expect(again).toEqual({ kind: 'notice', text: play.prompts.words.plain('notice.command-in-thread') });
    expect((await play.store().aggregates.list({ tenant: 'room', kind: 'alignment', limit: 10 })).length).toBe(1);
  });

  it('to start in the private chat opens it there', async () => {
    await plumb.gives('dana', 'start', { place: directPlace('dana'), text: 'A negotiation course' });
    expect(play.chatOf('dana')).toContain('negotiation');
    expect(play.channelPosts()).toEqual([]);
  });

  it('to start survives a failed send and a restart', async () => {
    play.platform.channel.send = failOnce(play);
    await play.stage.interact(plumb.command('dana', 'start', { text: 'We need a negotiation course' }));
    await play.log.logged('it is tried again');
    await play.restarts();
    await play.passes(hour);
    expect(play.channelPosts()).toHaveLength(1);
    play.stage.setThread(play.channelPosts()[0]?.id ?? '');
    expect(await play.asked()).toBe('driver');
  });

  it('to switch listening in a private chat shows Home, which has the channels', async () => {
    const card = plumb.cardIn(await plumb.gives('priya', 'listen-off', { place: directPlace('priya') }));
    expect(buttonsOf(card)).toContain('listen-off');
  });
});

function failOnce({ platform }: Play): Play['platform']['channel']['send'] {
  const { send } = platform.channel;
  return async () => {
    platform.channel.send = send;
    throw new Error('The line broke.');
  };
}
