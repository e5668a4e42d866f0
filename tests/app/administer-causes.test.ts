import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { roomTenant } from '../../src/channels/room/people.ts';
import type { OwnCause } from '../../src/domain/knowledge.ts';
import { ownCauseId } from '../../src/domain/knowledge-of.ts';
import type { CardInput } from '../../src/views/card.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { buttonsOf } from './conversation/card-text.ts';
import { openPlay, type Play } from './conversation/play.ts';

let play: Play;
let plumb: ReturnType<typeof askPlumb>;
beforeEach(async () => {
  play = await openPlay();
  plumb = askPlumb(play);
});
afterEach(() => play.ends());

const own: OwnCause = { symptom: 'dealers order late', cause: 'the bonus for spring orders', fact: 'How many orders came in the last week?' };
const settings = () => play.store().settings.load(roomTenant);
const adds = (inputs: Partial<OwnCause> = {}, by = 'priya') => plumb.submits(by, 'submit-our-causes', { ...own, ...inputs });
const saved = () => play.prompts.words.plain('notice.saved');
const refused = () => play.prompts.words.plain('notice.not-allowed', { people: 'Priya Nair' });

describe('causes of their own', () => {
  it('are added in a form and shown on Home, the newest first', async () => {
    const response = await plumb.asksForForm('priya', 'our-causes');
    const inputs = response.kind === 'form' ? response.form.blocks.filter((block): block is CardInput => block.type === 'input') : [];
    expect(inputs.map(({ id, required }) => [id, required])).toEqual([
      ['symptom', true],
      ['cause', true],
      ['fact', true],
    ]);
    expect(said(await adds())).toBe(saved());
    expect(said(await adds({ symptom: '  fairs bring \n nothing ', cause: 'the old booth' }))).toBe(saved());
    expect((await settings()).causes).toEqual([own, { ...own, symptom: 'fairs bring nothing', cause: 'the old booth' }]);
    const home = await plumb.homeText('priya');
    expect(home).toContain('When dealers order late: the bonus for spring orders');
    expect(home.indexOf('fairs bring nothing')).toBeLessThan(home.indexOf('dealers order late'));
  });

  it('are taken away with one press each', async () => {
    await adds();
    await adds({ cause: 'full warehouses' });
    const removals = (await plumb.home('priya')).actions.filter(({ action }) => action === 'remove-cause');
    expect(removals.map(({ label }) => label)).toEqual(['Remove: full warehouses', 'Remove: the bonus for spring orders']);
    expect(said(await plumb.presses('priya', 'remove-cause', { cause: ownCauseId(own) }))).toBe(saved());
    expect((await settings()).causes).toEqual([{ ...own, cause: 'full warehouses' }]);
    expect(said(await plumb.presses('priya', 'remove-cause', { cause: ownCauseId(own) }))).toBe(play.prompts.words.plain('notice.cause-gone'));
  });

  it.each<[Partial<OwnCause>, keyof OwnCause, RegExp]>([
    [{ symptom: ' ' }, 'symptom', /fill this in/],
    [{ symptom: 'price' }, 'symptom', /two words/],
    [{ cause: 'bonus!' }, 'cause', /two words/],
    [{ cause: `too ${'long '.repeat(30)}` }, 'cause', /under 100 characters/],
    [{ fact: '???' }, 'fact', /fill this in/],
    [{ fact: 'x'.repeat(201) }, 'fact', /under 200 characters/],
    [{ symptom: 'Dealers order late.' }, 'cause', /already/],
  ])('are not kept with a mistake, which is named beside its field: %j', async (inputs, field, message) => {
    await adds();
    expect(await adds(inputs)).toEqual({ kind: 'errors', errors: { [field]: expect.stringMatching(message) } });
    expect((await settings()).causes).toEqual([own]);
  });

  it('are fifty at most, and Home stays short', async () => {
    const causes = Array.from({ length: 50 }, (_, at) => ({ ...own, cause: `reason number ${at}` }));
    await play.store().settings.save(roomTenant, { ...(await settings()), causes });
    expect(await adds()).toMatchObject({ kind: 'errors', errors: { cause: expect.stringContaining('50') } });
    const home = await plumb.home('priya');
    expect(home.actions.filter(({ action }) => action === 'remove-cause')).toHaveLength(12);
    expect(await plumb.homeText('priya')).toContain('and 38 earlier ones');
  });

  it('are for admins alone', async () => {
    await adds();
    expect(buttonsOf(await plumb.home('sam'))).not.toContain('our-causes');
    expect(await plumb.homeText('sam')).not.toContain('dealers order late');
    expect(said(await plumb.asksForForm('sam', 'our-causes'))).toBe(refused());
    expect(said(await adds({ cause: 'something else' }, 'sam'))).toBe(refused());
    expect(said(await plumb.presses('sam', 'remove-cause', { cause: ownCauseId(own) }))).toBe(refused());
    expect((await settings()).causes).toEqual([own]);
  });
});
