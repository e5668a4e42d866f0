import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InteractionResponse } from '../../src/app/ports.ts';
import type { Form } from '../../src/views/card.ts';
import { vendorKinds } from '../../src/views/vendor.ts';
import { lettersOfPdf, textOfWord } from '../documents/text-of.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { answers, answerUntil, keepRequest, reachAgreement, request } from './conversation/answers.ts';
import { buttonsOf, cardText } from './conversation/card-text.ts';
import { openPlay, type Play } from './conversation/play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

type Name = 'dana' | 'priya' | 'tomas' | 'sam';

async function formOf(name: Name): Promise<Form> {
  const { id } = await play.alignment();
  const response = await play[name].requests('for-vendor', { alignment: id });
  if (response.kind !== 'form') throw new Error(`No form: ${JSON.stringify(response)}`);
  return response.form;
}

const inputsOf = (form: Form): Record<string, string> =>
  Object.fromEntries(form.blocks.flatMap((block) => (block.type === 'input' ? [[block.id, block.value ?? '']] : [])));
const everyLine = (form: Form) =>
  Object.fromEntries(form.blocks.flatMap((block) => (block.type === 'input' && block.kind === 'toggle' ? [[block.id, 'true']] : [])));
const shownIn = (form: Form) => cardText({ summary: '', blocks: form.blocks, actions: [] });

/** Everything that a file says, without white space. */
function lettersOf(response: InteractionResponse): string {
  if (response.kind !== 'file') throw new Error(`No file: ${JSON.stringify(response)}`);
  const { content, name } = response;
  if (typeof content === 'string') return `${name}${content}`.replace(/\s+/g, '');
  return `${name}${name.endsWith('pdf') ? lettersOfPdf(content).join('') : textOfWord(content)}`.replace(/\s+/g, '');
}

/** Names, money, the budget and findings in every answer that may go out. */
const secrets = 'Tomas, Keiko Mori and Olga Brandt asked Dana’s team for it, with €25,000 (30k at most) from tomas@northwind.example and +44 20 7946 0958.';
const onBudget = 'The budget is with finance until Keiko signs.';
const never = /Tomas|Keiko|Mori|Olga|Brandt|Dana|Whitfield|Priya|25,000|30k|northwind|7946|finance|budget|bonus/i;

async function agreeOnSecrets(): Promise<void> {
  await play.dana.asks(request);
  await play.priya.presses('claim');
  for (let turns = 0; turns < 16; turns += 1) {
    await keepRequest(play);
    const asked = await play.asked();
    if (asked === undefined) break;
    const isFree = asked !== 'owner' && asked !== 'leading-kpis' && asked !== 'weekly-call';
    await play.dana.says(isFree ? `${answers[asked]} ${secrets} ${onBudget}` : answers[asked]);
  }
  await play.dana.presses('looks-right');
  await play.priya.presses('looks-right');
}

describe('the vendor version', () => {
  it('names nobody, no money and no finding, in any format, whatever is ticked', async () => {
    await agreeOnSecrets();
    const form = await formOf('priya');
    expect(
      shownIn(form)
        .replace(/Dana Whitfield|Priya Nair|Keiko Mori/g, '')
        .replace(/remarks on the budget|the budget, what was decided/g, ''),
    ).not.toMatch(/Tomas|Olga|25,000|northwind/);
    expect(shownIn(form)).toMatch(/Taken out: names \(\d+\)/);
    for (const as of vendorKinds.filter((kind) => kind !== 'message-copy')) {
      const text = lettersOf(await play.priya.submits(form, { ...inputsOf(form), ...everyLine(form), contact: 'nobody', as }));
      expect(text).toContain('[name');
      expect(text).toContain('secondmeetings'.replace('second', 'Second'));
      expect(text.replace(/beforeanybodynamesaprice/g, '')).not.toMatch(never);
    }
  }, 60_000);

  it('has what was left ticked, whom they write to, and nothing of what was unticked', async () => {
    await reachAgreement(play);
    const form = await formOf('dana');
    const usual = inputsOf(form);
    expect(usual).toMatchObject({ contribution: 'true', kpis: 'true', context: 'true', driver: 'false', baselines: 'false', contact: 'dana' });
    const inputs = {
      ...usual,
      context: 'false',
      scope: '- cold calls\nnegotiation',
      time: 'Thursday at 16:00',
      reach: 'dana@northwind.example',
      as: 'document-markdown',
    };
    const response = await play.dana.submits(form, inputs);
    if (response.kind !== 'file') throw new Error('No file.');
    const text = String(response.content);
    expect(response.name).toMatch(/^vendor-brief-prospecting-\d{4}-\d\d-\d\d\.md$/);
    expect(text).toMatch(/## What we want to achieve\n\n- They would ask for a meeting in a second department/);
    expect(text).toContain('Second meetings per account manager: target 3');
    expect(text).toMatch(/## Not part of this\n\n- cold calls\n- negotiation/);
    expect(text).toContain('Our proposal: Thursday at 16:00');
    expect(text).toContain('Please write to Dana Whitfield: dana@northwind.example');
    expect(text).not.toMatch(/Hospital groups|30 %|Keiko|Tomas|today 1/);
    expect(play.chatOf('dana')).toContain('For a vendor: prospecting');
  });

  it('begins with what they wrote the last time, and a vendor is held to what they left out', async () => {
    await reachAgreement(play);
    const form = await formOf('dana');
    const written = { context: 'false', driver: 'true', scope: '- cold calls\nnegotiation', time: 'Thursday', joins: '', contact: 'nobody' };
    for (const as of ['document-markdown', 'message-text']) await play.dana.submits(form, { ...inputsOf(form), ...written, as });
    expect((await play.alignment()).vendorWritings).toHaveLength(1);
    expect(inputsOf(await formOf('dana'))).toMatchObject({ ...written, contribution: 'true', scope: 'cold calls\nnegotiation', reach: '' });
    expect(inputsOf(await formOf('priya'))).toMatchObject({ context: 'true', driver: 'false', scope: 'cold calls\nnegotiation', time: '', contact: 'priya' });
    await pastes('priya', `${reply} We add a module on cold calls.`);
    expect(play.chatOf('priya')).toMatch(/Not part of this: they say otherwise\s+“We add a module on cold calls”/);
  });

  it('keeps nothing anew where an older one is asked for again, and nothing of whoever is forgotten', async () => {
    await reachAgreement(play);
    const form = await formOf('priya');
    const write = (time: string, more?: { again: true }) =>
      play.priya.submits(form, { ...inputsOf(form), time, scope: 'Quokka drills', joins: 'Zebedee Quill', as: 'message-text' }, more);
    await write('Wombat Thursday');
    await write('Friday');
    expect(await write('Wombat Thursday', { again: true })).toMatchObject({ kind: 'file', content: expect.stringContaining('Wombat') });
    expect(inputsOf(await formOf('priya'))).toMatchObject({ time: 'Friday' });
    expect(inputsOf(await formOf('dana'))).toMatchObject({ scope: 'Quokka drills' });
    await askPlumb(play).presses('priya', 'forget-me', {});
    await write('Wombat Thursday', { again: true });
    for (const word of ['Wombat', 'Quokka', 'Zebedee']) expect(await play.isOnDisk(word)).toBe(false);
    // What Plumb would put there itself comes back: nobody says any more that it is less.
    expect((await play.alignment()).vendorWritings).toMatchObject([{ by: expect.stringMatching(/^former:/) }]);
    expect(inputsOf(await formOf('dana'))).toMatchObject({ scope: '' });
  });

  it('is still theirs to take from a closed request, which takes no answer any more', async () => {
    await reachAgreement(play);
    const { id } = await play.alignment();
    const form = await formOf('dana');
    const answer = await play.priya.requests('vendor-answer', { alignment: id });
    await play.dana.presses('close');
    const closed = play.prompts.words.plain('notice.not-open');
    expect(said(await play.priya.requests('vendor-answer', { alignment: id }))).toBe(closed);
    if (answer.kind !== 'form') throw new Error('No form.');
    expect(said(await play.priya.submits(answer.form, { words: reply }))).toBe(closed);
    expect(await play.dana.submits(form, { ...inputsOf(form), as: 'message-text' })).toMatchObject({ kind: 'file' });
    expect(await play.alignment()).not.toMatchObject({ vendorAnswers: expect.anything() });
  });

  it('is theirs alone under a link that can be asked for again, with long words in full at its end', async () => {
    await play.dana.asks(request);
    await play.priya.presses('claim');
    await answerUntil(play, 'contribution');
    const long = `They would ask for a meeting in a second department, ${'and then in a third one '.repeat(40)}before summer ends.`;
    await play.dana.says(long);
    await answerUntil(play);
    await play.dana.presses('looks-right');
    await play.priya.presses('looks-right');
    const form = await formOf('dana');
    const given = async (as: string) => {
      const response = await play.dana.submits(form, { ...inputsOf(form), as });
      if (response.kind !== 'file') throw new Error('No file.');
      return response;
    };
    const [word, again, other] = [await given('document-word'), await given('document-word'), await given('message-word')];
    expect(word.document).toBe(again.document);
    expect(other.document).not.toBe(word.document);
    expect([word.shared, other.shared]).toEqual([undefined, undefined]);
    expect(lettersOf(word)).toMatch(/infullattheend,1.*Infull.*beforesummerends/);
  });

  it('is a message to copy in the chat of whoever asked, and refused with nothing ticked and to people who do not lead', async () => {
    await reachAgreement(play);
    const { id } = await play.alignment();
    const form = await formOf('dana');
    expect(said(await play.dana.submits(form, { ...inputsOf(form), as: 'message-copy' }))).toBe(play.prompts.words.plain('vendor.ready-notice'));
    expect(play.chatOf('dana')).toContain('Subject: Can we meet about prospecting?');
    expect(play.chatOf('dana')).toContain('They would ask for a meeting in a second department');
    for (const elsewhere of [play.chatOf('priya'), play.thread()]) expect(elsewhere).not.toContain('Can we meet about');
    const nothing = Object.fromEntries(Object.keys(everyLine(form)).map((line) => [line, 'false']));
    expect(await play.dana.submits(form, { ...inputsOf(form), ...nothing })).toMatchObject({
      kind: 'errors',
      errors: { contribution: play.prompts.words.plain('vendor.error-nothing') },
    });
    expect(await play.dana.submits(form, { ...inputsOf(form), contact: 'sam' })).toMatchObject({ kind: 'errors', errors: { contact: expect.anything() } });
    for (const name of ['sam', 'tomas'] as const) expect(await play[name].requests('for-vendor', { alignment: id })).toMatchObject({ kind: 'notice' });
  });
});

const reply = [
  'We will work with all 80 account managers.',
  'Each of them asks for a meeting in a second department of every account.',
  'Coaching afterwards is optional.',
  'How do you measure this today?',
  'We could meet on Thursday at 16:00.',
].join(' ');

async function pastes(name: Name, words: string) {
  const { id } = await play.alignment();
  const response = await play[name].requests('vendor-answer', { alignment: id });
  if (response.kind !== 'form') throw new Error(`No form: ${JSON.stringify(response)}`);
  return play[name].submits(response.form, { words });
}

describe("a vendor's answer", () => {
  it('is held against the brief for whoever pasted it, and shown to the others once that person posts it', async () => {
    await reachAgreement(play);
    expect(said(await pastes('priya', reply))).toBe(play.prompts.words.plain('vendor.answer-taken'));
    const chat = play.chatOf('priya');
    expect(chat).toMatch(/What we want to achieve: met\s+“Each of them asks for a meeting/);
    expect(chat).toMatch(/What happens afterwards: partly\s+“Coaching afterwards is optional”/);
    expect(chat).toMatch(/How we will know: they ask about it\s+“How do you measure this today”/);
    expect(chat).toContain(play.prompts.words.plain('vendor.ask-kpi'));
    expect(play.thread()).not.toContain('Coaching afterwards');
    await play.priya.presses('share-vendor-answer');
    expect(play.thread()).toMatch(/What happens afterwards: partly\s+“Coaching afterwards is optional”/);
    expect(play.thread()).toContain('Shared by Priya Nair.');
    expect(buttonsOf(play.chatPosts('priya').at(-1)?.card ?? { summary: '', blocks: [], actions: [] })).not.toContain('share-vendor-answer');
    expect(await pastes('dana', ' ')).toMatchObject({ kind: 'errors', errors: { words: expect.anything() } });
    expect(await pastes('dana', 'a '.repeat(2_000))).toMatchObject({ kind: 'errors', errors: { words: expect.stringContaining('3000') } });
  });

  it('is heard in the thread where somebody who leads begins with it, and goes when they delete it', async () => {
    await reachAgreement(play);
    const message = await play.dana.says(`Vendor's answer:\n${reply}`);
    expect(play.chatOf('dana')).toMatch(/What we want to achieve: met\s+“Each of them asks/);
    expect(play.thread()).not.toContain('Each of them asks');
    await play.sam.says(`Vendor's answer: ${reply}`);
    expect(play.chatOf('sam')).toBe('');
    await message.deletes();
    expect(play.chatOf('dana')).not.toContain('Each of them asks');
  });
});
