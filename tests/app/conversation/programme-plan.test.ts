import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askPlumb, said } from '../ask-plumb.ts';
import { answerUntil, reachAgreement } from './answers.ts';
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

const request = 'My 80 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop by 26 March 2027?';
const action = { element: 'systems', impact: '4', cost: '2' };

/** Signed, with a first group until 18 December and two things that have to change besides. */
async function reachPlannedAgreement(): Promise<void> {
  await play.dana.asks(request);
  await play.priya.presses('claim');
  await answerUntil(play);
  const { id: alignment } = await play.alignment();
  const plumb = askPlumb(play);
  await plumb.submits('dana', 'submit-pilot', { group: 'the hospital team', outcome: 'one new door each', until: '18 December' }, { alignment });
  await plumb.submits('dana', 'submit-action', { what: 'No discounts by chat', phase: 'now', owner: 'tomas', ...action }, { alignment });
  await plumb.submits('dana', 'submit-action', { what: 'A bonus for new doors', phase: 'later', ...action }, { alignment });
  await play.dana.presses('looks-right');
  await play.priya.presses('looks-right');
  await play.passes(18 * hour);
}

async function untilDigest(): Promise<string> {
  const digests = () => play.threadPosts().filter(({ card }) => cardText(card).includes('Before the call'));
  const before = digests().length;
  for (let timers = 0; timers < 12 && digests().length === before; timers += 1) await play.nextTimer();
  return cardText(digests().at(-1)?.card ?? { summary: 'no digest', blocks: [], actions: [] });
}

describe('what else must change, and the first group', () => {
  it('end with a deadline that is agreed anew, which the thread is told, and so do the weekly questions', async () => {
    await reachPlannedAgreement();
    await play.tomas.presses('accept-introduction');
    await play.dana.says('We moved the deadline to 29 January 2027, because the plant opens then');
    for (const who of ['dana', 'priya'] as const) await play[who].presses('looks-right');
    expect(cardText(play.threadPosts().at(-1)?.card ?? { summary: '', blocks: [], actions: [] })).toContain('With the new deadline the programme runs until');
    const state = await play.programme();
    expect(new Date(state?.status === 'running' ? (state.endsAt ?? 0) : 0).toISOString()).toMatch(/^2027-(01-29|02-01)/);
    expect(play.chatOf('dana')).toContain('Feb 2027');
    await play.moveTo(Date.UTC(2027, 1, 3));
    expect(await play.programme()).toMatchObject({ status: 'ended', reason: 'finished' });
    const asked = play.chatPosts('tomas').length;
    await play.moveTo(Date.UTC(2027, 1, 24));
    expect(
      play
        .chatPosts('tomas')
        .slice(asked)
        .map(({ card }) => cardText(card))
        .join(),
    ).not.toContain('How is it going?');
  });

  it('run with the programme until its deadline, and the close says what became of them', async () => {
    await reachPlannedAgreement();
    const programme = async () => {
      const state = await play.programme();
      if (state?.status !== 'running') throw new Error('No programme runs.');
      return state;
    };
    expect(new Date((await programme()).endsAt ?? 0).toISOString()).toMatch(/^2027-03-(26|27|28|29)/);
    expect(play.chatOf('keiko')).not.toContain('Each month you get a summary');
    await play.tomas.presses('accept-introduction');
    await play.keiko.presses('accept-introduction');

    const digest = await untilDigest();
    expect(play.chatOf('keiko')).toContain('Each month you get a summary');
    expect(digest).toContain('Due now besides training');
    expect(digest).toContain('No discounts by chat');
    expect(digest).toContain('Tomas Herrera');
    expect(digest).not.toContain('A bonus for new doors');
    const plumb = askPlumb(play);
    const { id } = await programme();
    const value = { programme: id };
    expect(said(await plumb.asksForForm('sam', 'plan-status', value))).toContain('None of it is yours');
    const form = await plumb.asksForForm('tomas', 'plan-status', value);
    const fields = form.kind === 'form' ? form.form.blocks.flatMap((block) => (block.type === 'input' ? [block.id] : [])) : [];
    expect(fields).toHaveLength(1);
    const later = (await programme()).content.actions?.find(({ phase }) => phase === 'later')?.id ?? '';
    await plumb.submits('tomas', 'submit-plan-status', { [fields[0] ?? '']: 'done', [`action-${later}`]: 'dropped' }, value);
    expect((await programme()).settled).toMatchObject([{ by: 'tomas', outcome: 'done' }]);

    await play.moveTo(Date.UTC(2026, 11, 18, 12));
    expect(play.chatOf('keiko')).not.toContain('Did the first group get there?');
    await play.moveTo(Date.UTC(2026, 11, 22));
    expect(play.chatOf('keiko')).toContain('the hospital team');
    expect(play.chatPosts('keiko').filter(({ card }) => cardText(card).includes('Did the first group get there?'))).toHaveLength(1);
    expect(said(await plumb.presses('sam', 'pilot-stop', value))).not.toBe('');
    await play.keiko.presses('pilot-widen');
    expect(play.thread()).toContain('takes it wider');

    await play.dana.says('stop');
    await play.passes(hour);
    const close = cardText(play.stage.posts().findLast(({ card }) => cardText(card).includes('Closed: '))?.card ?? { summary: '', blocks: [], actions: [] });
    expect(close).toContain('Keiko Mori takes it wider');
    expect(close).toContain('Tomas Herrera: done');
    expect(close).toContain('nobody said what became of it');
  });
});

describe('managers who are all out', () => {
  it('are told to whoever leads, once', async () => {
    await reachAgreement(play);
    await play.passes(18 * hour);
    await play.keiko.presses('accept-introduction');
    await play.tomas.presses('decline-introduction');
    await play.passes(day);
    const told = () =>
      ['dana', 'priya', 'keiko'].flatMap((who) => play.chatPosts(who)).filter(({ card }) => cardText(card).includes('Nobody is left whom I ask'));
    expect(told()).toEqual([]);
    await askPlumb(play).presses('keiko', 'nudge-opt-out', {});
    await play.passes(3 * day);
    const text = told().map(({ card }) => cardText(card));
    expect(text).toHaveLength(1);
    for (const out of ['Tomas Herrera: not taking part', 'Keiko Mori: has opted out']) expect(text[0]).toContain(out);
    await play.passes(21 * day);
    expect(told()).toHaveLength(1);

    // Whoever is named then has a week to answer, as the first ones had.
    const form = await play.dana.opens('answer-in-form', play.threadPosts()[0]);
    await play.dana.submits(form, { 'manager-role': 'Sam Okafor looks at two discounted deals every week' });
    await play.dana.presses('looks-right');
    await play.priya.presses('looks-right');
    await play.passes(6 * day);
    expect(play.chatOf('sam')).toContain('named you as a manager');
    expect(told()).toHaveLength(1);
    await play.passes(9 * day);
    expect(
      told()
        .map(({ card }) => cardText(card))
        .at(-1),
    ).toContain('Sam Okafor: has not accepted yet');
    expect(told()).toHaveLength(2);
  });
});

describe('two programmes', () => {
  it('are asked about in one form, and nothing that was typed for either is lost', async () => {
    for (const _programme of [1, 2]) {
      await reachAgreement(play);
      await play.passes(hour);
    }
    await play.passes(18 * hour);
    for (const { card } of play.chatPosts('tomas')) {
      const accept = card.actions.find(({ action: name }) => name === 'accept-introduction');
      if (accept) await askPlumb(play).presses('tomas', 'accept-introduction', { ...accept.value });
    }
    const joined = () => play.chatPosts('tomas').findLast(({ card }) => card.actions.some(({ action: name }) => name === 'nudge-answer'));
    for (let timers = 0; timers < 12 && !joined(); timers += 1) await play.nextTimer();
    expect(joined()?.card.actions).toHaveLength(4);
    const form = await play.tomas.opens('nudge-answer', joined());
    const fields = form.blocks.flatMap((block) => (block.type === 'input' ? [block.id] : []));
    const [first, second] = fields.filter((id) => id.startsWith('status-')).map((id) => id.slice('status-'.length));
    expect(await play.tomas.submits(form, {})).toMatchObject({ kind: 'errors' });
    const alone = await play.tomas.submits(form, { [`status-${first}`]: 'on-track', [`note-${second}`]: 'Lost?' });
    expect(alone).toMatchObject({ errors: { [`status-${second}`]: expect.any(String) } });
    await play.tomas.submits(form, {
      [`status-${first}`]: 'on-track',
      [`win-${first}`]: 'A door in Lyon',
      [`status-${second}`]: 'at-risk',
      [`note-${second}`]: 'Two are away',
    });
    const text = cardText(joined()?.card ?? { summary: '', blocks: [], actions: [] });
    for (const shown of ['A door in Lyon', 'Two are away', 'on track', 'at risk']) expect(text).toContain(shown);
  });
});

describe('a close', () => {
  it('keeps what others said where the words of somebody who is forgotten go', async () => {
    await reachAgreement(play);
    await play.passes(18 * hour);
    const plumb = askPlumb(play);
    for (const who of [play.tomas, play.keiko]) await who.presses('accept-introduction');
    const isNudge = ({ card }: ReturnType<Play['chatPosts']>[number]) => card.actions.some(({ action: name }) => name === 'nudge-on-track');
    for (let timers = 0; timers < 12 && !(play.chatPosts('tomas').some(isNudge) && play.chatPosts('keiko').some(isNudge)); timers += 1) await play.nextTimer();
    await play.tomas.presses('nudge-on-track', { inputs: { win: 'A door in Lyon' } });
    await play.keiko.presses('nudge-on-track', { inputs: { win: 'A door in Bonn' } });
    await untilDigest();
    await play.dana.says('stop');
    await play.passes(hour);
    const close = () => play.stage.posts().find(({ card }) => cardText(card).includes('Closed: '));
    expect(cardText(close()?.card ?? { summary: '', blocks: [], actions: [] })).toContain('A door in Lyon');
    await plumb.submits('tomas', 'forget-me', {});
    await play.passes(hour);
    const text = cardText(close()?.card ?? { summary: 'gone', blocks: [], actions: [] });
    expect(text).toContain('A door in Bonn');
    expect(text).not.toContain('A door in Lyon');
  });
});
