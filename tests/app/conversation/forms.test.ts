import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, reachAgreement, reachReview, request } from './answers.ts';
import { openPlay, type Play } from './play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

describe('the form with all questions', () => {
  it('takes what was filled in and asks on from there', async () => {
    const form = await play.dana.opens('answer-in-form');
    await play.dana.submits(form, answers);
    expect(await play.status()).toBe('reviewing');
    expect(await play.words('context')).toEqual([answers.context]);
  });

  it('takes nothing from empty and untouched fields', async () => {
    await play.dana.says(answers.driver);
    const form = await play.dana.opens('answer-in-form');
    const driver = form.blocks.find((block) => block.type === 'input' && block.id === 'driver');
    await play.tomas.says('The business reason is also that the board wants 12 million more by December.');
    const before = await play.words('driver');
    expect(before).toHaveLength(2);
    await play.dana.submits(form, { driver: driver?.type === 'input' ? (driver.value ?? '') : '', owner: '', budget: '   ', context: answers.context });
    expect(await play.answer('owner')).toBe('open');
    expect(await play.answer('context')).toBe('clear');
    expect((await play.words('driver')).length).toBeGreaterThan(0);
  });

  it('names the field that is far too long, and takes nothing', async () => {
    const form = await play.dana.opens('answer-in-form');
    const response = await play.dana.submits(form, { driver: 'very '.repeat(8_000), owner: 'Keiko Mori' });
    expect(response).toMatchObject({ kind: 'errors', errors: { driver: expect.stringContaining('3000') } });
    expect(await play.answer('owner')).toBe('open');
  });

  it('ignores fields that no form has', async () => {
    const form = await play.dana.opens('answer-in-form');
    await play.dana.submits(form, { driver: answers.driver, requester: 'sam', __proto__: 'x', constructor: 'y', 'no-such-question': 'z' });
    expect(await play.answer('driver')).toBe('clear');
    expect((await play.alignment()).requester).toBe('dana');
  });

  it('takes "no idea" in a field as not known', async () => {
    const form = await play.dana.opens('answer-in-form');
    await play.dana.submits(form, { driver: 'no idea' });
    expect(await play.answer('driver')).toBe('unknown');
  });
});

describe('changing something in the draft', () => {
  beforeEach(() => reachReview(play));

  it('takes the new words in place of the old ones', async () => {
    const page = await play.dana.picksLine('Hospital groups');
    expect(page.blocks).toContainEqual(expect.objectContaining({ id: 'answer', value: 'Hospital groups with a central purchasing team' }));
    await play.dana.submits(page, { answer: 'Only hospital groups in the north.', reason: 'The south has no budget this year' });
    expect(await play.words('context')).toEqual(['Only hospital groups in the north.']);
    expect(play.thread()).toContain('Only hospital groups in the north.');
  });

  it.each([[{ answer: '' }], [{ answer: 'very '.repeat(8_000) }]])('says beside the field what is missing: %#', async (inputs) => {
    const page = await play.dana.picksLine('Hospital groups');
    expect(await play.dana.submits(page, inputs)).toMatchObject({ kind: 'errors', errors: { answer: expect.any(String) } });
    expect(await play.words('context')).toEqual(['Hospital groups with a central purchasing team']);
  });

  it('asks for the line when none was chosen', async () => {
    const form = await play.dana.opens('change-something');
    expect(await play.dana.submits(form, { question: 'no-such' })).toMatchObject({ kind: 'errors', errors: { question: expect.any(String) } });
  });

  it('refuses an audience that no list offered', async () => {
    const form = await play.dana.opens('choose-audience');
    expect(await play.dana.submits(form, { audience: 'board-secret' })).toMatchObject({ kind: 'errors', errors: { audience: expect.any(String) } });
    expect(await play.dana.submits(form, {})).toMatchObject({ kind: 'errors' });
    expect((await play.alignment()).audience).toEqual({ kind: 'channel', place: 'sales-leaders' });
  });

  it('offers as audience only channels that whoever chooses reads themselves', async () => {
    const offered = async (who: 'dana' | 'keiko') => JSON.stringify((await play[who].opens('choose-audience')).blocks);
    expect(await offered('dana')).toContain('#sales-board');
    expect(await offered('keiko')).toContain('#sales-leaders');
    expect(await offered('keiko')).not.toContain('sales-board');
    const form = await play.keiko.opens('choose-audience');
    expect(await play.keiko.submits(form, { audience: 'sales-board' })).toMatchObject({ kind: 'errors', errors: { audience: expect.any(String) } });
    expect((await play.alignment()).audience).toEqual({ kind: 'channel', place: 'sales-leaders' });
  });

  it('does not let a bystander choose the audience', async () => {
    const form = await play.sam.opens('choose-audience');
    expect(await play.sam.submits(form, { audience: 'participants' })).toMatchObject({ kind: 'notice' });
    expect((await play.alignment()).audience.kind).toBe('channel');
  });
});

describe('forged presses', () => {
  it.each([
    ['an unknown button', 'launch-rocket', {}],
    ['a button without its alignment', 'skip', {}],
    ['an unknown alignment', 'skip', { alignment: 'nothing-like-it' }],
    ['an unknown question', 'skip', { alignment: 'own', question: 'no-such' }],
    ['an unknown programme', 'nudge-on-track', { programme: 'nothing-like-it', week: '2026-W48' }],
    ['somebody who never offered', 'confirm-partner', { alignment: 'own', person: 'sam' }],
    ['another draft', 'looks-right', { alignment: 'own', version: '99999' }],
    ['a version that is no number', 'looks-right', { alignment: 'own', version: 'NaN' }],
    ['words that were never said', 'choose-question', { alignment: 'own', question: 'driver', text: 'nobody' }],
    ['a text id of the store', 'resolve-person', { alignment: 'own', question: 'owner', name: '::::' }],
    ['a prototype', 'accept-introduction', { programme: '__proto__' }],
  ])('with %s are answered kindly and change nothing', async (_what, action, value: Record<string, string>) => {
    const before = await play.alignment();
    const { alignment, ...rest } = value;
    const response = await play.dana.forges(action, { ...rest, ...(alignment && { alignment: alignment === 'own' ? before.id : alignment }) });
    expect(response).toMatchObject({ kind: 'notice', text: expect.any(String) });
    expect(await play.alignment()).toEqual(before);
    expect((await play.store().depth()).deadLetters).toBe(0);
  });

  it('of another organisation reach nothing', async () => {
    await reachAgreement(play);
    const before = await play.alignment();
    for (const action of ['skip', 'start-over', 'looks-right', 'export-markdown', 'stop']) {
      const response = await play.sam.forges(action, { alignment: before.id, version: '1' }, {}, 'another-tenant');
      expect(response).toMatchObject({ kind: 'notice' });
    }
    const nudge = await play.sam.forges('nudge-on-track', { programme: before.id, week: '2026-W48' }, {}, 'another-tenant');
    expect(nudge).toMatchObject({ kind: 'notice' });
    expect(await play.alignment()).toEqual(before);
  });

  it('by somebody who was not named in a programme change nothing', async () => {
    await reachAgreement(play);
    const { id } = await play.alignment();
    const before = await play.programme();
    for (const action of ['nudge-no-progress', 'escalation-stop', 'accept-introduction', 'decline-introduction'])
      expect(await play.sam.forges(action, { programme: id, week: '2026-W48' })).toMatchObject({ kind: 'notice' });
    expect(await play.programme()).toEqual(before);
    expect(await play.store().aggregates.load({ kind: 'person', id: 'room/room/sam' })).toBeUndefined();
  });
});

describe('odd words', () => {
  it.each([
    ['null bytes', 'We have to grow\u0000 revenue by 30 % this year\u0000\u0000'],
    ['emoji only', '🎉🎉🎉'],
    ['a lonely half of a pair', 'grow revenue by 30 % this year \ud83d'],
    ['right to left', 'أحتاج إلى تدريب لفريق المبيعات قبل مارس'],
    ['nothing but spaces', '   \n\t  '],
    ['40,000 characters', 'We have to grow revenue by 30 % this year. '.repeat(1_000).slice(0, 40_000)],
    ['more than a platform allows', 'x'.repeat(100_000)],
    ['markup', '<script>alert(1)</script> <!channel> @everyone [x](javascript:1)'],
  ])('%s are taken calmly', async (_what, text) => {
    await play.dana.says(text);
    await play.dana.says(`@Plumb ${text}`);
    expect(await play.status()).toBe('clarifying');
    await play.dana.says('skip');
    expect(await play.status()).toBe('clarifying');
    expect(await play.store().depth()).toMatchObject({ inbox: 0, deadLetters: 0 });
    expect(play.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it.each(['🎉', '\u0000', 'ا', ' '])('as a request by mention (%j) get a calm reply', async (text) => {
    await play.sam.asks(`@Plumb ${text}`);
    expect((await play.store().depth()).deadLetters).toBe(0);
    expect(play.threadPosts()).toHaveLength(1);
  });
});
