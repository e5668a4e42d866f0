import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { roomTenant } from '../../src/channels/room/people.ts';
import type { CardInput } from '../../src/views/card.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { request } from './conversation/answers.ts';
import { buttonsOf } from './conversation/card-text.ts';
import { channelPlace } from './conversation/platform.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { hour } from './conversation/stage.ts';

let play: Play;
let plumb: ReturnType<typeof askPlumb>;
beforeEach(async () => {
  play = await openPlay();
  plumb = askPlumb(play);
});
afterEach(() => play.ends());

const refused = () => play.prompts.words.plain('notice.not-allowed', { people: 'Priya Nair' });
const saved = () => play.prompts.words.plain('notice.saved');
const settings = () => play.store().settings.load(roomTenant);
const adds = (inputs: Record<string, string>, by = 'priya') => plumb.submits(by, 'submit-add-partner', { place: 'everywhere', ...inputs });
const fieldsOf = async (action: string): Promise<CardInput[]> => {
  const response = await plumb.asksForForm('priya', action);
  if (response.kind !== 'form') throw new Error(`No form came back but ${JSON.stringify(response)}`);
  return response.form.blocks.filter((block): block is CardInput => block.type === 'input');
};

describe('L&D partners', () => {
  it('are listed one at a time, for one channel or every one, and shown with what they cover', async () => {
    expect(said(await adds({ person: 'keiko' }))).toBe(saved());
    expect(said(await adds({ person: 'sam', place: channelPlace }))).toBe(saved());
    expect((await settings()).partners).toEqual([{ personId: 'priya' }, { personId: 'keiko' }, { personId: 'sam', places: [channelPlace] }]);
    const home = await plumb.homeText('priya');
    expect(home).toContain('Keiko Mori covers every channel');
    expect(home).toContain('covers #sales-leaders');
    await play.dana.asks(request);
    expect(play.chatOf('sam')).toContain('prospecting');
  });

  it('can cover several channels, and more of them later', async () => {
    const { directory } = play.platform.channel;
    directory.isMember = async () => true;
    await adds({ person: 'sam', place: channelPlace });
    await adds({ person: 'sam', place: 'sales-board' });
    await adds({ person: 'sam', place: 'sales-board' });
    expect((await settings()).partners.at(-1)).toEqual({ personId: 'sam', places: [channelPlace, 'sales-board'] });
    expect(said(await plumb.presses('priya', 'remove-partner', { person: 'sam', place: channelPlace }))).toBe(saved());
    expect((await settings()).partners.at(-1)).toEqual({ personId: 'sam', places: ['sales-board'] });
    await adds({ person: 'sam' });
    expect((await settings()).partners.at(-1)).toEqual({ personId: 'sam' });
    expect(await adds({ person: 'sam', place: channelPlace })).toEqual({
      kind: 'errors',
      errors: { place: play.prompts.words.plain('form-error.covers-all') },
    });
  });

  it('are taken off with one press each, the last of them too', async () => {
    await adds({ person: 'sam', place: channelPlace });
    const removals = (await plumb.home('priya')).actions.filter(({ action }) => action === 'remove-partner');
    expect(removals.map(({ label }) => label)).toEqual(['Remove Priya Nair', expect.stringMatching(/^Remove Sam .* from #sales-leaders$/)]);
    for (const { value = {} } of removals) expect(said(await plumb.presses('priya', 'remove-partner', value))).toBe(saved());
    expect((await settings()).partners).toEqual([]);
    expect(await plumb.homeText('priya')).toContain(play.prompts.words.plain('home.partners-none'));
    expect(said(await plumb.presses('priya', 'remove-partner', { person: 'sam' }))).toBe(play.prompts.words.plain('notice.partner-gone'));
  });

  it.each([
    [{ person: 'nobody-like-that' }, 'person'],
    [{ person: '' }, 'person'],
    [{ person: 'sam', place: '' }, 'place'],
    [{ person: 'sam', place: 'secret-place' }, 'place'],
  ])('are not listed with a mistake: %j', async (inputs, field) => {
    expect(await adds(inputs as Record<string, string>)).toMatchObject({ kind: 'errors', errors: { [field]: expect.any(String) } });
    expect((await settings()).partners).toEqual([{ personId: 'priya' }]);
  });

  it('are thirty at most', async () => {
    const partners = Array.from({ length: 30 }, (_, at) => ({ personId: `p${at}` }));
    await play.store().settings.save(roomTenant, { ...(await settings()), partners });
    expect(await adds({ person: 'sam' })).toMatchObject({ kind: 'errors', errors: { person: expect.stringContaining('30') } });
  });

  it('are for admins alone to list', async () => {
    expect(buttonsOf(await plumb.home('sam'))).not.toContain('add-partner');
    expect(said(await plumb.asksForForm('sam', 'add-partner'))).toBe(refused());
    expect(said(await adds({ person: 'sam' }, 'sam'))).toBe(refused());
    expect(said(await plumb.presses('sam', 'remove-partner', { person: 'priya' }))).toBe(refused());
    expect((await settings()).partners).toEqual([{ personId: 'priya' }]);
  });
});

describe('quiet hours and nudges', () => {
  const submits = (inputs: Record<string, string>, by = 'priya') => plumb.submits(by, 'submit-rhythm', inputs);
  const times = { 'quiet-start': '20:00', 'quiet-end': '07:30', 'nudge-time': '10:15' };

  it('are shown, changed and shown again', async () => {
    expect((await fieldsOf('rhythm')).map(({ id, value, kind }) => [id, value, kind])).toEqual([
      ['quiet-start', '18:00', 'time'],
      ['quiet-end', '08:00', 'time'],
      ['nudge-time', '09:00', 'time'],
    ]);
    const before = await settings();
    expect(said(await submits(times))).toBe(saved());
    expect(await settings()).toEqual({ ...before, quietHours: { start: '20:00', end: '07:30' }, nudgeTime: '10:15' });
    expect(await plumb.homeText('priya')).toContain('from 20:00 to 07:30');
  });

  it('hold back what nobody asked for', async () => {
    await submits({ ...times, 'quiet-start': '00:00', 'quiet-end': '23:00' });
    await play.dana.asks(request);
    expect(play.chatPosts('priya')).toEqual([]);
    await play.passes(24 * hour);
    expect(play.chatOf('priya')).toContain('prospecting');
  });

  it.each([
    ['quiet-start', ''],
    ['quiet-end', '25:00'],
    ['nudge-time', 'nine'],
  ])('with a mistake change nothing: %s %j', async (field, value) => {
    const before = await settings();
    expect(await submits({ ...times, [field]: value })).toEqual({ kind: 'errors', errors: { [field]: play.prompts.words.plain('form-error.time') } });
    expect(await settings()).toEqual(before);
  });

  it('are for admins alone to choose', async () => {
    expect(buttonsOf(await plumb.home('sam'))).not.toContain('rhythm');
    expect(said(await plumb.asksForForm('sam', 'rhythm'))).toBe(refused());
    expect(said(await submits(times, 'sam'))).toBe(refused());
  });
});
