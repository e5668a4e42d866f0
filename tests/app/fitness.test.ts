import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Form } from '../../src/views/card.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { answerUntil, request } from './conversation/answers.ts';
import { buttonsOf, cardText } from './conversation/card-text.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { day, hour } from './conversation/stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const words = (key: Parameters<typeof play.prompts.words.plain>[0]) => (play.prompts.words.plain as (key: string) => string)(key);
const everybody = { 'person-1': 'priya', 'person-2': 'tomas', 'person-3': 'keiko', people: 'Dana Whitfield' };
/** Keiko hears nothing of this in the middle of her night. */
const tillMorningInTokyo = 12 * hour;
type Name = 'dana' | 'priya' | 'tomas' | 'keiko' | 'sam';

async function openForm(): Promise<Pick<Form, 'submit' | 'value'>> {
  const { id } = await play.alignment();
  const response = await play.dana.requests('open-fitness', { alignment: id });
  if (response.kind !== 'form') throw new Error(`No form: ${JSON.stringify(response)}`);
  return response.form;
}

const opens = async (inputs: Record<string, string>) => play.dana.submits(await openForm(), { anonymous: 'false', values: 'false', days: '3', ...inputs });

async function answers(name: Name, inputs: Record<string, string>) {
  return play[name].submits(await play[name].opens('answer-fitness'), inputs);
}

const fitness = async () => {
  const { fitness: check } = await play.alignment();
  if (!check) throw new Error('There is no check.');
  return check;
};

describe('a fitness check by name', () => {
  it('asks the people named, one short question for each part, and shows what came out when it closes', async () => {
    expect(said(await opens(everybody))).toContain('Tomas');
    expect((await fitness()).asked).toEqual(['priya', 'tomas', 'keiko', 'dana']);
    expect(play.chatOf('tomas')).toContain('Dana');
    expect(play.chatOf('tomas')).not.toContain('prospecting');
    expect(play.chatOf('sam')).toBe('');
    const form = await play.tomas.opens('answer-fitness');
    expect(cardText({ summary: '', blocks: form.blocks, actions: [] })).toContain(play.prompts.fitness.systems.question);
    expect(said(await play.tomas.submits(form, { systems: '1', 'note-systems': 'The CRM takes an hour a day.', skills: '4' }))).toBe(words('fitness.thanks'));
    expect(play.thread()).toContain('1 of 4 have answered');
    expect(play.thread()).not.toContain('CRM');
    expect(play.chatOf('keiko')).toBe('');
    await play.passes(tillMorningInTokyo);
    await answers('keiko', { systems: '2', strategy: '5' });
    await play.dana.presses('close-fitness');
    expect(play.thread()).toContain('Systems | 1.5 | 1 to 2');
    expect(play.thread()).toContain('“The CRM takes an hour a day.” (Tomas Herrera)');
    expect(play.thread()).toContain(play.prompts.fitness.systems.low);
    expect(play.chatOf('tomas')).toContain('This check is closed.');
    expect(buttonsOf(play.chatPosts('tomas').at(-1)?.card ?? { summary: '', blocks: [], actions: [] })).not.toContain('answer-fitness');
  });

  it('stands on the Home of those who have not answered yet, with a way to answer', async () => {
    const home = askPlumb(play);
    await opens(everybody);
    const before = await home.home('tomas');
    expect(cardText(before)).toMatch(/Your view is asked for\s+Dana Whitfield asks for your view/);
    const button = before.actions.find(({ action }) => action === 'answer-fitness');
    const form = await home.asksForForm('tomas', 'answer-fitness', { ...button?.value });
    expect(form).toMatchObject({ kind: 'form' });
    await home.submits('tomas', 'submit-fitness-answer', { systems: '1' }, { ...button?.value });
    for (const name of ['tomas', 'sam']) expect(await home.homeText(name)).not.toContain('Your view is asked for');
  });

  it('is answered on the card alone where it is anonymous, whoever has answered', async () => {
    await opens({ ...everybody, anonymous: 'true' });
    await answers('tomas', { systems: '1' });
    const { home } = askPlumb(play);
    for (const name of ['tomas', 'priya']) {
      const card = await home(name);
      expect(cardText(card)).toContain('on the card in our private chat');
      expect(card.actions.map(({ action }) => action)).not.toContain('answer-fitness');
    }
  });

  it('lets somebody change their answer while it is open, and closes by itself after the days that were chosen', async () => {
    await opens(everybody);
    await answers('tomas', { systems: '1', 'note-systems': 'Slow CRM' });
    const again = await play.tomas.opens('answer-fitness');
    expect(JSON.stringify(again.blocks)).toContain('Slow CRM');
    await play.tomas.submits(again, { systems: '5' });
    expect((await fitness()).answers).toHaveLength(1);
    expect(await play.isOnDisk('Slow CRM')).toBe(false);
    await play.passes(4 * day);
    expect((await fitness()).status).toBe('closed');
    expect(play.thread()).toContain('Systems | 5.0 | one answer');
    expect(play.thread()).toContain(words('fitness.all-well'));
  });

  it('refuses kindly whoever was not asked, or may not open one, and tells them nothing', async () => {
    await opens({ 'person-1': 'tomas' });
    const { id } = await play.alignment();
    for (const name of ['sam', 'priya'] as const) expect(said(await play[name].requests('answer-fitness', { alignment: id }))).toBe(words('fitness.not-asked'));
    const form = { submit: 'submit-fitness-answer', value: { alignment: id, key: 'tomas' } };
    expect(said(await play.sam.submits(form, { systems: '1' }))).toBe(words('fitness.not-asked'));
    expect((await fitness()).answers).toEqual([]);
    expect(said(await play.sam.requests('open-fitness', { alignment: id }))).toContain('Dana');
    expect(said(await play.sam.submits({ submit: 'submit-action', value: { alignment: id } }, { what: 'x' }))).toContain('Dana');
  });

  it('says beside the field what is wrong with it, and has one check at a time', async () => {
    expect(await opens({})).toMatchObject({ kind: 'errors', errors: { 'person-1': words('fitness.nobody') } });
    expect(await opens({ people: 'Somebody Else' })).toMatchObject({ errors: { people: expect.stringContaining('Somebody Else') } });
    expect(await opens({ 'person-1': 'nobody-here' })).toMatchObject({ errors: { 'person-1': words('form-error.person') } });
    expect(await opens({ 'person-1': 'tomas', 'person-2': 'keiko', anonymous: 'true' })).toMatchObject({ errors: { anonymous: expect.stringContaining('3') } });
    expect((await play.alignment()).fitness).toBeUndefined();
    await opens({ 'person-1': 'tomas' });
    expect(await answers('tomas', {})).toMatchObject({ errors: { strategy: words('fitness.answer-empty') } });
    const { id } = await play.alignment();
    expect(said(await play.dana.requests('open-fitness', { alignment: id }))).toBe(words('fitness.already-open'));
  });

  it('takes the answer and the words of somebody away who asks to be forgotten, and never writes to them again', async () => {
    await opens(everybody);
    await answers('tomas', { systems: '1', 'note-systems': 'Larkspur pays for volume' });
    await play.passes(tillMorningInTokyo);
    await answers('keiko', { systems: '3', 'note-systems': 'Territories overlap' });
    const plumb = askPlumb(play);
    await plumb.presses('tomas', 'forget-me', {});
    expect((await fitness()).answers.map(({ key }) => key)).toEqual(['keiko']);
    expect(play.chatPosts('tomas')).toEqual([]);
    await play.dana.presses('close-fitness');
    expect(play.chatPosts('tomas')).toEqual([]);
    expect(play.thread()).toContain('Territories overlap');
    await plumb.presses('keiko', 'forget-me', {});
    expect(play.thread()).not.toContain('Territories overlap');
    expect(play.thread()).toContain(words('fitness.results-title'));
    for (const left of ['Larkspur', 'Territories overlap']) expect(await play.isOnDisk(left)).toBe(false);
  });

  it('ends with the request: nobody is asked any more, and nothing is shown', async () => {
    const asked = await play.priya.asks('Can we get a negotiation course for the whole Berlin team by March? They give away margin.');
    const { id } = await play.alignment();
    const response = await play.priya.requests('open-fitness', { alignment: id });
    if (response.kind !== 'form') throw new Error('No form');
    await play.priya.submits(response.form, { 'person-1': 'tomas', days: '3' });
    await answers('tomas', { systems: '1', 'note-systems': 'Secret words' });
    await asked.deletes();
    expect(await play.status()).toBe('withdrawn');
    expect(play.chatPosts('tomas')).toEqual([]);
    expect(play.thread()).not.toContain('Secret words');
    expect(play.thread()).not.toContain(words('fitness.state-title'));
    expect((await fitness()).status).toBe('closed');
  });
});

describe('a fitness check of a private conversation', () => {
  it('shows nothing of itself in the thread, and tells those asked who will see it', async () => {
    await play.priya.presses('claim');
    await play.dana.presses('continue-privately');
    await opens({ 'person-1': 'tomas' });
    expect(play.chatOf('tomas')).toContain('shown to Dana Whitfield and Priya Nair');
    await answers('tomas', { systems: '1', 'note-systems': 'Larkspur pays for volume' });
    await play.dana.presses('close-fitness');
    const title = words('fitness.results-title');
    for (const reader of ['dana', 'priya']) expect(play.chatOf(reader)).toContain(title);
    for (const words of [title, 'Larkspur']) expect(play.thread()).not.toContain(words);
    for (const other of ['tomas', 'sam']) expect(play.chatOf(other)).not.toContain('Larkspur');
    await play.dana.presses('continue-in-thread');
    await play.dana.submits(
      { submit: 'submit-action', value: { alignment: (await play.alignment()).id } },
      { what: 'Pay for margin', element: 'systems', impact: '5', cost: '4', phase: 'next' },
    );
    await play.dana.forges('write-brief', { alignment: (await play.alignment()).id });
    expect(play.thread()).toContain('Pay for margin');
    for (const found of [title, 'Larkspur', 'Most in the way']) expect(play.thread()).not.toContain(found);
  });
});

describe('what is done about it', () => {
  it('is noted from a suggestion, changed, drawn, and taken off the list', async () => {
    await opens({ 'person-1': 'tomas' });
    await answers('tomas', { systems: '1' });
    await play.dana.presses('close-fitness');
    const { id } = await play.alignment();
    const first = await play.dana.requests('note-action', { alignment: id, element: 'systems' });
    if (first.kind !== 'form') throw new Error('No form');
    expect(JSON.stringify(first.form.blocks)).toContain(play.prompts.fitness.systems.actions[0] ?? 'nothing');
    expect((await fitness()).actions).toEqual([]);
    expect(await play.dana.submits(first.form, { what: 'Drop the weekly report', element: 'systems', impact: '4' })).toMatchObject({ kind: 'errors' });
    await play.dana.submits(first.form, { what: 'Drop the weekly report', element: 'systems', impact: '4', cost: '2', phase: 'now', owner: 'keiko' });
    expect(play.thread()).toContain('Drop the weekly report | Systems | 4 and 2 | now | Keiko Mori');
    expect(play.thread()).toContain('Impact against cost, each from 1 to 5. Now: “Drop the weekly report” (impact 4, cost 2).');
    const change = await play.dana.requests('note-action', { alignment: id, change: 'true' });
    if (change.kind !== 'form') throw new Error('No form');
    const [noted] = (await fitness()).actions;
    await play.dana.submits(change.form, { which: noted?.id ?? '', phase: 'later' });
    expect(play.thread()).toContain('Drop the weekly report | Systems | 4 and 2 | later | Keiko Mori');
    await play.dana.submits(change.form, { which: noted?.id ?? '', remove: 'true' });
    expect((await fitness()).actions).toEqual([]);
    expect(play.thread()).toContain(words('fitness.actions-none'));
    expect(play.threadPosts().filter((post) => cardText(post.card).includes(words('fitness.results-title')))).toHaveLength(1);
  });

  it('stands in the draft and in the brief, with the picture in words, and opens a signed one anew', async () => {
    const { id } = await play.alignment();
    await answerUntil(play);
    expect(buttonsOf(play.threadPosts().at(-1)?.card ?? { summary: '', blocks: [], actions: [] })).toContain('open-fitness');
    const form = { submit: 'submit-action', value: { alignment: id } };
    const action = { what: 'Pay for margin, not volume', element: 'systems', impact: '5', cost: '4', phase: 'next' };
    await play.dana.submits(form, action);
    const alt = 'Next: “Pay for margin, not volume” (impact 5, cost 4).';
    const draft = () => play.threadPosts().findLast((post) => buttonsOf(post.card).includes('looks-right'));
    expect(cardText(draft()?.card ?? { summary: '', blocks: [], actions: [] })).toContain(alt);
    await play.dana.presses('looks-right');
    expect(await play.status()).toBe('aligned');
    expect(
      play
        .channelPosts()
        .map((post) => cardText(post.card))
        .join(),
    ).toContain(alt);
    expect(await play.dana.presses('export-markdown')).toMatchObject({
      content: expect.stringContaining('| Pay for margin, not volume | Systems | 5 and 4 | next | nobody yet |'),
    });
    await play.dana.submits(form, { ...action, what: 'Hire two people' });
    expect(await play.status()).toBe('reviewing');
  });

  it('is looked over by somebody who did not ask for it, who is told so', async () => {
    const { id } = await play.alignment();
    const form = { submit: 'submit-reviewer', value: { alignment: id } };
    expect(await play.dana.submits(form, { person: 'dana' })).toMatchObject({ errors: { person: words('fitness.reviewer-sponsor') } });
    await play.dana.submits(form, { person: 'sam' });
    expect((await fitness()).reviewer).toBe('sam');
    expect(play.chatOf('sam')).toContain('Dana Whitfield');
    expect(play.chatOf('sam')).not.toContain('prospecting');
  });
});
