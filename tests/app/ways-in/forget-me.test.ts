import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DeliveryError } from '../../../src/app/ports.ts';
import { directPlace, roomTenant } from '../../../src/channels/room/people.ts';
import { askPlumb, said } from '../ask-plumb.ts';
import { answers, answerUntil, keepRequest, reachAgreement, request } from '../conversation/answers.ts';
import { buttonsOf, cardText } from '../conversation/card-text.ts';
import { channelPlace } from '../conversation/platform.ts';
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

const done = () => play.prompts.words.plain('notice.forgotten');
const forgets = async (who: string) => expect(said(await plumb.presses(who, 'forget-me', {}))).toBe(done());
const former = () => play.prompts.words.plain('common.former');
const noCard = { summary: '', blocks: [], actions: [] };
const removed = () => play.prompts.words.plain('common.removed');

describe('forget me', () => {
  it.each([channelPlace, directPlace('dana')])('says first what will happen and what stays, wherever it is asked (%s)', async (place) => {
    await play.dana.asks(request);
    const before = [await play.alignment(), play.platform.sends.length];
    const card = plumb.cardIn(await plumb.gives('dana', 'forget-me', { place }));
    expect(card.actions).toEqual([{ action: 'forget-me', label: 'Forget me', value: {}, style: 'danger' }]);
    for (const key of ['forget.words', 'forget.requests', 'forget.nudges', 'forget.stays', 'forget.platform', 'forget.final'] as const)
      expect(cardText(card)).toContain(play.prompts.words.plain(key));
    expect([await play.alignment(), play.platform.sends.length]).toEqual(before);
  });

  it('is asked on Home too, and said there first', async () => {
    await play.dana.asks(request);
    expect(buttonsOf(await plumb.home('dana'))).toContain('forget-me');
    const response = await plumb.asksForForm('dana', 'forget-me');
    expect(response).toMatchObject({ kind: 'form', form: { submit: 'forget-me' } });
    expect(await play.status()).toBe('clarifying');
    expect(said(await plumb.submits('dana', 'forget-me', {}))).toBe(done());
    expect(await play.status()).toBe('withdrawn');
  });

  it('withdraws the open requests without a word, and takes every quote of them back', async () => {
    await play.dana.asks(request);
    await play.dana.says(answers.driver);
    const posts = play.threadPosts().length;
    await forgets('dana');
    expect(await play.status()).toBe('withdrawn');
    expect(play.threadPosts()).toHaveLength(posts);
    const redacted = play.prompts.words.plain('notice.redacted');
    expect(play.threadPosts().every((post) => [redacted, ''].includes(cardText(post.card)) || !cardText(post.card).includes('pipeline'))).toBe(true);
    expect(play.thread()).toContain(redacted);
    expect(play.chatOf('priya')).not.toContain('prospecting');
    for (const word of ['hopeless', 'thin for that']) expect(await play.isOnDisk(word)).toBe(false);
  });

  it('takes away what somebody said in a request of others, which goes on without it', async () => {
    await play.dana.asks(request);
    await play.tomas.says('@Plumb We have to grow revenue from existing accounts by 30 % this year, says the board of Larkspur.');
    await play.dana.says('Keiko Mori owns this on the business side.');
    expect([await play.answer('driver'), await play.answer('owner')]).toEqual(['clear', 'clear']);
    await forgets('tomas');
    expect([await play.answer('driver'), await play.answer('owner'), await play.status()]).toEqual(['open', 'clear', 'clarifying']);
    expect(play.thread()).not.toContain('Larkspur');
    expect(await play.isOnDisk('Larkspur')).toBe(false);
    expect(play.thread()).toContain(play.prompts.words.plain('taken.forgotten', { labels: 'business driver' }));
    expect(play.thread()).not.toContain('Tomas Herrera deleted');
  });

  it('takes back what they were asked, and nobody waits for them', async () => {
    await play.dana.asks(request);
    await answerUntil(play, 'budget');
    const form = await play.dana.opens('ask-someone');
    await play.dana.submits(form, { person: 'tomas', privately: 'true' });
    expect(play.chatPosts('tomas')).toHaveLength(1);
    await forgets('tomas');
    expect(play.chatPosts('tomas')).toEqual([]);
    expect((await play.alignment()).lapsed).toContain('budget');
    await play.tomas.tells('None yet, finance decides next month.');
    expect(await play.answer('budget')).toBe('delegated');
  });

  it('lets nobody wait for a signature in somebody’s place or a point to find out, and says so once to whoever asked', async () => {
    await play.dana.asks(request);
    await play.priya.presses('claim');
    await answerUntil(play, 'reinforcement');
    await play.dana.presses('write-brief');
    const value = { alignment: (await play.alignment()).id };
    await play.dana.submits({ submit: 'submit-sign-off', value }, { person: 'sam' });
    await play.dana.submits({ submit: 'submit-open-point', value }, { point: 'budget', person: 'sam', due: '2026-11-27' });
    await forgets('sam');
    expect(play.chatOf('sam')).not.toContain('Draft brief');
    expect(buttonsOf(play.chatPosts('sam')[0]?.card ?? noCard)).toEqual([]);
    await play.passes(12 * day);
    expect(play.chatOf('dana')).toContain('would rather not sign for you');
    expect(play.chatOf('dana')).toContain('this is not theirs to find out');
    expect(play.chatOf('dana')).not.toContain('I have reminded them once');
    expect(play.thread().match(/Not signed yet by Dana Whitfield and Priya Nair/g)).toHaveLength(1);
    expect(play.platform.sends.filter(({ to }) => JSON.stringify(to).includes('former:'))).toEqual([]);
  });

  it('leaves a suggestion of theirs to nobody', async () => {
    await play.dana.asks('Wondering whether a bit of negotiation practice would do the team good.');
    expect(await play.status()).toBe('suggested');
    await forgets('dana');
    expect(await play.status()).toBe('declined');
    expect(play.chatPosts('dana')).toEqual([]);
    expect(await play.isOnDisk('Wondering')).toBe(false);
  });

  it('names nobody in a signed brief either while a new version of it is under review', async () => {
    await reachAgreement(play);
    await play.dana.submits(await play.dana.opens('answer-in-form', play.threadPosts()[0]), { 'weekly-call': 'Wednesdays at 11:00 New York time.' });
    expect(await play.status()).toBe('reviewing');
    await forgets('keiko');
    const [brief] = play.channelPosts();
    expect(cardText(brief?.card ?? noCard)).toContain(`${former()} owns this on the business side`);
    for (const post of [...play.channelPosts(), ...play.threadPosts()]) expect(cardText(post.card)).not.toContain('Keiko');
    for (const who of [play.dana, play.priya]) await who.presses('looks-right');
    expect([await play.status(), (await play.alignment()).signedVersion]).toEqual(['aligned', 2]);
  });

  it('names nobody in what is still talked about, and people go on where they were', async () => {
    const mentionKeiko = () => play.stage.posts().filter(({ place, card }) => place !== 'dm:keiko' && /Keiko|Mori/.test(cardText(card)));
    await play.dana.asks(request);
    await answerUntil(play, 'leading-kpis');
    const question = play.threadPosts().at(-1);
    expect([buttonsOf(question?.card ?? noCard), cardText(question?.card ?? noCard)]).toEqual([
      expect.arrayContaining(['skip']),
      expect.stringMatching(/Keiko|Mori/),
    ]);
    await forgets('keiko');
    expect(mentionKeiko()).toEqual([]);
    const same = play.threadPosts().find(({ id }) => id === question?.id);
    expect(buttonsOf(same?.card ?? noCard)).toEqual(expect.arrayContaining(['skip', 'why']));
    await play.dana.presses('skip', same && { on: same });
    await answerUntil(play);
    expect(await play.status()).toBe('reviewing');
  });

  it('draws the draft anew that somebody signs in another one’s place, in the thread and in their own chat', async () => {
    await play.dana.asks(request);
    await answerUntil(play);
    const value = { alignment: (await play.alignment()).id };
    await play.dana.submits({ submit: 'submit-sign-off', value }, { person: 'sam' });
    const drafts = () => play.stage.posts().filter(({ card }) => buttonsOf(card).includes('looks-right'));
    const before = drafts().map(({ id }) => id);
    expect(drafts().map(({ place, card }) => [place, /Keiko/.test(cardText(card))])).toEqual([
      [channelPlace, true],
      ['dm:sam', true],
    ]);
    await forgets('keiko');
    expect(drafts().map(({ id }) => id)).toEqual(before);
    for (const { card } of drafts()) expect([cardText(card).includes('Keiko'), cardText(card).includes(former())]).toEqual([false, true]);
    await play.sam.presses('looks-right', { on: drafts()[1] ?? drafts()[0] });
    expect(await play.status()).toBe('aligned');
    expect(play.stage.posts().filter(({ place, card }) => place !== 'dm:keiko' && /Keiko/.test(cardText(card)))).toEqual([]);
  });

  it('leaves a signed brief standing where it is, without their words', async () => {
    await play.dana.asks(request);
    await play.keiko.says(`@Plumb ${answers.driver}`);
    await answerUntil(play);
    await play.dana.presses('looks-right');
    const [brief] = play.channelPosts();
    expect(cardText(brief?.card ?? noCard)).toContain('pipeline is too thin');
    await forgets('keiko');
    const now = play.channelPosts()[0];
    if (!now) throw new Error('The brief is gone.');
    expect(now.id).toBe(brief?.id);
    expect(cardText(now.card)).not.toContain('pipeline is too thin');
    for (const kept of [removed(), 'Hospital groups', `${former()} owns this on the business side`]) expect(cardText(now.card)).toContain(kept);
    expect(await play.isOnDisk('Keiko')).toBe(false);
    expect(await play.store().people.named({ tenant: roomTenant, personId: 'keiko' })).toEqual([]);
    for (const shown of [play.thread(), play.chatOf('dana'), cardText(now.card)]) expect(shown).not.toContain('Keiko');
    expect(await play.status()).toBe('aligned');
    expect(play.channelPosts()).toHaveLength(1);
    expect(play.thread()).not.toContain('pipeline is too thin');
  });

  it('takes the name from a signature, from exports and from what others see, and the brief goes on', async () => {
    await reachAgreement(play);
    // The platform is down for a while: what is erased is erased, and the posts follow.
    const { send } = play.platform.channel;
    play.platform.channel.send = () => Promise.reject(new DeliveryError('down', { retry: true, retryAfterMs: hour }));
    expect(said(await plumb.presses('dana', 'forget-me', {}))).toBe(done());
    expect(await play.isOnDisk('hopeless')).toBe(false);
    play.platform.channel.send = send;
    await play.passes(2 * hour);
    const state = await play.alignment();
    const shown = [play.thread(), ...play.channelPosts().map(({ card }) => cardText(card)), play.chatOf('priya'), await plumb.homeText('priya')];
    for (const text of shown) expect(text).not.toContain('Dana');
    expect(shown[1]).toContain(`Requester: ${former()}`);
    const file = await plumb.presses('priya', 'export-markdown', { alignment: state.id });
    expect(file).toMatchObject({ kind: 'file', content: expect.stringContaining(former()) });
    expect(JSON.stringify(file)).not.toContain('Dana');
    expect([state.status, JSON.stringify(state).includes('"dana"')]).toEqual(['aligned', false]);
    await forgets('dana');
    expect(await play.alignment()).toEqual(state);
    await play.priya.presses('close');
    expect(await play.status()).toBe('closed');
    expect((await play.store().depth()).deadLetters).toBe(0);
  });

  it('stops the weekly questions, and takes what was reported out of the summary', async () => {
    await reachAgreement(play);
    await play.passes(18 * hour);
    await play.tomas.presses('accept-introduction');
    await play.nextTimer();
    const nudge = play.chatPosts('tomas').findLast((post) => buttonsOf(post.card).includes('nudge-at-risk'));
    const field = nudge?.card.blocks.find((block) => block.type === 'input' && block.id.startsWith('note'));
    await play.tomas.presses('nudge-at-risk', { inputs: { [field?.type === 'input' ? field.id : 'note']: 'The Larkspur account is stuck' } });
    await play.nextTimer();
    expect(play.thread()).toContain('Larkspur');
    await forgets('tomas');
    expect(play.thread()).not.toContain('Larkspur');
    expect(await play.isOnDisk('Larkspur')).toBe(false);
    const asked = play.chatPosts('tomas').length;
    await play.passes(21 * day);
    expect(play.chatPosts('tomas')).toHaveLength(asked);
    const programme = await play.programme();
    expect(programme).toMatchObject({ status: 'running', content: { owner: 'keiko', managers: ['keiko'] } });
    expect(programme?.status === 'running' && programme.statuses[0]?.manager).toMatch(/^former:/);
    expect([play.thread().includes('Tomas'), (await play.store().depth()).deadLetters]).toEqual([false, 0]);
  });

  it('is of whoever presses and of nobody else, twice as well as once', async () => {
    await play.dana.asks(request);
    const before = await play.alignment();
    expect(said(await plumb.presses('sam', 'forget-me', { person: 'dana', alignment: before.id }))).toBe(done());
    expect(await play.alignment()).toEqual(before);
    for (let times = 0; times < 2; times += 1) await forgets('dana');
    expect(await play.status()).toBe('withdrawn');
    expect((await play.store().depth()).deadLetters).toBe(0);
  });

  it('does not keep anybody from starting afresh', async () => {
    await play.dana.asks(request);
    await forgets('dana');
    await play.dana.asks('We need a negotiation workshop for the new account managers in May.');
    expect(await play.alignment()).toMatchObject({ status: 'clarifying', requester: 'dana' });
    expect((await play.store().settings.load(roomTenant)).partners).toEqual([{ personId: 'priya' }]);
  });
});

describe('a signed brief without an owner whose requester is forgotten', () => {
  /** Signed by Dana and Priya; Tomas and Keiko keep it going, and nobody is named as its owner. */
  async function reachAgreementWithoutOwner(): Promise<void> {
    await play.dana.asks(request);
    await play.priya.presses('claim');
    const own = { ...answers, owner: 'no idea yet', 'owner-role': 'no idea yet', 'weekly-call': 'Mondays at 10:00 New York time.' };
    for (let asked = await play.asked(); asked !== undefined; asked = await play.asked()) {
      await keepRequest(play);
      await play.dana.says(own[asked]);
    }
    for (const who of ['dana', 'priya'] as const) await play[who].presses('looks-right');
    await play.passes(18 * hour);
    await play.tomas.presses('accept-introduction');
  }
  beforeEach(reachAgreementWithoutOwner);

  it('tells L&D once, who name an owner, and the owner signs', async () => {
    await forgets('dana');
    await play.passes(day);
    expect(play.chatOf('priya').match(/Nobody from the business is left/g)).toHaveLength(1);
    await play.priya.submits(await play.priya.picksLine('Where the data'), { answer: 'From the CRM.', reason: '' });
    expect(play.thread()).toContain('Nobody from the business is left to sign this');
    await play.priya.presses('looks-right');
    expect(play.thread()).not.toContain(`waits for ${former()}`);
    await play.priya.submits(await play.priya.picksLine('Owner in the business'), { answer: 'Keiko Mori', reason: '' });
    expect(play.thread()).toContain('Waiting for Keiko Mori and Priya Nair');
    for (const who of ['keiko', 'priya'] as const) await play[who].presses('looks-right');
    expect(await play.alignment()).toMatchObject({ status: 'aligned', signedVersion: 3 });
    await play.passes(18 * hour);
    expect(play.chatOf('keiko')).toContain('Priya Nair is working on a plan');
  });

  it('says who could change it where nobody is left who leads', async () => {
    for (const who of ['dana', 'priya']) await forgets(who);
    await play.sam.says('The target is 5 now, because two teams merged');
    expect(play.chatOf('sam')).toContain('nobody who leads it is left');
    await play.priya.says('@Plumb I take this');
    await play.priya.says('The target is 5 now, because two teams merged');
    expect(play.thread()).toContain('New: “The target is 5 now”');
  });

  it('asks managers each week without the words that are gone', async () => {
    await forgets('dana');
    await play.passes(7 * day);
    const question = play
      .chatPosts('tomas')
      .map(({ card }) => cardText(card))
      .find((text) => text.startsWith('How is it going?'));
    expect(question).toBeDefined();
    for (const text of [question, play.chatOf('tomas'), play.thread().split('---').at(-1)]) expect(text).not.toContain(removed());
  });
});
