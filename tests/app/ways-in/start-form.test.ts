import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InteractionResponse } from '../../../src/app/ports.ts';
import { directPlace, roomTenant } from '../../../src/channels/room/people.ts';
import type { CardInput, Form } from '../../../src/views/card.ts';
import { askPlumb } from '../ask-plumb.ts';
import { answers } from '../conversation/answers.ts';
import { buttonsOf } from '../conversation/card-text.ts';
import { channelPlace } from '../conversation/platform.ts';
import { openPlay, type Play } from '../conversation/play.ts';
import { hour } from '../conversation/stage.ts';

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

const request = 'A prospecting workshop for my account managers';
const essential = { driver: answers.driver, owner: answers.owner, 'leading-kpis': answers['leading-kpis'] };
const starts = (inputs: Record<string, string>, by = 'dana') => plumb.submits(by, 'submit-start', { request, where: channelPlace, ...inputs });

function formIn(response: InteractionResponse): Form {
  if (response.kind !== 'form') throw new Error(`No form came back but ${JSON.stringify(response)}`);
  return response.form;
}

function inputs(form: Form): CardInput[] {
  return form.blocks.filter((block): block is CardInput => block.type === 'input');
}

describe('the form to start with', () => {
  it('is offered on Home, and asks for the request, the place and no more than the essentials', async () => {
    expect(buttonsOf(await plumb.home('sam'))).toContain('start-in-form');
    const form = formIn(await plumb.asksForForm('sam', 'start-in-form', { place: channelPlace }));
    expect(inputs(form).map(({ id, required = false }) => [id, required])).toEqual([
      ['request', true],
      ['where', true],
      ['driver', false],
      ['owner', false],
      ['leading-kpis', false],
    ]);
    const where = inputs(form).find(({ id }) => id === 'where');
    expect(where).toMatchObject({ value: channelPlace });
    // Two people read the board's channel, and Sam is none of them.
    expect(where?.options?.map(({ value }) => value)).toEqual([channelPlace, 'privately']);
  });

  it('offers a hundred places at most', async () => {
    const { directory } = play.platform.channel;
    directory.places = async () => Array.from({ length: 250 }, (_, at) => ({ place: `c${at}`, name: `#c${at}` }));
    directory.isMember = async () => true;
    const where = inputs(formIn(await plumb.asksForForm('sam', 'start-in-form'))).find(({ id }) => id === 'where');
    expect(where?.options).toHaveLength(100);
    expect(where?.options?.at(-1)?.value).toBe('privately');
  });

  it('makes one post that carries the thread, and brings the answers along with whoever gave them', async () => {
    expect(await starts(essential)).toMatchObject({ kind: 'notice', text: expect.stringContaining('#sales-leaders') });
    const [root] = play.channelPosts();
    play.stage.setThread(root?.id ?? '');
    const state = await play.alignment();
    expect(state).toMatchObject({ requester: 'dana', reasons: ['command'], conversation: { place: channelPlace, thread: root?.id }, pace: 'offered' });
    expect(state.answers.driver).toMatchObject([{ source: 'form', by: 'dana', status: 'clear' }]);
    expect(await play.words('owner')).toEqual([answers.owner]);
    expect(play.channelPosts()).toHaveLength(1);
    expect(play.thread()).toContain('We have to grow revenue');
  });

  it('survives a failed send and a restart, with its answers', async () => {
    const { send } = play.platform.channel;
    play.platform.channel.send = async () => {
      play.platform.channel.send = send;
      throw new Error('The line broke.');
    };
    await play.stage.interact({
      type: 'FormSubmitted',
      eventKey: 'start-once',
      conversation: { channel: 'room', tenant: roomTenant, place: directPlace('dana'), thread: 'home' },
      personId: 'dana',
      at: play.stage.now(),
      submit: 'submit-start',
      value: {},
      inputs: { request, where: channelPlace, ...essential },
    });
    await play.log.logged('it is tried again');
    await play.restarts();
    await play.passes(hour);
    expect(play.channelPosts()).toHaveLength(1);
    play.stage.setThread(play.channelPosts()[0]?.id ?? '');
    expect(await play.answer('leading-kpis')).toBe('clear');
  });

  it('opens in the private chat', async () => {
    expect(await starts({ where: 'privately', driver: answers.driver })).toMatchObject({ kind: 'notice' });
    expect(play.channelPosts()).toEqual([]);
    expect(play.chatOf('dana')).toContain('prospecting');
    expect(await play.alignment()).toMatchObject({ requester: 'dana', conversation: { place: directPlace('dana'), thread: '' } });
    expect(await play.answer('driver')).toBe('clear');
    await play.dana.tells('Keiko Mori owns this on the business side.');
    expect(await play.answer('owner')).toBe('clear');
  });

  it('does not disturb what is talked about in the private chat', async () => {
    await play.dana.tells('We need a negotiation workshop for the new account managers.');
    const before = await play.alignment();
    expect(await starts({ where: 'privately' })).toMatchObject({ kind: 'errors', errors: { where: play.prompts.words.plain('form-error.private-busy') } });
    expect(await play.alignment()).toEqual(before);
  });

  it.each([
    ['an empty request', { request: '  ' }, 'request'],
    ['a request that is far too long', { request: 'very '.repeat(1_000) }, 'request'],
    ['an answer that is far too long', { driver: 'very '.repeat(1_000) }, 'driver'],
    ['no place', { where: '' }, 'where'],
    ['a place that nobody offered', { where: 'board-secret' }, 'where'],
  ])('says beside the field what is wrong: %s', async (_what, wrong: Record<string, string>, field) => {
    const response = await starts(wrong);
    expect(response).toMatchObject({ kind: 'errors', errors: { [field]: expect.any(String) } });
    expect(play.stage.posts()).toEqual([]);
    expect(await play.store().aggregates.list({ tenant: roomTenant, kind: 'alignment', limit: 9 })).toEqual([]);
  });

  it('refuses a place that the person is not in, whatever the form says', async () => {
    expect(await starts({ where: 'sales-board' }, 'sam')).toEqual({ kind: 'errors', errors: { where: play.prompts.words.plain('form-error.place') } });
    expect(await starts({ where: directPlace('dana') }, 'sam')).toMatchObject({ kind: 'errors' });
    expect(play.stage.posts()).toEqual([]);
  });
});
