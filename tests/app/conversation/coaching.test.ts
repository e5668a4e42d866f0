import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';
import { hour } from './stage.ts';

const request = 'We need a two-day negotiation training for all account managers by the end of the quarter. They give away too much margin.';
const goal = 'We have to grow 30 % this year, and most of it from accounts we already have.';
const thin = 'No, the pipeline from existing accounts is much too thin, so they are desperate to close what they have.';
const fact = 'Those who discount most have a coverage of 1.2, the others have 3.';
const agreed = 'Yes, let us start with prospecting in existing accounts instead.';
/** Longer than anybody counts as in the middle of an answer. */
const pause = 95_000;

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  expect(play.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  await play.ends();
});

const coaching = async () => (await play.alignment()).coaching;
const openPrompt = async () => (await coaching())?.prompts.find(({ status }) => status === 'open')?.trigger;
const decision = async () => (await coaching())?.decisions.map(({ outcome, by }) => [outcome, by]);

describe('a conversation that an L&D partner has taken', () => {
  beforeEach(async () => {
    await play.dana.asks(request);
    await play.priya.presses('claim');
  });

  it('reaches the better focus with the questions that the partner has asked', async () => {
    expect(await openPrompt()).toBe('prescription');
    await play.priya.presses('ask-prompt');
    await play.dana.says(goal);
    expect(await openPrompt()).toBeUndefined();
    await play.passes(pause);
    expect(await openPrompt()).toBe('strategy-conflict');
    expect(play.chatOf('priya')).toContain('too little pipeline from existing accounts');
    await play.priya.presses('ask-prompt');
    expect(play.thread()).toContain('Priya Nair asks (through Plumb):');
    await play.dana.says('Of course they have to find more in the accounts we have. Let us do that first instead.');
    expect(await decision()).toEqual([['changed', 'dana']]);
    expect(play.thread()).toContain('Decided by Dana Whitfield, the focus changes');
    await play.dana.says('write the brief now', { addressed: true });
    expect(lastInThread()).toMatch(/^Draft brief: too little pipeline from existing accounts[\s\S]*Asked for\s+We need a two-day negotiation training/);
    expect(lastInThread()).toMatch(/What it is really about\s+Of course they have to find more/);
    expect(lastInThread()).toMatch(/What was decided\s+It starts with another focus: too little pipeline from existing accounts \(/);
    const exported = await play.dana.presses('export-markdown');
    expect(exported).toMatchObject({ kind: 'file', content: expect.stringMatching(/^# Alignment brief: too little pipeline from existing accounts\n/) });
    expect(exported).toMatchObject({ kind: 'file', content: expect.stringContaining('**It starts with another focus:** Of course they have to find more') });
  });

  it('hears a leader who starts elsewhere without having been asked just then, and takes that for no answer', async () => {
    await play.dana.says(goal);
    await play.passes(pause);
    await play.priya.presses('ask-prompt');
    await play.dana.says('Each of them has two or three open quotes, so they cling to every one.');
    await play.dana.says('So let us start with more opportunities at the customers we have, the training can come later.');
    expect(await decision()).toEqual([['changed', 'dana']]);
    expect(await play.answer('context')).toBe('open');
  });

  it('shows the sentence in which a complaint was heard', async () => {
    await play.dana.says('It got worse since March, by four points in all.');
    await play.passes(pause);
    expect(await openPrompt()).toBe('upstream-cause');
    expect(play.chatOf('priya')).toContain('Dana Whitfield wrote: “They give away too much margin”');
  });

  it('takes the second of two for a decision, whatever else is said', async () => {
    await play.dana.says('The goal this year is 12 percent more, nearly all of it with customers who already run our pumps.');
    await play.passes(pause);
    expect(await openPrompt()).toBe('strategy-conflict');
    await play.priya.presses('ask-prompt');
    await play.dana.says('Hm, good question. Rather the second: each has two or three open quotes, so they cling to them.');
    expect(await decision()).toEqual([['changed', 'dana']]);
  });

  it('calls what follows as the brief is called, once the focus has changed', async () => {
    await play.dana.says(goal);
    await play.passes(pause);
    await play.priya.presses('put-challenge');
    await play.dana.presses('challenge-other-focus');
    await play.dana.presses('challenge-find-out');
    await play.dana.presses('challenge-agree');
    const form = await play.dana.opens('answer-in-form', play.threadPosts()[0]);
    await play.dana.submits(form, { 'manager-role': answers['manager-role'] });
    await play.dana.says('write the brief now', { addressed: true });
    await play.dana.presses('looks-right');
    await play.priya.presses('looks-right');
    for (const personId of ['dana', 'priya', 'tomas']) expect(await home(personId)).toContain('too little pipeline from existing accounts');
    expect(await home('dana')).not.toContain('negotiation');
    await play.passes(18 * hour);
    expect(play.chatOf('tomas')).toContain('too little pipeline from existing accounts');
    expect(play.chatOf('tomas')).not.toContain('negotiation');
    const signed = await play.alignment();
    await play.priya.presses('give-back');
    // What somebody presses later does not change the day on which it was agreed.
    expect(await home('dana')).toContain(`"at":${signed.status === 'aligned' ? signed.alignedAt : 'no day'},`);
  });

  it('lets Plumb put it instead, step by step', async () => {
    await play.dana.says(goal);
    await play.passes(pause);
    await play.priya.presses('put-challenge');
    expect(play.thread()).toContain('Priya Nair asked me to put a question in between.');
    expect(await play.priya.presses('challenge-other-focus')).toMatchObject({
      kind: 'notice',
      text: expect.stringContaining('That one is for Dana Whitfield'),
    });
    expect((await coaching())?.challenge?.step).toBe('either-or');
    expect(play.chatOf('priya')).toContain('I put it to them as an either/or question');
    await play.dana.presses('challenge-other-focus');
    await play.dana.presses('challenge-find-out');
    await play.dana.presses('challenge-agree');
    expect(await decision()).toEqual([['changed', 'dana']]);
    await play.dana.says('write the brief now', { addressed: true });
    expect(lastInThread()).toContain("It starts with another focus: too little pipeline from existing accounts (Plumb's reading) (Dana Whitfield)");
  });

  it('offers the partner the last step, whether it is agreed, where they came round by themselves', async () => {
    await play.dana.says('Then let us not do the negotiation course, let us get the approvals down to two days.');
    await play.passes(pause);
    expect(await openPrompt()).toBe('strategy-conflict');
    await play.priya.presses('ask-prompt');
    expect(play.thread()).toContain('You said “Then let us not do the negotiation course, let us get the approvals down to two days”. Do we start there');
    await play.dana.says('Yes');
    expect(await decision()).toEqual([['changed', 'dana']]);
    await play.dana.says('write the brief now', { addressed: true });
    expect(lastInThread()).toMatch(/What it is really about\s+Then let us not do the negotiation course/);
  });

  it('after a quiet day asks for the next step, not for what is no longer wanted, for as long as nobody else speaks', async () => {
    await play.priya.presses('ask-prompt');
    await play.dana.says(goal);
    await play.passes(pause);
    await play.priya.presses('ask-prompt');
    await play.dana.says('Of course they have to find more in the accounts we have. Let us do that first instead.');
    expect(await decision()).toEqual([['changed', 'dana']]);
    for (let days = 0; days < 3 && (await openPrompt()) !== 'stalled'; days += 1) {
      const dismissed = (await openPrompt()) !== undefined;
      if (dismissed) await play.priya.presses('dismiss-prompt');
      await play.passes(24 * hour);
    }
    const question = play.prompts.livePrompts.stalled.ask.find((ask) => !ask.includes('{')) ?? '';
    expect(play.chatOf('priya')).toContain(question);
    await play.priya.presses('why-prompt');
    expect(await openPrompt()).toBe('stalled');
    await play.dana.says('Tomas Herrera owns it.');
    expect(await openPrompt()).toBeUndefined();
  });

  it('takes a plain yes to its last question, unless a person asked something since', async () => {
    await play.dana.says(goal);
    await play.passes(pause);
    await play.priya.presses('put-challenge');
    await play.dana.says('the second');
    await play.dana.says(fact);
    expect((await coaching())?.challenge?.step).toBe('focus');
    await play.tomas.says('Shall we move our meeting to three?');
    await play.dana.says('yes');
    expect(await decision()).toEqual([]);
    await play.passes(pause);
    await play.dana.says('yes, fine', { addressed: true });
    expect(await decision()).toEqual([['changed', 'dana']]);
  });

  it('puts a prompt away, and shows on the card that was pressed what became of it', async () => {
    const response = await play.priya.presses('dismiss-prompt');
    expect(response).toMatchObject({ kind: 'nothing', now: { actions: [] } });
    expect(play.chatOf('priya')).toContain('Put away:');
    expect(await openPrompt()).not.toBe('prescription');
  });

  it('asks in the own words of the partner, and takes no empty question', async () => {
    const form = await play.priya.opens('edit-prompt');
    expect(await play.priya.submits(form, { question: ' ' })).toMatchObject({ kind: 'errors', errors: { question: expect.any(String) } });
    expect(await play.priya.submits(form, { question: 'x'.repeat(501) })).toMatchObject({
      kind: 'errors',
      errors: { question: expect.stringContaining('500') },
    });
    await play.priya.submits(form, { question: 'What changed in your deals since spring?' });
    expect(play.thread()).toContain('What changed in your deals since spring?');
    await play.dana.says(goal);
    expect(await play.answer('driver')).toBe('clear');
  });

  it.each([
    [
      'Is it negotiating, or is it too few first meetings?',
      'Fair point. It is the first meetings, we have stopped calling since the merger. Leave negotiating for now.',
    ],
    [
      'You win most of those you sit with. Is this about negotiating or about reaching buyers early?',
      'Reaching the buyers, I would say, most have chosen long before we call.',
    ],
  ])('hears what is chosen of two things that the partner put in their own words: "%s"', async (question, chosen) => {
    await play.priya.submits(await play.priya.opens('edit-prompt'), { question });
    await play.dana.says(chosen);
    expect(await decision()).toEqual([['changed', 'dana']]);
    await play.dana.says('write the brief now', { addressed: true });
    expect(lastInThread()).toMatch(new RegExp(`What it is really about\\s+${chosen.slice(0, 20)}`));
  });

  it.each(['Negotiating, clearly.', 'It is the negotiating, they get to see enough buyers.', 'Hard to say.'])(
    'leaves the request as it is where the other thing was not chosen: "%s"',
    async (answer) => {
      await play.priya.submits(await play.priya.opens('edit-prompt'), { question: 'Is this about negotiating or about reaching buyers early?' });
      await play.dana.says(answer);
      expect(await decision()).not.toContainEqual(['changed', 'dana']);
    },
  );

  it('says no more once the partner wants no prompts', async () => {
    await play.priya.submits(await play.priya.opens('prompt-limit'), { limit: '0' });
    await play.priya.presses('dismiss-prompt');
    await play.dana.says(goal);
    await play.passes(pause);
    expect(await openPrompt()).toBeUndefined();
  });

  it('comes as often as is usual, until the partner says otherwise', async () => {
    const standing = async () => (await play.priya.opens('prompt-limit')).blocks.flatMap((block) => (block.type === 'input' ? [block.value] : []));
    expect(await standing()).toEqual(['usual']);
    await play.priya.submits(await play.priya.opens('prompt-limit'), { limit: 'none' });
    expect([await standing(), (await coaching())?.limit]).toEqual([['none'], 20]);
    expect(await play.priya.submits(await play.priya.opens('prompt-limit'), { limit: 'many' })).toMatchObject({ kind: 'errors' });
    await play.priya.submits(await play.priya.opens('prompt-limit'), { limit: 'usual' });
    expect([await standing(), (await coaching())?.limit]).toEqual([['usual'], undefined]);
  });

  it('waits while their own question in the thread waits', async () => {
    await play.dana.says(goal);
    await play.passes(80_000);
    await play.priya.says('Dana, what did you see in the last deals that you lost?');
    await play.passes(15_000);
    expect(await openPrompt()).toBeUndefined();
    await play.passes(pause);
    expect(await openPrompt()).toBe('strategy-conflict');
  });

  it('says no more, and more again, when the partner writes so to Plumb alone', async () => {
    await play.priya.tells('please stop sending me prompts');
    expect(play.chatOf('priya')).toMatch(/Put away:[\s\S]*write “suggestions again” here\.$/);
    await play.dana.says(goal);
    await play.passes(pause);
    expect(await openPrompt()).toBeUndefined();
    await play.priya.tells('suggestions again please');
    expect(play.chatOf('priya')).toMatch(/I suggest questions again/);
    expect((await coaching())?.limit).toBeUndefined();
    await play.passes(pause);
    expect(await openPrompt()).toBe('strategy-conflict');
    await play.tomas.tells('Stop the hints, they need coaching on how to prompt.');
    await play.priya.tells('No, prompt follow-up is what we need a course for.');
    expect((await play.store().aggregates.list({ tenant: 'room', kind: 'alignment', limit: 9 })).length).toBe(3);
  });

  it('gives way when the conversation goes on without it', async () => {
    await play.dana.says(goal);
    expect(play.chatOf('priya')).toContain('no longer needed');
    const form = await play.dana.requests('edit-prompt', { alignment: (await play.alignment()).id, prompt: 'prescription' });
    expect(form.kind).toBe('notice');
  });
});

describe('a conversation that an L&D partner takes late', () => {
  it('names what the leader said is in the way', async () => {
    await play.dana.asks('We need a two-day course on closing questions for my team, please.');
    await play.dana.says('We lost 12 percent of our revenue in the south since May.');
    await play.dana.says('No, training alone is not enough: the bonus only counts new contracts so nobody bothers with the rest.');
    await play.priya.presses('claim');
    await play.passes(pause);
    await play.priya.presses('dismiss-prompt');
    await play.passes(pause);
    expect(await openPrompt()).toBe('training-only');
    expect(play.chatOf('priya')).toContain('“the bonus only counts new contracts” may be something that training does not change.');
  });
});

describe('what is private to an L&D partner', () => {
  /** Whatever was suggested, so far; the questions that were asked in the thread are everybody's from then on. */
  const suggested: string[] = [];

  function remember(): void {
    const words = play.prompts.livePrompts;
    for (const post of play.chatPosts('priya'))
      for (const card of post.shown) for (const line of cardText(card).split('\n')) if (line.length > 25 && !isSaidToAll(line)) suggested.push(line);
    for (const { because } of Object.values(words)) suggested.push(because);
  }
  const isSaidToAll = (line: string) => play.thread().includes(line) || line.startsWith('From Dana') || line.startsWith('You have taken');

  it('reaches nobody else: no thread, no card, no brief, no export, no Home, no log', async () => {
    suggested.length = 0;
    await play.dana.asks(request);
    await play.priya.presses('claim');
    expect(await home('priya')).toContain('Ask it: negotiation');
    remember();
    await play.priya.presses('why-prompt');
    await play.priya.opens('edit-prompt');
    await play.priya.presses('dismiss-prompt');
    await play.dana.says(goal);
    await play.passes(pause);
    remember();
    await play.priya.submits(await play.priya.opens('prompt-limit'), { limit: '3' });
    const form = await play.priya.opens('edit-prompt');
    await play.priya.submits(form, { question: 'Which of the two would you fix first?' });
    await play.dana.says(thin);
    await play.passes(pause);
    await play.dana.says(agreed);
    await play.passes(pause);
    remember();
    await play.dana.says('write the brief now', { addressed: true });
    const markdown = await play.dana.presses('export-markdown');
    const homes = await Promise.all(['dana', 'tomas', 'keiko', 'sam'].map(async (personId) => home(personId)));
    const others = play.platform.sends.filter(({ to }) => to.kind === 'conversation' || to.personId !== 'priya');
    const shown = [...others.map((message) => JSON.stringify(message)), JSON.stringify(markdown), ...homes, ...play.log.lines];
    expect(suggested.length).toBeGreaterThan(20);
    for (const words of suggested) expect(shown.filter((each) => each.includes(JSON.stringify(words).slice(1, -1)))).toEqual([]);
    for (const action of ['ask-prompt', 'edit-prompt', 'dismiss-prompt', 'why-prompt', 'prompt-limit', 'put-challenge'])
      expect(shown.filter((each) => each.includes(`"${action}"`))).toEqual([]);
  });

  it('is not given away to whoever forges presses', async () => {
    await play.dana.asks(request);
    await play.priya.presses('claim');
    const { id } = await play.alignment();
    const before = await coaching();
    for (const actor of [play.dana, play.tomas]) {
      const told = new Set<string>();
      for (const prompt of ['prescription', 'stalled']) {
        for (const action of ['ask-prompt', 'dismiss-prompt', 'why-prompt', 'put-challenge'])
          told.add(JSON.stringify(await play.stage.interact(forged(actor.id, 'ActionTaken', action, { alignment: id, prompt }))));
        for (const action of ['edit-prompt', 'prompt-limit'])
          told.add(JSON.stringify(await play.stage.interact(forged(actor.id, 'FormRequested', action, { alignment: id, prompt }))));
        told.add(JSON.stringify(await actor.submits({ submit: 'submit-edit-prompt', value: { alignment: id, prompt } }, { question: 'Mine?' })));
      }
      // The same for everything, whether or not there is such a prompt.
      expect(told.size).toBe(1);
      expect([...told][0]).toContain('Priya Nair');
      expect([...told][0]).not.toMatch(/prompt|suggest|coach/i);
    }
    expect(await coaching()).toEqual(before);
  });
});

describe('a conversation without an L&D partner', () => {
  it('reaches the better focus with the challenge of Plumb, one card a turn', async () => {
    await play.dana.asks(request);
    const before = play.threadPosts().length;
    await play.dana.says(goal);
    expect(play.threadPosts().length).toBe(before + 1);
    expect(lastInThread()).toMatch(/Noted from Dana[\s\S]*too little pipeline from existing accounts/);
    expect(play.questionIn(play.threadPosts().at(-1))).toBeUndefined();
    await play.dana.says(thin);
    expect(lastInThread()).toContain('How does the pipeline of those who discount most compare');
    await play.dana.says(fact);
    expect(lastInThread()).toContain('Then this comes first');
    await play.dana.says(agreed);
    expect(await decision()).toEqual([['changed', 'dana']]);
    expect(lastInThread()).toContain('Decided by Dana Whitfield');
    expect(play.questionIn(play.threadPosts().at(-1))).toBeDefined();
  });

  it.each([
    [
      'pumps',
      'Can we get a two-day negotiation course for our 14 pump sellers? They give discounts on every quote.',
      'The plan this year is 6 million more from service contracts with the plants we already supply. New plants are not the priority.',
    ],
    [
      'a bank',
      'Negotiation workshop please for the 9 corporate bankers, rates go down with every client.',
      'What we have to reach is share of wallet, 30% more with clients we have.',
      'There is too little pipeline in those clients, so they cling to every loan.',
    ],
    [
      'lifts',
      'Can we get a negotiation training for the 11 lift sellers? Every tender ends in a price round.',
      'Growth has to come from our installed base, plus 20 percent.',
      'There are hardly any offers open with those owners, so they fight for the few there are.',
    ],
  ])('puts the choice in other trades: %s', async (_trade, ask, ...said) => {
    await play.dana.asks(ask);
    for (const text of said) await play.dana.says(text);
    expect((await coaching())?.challenge).toMatchObject({ step: 'either-or', about: { cause: 'thin-pipeline-in-accounts' } });
  });

  it('puts the choice where somebody counted what the lost ones have in common', async () => {
    await play.dana.asks('Can we get closing skills training for the pump team? We lose too many quotes at the end.');
    await play.dana.says('Growth has to come from our installed base, service and spare parts, plus 20 percent.');
    await play.keiko.says('I looked at the 40 quotes we lost since May. In 33 of them nobody had talked to the maintenance manager before the quote went out.');
    expect((await coaching())?.challenge).toMatchObject({ step: 'either-or' });
  });

  it('asks only for agreement where they came round before anybody put a choice', async () => {
    await play.dana.asks('We need a closing course for the whole team by March.');
    await play.keiko.says('If you ask me the customers wait too long for a price.');
    await play.dana.says('OK, drop the closing course. The offers have to leave the same day.');
    expect(lastInThread().split('\n').at(-2)).toMatch(
      /^Dana Whitfield, in your words: “OK, drop the closing course\. The offers have to leave the same day”\. Shall the work start there, with closing kept for/,
    );
    expect(lastInThread().match(/The offers have to leave/g)).toHaveLength(1);
    await play.dana.presses('challenge-agree');
    expect(await decision()).toEqual([['changed', 'dana']]);
  });

  it('keeps the request of whoever insists, thanks, and lets it be', async () => {
    await play.dana.asks(request);
    await play.dana.says(goal);
    await play.dana.says('No, just get me the course.');
    expect(await decision()).toEqual([['kept', 'dana']]);
    await play.dana.says(thin);
    expect((await coaching())?.challenge?.step).toBe('settled');
    expect(play.threadPosts().filter((post) => cardText(post.card).includes('Is it negotiation that is missing'))).toHaveLength(1);
  });

  it('leaves nothing to press on a step that is over', async () => {
    await play.dana.asks(request);
    await play.dana.says(goal);
    const { post, button } = play.dana.find('challenge-as-asked');
    await play.dana.presses('challenge-other-focus');
    expect(post.card.actions).toEqual([]);
    expect(cardText(post.card)).toMatch(/^Noted from Dana Whitfield: business driver/);
    const late = await play.stage.interact(forged('dana', 'ActionTaken', 'challenge-as-asked', button.value ?? {}));
    expect(late).toMatchObject({ kind: 'notice' });
    expect((await coaching())?.challenge?.step).toBe('fact');
  });

  it.each(['private', 'withdrawn', 'signed'])('nor where the conversation is %s meanwhile', async (where) => {
    await play.dana.asks(request);
    await play.dana.says(goal);
    const { post } = play.dana.find('challenge-as-asked');
    if (where === 'private') await play.dana.presses('continue-privately');
    if (where === 'withdrawn') await play.dana.says('stop', { addressed: true });
    if (where === 'signed') {
      await play.dana.says('write the brief now', { addressed: true });
      await play.dana.presses('looks-right');
      expect(await play.status()).toBe('aligned');
    }
    expect(post.card.actions).toEqual([]);
    expect(cardText(post.card)).toContain('Noted from Dana Whitfield: business driver');
  });

  it('waits at the step before when an answer is taken back, and wherever the conversation goes on', async () => {
    await play.dana.asks(request);
    await play.dana.says(goal);
    await play.dana.presses('challenge-other-focus');
    await play.dana.says('undo', { addressed: true });
    expect((await coaching())?.challenge?.step).toBe('either-or');
    expect(lastInThread()).toContain('Is it negotiation that is missing');
    await play.dana.presses('continue-privately');
    expect(play.chatOf('dana')).toContain('Is it negotiation that is missing');
  });

  it('says what would show it, and leaves an open point for whoever asked, where no likely cause is known and they are not sure', async () => {
    await play.dana.asks('We need a storytelling workshop for the whole team by March.');
    await play.keiko.says('Those with a service technician on site win 41 % of renewals, those without win 12 %, and both tell the same stories.');
    await play.dana.presses('challenge-find-out');
    expect(await decision()).toEqual([['to-find-out', 'dana']]);
    expect(lastInThread()).toMatch(/^An open point for Dana Whitfield, .*What would show it\? For example, ask two people/);
    await play.dana.says('write the brief now', { addressed: true });
    expect(lastInThread()).toMatch(/Whether storytelling comes first, or something before it[^\n]*ask two people[^\n]*Plumb's suggestion[^\n]*Dana Whitfield/);
  });

  it('holds what was typed into the form against the request as well', async () => {
    await play.dana.asks(request);
    const form = await play.dana.opens('answer-in-form');
    await play.dana.submits(form, { driver: goal });
    expect((await coaching())?.challenge?.step).toBe('either-or');
  });

  it('takes an answer in words from the form', async () => {
    await play.dana.asks(request);
    await play.dana.says(goal);
    const form = await play.dana.opens('answer-challenge');
    await play.dana.submits(form, { answer: 'More about the pipeline, I think.' });
    expect((await coaching())?.challenge?.step).toBe('fact');
  });
});

const lastInThread = () => cardText(play.threadPosts().at(-1)?.card ?? { summary: '', blocks: [], actions: [] });

let presses = 0;
function forged<T extends 'ActionTaken' | 'FormRequested'>(personId: string, type: T, action: string, value: Readonly<Record<string, string>>) {
  presses += 1;
  const conversation = play.conversation();
  return { type, eventKey: `forged${presses}`, conversation, personId, at: play.stage.now(), action, value, inputs: {} };
}

async function home(personId: string): Promise<string> {
  presses += 1;
  const conversation = { ...play.conversation(), place: `dm:${personId}`, thread: '' };
  const response = await play.stage.interact({ type: 'HomeOpened', eventKey: `home${presses}`, conversation, personId, at: play.stage.now() });
  return JSON.stringify(response);
}
