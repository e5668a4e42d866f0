import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askPlumb } from '../ask-plumb.ts';
import { answers, answerUntil, reachAgreement, request } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';
import { day, hour } from './stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const lastOf = (posts: ReturnType<Play['threadPosts']>): string => {
  const post = posts.at(-1);
  return post ? cardText(post.card) : '';
};
const changes = async (who: 'dana' | 'priya', label: string, answer: string, reason = ''): Promise<void> => {
  await play[who].submits(await play[who].picksLine(label), { answer, reason });
};
const reachDraft = async (): Promise<void> => {
  await play.dana.asks(request);
  await play.priya.presses('claim');
  await answerUntil(play);
};

describe('a draft that nobody signed yet', () => {
  it('keeps the words of somebody who does not lead beside those that they would put right, and the figure', async () => {
    await reachDraft();
    await play.sam.says('The target is 5 now, because two teams merged');
    const draft = play
      .threadPosts()
      .flatMap(({ card }) => (cardText(card).startsWith('Draft') ? [cardText(card)] : []))
      .at(-1);
    expect(draft).toContain('The target is 5 now');
    expect(draft).toContain('Second meetings per account manager | 1 | 3 a week');
    await play.sam.says('We moved the date to April');
    expect(play.chatOf('sam')).toContain('can change it');
    expect(play.thread()).not.toContain('April');
  });
});

describe('a signed brief that is changed', () => {
  beforeEach(() => reachAgreement(play));

  it('shows first what was, what is, who and why, keeps the signatures of before, and ends in the same one post', async () => {
    await changes('dana', 'Hospital groups', 'Only hospital groups in the north.', 'The south has no budget this year');
    const card = lastOf(play.threadPosts());
    for (const shown of ['Hospital groups with a central', 'Only hospital groups in the north.', 'Dana Whitfield', 'The south has no budget this year'])
      expect(card).toContain(shown);
    expect(card).toContain('Version 1 was signed by');
    expect(card).toContain('#sales-leaders');
    // Folded: what did not change is not said again.
    expect(card).not.toContain('RevOps pulls it');
    expect(JSON.stringify((await play.dana.opens('see-brief')).blocks)).toContain('RevOps pulls it');
    expect(cardText(play.channelPosts()[0]?.card ?? { summary: '', blocks: [], actions: [] })).not.toContain('in the north');

    await play.dana.presses('looks-right');
    await play.priya.presses('looks-right');
    expect(await play.alignment()).toMatchObject({ status: 'aligned', signedVersion: 2 });
    expect(play.channelPosts().map(({ card: post }) => cardText(post))).toEqual([expect.stringContaining('Only hospital groups in the north.')]);
    expect(play.thread()).toContain('Version 2 took the place of this one.');
    expect(JSON.stringify((await play.sam.opens('who-said-this')).blocks)).toContain('Only hospital groups in the north.');
  });

  it('is back to what was signed when the change is undone, without another signature', async () => {
    await changes('dana', 'Hospital groups', 'Only hospital groups in the north.');
    expect(await play.status()).toBe('reviewing');
    await play.dana.says('undo');
    expect(await play.alignment()).toMatchObject({ status: 'aligned', signedVersion: 1 });
    expect(lastOf(play.threadPosts())).toContain('Nobody has to sign again');
    expect(() => play.dana.find('looks-right')).toThrow();
  });

  it('is what was signed again when the signed words are typed back, whoever said them', async () => {
    await changes('dana', 'Hospital groups', 'Only hospital groups in the north.');
    const form = await play.priya.picksLine('Only hospital groups');
    expect(await play.priya.submits(form, { answer: 'Only hospital groups in  the north. ' })).toMatchObject({
      kind: 'errors',
      errors: { answer: expect.any(String) },
    });
    await play.priya.submits(form, { answer: answers.context, reason: 'Back to what we said' });
    expect(await play.alignment()).toMatchObject({ status: 'aligned', signedVersion: 1 });
    expect(await play.authors('context')).toEqual(['dana']);
    expect(lastOf(play.threadPosts())).toContain('Nobody has to sign again');
    expect(() => play.dana.find('looks-right')).toThrow();
  });

  it('shows a new deadline with its author and reason, and is taken out and set back like any line', async () => {
    await changes('priya', 'By when', 'end of May 2027', 'Dana moved it in the meeting');
    const card = lastOf(play.threadPosts());
    for (const shown of ['March', 'end of May 2027', 'Priya Nair', 'Dana moved it in the meeting']) expect(card).toContain(shown);
    const evidence = JSON.stringify((await play.sam.opens('who-said-this')).blocks);
    expect(evidence).toContain('end of May 2027');
    await play.priya.submits(await play.priya.picksLine('By when'), { answer: '' });
    expect(lastOf(play.threadPosts())).toContain('Taken out by Priya Nair');
    await changes('dana', 'By when', 'March');
    expect(await play.status()).toBe('reviewing');
    await changes('dana', 'By when', 'before March');
    expect(await play.status()).toBe('aligned');
  });

  it('is changed by what somebody plainly says in the thread, with the reason, and not by talk', async () => {
    for (const talk of ['Great, thanks everyone', 'we sold 5 instead of 3 today', 'Should we move the date to May?']) await play.dana.says(talk);
    await play.keiko.says('maybe the target should be 5');
    expect(await play.status()).toBe('aligned');
    await play.dana.says('Actually the target is 5, because two teams merged');
    const changed = lastOf(play.threadPosts());
    for (const shown of ['New version 2', 'the target is 5', 'two teams merged', 'Dana Whitfield']) expect(changed).toContain(shown);
    expect(JSON.stringify((await play.dana.opens('see-brief')).blocks)).toMatch(/Second meetings per account manager.{0,200}"5"/);
    await play.priya.says('We moved the date to April');
    expect(lastOf(play.threadPosts().slice(0, -1)) + lastOf(play.threadPosts())).toContain('April');
    for (const who of ['priya', 'dana'] as const) await play[who].says('undo');
    expect(await play.alignment()).toMatchObject({ status: 'aligned', signedVersion: 1 });
  });

  it('says of a KPI that is put right in free words what the figure was and is, and shows one line of it', async () => {
    await play.dana.says('The target is 5 now, because two teams merged');
    const figure = 'Second meetings per account manager, target: 3 a week → 5';
    for (const shown of [figure, 'In words: “The target is 5 now”', 'two teams merged']) expect(lastOf(play.threadPosts())).toContain(shown);
    await play.keiko.says('the target for second meetings is 6 now');
    const [draft = ''] = play.threadPosts().flatMap(({ card }) => (cardText(card).startsWith('New version 2') ? [cardText(card)] : []));
    expect(draft).toContain('target: 3 a week → 6');
    expect(draft).not.toContain('The target is 5');
    const brief = JSON.stringify((await play.dana.opens('see-brief')).blocks);
    expect(brief).toContain('"rows":[["Second meetings per account manager","1","6","early"]]');
    expect(brief).not.toContain('he target');
  });

  it('is changed by everything that one message puts right', async () => {
    await play.dana.says(
      'The target is 5 now because two teams merged. The new owner is Tomas Herrera. We moved the weekly call to Tuesdays at 9. It is due in April now.',
    );
    const [draft = ''] = play.threadPosts().flatMap(({ card }) => (cardText(card).startsWith('New version 2') ? [cardText(card)] : []));
    for (const shown of ['target: 3 a week → 5', 'Now: “The new owner is Tomas Herrera”', 'Now: “We moved the weekly call to Tuesdays at 9”'])
      expect(draft).toContain(shown);
  });

  it('shows a KPI that is said anew with both figures in the place of the old words', async () => {
    await play.dana.says('Second meetings per account manager should go from 2 to 7 a week now, not 3');
    expect(lastOf(play.threadPosts())).toMatch(/Was: “Second meetings[^”]*from 1 to 3 a week”\nNow: “Second meetings[^”]*from 2 to 7/);
    expect(await play.dana.picksLine('Leading KPIs: Second meetings').then(({ blocks }) => JSON.stringify(blocks))).toContain('from 2 to 7');
  });

  it('stays as it is when somebody who does not lead puts it right, who learns once and alone who may', async () => {
    const threads = play.threadPosts().length;
    for (const who of ['sam', 'tomas'] as const) {
      await play[who].says('The target is 5 now, because two teams merged');
      await play[who].says('We moved the date to April');
      expect(play.chatOf(who).match(/Dana Whitfield, Keiko Mori and Priya Nair can change it/g)).toHaveLength(1);
    }
    expect(play.threadPosts()).toHaveLength(threads);
    expect(await play.status()).toBe('aligned');
    expect(await play.words('leading-kpis')).toHaveLength(1);
    await play.sam.says('@Plumb we moved the date to May');
    expect(play.chatPosts('sam')).toHaveLength(2);
    await play.dana.says('The target is 5 now');
    await play.tomas.says('The target is 5 now, because two teams merged');
    expect(play.thread()).not.toContain('noted from Tomas');
  });

  it('is closed as it was signed when the change is stopped half way, and nobody is asked about it any more', async () => {
    await play.passes(18 * hour);
    await play.tomas.presses('accept-introduction');
    await changes('dana', 'Hospital groups', 'Only hospital groups in the north.');
    await play.dana.says('stop');
    expect(await play.alignment()).toMatchObject({ status: 'closed', signatures: [{ version: 1 }, { version: 1 }] });
    expect(await play.programme()).toMatchObject({ status: 'ended' });
    expect(() => play.dana.find('looks-right')).toThrow();
    await play.passes(14 * day);
    expect(play.chatOf('tomas')).not.toContain('How is it going?');
  });

  it('keeps nothing of a reason once its author wants to be forgotten', async () => {
    await changes('priya', 'Hospital groups', 'Only hospital groups in the north.', 'A reason of mine alone');
    expect(play.thread()).toContain('A reason of mine alone');
    await askPlumb(play).presses('priya', 'forget-me', {});
    expect(play.thread()).not.toContain('A reason of mine alone');
    expect(await play.isOnDisk('A reason of mine alone')).toBe(false);
  });
});

describe('an old card of what is over', () => {
  const answerOf = async (action: string, value: Record<string, string>) => play.dana.requests(action, value);

  it('opens no form when it is closed, but says how to start anew; what only shows the brief still does', async () => {
    await reachAgreement(play);
    const value = { alignment: (await play.alignment()).id };
    await play.dana.presses('close');
    expect(await play.status()).toBe('closed');
    const closed = { kind: 'notice', text: play.prompts.words.plain('notice.over-closed') };
    for (const action of ['answer-in-form', 'change-something', 'choose-audience', 'delegate-sign-off', 'give-open-point', 'agree-pilot', 'open-fitness'])
      expect(await answerOf(action, value)).toEqual(closed);
    expect(await play.dana.forges('undo', value)).toEqual(closed);
    for (const action of ['who-said-this', 'see-brief']) expect(await answerOf(action, value)).toMatchObject({ kind: 'form' });
  });

  it('opens none either where the request was stopped', async () => {
    await reachDraft();
    const value = { alignment: (await play.alignment()).id };
    await play.dana.says('@Plumb stop');
    expect(await answerOf('answer-in-form', value)).toEqual({ kind: 'notice', text: play.prompts.words.plain('notice.over-stopped') });
    await play.dana.presses('resume');
    expect(await answerOf('answer-in-form', value)).toMatchObject({ kind: 'form' });
  });
});

describe('signing for somebody else', () => {
  beforeEach(reachDraft);

  it('tells them privately what it is and who will see it, lets them read it, and shows for whom they signed', async () => {
    const form = await play.dana.opens('delegate-sign-off');
    expect(await play.dana.submits(form, { person: 'priya' })).toMatchObject({ kind: 'errors', errors: { person: expect.any(String) } });
    await play.dana.submits(form, { person: 'sam' });
    const asked = play.chatOf('sam');
    for (const shown of ['Dana Whitfield asks you to sign', 'prospecting', '#sales-leaders', 'Sam Okafor for Dana Whitfield', 'RevOps pulls it'])
      expect(asked).toContain(shown);
    expect(play.thread()).toContain('Dana Whitfield has asked Sam Okafor to sign instead.');
    expect(play.thread()).toContain('Waiting for Sam Okafor for Dana Whitfield and Priya Nair');
    await play.sam.presses('looks-right');
    await play.priya.presses('looks-right');
    expect(await play.status()).toBe('aligned');
    expect(cardText(play.channelPosts()[0]?.card ?? { summary: '', blocks: [], actions: [] })).toContain('Requester: Sam Okafor for Dana Whitfield');
    expect(play.chatOf('sam')).toContain('Your name stands under the brief');
    expect(() => play.sam.find('decline-sign-off')).toThrow();
  });

  it('may be declined, and then waits for whoever asked', async () => {
    await play.dana.submits(await play.dana.opens('delegate-sign-off'), { person: 'sam' });
    await play.sam.presses('decline-sign-off');
    expect(play.chatOf('sam')).toContain("Understood, you don't sign.");
    expect(play.chatOf('dana')).toContain('Sam Okafor would rather not sign for you');
    expect(play.thread()).toContain('Waiting for Dana Whitfield and Priya Nair');
  });

  it('is not heard of by whom it would only have reached in the morning, once it is not needed', async () => {
    await play.passes(8 * hour);
    await play.dana.submits(await play.dana.opens('delegate-sign-off'), { person: 'sam' });
    expect(play.thread()).toContain('Dana Whitfield has asked Sam Okafor to sign instead.');
    await play.dana.says('stop');
    await play.passes(day);
    expect(play.chatOf('sam')).toBe('');
  });

  it('is not asked any more once the request is withdrawn, and the draft goes', async () => {
    await play.dana.submits(await play.dana.opens('delegate-sign-off'), { person: 'sam' });
    await play.dana.says('stop');
    expect(await play.status()).toBe('withdrawn');
    expect(play.chatOf('sam')).toContain('no longer needs your signature');
    expect(() => play.priya.find('looks-right')).toThrow();
    expect(lastOf(play.threadPosts())).toContain('Dana Whitfield has withdrawn the request');
  });
});

describe('a signature that is missing', () => {
  it('is asked for twice, privately, in working hours; then those who lead see who is missing, and it is quiet', async () => {
    await reachDraft();
    await play.dana.presses('looks-right');
    const before = play.threadPosts().length;
    await play.passes(2 * day + hour);
    expect(play.chatOf('priya')).toContain('is waiting for you');
    expect(play.threadPosts()).toHaveLength(before);
    await play.passes(7 * day);
    expect(play.chatOf('priya')).toContain("I won't remind you again");
    expect(lastOf(play.threadPosts())).toContain('Not signed yet by Priya Nair');
    const said = [play.thread(), play.chatOf('priya'), play.chatOf('dana')];
    await play.passes(30 * day);
    expect([play.thread(), play.chatOf('priya'), play.chatOf('dana')]).toEqual(said);
    await play.priya.presses('looks-right');
    expect(await play.status()).toBe('aligned');
    expect(play.chatOf('priya') + play.thread()).not.toMatch(/remind you again|Not signed yet/);
  });
});

describe('a request that L&D does not take on', () => {
  it('ends in the thread with the reason, and a mention starts anew', async () => {
    await play.dana.asks(request);
    await play.dana.says('We must grow revenue by 30 % this year.');
    await play.priya.submits(await play.priya.opens('decline-request'), { reason: 'We have nobody for this before April.' });
    expect(await play.status()).toBe('declined');
    expect(lastOf(play.threadPosts())).toContain('Priya Nair from L&D does not take this on: “We have nobody for this before April.”');
    expect(play.chatPosts('priya').flatMap((post) => post.card.actions.map(({ action }) => action))).not.toContain('claim');
    expect((await play.words('driver')).join()).toContain('grow revenue');
    await play.dana.says('@Plumb I still need a workshop on prospecting for my account managers');
    expect(await play.status()).toBe('clarifying');
  });
});
