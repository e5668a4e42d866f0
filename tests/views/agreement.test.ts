import { describe, expect, it } from '@jest/globals';
import { buildBrief } from '../../src/domain/brief.ts';
import { differenceOf } from '../../src/domain/brief-difference.ts';
import { missingSigners } from '../../src/domain/signers.ts';
import type { Core, StartedAlignment } from '../../src/domain/state.ts';
import { briefCard } from '../../src/views/brief.ts';
import { type DigestLine, digestCard } from '../../src/views/digest.ts';
import { escalationCard } from '../../src/views/escalation.ts';
import { audienceForm } from '../../src/views/forms.ts';
import { type HomeAlignment, homeCard } from '../../src/views/home.ts';
import { introductionCard } from '../../src/views/introduction.ts';
import { nudgeCard, nudgeForm } from '../../src/views/nudge.ts';
import type { ProgrammeAbout } from '../../src/views/programme.ts';
import { reminderCard } from '../../src/views/reminder.ts';
import { reviewCard } from '../../src/views/review.ts';
import { chooseLineForm, lineForm } from '../../src/views/sign-off-forms.ts';
import { plainText } from '../../src/views/text.ts';
import { whoSaidThisForm } from '../../src/views/who-said.ts';
import { actionsOf, answer, answersOf, contextOf, core, MONDAY_9_UTC, moreOf, prompts, readable, whole } from './context.ts';

const ctx = contextOf({
  request: 'a one-day prospecting workshop',
  topic: 'prospecting',
  driver: 'renewals fell 9 %',
  contribution: 'each opens one new door a month',
  old: 'renewals fell a bit',
  commitment: 'I join two calls a week',
  note: 'two reps are ill',
  win: 'Lyon signed after the second call',
  kpi: 'first meetings',
  three: '3',
  six: '6',
  ten: 'ten a month, not six',
  'leading-kpis': 'asked before the correction',
});

const reviewing = (change: Partial<Core> = {}, signed = false): StartedAlignment => ({
  status: 'reviewing',
  review: { version: 2, startedAt: MONDAY_9_UTC, signatures: signed ? [{ by: 'dana', as: 'requester', at: MONDAY_9_UTC, version: 2 }] : [] },
  ...core({ answers: answersOf(answer('driver'), answer('contribution', { status: 'thin' }), answer('budget', { status: 'unknown', by: 'tom' })), ...change }),
});

describe('the draft', () => {
  const draft = reviewing({ partners: [{ personId: 'priya' }] });
  const card = reviewCard(ctx, buildBrief(draft), { audienceCount: 42, missing: missingSigners(draft) });
  const text = readable(card);

  it('marks what is thin and what is open, with who it hangs on', () => {
    expect(text).toContain('each opens one new door a month (more to find out) (DANA)');
    expect(text).toContain('TOM');
    expect(text).toContain(prompts.words.plain('brief.open-open'));
  });

  it('lists what nobody spoke of on one line', () => {
    const open = card.blocks
      .flatMap((block) => (block.type === 'list' ? block.items : []))
      .filter(({ note }) => note && plainText(note) === 'not spoken of yet');
    expect(open.map((item) => plainText(item.text))).toEqual([expect.stringMatching(/^Owner in the business · Leading KPIs · .* · What happens afterwards$/)]);
  });

  it('shows what was said of the numbers and gave the table none, such as a correction', () => {
    const kpis = [{ name: whole('leading-kpis'), baseline: whole('three'), target: whole('six'), leading: true }];
    const given = [
      answer('leading-kpis', { text: whole('old'), status: 'thin', messageRef: 'm0' }),
      answer('leading-kpis', { facts: { kpis }, effect: 'adds', messageRef: 'm1' }),
      answer('leading-kpis', { text: whole('ten'), effect: 'amends', messageRef: 'm2' }),
    ];
    const { blocks } = reviewCard(ctx, buildBrief(reviewing({ answers: answersOf(...given) })));
    const corrected = blocks.flatMap((block) => (block.type === 'facts' ? block.facts.map(({ value }) => plainText(value)) : [])).join('\n');
    expect(corrected).toContain('ten a month, not six (a correction)');
    expect(corrected).toContain('renewals fell a bit');
    expect(corrected).not.toContain('asked before the correction');
  });

  it('has no heading with nothing below it', () => {
    const empty = readable(reviewCard(ctx, buildBrief(reviewing({ answers: {} }))));
    expect(empty).not.toContain(prompts.words.plain('brief.factors'));
    expect(readable(reviewCard(ctx, buildBrief(reviewing({ answers: answersOf(answer('context')) }))))).toContain(prompts.words.plain('brief.factors'));
  });

  it('calls a thin link thin, and leaves to L&D what no question asks for', () => {
    const facts = card.blocks.flatMap((block) => (block.type === 'facts' ? block.facts : []));
    const stateOf = (label: string) => facts.find((fact) => fact.label === label)?.value;
    expect(stateOf('Business goal')).toBe('clear');
    expect(stateOf('What people will do')).toBe('more to find out');
    expect(stateOf('Where they are today')).toBe('for L&D to find out next');
  });

  it('says before anybody signs who will see it', () => {
    expect(text).toContain('#sales');
    expect(text).toContain('42');
  });

  it('says whose signature is missing, and that nobody from L&D has signed', () => {
    expect(text).toContain('L&D: not yet');
    expect(text).toContain('Waiting for DANA and PRIYA');
  });

  it('carries the version that is signed, so that nobody signs another one', () => {
    expect(card.actions[0]).toMatchObject({ action: 'looks-right', value: { alignment: 'al-1', version: '2' } });
    expect(actionsOf(card)).toEqual([
      'looks-right',
      'change-something',
      'choose-audience',
      'delegate-sign-off',
      'give-open-point',
      'who-said-this',
      'export-markdown',
    ]);
    expect(card.actions.filter(({ more }) => !more).map(({ action }) => action)).toEqual(['looks-right', 'change-something']);
  });

  it('shows in a new version what was, what is and who changed it', () => {
    const before = buildBrief(reviewing({ answers: answersOf(answer('driver', { text: whole('old') })) }));
    const after = buildBrief(reviewing({ answers: answersOf(answer('driver', { by: 'tom' })) }));
    const signed = { version: 1, signatures: [{ by: 'dana', as: 'requester' as const, at: 3, version: 1 }] };
    const changed = readable(reviewCard(ctx, after, { difference: differenceOf(before, after), signed }));
    for (const shown of ['Was\n“renewals fell a bit”', 'Now\n“renewals fell 9 %”', 'By\nTOM', 'Version 1 was signed by', 'Requester: DANA'])
      expect(changed).toContain(shown);
    expect(changed).not.toContain(prompts.words.plain('brief.factors'));
  });

  it('shows in a new version what was decided, who starts and what else must change since the signed one', () => {
    const by = { by: 'tom', at: 5, words: whole('driver') };
    const changed = readable(
      reviewCard(ctx, buildBrief(reviewing()), {
        signed: { version: 1, signatures: [] },
        difference: {
          understood: [],
          answers: [],
          decisions: [{ ...by, outcome: 'kept', about: {}, evidence: [] }],
          pilot: { group: whole('driver'), by: 'tom', at: 6, messageRef: 'm1' },
          actions: [{ id: 'a1', element: 'systems', text: whole('driver'), impact: 4, cost: 2, phase: 'now', by: 'tom', at: 7 }],
        },
      }),
    );
    const { words } = prompts;
    for (const label of [words.plain('brief.decision-kept'), words.plain('brief.pilot'), words.plain('fitness.actions')])
      expect(changed).toContain(`${label}: renewals fell 9 % (TOM)`);
  });
});

describe('the signed brief', () => {
  it('shows who signed, and words that were removed as removed', () => {
    const state = reviewing({ answers: answersOf(answer('driver'), answer('context')) }, true);
    const text = readable(briefCard(ctx, buildBrief(state)));
    expect(text).toContain('(removed by the person who wrote it)');
    expect(text).toContain('Requester: DANA');
  });

  it('can be closed in its conversation, not from a channel', () => {
    const brief = buildBrief(reviewing());
    expect(actionsOf(briefCard(ctx, brief))).not.toContain('close');
    expect(actionsOf(briefCard(ctx, brief, { closable: true }))).toContain('close');
  });

  it('shows for every line who said it and when, and nothing to fill in', () => {
    const form = whoSaidThisForm(ctx, buildBrief(reviewing()));
    expect(form.blocks.some((block) => block.type === 'input')).toBe(false);
    expect(form.blocks).toContainEqual({
      type: 'list',
      items: [{ text: 'renewals fell 9 %', note: [{ person: 'dana', name: 'DANA' }, ', ', { at: MONDAY_9_UTC, as: 'date-time' }] }],
    });
  });
});

describe('forms of the review', () => {
  it('offer the present audience first and keeping it among participants', () => {
    const form = audienceForm(ctx, reviewing(), [{ place: 'sales', name: '#sales', count: 42 }]);
    expect(form.blocks).toContainEqual(expect.objectContaining({ id: 'audience', value: 'sales' }));
    expect(readable(form)).toContain('participants');
  });

  it('offer every line with its words and its author, and then that line to be put right, with why', () => {
    const brief = buildBrief(reviewing());
    const choice = chooseLineForm(ctx, brief).blocks.flatMap((block) => (block.type === 'input' ? (block.options ?? []) : []));
    expect(choice.map(({ label }) => label)).toContain('Business driver: renewals fell 9 % (DANA)');
    const key = choice.find(({ label }) => label.startsWith('Business driver'))?.value ?? '';
    const page = lineForm(ctx, brief, { key, person: 'tom' });
    expect(page?.blocks).toContainEqual(expect.objectContaining({ id: 'answer', value: 'renewals fell 9 %' }));
    expect(page?.blocks).toContainEqual(expect.objectContaining({ id: 'reason' }));
    expect(page && readable(page)).toContain("DANA's words");
  });
});

const about: ProgrammeAbout = {
  programme: 'p1',
  topic: whole('topic'),
  outcome: [whole('contribution')],
  kpis: [{ name: whole('kpi'), baseline: whole('three'), target: whole('six'), leading: true }],
};

describe('an introduction', () => {
  const introduction = { about, person: 'tom', namer: 'dana', commitment: whole('commitment'), seenBy: { place: 'sales', count: 42 } };

  it('tells who named them, for what, what they are said to do, and who will see their answers', () => {
    const text = readable(introductionCard(ctx, { ...introduction, roles: ['manager'] }));
    for (const told of ['DANA', 'prospecting', 'I join two calls a week', '#sales', '42']) expect(text).toContain(told);
  });

  it('does not tell somebody who named themselves that they did so to themselves', () => {
    const card = introductionCard(ctx, { ...introduction, namer: 'tom', roles: ['manager'] });
    expect(readable(card)).toContain('you named yourself as a manager');
    expect(readable(card)).not.toContain('told to TOM');
    expect(card.summary).not.toContain('TOM');
  });

  it('does not promise an owner a weekly question', () => {
    const text = readable(introductionCard(ctx, { ...introduction, roles: ['owner'] }));
    expect(text).not.toContain('once a week');
    expect(text).not.toContain('#sales');
  });

  it('does not tell an owner who is a manager, too, that they hear only as the owner', () => {
    const text = readable(introductionCard(ctx, { ...introduction, roles: ['owner', 'manager'] }));
    expect(text).toContain('one short question a week');
    expect(text).not.toContain('only when');
  });

  it('can be accepted, corrected and declined, and has a calendar file once it is accepted', () => {
    const named = { ...introduction, roles: ['manager'] as const };
    expect(actionsOf(introductionCard(ctx, named))).toEqual(['accept-introduction', 'correct-introduction', 'decline-introduction']);
    expect(actionsOf(introductionCard(ctx, { ...named, accepted: true }))).toEqual(['calendar-file', 'correct-introduction', 'decline-introduction']);
  });
});

describe('the weekly question', () => {
  const one = { about, week: '2026-W48', callAt: MONDAY_9_UTC, commitment: whole('commitment'), seenBy: { place: 'sales' } };

  it('has outcome, own commitment, number, three taps and two optional lines', () => {
    const card = nudgeCard(ctx, [one]);
    const text = readable(card);
    for (const shown of ['each opens one new door a month', 'I join two calls a week', 'first meetings', '#sales']) expect(text).toContain(shown);
    expect(actionsOf(card)).toEqual(['nudge-on-track', 'nudge-at-risk', 'nudge-no-progress', 'nudge-opt-out', 'nudge-snooze', 'nudge-settings']);
    expect(moreOf(card)).toEqual(['nudge-snooze', 'nudge-settings']);
    expect(card.blocks.flatMap((block) => (block.type === 'input' ? [[block.id, block.required ?? false]] : []))).toEqual([
      ['note', false],
      ['win', false],
    ]);
  });

  it('shows what was sent, since the lines are empty again', () => {
    const text = readable(nudgeCard(ctx, [{ ...one, given: { status: 'at-risk', note: whole('note'), win: whole('win') } }]));
    for (const shown of ['Noted for this week: at risk', '“two reps are ill”', '“Lyon signed after the second call”', 'first meetings: 3 → 6'])
      expect(text).toContain(shown);
  });

  it('joins programmes in one form with a tap, a line and a win for each, and few buttons', () => {
    const joined = [one, { ...one, about: { ...about, programme: 'p2' } }];
    const card = nudgeCard(ctx, joined);
    expect(actionsOf(card)).toEqual(['nudge-answer', 'nudge-snooze', 'nudge-settings', 'nudge-opt-out']);
    expect(card.blocks.filter(({ type }) => type === 'input')).toEqual([]);
    const inputs = nudgeForm(ctx, joined).blocks.flatMap((block) => (block.type === 'input' ? [block] : []));
    expect(inputs.map(({ id }) => id)).toEqual(['status-p1', 'note-p1', 'win-p1', 'status-p2', 'note-p2', 'win-p2']);
    expect(inputs[0]?.label).toContain('prospecting');
    expect(inputs[0]?.options?.map(({ value }) => value)).toEqual(['on-track', 'at-risk', 'no-progress']);
  });
});

describe('the digest', () => {
  const lines: DigestLine[] = [
    { manager: 'tom', shows: 'report', report: { status: 'on-track', note: whole('note'), win: whole('win') }, weeksStuck: 0 },
    { manager: 'ana', shows: 'report', report: { status: 'no-progress' }, weeksStuck: 2 },
    { manager: 'lin', shows: 'silent' },
    { manager: 'sam', shows: 'on-holiday' },
    { manager: 'eva', shows: 'opted-out' },
    { manager: 'pat', shows: 'not-accepted-yet' },
  ];
  const card = digestCard(ctx, { about, callAt: MONDAY_9_UTC, lines });

  it('shows silence, holiday, opting out and not having accepted as different things', () => {
    const list = card.blocks.find((block) => block.type === 'list');
    const shown = list?.type === 'list' ? list.items.map((item) => readable({ summary: '', blocks: [{ type: 'text', text: item.text }], actions: [] })) : [];
    expect(new Set(shown.slice(2).map((text) => text.replace(/^.*: /s, ''))).size).toBe(4);
  });

  it('counts only silence as silence', () => {
    expect(card.summary).toBe('prospecting: 1 on track, 0 at risk, 1 no progress, 1 without an answer.');
  });

  it('tells wins with who told them, and who is stuck', () => {
    const text = readable(card);
    expect(text).toContain('Lyon signed after the second call');
    expect(text).toContain(prompts.words.plain('digest.stuck'));
  });

  it('gives the owner the choice to help, re-plan or stop, with what was reported', () => {
    const stuck = [{ manager: 'ana', weeks: [{ callAt: MONDAY_9_UTC, note: whole('note') }, { callAt: MONDAY_9_UTC - 7 * 86_400_000 }] }];
    const escalation = escalationCard(ctx, { about, week: '2026-W48', stuck });
    expect(escalation.summary).toContain('ANA');
    expect(readable(escalation)).toContain('two reps are ill');
    expect(readable(escalation)).toContain(prompts.words.plain('escalation.no-line'));
    expect(actionsOf(escalation)).toEqual(['escalation-help', 'escalation-replan', 'escalation-stop']);
    const replanned = escalationCard(ctx, { about, week: '2026-W48', stuck, answered: { by: 'ana', choice: 'replan' } });
    expect(actionsOf(replanned)).toEqual(['change-something', 'escalation-stop']);
  });
});

describe('reminders', () => {
  it('repeat the open question after two days and ask about pausing after five', () => {
    const state: StartedAlignment = { status: 'clarifying', ...core({ asked: { questionId: 'owner', of: 'dana', at: 0, followUp: false } }) };
    expect(reminderCard(ctx, state, 1).summary).toContain(prompts.questions.owner.ask[0]);
    expect(readable(reminderCard(ctx, state, 2))).toContain('pause');
    expect(actionsOf(reminderCard(ctx, state, 2))).toContain('later');
  });

  it('point to the draft when that is what waits', () => {
    const card = reminderCard(ctx, reviewing(), 1);
    expect(card.summary).toContain('draft');
    expect(card.actions[0]).toMatchObject({ action: 'looks-right', value: { alignment: 'al-1', version: '2' } });
    expect(readable(card)).not.toContain('answered');
  });
});

describe('Home', () => {
  const request: HomeAlignment = {
    alignment: 'al-1',
    understood: { topic: whole('topic') },
    status: 'paused',
    updatedAt: MONDAY_9_UTC,
    waitsFor: 'you',
    link: 'https://chat/1',
  };
  const empty = { requests: [], nudges: { programmes: [], state: 'on' as const }, programmes: [] };

  it('shows what waits for this person and lets a paused request go on', () => {
    const card = homeCard(ctx, { ...empty, requests: [request] });
    expect(readable(card)).toContain(prompts.words.plain('home.waits-for-you'));
    expect(card.actions).toContainEqual({ action: 'resume', label: 'Carry on: prospecting', value: { alignment: 'al-1', on: 'home' } });
  });

  it('shows the settings to admins only', () => {
    const words = { learning: [], teams: [], topics: [] };
    const learned = { lessons: [], count: 0 };
    const admin = {
      places: [{ place: 'sales', listening: true }],
      partners: [{ personId: 'priya' }, { personId: 'sam', places: ['sales'] }],
      rhythm: { quietHours: { start: '18:00', end: '08:00' }, nudgeTime: '09:00' },
      words,
      causes: [],
      retention: { over: 0 },
      learned,
      deadLetters: [{ id: 'd1', what: 'message' as const, attempts: 5, failedAt: MONDAY_9_UTC }],
    };
    expect(actionsOf(homeCard(ctx, { ...empty, admin }))).toEqual([
      'start-in-form',
      'listen-off',
      'add-partner',
      'remove-partner',
      'remove-partner',
      'rhythm',
      'our-words',
      'our-causes',
      'retention',
      'replay-dead-letter',
      'my-data',
      'forget-me',
    ]);
    expect(actionsOf(homeCard(ctx, empty))).toEqual(['start-in-form', 'my-data', 'forget-me']);
  });

  it('offers to start the weekly question again to somebody who stopped it', () => {
    const card = homeCard(ctx, { ...empty, nudges: { programmes: [{ about }], state: 'opted-out' } });
    expect(actionsOf(card)).toEqual(['start-in-form', 'calendar-file', 'nudge-opt-in', 'my-data', 'forget-me']);
  });
});
