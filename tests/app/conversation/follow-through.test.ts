import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, answerUntil, reachAgreement, request } from './answers.ts';
import { buttonsOf, cardText } from './card-text.ts';
import type { Post } from './platform.ts';
import { openPlay, type Play } from './play.ts';
import { day, hour, MONDAY } from './stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

/** Tuesday morning everywhere: introductions are there, also in Tokyo. */
async function reachIntroductions(): Promise<void> {
  await reachAgreement(play);
  await play.passes(18 * hour);
}

async function acceptAll(): Promise<void> {
  await reachIntroductions();
  await play.tomas.presses('accept-introduction');
  await play.keiko.presses('accept-introduction');
}

function hasTaps({ card }: Pick<Post, 'card'>): boolean {
  return card.actions.some(({ action }) => action === 'nudge-on-track');
}

/** Until this person has a new nudge. */
async function untilNudged(person: 'tomas' | 'keiko'): Promise<void> {
  const nudges = () => play.chatPosts(person).filter(({ shown }) => shown.some((card) => hasTaps({ card }))).length;
  const before = nudges();
  for (let timers = 0; timers < 12 && nudges() === before; timers += 1) await play.nextTimer();
  expect(nudges()).toBe(before + 1);
}

async function untilDigest(): Promise<string> {
  const digests = () => play.threadPosts().filter(({ card }) => cardText(card).includes('Before the call'));
  const before = digests().length;
  for (let timers = 0; timers < 12 && digests().length === before; timers += 1) await play.nextTimer();
  return cardText(digests().at(-1)?.card ?? never());
}

describe('the calendar file', () => {
  it('is for those who were named or who read the digest, and a card that names no programme gives none', async () => {
    await reachIntroductions();
    const file = { kind: 'file', name: 'weekly-call.ics', mediaType: 'text/calendar', content: expect.stringContaining('RRULE:FREQ=WEEKLY;BYDAY=MO') };
    expect(await play.tomas.presses('calendar-file')).toMatchObject(file);
    const { value = {} } = play.tomas.find('calendar-file').button;
    expect(await play.dana.forges('calendar-file', value)).toMatchObject(file);
    expect(await play.dana.forges('calendar-file', { programme: 'nothing' })).toMatchObject({ kind: 'notice' });
  });
});

describe('a weekly call that somebody has in their calendar', () => {
  it('is told to them, and to nobody else, when it moves and when it is over, with the new file', async () => {
    await acceptAll();
    await play.tomas.presses('calendar-file');
    const form = await play.dana.opens('answer-in-form', play.threadPosts()[0]);
    await play.dana.submits(form, { 'weekly-call': 'Wednesdays at 11:00 New York time, with Keiko and Tomas.' });
    await play.dana.presses('looks-right');
    await play.priya.presses('looks-right');
    await play.passes(18 * hour);
    expect(play.chatOf('tomas')).toContain('The weekly call about prospecting has moved');
    expect(play.chatOf('keiko')).not.toContain('has moved');
    expect(await play.tomas.presses('calendar-file')).toMatchObject({
      content: expect.stringContaining('BYDAY=WE'),
      inWords: expect.stringContaining('11:00'),
    });
    await play.dana.says('stop');
    await play.passes(18 * hour);
    expect(play.chatOf('tomas')).toContain('The weekly call about prospecting is over');
    expect(await play.tomas.presses('calendar-file')).toMatchObject({ content: expect.stringContaining('METHOD:CANCEL') });
  });
});

describe('an introduction', () => {
  it('says who named them for what, comes in their working hours and once', async () => {
    await reachAgreement(play);
    expect(play.chatOf('tomas')).toContain('Dana Whitfield is working on a plan about prospecting and named you as a manager');
    expect(play.chatOf('keiko')).toBe('');
    await play.passes(18 * hour);
    expect(play.chatOf('keiko')).toContain('the owner and a manager');
    expect(play.chatPosts('keiko')).toHaveLength(1);
  });

  it('accepted shows so, and whoever named them is told', async () => {
    await reachIntroductions();
    await play.tomas.presses('accept-introduction');
    expect(play.chatPosts('tomas')).toHaveLength(1);
    expect(play.chatOf('tomas')).toContain('Thank you');
    expect(play.chatOf('tomas')).toContain('named you as a manager');
    expect(play.chatOf('tomas')).not.toContain("Yes, I'm in");
    await play.passes(hour * 12);
    expect(play.chatOf('dana')).toContain('Tomas Herrera said yes and takes part in prospecting');
  });

  it('declined ends it: no nudge comes, and the digest says so', async () => {
    await reachIntroductions();
    await play.tomas.presses('decline-introduction');
    await play.keiko.presses('accept-introduction');
    expect(await untilDigest()).toContain(`Tomas Herrera: ${play.prompts.words.plain('digest.declined')}`);
    expect(play.chatOf('tomas')).not.toContain('How is it going?');
  });

  it('is over with its programme, and nobody hears of it whom it did not reach; nothing was to judge, so nobody is asked what it was worth', async () => {
    await reachAgreement(play);
    await play.dana.says('stop');
    expect(play.chatOf('tomas')).toContain('This is over, so nothing waits for you here.');
    expect(() => play.tomas.find('accept-introduction')).toThrow();
    await play.passes(18 * hour);
    expect(play.chatOf('keiko')).toBe('');
    expect(play.chatOf('dana')).not.toContain('Was it worth it?');
  });

  it('corrected passes the words on to whoever named them, and to nobody else', async () => {
    await reachIntroductions();
    const form = await play.tomas.opens('correct-introduction');
    expect(await play.tomas.submits(form, { correction: ' ' })).toMatchObject({ kind: 'errors', errors: { correction: expect.any(String) } });
    expect(await play.tomas.submits(form, { correction: 'x'.repeat(4_000) })).toMatchObject({ kind: 'errors' });
    await play.tomas.submits(form, { correction: 'I can do one call per person, not two.' });
    await play.passes(12 * hour);
    expect(play.chatOf('dana')).toMatch(/About prospecting, Tomas Herrera would put it differently: .*one call per person/);
    expect(play.dana.find('change-something', play.chatPosts('dana').at(-1))).toBeDefined();
    const others = play.stage.posts().filter(({ place }) => place !== 'dm:dana');
    expect(others.map(({ card }) => cardText(card)).join()).not.toContain('one call per person');
  });

  it('comes to a manager who was named in a field, whatever else the words sound like', async () => {
    await acceptAll();
    const form = await play.dana.opens('answer-in-form', play.threadPosts()[0]);
    await play.dana.submits(form, { 'manager-role': 'Sam Okafor looks at two discounted deals every week' });
    await play.dana.presses('looks-right');
    await play.priya.presses('looks-right');
    await play.passes(18 * hour);
    expect(play.chatOf('sam')).toContain('You were named in a plan for a change');
  });

  it('comes again when a new version says something else, and asks who accepted only about what changed', async () => {
    await acceptAll();
    const form = await play.dana.opens('answer-in-form', play.threadPosts()[0]);
    await play.dana.submits(form, { 'manager-role': 'Tomas Herrera and Keiko Mori: each week we review one account plan per person.' });
    await play.dana.presses('looks-right');
    await play.priya.presses('looks-right');
    await play.passes(18 * hour);
    expect(play.chatOf('tomas')).toContain('A new version of the brief says something else');
  });
});

describe('the weekly nudge', () => {
  beforeEach(acceptAll);

  it('comes on the working day before the call, in the morning there', async () => {
    await untilNudged('tomas');
    const at = play.chatPosts('tomas').at(-1)?.at ?? 0;
    expect(new Date(at).toISOString()).toBe('2026-11-27T08:00:00.000Z');
  });

  it('takes a tap with a line and a win, once for a double tap, and shows what was given', async () => {
    await untilNudged('tomas');
    const inputs = { note: 'Two reps are away', win: 'A second meeting at Mercy Health' };
    const press = play.tomas.press('nudge-at-risk', { inputs });
    await Promise.all([play.stage.interact(press), play.stage.interact(press)]);
    await play.tomas.presses('nudge-at-risk', { inputs });
    expect(play.chatOf('tomas')).toContain('Noted for this week: at risk');
    const digest = await untilDigest();
    expect(digest).toContain('Tomas Herrera: at risk');
    expect(digest).toContain('Two reps are away');
    expect(digest).toContain('A second meeting at Mercy Health');
    const state = await play.programme();
    expect(state?.status === 'running' && state.statuses).toHaveLength(1);
  });

  it('without a win for two weeks lets the L&D partner ask for one, in the thread', async () => {
    const prompted = () => play.chatPosts('priya').filter(({ card }) => card.actions.some(({ action }) => action === 'ask-prompt'));
    await untilDigest();
    expect(prompted()).toEqual([]);
    await untilDigest();
    await play.passes(day);
    const { ask, why } = play.prompts.livePrompts['wins-missing'];
    expect(why.some((line) => play.chatOf('priya').includes(line))).toBe(true);
    // Looking at it, and at how many there may be, does not take it away.
    await play.priya.presses('why-prompt');
    const { value = {} } = play.priya.find('prompt-limit').button;
    await play.priya.submits({ submit: 'submit-prompt-limit', value }, { limit: '8' });
    await play.priya.presses('ask-prompt');
    const asked = cardText(play.threadPosts().at(-1)?.card ?? never());
    expect(ask.some((wording) => asked.includes(wording.split('{')[0] ?? wording))).toBe(true);
  });

  it('lets somebody change their mind until the call', async () => {
    await untilNudged('tomas');
    await play.tomas.presses('nudge-on-track');
    await play.tomas.presses('nudge-no-progress');
    expect(await untilDigest()).toContain('Tomas Herrera: no progress');
  });

  it('comes again after a snooze', async () => {
    await untilNudged('keiko');
    await play.keiko.presses('nudge-snooze');
    const before = play.chatPosts('keiko').length;
    await untilNudged('keiko');
    expect(play.chatPosts('keiko').length).toBe(before + 1);
  });

  it('keeps its buttons only while it can be answered, and says what was answered afterwards', async () => {
    await untilNudged('tomas');
    await play.tomas.presses('nudge-at-risk', { inputs: { note: 'Two reps are away' } });
    expect(buttonsOf(play.chatPosts('tomas').at(-1)?.card ?? never())).not.toContain('nudge-snooze');
    await untilNudged('tomas');
    const [first, second] = play.chatPosts('tomas').slice(-2);
    expect(play.chatPosts('tomas').filter(hasTaps)).toEqual([second]);
    expect(first?.card.actions).toEqual([]);
    for (const shown of ['You said: at risk', 'Two reps are away']) expect(cardText(first?.card ?? never())).toContain(shown);
    await play.tomas.presses('nudge-snooze');
    await untilNudged('tomas');
    expect(play.chatPosts('tomas').filter(hasTaps)).toHaveLength(1);
    expect(cardText(second?.card ?? never())).toContain('Please answer the newest question');
    await play.dana.says('stop');
    await play.passes(hour);
    expect(play.chatPosts('tomas').filter(hasTaps)).toEqual([]);
    expect(play.chatOf('tomas')).toContain('This is over, so nothing waits for you here.');
  });

  it('that was missed and is found at night comes in the morning, and the next one as ever', async () => {
    await play.moveTo(Date.UTC(2026, 10, 26, 20));
    play.lets(day);
    await play.settled();
    expect(play.chatOf('tomas')).not.toContain('How is it going?');
    await untilNudged('tomas');
    expect(new Date(play.chatPosts('tomas').at(-1)?.at ?? 0).toISOString()).toBe('2026-11-30T07:00:00.000Z');
    await untilNudged('tomas');
    expect(new Date(play.chatPosts('tomas').at(-1)?.at ?? 0).toISOString()).toBe('2026-12-04T08:00:00.000Z');
  });

  it('has a summary that says so where it could only come after the call', async () => {
    await play.moveTo(Date.UTC(2026, 10, 30, 13));
    play.lets(4 * hour);
    await play.settled();
    const digest = () => cardText(play.threadPosts().at(-1)?.card ?? never());
    for (const shown of ['After the call: prospecting', 'I could not post this before the call began', 'What may still need a word'])
      expect(digest()).toContain(shown);
    await play.tomas.presses('nudge-on-track');
    expect(digest()).toContain('Tomas Herrera: on track');
    expect(digest()).toContain('After the call: prospecting');
  });

  it('stops on opting out and starts again; the digest tells silence, opting out and holiday apart', async () => {
    await untilNudged('tomas');
    expect(await play.tomas.presses('nudge-opt-out')).toMatchObject({ text: expect.stringContaining('On Home') });
    const closed = play.chatPosts('tomas').at(-1)?.card;
    expect(closed?.actions).toEqual([]);
    expect(cardText(closed ?? never())).toContain('You asked me to stop');
    const digest = await untilDigest();
    expect(digest).toContain('Tomas Herrera: has opted out');
    expect(digest).toContain('Keiko Mori: has not answered');
    await play.tomas.forges('nudge-opt-in', {});
    await untilNudged('tomas');
  });

  it('rests during a holiday, and wrong dates are named beside the field', async () => {
    await untilNudged('tomas');
    const form = await play.tomas.opens('nudge-settings');
    for (const wrong of ['tomorrow', '2026-13-40', '2020-01-01', '2099-01-01'])
      expect(await play.tomas.submits(form, { time: '09:00', 'holiday-until': wrong })).toMatchObject({ errors: { 'holiday-until': expect.any(String) } });
    expect(await play.tomas.submits(form, { time: '25:00', 'holiday-until': '' })).toMatchObject({ errors: { time: expect.any(String) } });
    await play.tomas.submits(form, { time: '10:30', 'holiday-until': '2026-12-20' });
    expect(await untilDigest()).toContain('Tomas Herrera: on holiday');
    const before = play.chatPosts('tomas').length;
    await play.moveTo(Date.UTC(2026, 11, 15));
    expect(play.chatPosts('tomas')).toHaveLength(before);
    await untilNudged('tomas');
    expect(new Date(play.chatPosts('tomas').at(-1)?.at ?? 0).toISOString()).toBe('2026-12-25T09:30:00.000Z');
  });

  it('goes to the owner with a choice after two weeks without progress', async () => {
    for (const _week of [1, 2]) {
      await untilNudged('tomas');
      await play.tomas.presses('nudge-no-progress');
      await untilDigest();
    }
    await play.passes(18 * hour);
    expect(play.chatOf('keiko')).toContain('Twice no progress');
    expect(await play.sam.forges('escalation-stop', { programme: (await play.alignment()).id })).toMatchObject({ kind: 'notice' });
    // The card says it: nothing else has to.
    expect(await play.keiko.presses('escalation-help')).toMatchObject({ alsoOn: 'card', now: { actions: expect.any(Array) } });
    expect(play.thread()).toContain('Keiko Mori has seen that progress is stuck and will help');
    await play.keiko.presses('escalation-stop');
    expect((await play.programme())?.status).toBe('ended');
    expect(await play.status()).toBe('closed');
    await play.passes(8 * day);
    const before = play.platform.sends.length;
    await play.passes(21 * day);
    expect(play.platform.sends).toHaveLength(before);
  });

  it('ends at a date that those who lead can move, closes honestly and asks everybody once what it was worth', async () => {
    await untilNudged('tomas');
    await play.tomas.presses('nudge-on-track', { inputs: { win: 'Two second departments opened' } });
    await untilDigest();
    const form = await play.dana.opens('change-end');
    for (const end of ['soon', '2020-01-01', '2026-02-30'])
      expect(await play.dana.submits(form, { end })).toMatchObject({ errors: { end: expect.any(String) } });
    await play.dana.submits(form, { end: '2026-12-03' });
    await play.passes(5 * day);
    expect(await play.status()).toBe('closed');
    const closed = () => cardText(play.stage.posts().findLast(({ card }) => cardText(card).includes('Closed: '))?.card ?? never());
    expect(closed()).toContain('Two second departments opened');
    expect(closed()).toContain(play.prompts.words.plain('close.worth-asked'));
    for (const who of [play.dana, play.tomas, play.keiko]) await who.presses('worth-partly', { inputs: { 'worth-line': 'Keep the joint calls' } });
    await play.passes(8 * day);
    expect(closed()).toContain('Partly: 3');
    expect(closed()).not.toContain('Keep the joint calls');
    expect(play.chatOf('dana')).toContain('Keep the joint calls');
  });

  it('that began before its leads and its end were kept learns both with its next summary', async () => {
    await acceptAll();
    const { id } = await play.alignment();
    await play.repairs((database) =>
      database.exec(
        `update aggregates set snapshot = json_remove(snapshot, '$.content.requester', '$.content.partners', '$.endsAt') where kind = 'programme' and id = '${id}'`,
      ),
    );
    expect(await play.programme()).not.toHaveProperty('endsAt');
    await untilDigest();
    expect(await play.programme()).toMatchObject({ endsAt: expect.any(Number), content: { requester: 'dana', partners: ['priya'] } });
    expect((await play.programme())?.status).toBe('running');
  });

  it('ends when the alignment is closed', async () => {
    await play.dana.says('stop');
    expect(await play.status()).toBe('closed');
    await play.passes(21 * day);
    expect(play.chatOf('tomas') + play.chatOf('keiko')).not.toContain('How is it going?');
    expect(play.thread()).not.toContain('Before the call');
  });
});

describe('a brief that stays among those who took part', () => {
  it('keeps its digest out of the thread, and says so to the managers', async () => {
    await play.dana.asks(request);
    await answerUntil(play);
    await play.dana.submits(await play.dana.opens('choose-audience'), { audience: 'participants' });
    await play.dana.presses('looks-right');
    await play.passes(18 * hour);
    expect(play.chatOf('tomas')).toContain('shown to Dana Whitfield and Keiko Mori and nobody else');
    await play.tomas.presses('accept-introduction');
    await untilNudged('tomas');
    await play.tomas.presses('nudge-on-track', { inputs: { win: 'Two second departments opened' } });
    for (let timers = 0; timers < 6; timers += 1) await play.nextTimer();
    expect(play.chatOf('dana')).toContain('Two second departments opened');
    expect(play.thread()).not.toContain('Before the call');
    expect(play.thread()).not.toContain('Two second departments opened');
  });
});

describe('quiet', () => {
  it('brings one reminder after two working days and one question after five, in working hours, and never more', async () => {
    await play.dana.asks(request);
    await play.dana.says(answers.driver);
    const posts = play.threadPosts().length;
    await play.passes(30 * day);
    const later = play.threadPosts().slice(posts);
    expect(later).toHaveLength(2);
    const newYorkHours = later.map(({ at }) =>
      Number(new Intl.DateTimeFormat('en', { timeZone: 'America/New_York', hour: 'numeric', hourCycle: 'h23' }).format(at)),
    );
    for (const local of newYorkHours) expect(local >= 8 && local < 18).toBe(true);
    expect(later.map(({ at }) => Math.round((at - MONDAY) / day))).toEqual([2, 7]);
    await play.dana.says('yes please');
    expect(await play.status()).toBe('paused');
  });

  it('skips the night and the weekend of the requester', async () => {
    await play.ends();
    play = await openPlay({ startAt: Date.UTC(2026, 10, 27, 3) });
    await play.dana.asks(request);
    const posts = play.threadPosts().length;
    await play.passes(5 * day);
    const [first] = play.threadPosts().slice(posts);
    // Thursday 22:00 in New York and two working days: Monday 22:00, which is quiet, so Tuesday at eight.
    expect(new Date(first?.at ?? 0).toISOString()).toBe('2026-12-01T13:00:00.000Z');
  });

  it('that Plumb noticed at night, because it was away, waits for the morning', async () => {
    await play.dana.asks(request);
    await play.dana.says(answers.driver);
    const posts = play.threadPosts().length;
    // Thursday 03:00 in New York.
    play.lets(MONDAY + 3 * day - (MONDAY % day) + 8 * hour - play.stage.now());
    await play.passes(0);
    expect(play.threadPosts()).toHaveLength(posts);
    await play.passes(12 * hour);
    const [late] = play.threadPosts().slice(posts);
    expect(new Date(late?.at ?? 0).toISOString()).toMatch(/T13:00:00/);
  });

  it('of somebody asked ends the wait after two working days, and the draft is written without them', async () => {
    await play.dana.asks(request);
    await answerUntil(play, 'budget');
    await play.dana.says('ask @Tomas');
    expect(play.thread()).toContain('I am waiting for Tomas Herrera');
    await play.passes(3 * day);
    expect(await play.status()).toBe('reviewing');
    expect(play.thread()).toContain('asked of Tomas Herrera, no answer yet');
  });

  it('does not keep a pending question alive for somebody whose answer comes late: it still counts', async () => {
    await play.dana.asks(request);
    await answerUntil(play, 'budget');
    await play.dana.says('ask @Tomas privately');
    await play.passes(3 * day);
    await play.tomas.presses('answer-delegated', { inputs: { answer: 'Ten thousand euros from the sales budget.' } });
    expect(await play.answer('budget')).toBe('clear');
  });
});

function never(): never {
  throw new Error('There is no post.');
}
