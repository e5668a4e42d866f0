import { buildBrief } from '../../../../src/domain/brief.ts';
import { differenceOf } from '../../../../src/domain/brief-difference.ts';
import { questionIds } from '../../../../src/domain/questions.ts';
import type { Core, StartedAlignment } from '../../../../src/domain/state.ts';
import { externalModelForm, ownWordsForm } from '../../../../src/views/admin-forms.ts';
import { briefCard } from '../../../../src/views/brief.ts';
import type { Card, Form } from '../../../../src/views/card.ts';
import { closedCard, joinCard, privateStateCard } from '../../../../src/views/channel.ts';
import type { ViewContext } from '../../../../src/views/context.ts';
import { delegatePrivateCard, delegateThreadCard } from '../../../../src/views/delegate.ts';
import { type DigestLine, digestCard } from '../../../../src/views/digest.ts';
import { enoughToStartCard } from '../../../../src/views/enough.ts';
import { escalationCard } from '../../../../src/views/escalation.ts';
import { allQuestionsForm, answerForm, audienceForm, correctionForm, delegationForm, handOverForm, nudgeSettingsForm } from '../../../../src/views/forms.ts';
import { helpCard } from '../../../../src/views/help.ts';
import { homeCard } from '../../../../src/views/home.ts';
import { intakeCard } from '../../../../src/views/intake.ts';
import { introductionCard } from '../../../../src/views/introduction.ts';
import { noticeCard } from '../../../../src/views/notice.ts';
import { nudgeCard } from '../../../../src/views/nudge.ts';
import type { ProgrammeAbout } from '../../../../src/views/programme.ts';
import { questionCard } from '../../../../src/views/question.ts';
import { reminderCard } from '../../../../src/views/reminder.ts';
import { reviewCard } from '../../../../src/views/review.ts';
import { standInCard } from '../../../../src/views/sign-off.ts';
import { chooseLineForm, declineRequestForm, lineForm, seeBriefForm, signOffDelegationForm } from '../../../../src/views/sign-off-forms.ts';
import { partnerNoticeCard, suggestionCard } from '../../../../src/views/suggestion.ts';
import { whoIsMeantCard } from '../../../../src/views/who-is-meant.ts';
import { whoSaidThisForm } from '../../../../src/views/who-said.ts';
import { answer, answersOf, core, MONDAY_9_UTC, prompts, whole } from '../../../views/context.ts';

/** Ids like Slack's, so that people are shown by mention. */
const dana = 'U0DANA';
const tom = 'U0TOM';

/** A context in which everybody said this, whatever was asked. */
export function everybodySaid(words: string): ViewContext {
  return { ...prompts, quote: () => words, person: (id) => ({ person: id, name: id === dana ? 'Dana Whitfield' : 'Tom Okafor' }), placeName: () => '#sales' };
}

/** The words of a conversation as they might have been. */
export function realContext(): ViewContext {
  const said: Record<string, string> = {
    request: 'My 80 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop before March?',
    topic: 'prospecting',
    audience: '80 account managers',
    format: 'one-day workshop',
    deadline: 'before March',
    driver: 'Renewals fell 9 % last year and the board wants 12 M € of new business by December',
    contribution: 'each account manager opens one new door a month in an existing account',
    owner: 'Karin Voss, VP Sales',
    'leading-kpis': 'first meetings in existing accounts, from 3 to 6 a month',
    kpi: 'first meetings',
    three: '3 a month',
    six: '6 a month',
    commitment: 'I join two calls a week and look at the pipeline every Friday',
    note: 'two reps are ill',
    win: 'Lyon signed after the second call',
    name: 'Tom from Lyon',
  };
  return { ...everybodySaid(''), quote: ({ textId }) => said[textId] ?? `what was said about ${textId}` };
}

function clarifying(change: Partial<Core> = {}): StartedAlignment {
  const understood = { topic: whole('topic'), audience: whole('audience'), format: whole('format'), deadline: whole('deadline') };
  return { status: 'clarifying', ...core({ requester: dana, startedBy: dana, understood, answers: answersOf(answer('driver', { by: dana })), ...change }) };
}

const kpis = [{ name: whole('kpi'), baseline: whole('three'), target: whole('six'), leading: true }];

function reviewing(): StartedAlignment {
  const answers = answersOf(
    ...questionIds.map((id) =>
      answer(id, { by: dana, ...(id === 'leading-kpis' && { facts: { kpis } }), ...(id === 'budget' && { status: 'unknown' as const }) }),
    ),
  );
  return {
    ...clarifying({ answers }),
    status: 'reviewing',
    review: { version: 2, startedAt: MONDAY_9_UTC, signatures: [{ by: dana, as: 'requester', at: MONDAY_9_UTC, version: 2 }] },
  };
}

const about: ProgrammeAbout = { programme: '0c6f6b9e-5a8e-4d6b-9a39-2a8a8a9a3c11', topic: whole('topic'), outcome: [whole('contribution')], kpis };
const nudge = { about, week: '2026-W48', callAt: MONDAY_9_UTC, commitment: whole('commitment'), seenBy: { place: 'sales', count: 42 } };
const lines: DigestLine[] = [
  { manager: dana, shows: 'report', report: { status: 'on-track', note: whole('note'), win: whole('win') }, weeksStuck: 0 },
  { manager: tom, shows: 'report', report: { status: 'no-progress', note: whole('note') }, weeksStuck: 2 },
  { manager: 'U0ANA', shows: 'silent' },
  { manager: 'U0SAM', shows: 'on-holiday' },
];

function conversationCards(ctx: ViewContext): Record<string, Card> {
  const taken = [{ kind: 'answered' as const, questionId: 'driver' as const, by: dana, text: whole('driver') }];
  const state = clarifying();
  return {
    intake: intakeCard(ctx, state, { questionId: 'owner', claimable: true }),
    question: questionCard(ctx, state, { questionId: 'owner', followUp: false, of: tom, taken }),
    'follow-up': questionCard(ctx, state, { questionId: 'driver', followUp: true, of: dana, taken: [] }),
    enough: enoughToStartCard(ctx, state, { questionId: 'context', taken }),
    delegated: delegateThreadCard(ctx, state, { questionId: 'owner', asker: dana, to: tom }),
    'delegated-privately': delegatePrivateCard(ctx, state, { questionId: 'owner', asker: dana }),
    'who-is-meant': whoIsMeantCard(ctx, state, { name: whole('name'), questionId: 'owner' }),
    suggestion: suggestionCard(ctx, state),
    'partner-notice': partnerNoticeCard(ctx, state, { link: 'https://acme.slack.com/archives/C1/p1?thread_ts=1&cid=C1' }),
    reminder: reminderCard(ctx, state, 1),
    'second-reminder': reminderCard(ctx, clarifying({ asked: { questionId: 'owner', of: dana, at: 0, followUp: false } }), 2),
    join: joinCard(ctx, 'C1'),
    'private-state': privateStateCard(ctx, state),
    closed: closedCard(ctx, state),
    help: helpCard(ctx),
    'notice-help': noticeCard(ctx, { kind: 'help' }, 'al-1'),
    'notice-clarification': noticeCard(ctx, { kind: 'clarification', between: ['owner', 'context'], text: 'text-1' }, 'al-1'),
    'notice-so-far': noticeCard(ctx, { kind: 'so-far', answers: reviewing().answers, open: { questionId: 'owner', timesAsked: 1 } }, 'al-1'),
  };
}

function agreementCards(ctx: ViewContext): Record<string, Card> {
  const brief = buildBrief(reviewing());
  return {
    review: reviewCard(ctx, brief, { audienceCount: 42 }),
    'review-new': reviewCard(ctx, brief, {
      audienceCount: 42,
      difference: differenceOf(buildBrief(clarifying()), brief),
      signed: { version: 1, signatures: [] },
    }),
    'sign-for': standInCard(ctx, brief, { from: dana, to: tom, audienceCount: 42 }),
    brief: briefCard(ctx, brief, { closable: true }),
    introduction: introductionCard(ctx, {
      about,
      roles: ['owner', 'manager'],
      person: tom,
      namer: dana,
      commitment: whole('commitment'),
      seenBy: { place: 'sales', count: 42 },
    }),
    nudge: nudgeCard(ctx, [nudge]),
    'nudge-again': nudgeCard(ctx, [{ ...nudge, given: { status: 'at-risk', note: whole('note'), win: whole('win') } }]),
    'nudge-for-three': nudgeCard(
      ctx,
      ['p-1', 'p-2', 'p-3'].map((programme) => ({ ...nudge, about: { ...about, programme } })),
    ),
    digest: digestCard(ctx, { about, callAt: MONDAY_9_UTC, lines }),
    escalation: escalationCard(ctx, { about, week: '2026-W48', stuck: [{ manager: tom, weeks: [{ callAt: MONDAY_9_UTC }] }] }),
  };
}

/** Every kind of card, with what people said coming from the context. */
export function realCards(ctx: ViewContext): Record<string, Card> {
  return { ...conversationCards(ctx), ...agreementCards(ctx), home: homeOf(ctx) };
}

function homeOf(ctx: ViewContext): Card {
  const request = { understood: { topic: whole('topic') }, updatedAt: MONDAY_9_UTC, link: 'https://acme.slack.com/archives/C1/p1' };
  return homeCard(ctx, {
    requests: [
      { ...request, alignment: 'al-1', status: 'paused', waitsFor: 'you' },
      { ...request, alignment: 'al-2', status: 'clarifying', waitsFor: [tom] },
    ],
    nudges: { programmes: [{ about, callAt: MONDAY_9_UTC, waiting: true }], state: 'on' },
    programmes: [{ about, statuses: [{ manager: tom, status: 'at-risk' }] }],
  });
}

/** Every kind of form. */
export function realForms(ctx: ViewContext): Record<string, Form> {
  const state = reviewing();
  const many = Array.from({ length: 140 }, (_, at) => ({ place: `C${at}`, name: `#channel-${at}`, count: at }));
  return {
    'all-questions': allQuestionsForm(ctx, state),
    'one-question': answerForm(ctx, state, 'owner'),
    change: chooseLineForm(ctx, buildBrief(state)),
    line: lineForm(ctx, buildBrief(state), { key: 'driver', person: dana }) ?? declineRequestForm(ctx, state),
    'see-brief': seeBriefForm(ctx, buildBrief(state)),
    'sign-off-delegation': signOffDelegationForm(ctx, state),
    'decline-request': declineRequestForm(ctx, state),
    delegation: delegationForm(ctx, state, 'owner'),
    'hand-over': handOverForm(ctx, state),
    audience: audienceForm(ctx, state, [{ place: 'sales', name: '#sales', count: 42 }]),
    'audience-of-many': audienceForm(ctx, state, many),
    correction: correctionForm(ctx, { programme: about.programme, namer: dana }),
    'nudge-settings': nudgeSettingsForm(ctx, { time: '09:00', holidayUntil: '2026-12-01' }),
    'who-said-this': whoSaidThisForm(ctx, buildBrief(state), { links: new Map([['m-driver', 'https://acme.slack.com/archives/C1/p1']]) }),
    'our-words': ownWordsForm(ctx, { learning: ['Sales Academy'], teams: ['Hunters'], topics: [] }, 3_000),
    'external-model': externalModelForm(ctx, { conversations: true, hearing: false }),
  };
}
