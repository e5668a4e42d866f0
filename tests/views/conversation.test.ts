import { describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '../../src/domain/event.ts';
import { questionIds } from '../../src/domain/questions.ts';
import type { StartedAlignment } from '../../src/domain/state.ts';
import { actionIds } from '../../src/views/actions.ts';
import { joinCard, privateStateCard } from '../../src/views/channel.ts';
import { delegatePrivateCard, delegateThreadCard } from '../../src/views/delegate.ts';
import { enoughToStartCard } from '../../src/views/enough.ts';
import { allQuestionsForm } from '../../src/views/forms.ts';
import { intakeCard } from '../../src/views/intake.ts';
import { noticeCard, noticeText } from '../../src/views/notice.ts';
import { answerLimit, prefillOf } from '../../src/views/prefill.ts';
import { questionCard } from '../../src/views/question.ts';
import { partnerNoticeCard, suggestionCard } from '../../src/views/suggestion.ts';
import { takenFrom, takenLine } from '../../src/views/taken.ts';
import { plainText, shorten } from '../../src/views/text.ts';
import { whoIsMeantCard } from '../../src/views/who-is-meant.ts';
import { actionsOf, answer, answersOf, contextOf, core, MONDAY_9_UTC, moreOf, prompts, readable, whole } from './context.ts';

const request = 'My 80 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop before March?';
const ctx = contextOf({
  request,
  topic: 'prospecting',
  driver: 'renewals fell 9 %',
  owner: 'Karin Voss',
  'leading-kpis': 'first meetings',
  secret: 'we will let Tom go',
});

const clarifying = (change: Parameters<typeof core>[0] = {}): StartedAlignment => ({ status: 'clarifying', ...core(change) });
const at = { at: MONDAY_9_UTC, by: 'dana', act: 'a1' };

describe('the first reply', () => {
  const state = clarifying({ answers: answersOf(answer('driver')) });
  const card = intakeCard(ctx, state, { questionId: 'owner', claimable: true });

  it('shows what was understood, what is answered already, and exactly one question', () => {
    const text = readable(card);
    expect(text).toContain('“prospecting”');
    expect(text).toContain('“renewals fell 9 %”');
    const asked = questionIds
      .flatMap((id) => prompts.questions[id].ask)
      .filter((question) => card.blocks.some((block) => block.type === 'text' && block.text === question));
    expect(asked).toEqual([prompts.questions.owner.ask[0]]);
  });

  it('tells topic and question to whoever only sees the notification', () => {
    expect(card.summary).toContain('prospecting');
    expect(card.summary).toContain(prompts.questions.owner.ask[0]);
  });

  it('offers every way on, and claiming only where partners are listed', () => {
    expect(actionsOf(card)).toEqual(['answer-in-form', 'continue-privately', 'claim', 'not-a-request', 'later', 'why-reply']);
    expect(moreOf(card)).toEqual(['later', 'why-reply']);
    expect(actionsOf(intakeCard(ctx, state, { claimable: false }))).not.toContain('claim');
  });

  it('offers to somebody who talks to Plumb alone nothing that needs others', () => {
    const alone = { ...state, conversation: { ...state.conversation, thread: '' } };
    const card = intakeCard(ctx, alone, { questionId: 'owner', claimable: true });
    expect(actionsOf(card)).toEqual(['answer-in-form', 'not-a-request', 'later', 'why-reply']);
    expect(moreOf(card)).toEqual([]);
  });

  it('names who asked Plumb to look when it was not the requester', () => {
    expect(readable(intakeCard(ctx, { ...state, startedBy: 'tom' }, { claimable: false }))).toContain('TOM');
  });
});

describe('the ordinary reply', () => {
  const state = clarifying({ answers: answersOf(answer('driver')), timesAsked: { owner: 1 } });

  it('says what it took from whom, then asks, with the progress', () => {
    const card = questionCard(ctx, state, {
      questionId: 'owner',
      followUp: false,
      of: 'dana',
      taken: [{ kind: 'answered', questionId: 'driver', by: 'dana', text: whole('driver') }],
    });
    expect(card.summary).toContain('Noted from DANA, business driver: “renewals fell 9 %”');
    expect(card.summary).toContain(prompts.questions.owner.ask[0]);
    expect(card.summary).toContain('1 of 12');
    expect(actionsOf(card)).toEqual(['answer-in-form', 'skip', 'dont-know', 'ask-someone', 'why', 'undo']);
    expect(moreOf(card)).toEqual(['why', 'undo']);
  });

  it('puts a question again in other words', () => {
    const again = questionCard(ctx, { ...state, timesAsked: { owner: 2 } }, { questionId: 'owner', followUp: false, of: 'dana', taken: [] });
    expect(again.summary).toContain(prompts.questions.owner.ask[1]);
  });

  it('mentions the person when it is not the requester', () => {
    const card = questionCard(ctx, state, { questionId: 'owner', followUp: false, of: 'tom', taken: [] });
    expect(card.blocks).toContainEqual({ type: 'text', text: [{ person: 'tom', name: 'TOM' }, ', this one is for you.'] });
  });

  it('shows after a thin answer what is missing, with an example', () => {
    const text = readable(questionCard(ctx, state, { questionId: 'driver', followUp: true, of: 'dana', taken: [] }));
    expect(text).toContain(prompts.questions.driver.has);
    expect(text).toContain(prompts.questions.driver.examples[0]?.text);
  });

  it('asks what moves earlier when every KPI named is lagging', () => {
    const lagging = answer('leading-kpis', { status: 'thin', facts: { kpis: [{ name: whole('leading-kpis'), leading: false }] } });
    const card = questionCard(ctx, clarifying({ answers: answersOf(lagging) }), { questionId: 'leading-kpis', followUp: true, of: 'dana', taken: [] });
    expect(card.summary).toContain(prompts.questions['leading-kpis'].followUps[1]);
  });
});

describe('what was taken', () => {
  const answered = (given: ReturnType<typeof answer>, corrected = false): DomainEvent => ({ type: 'QuestionAnswered', ...at, answer: given, corrected });
  const line = (...events: DomainEvent[]) => takenFrom(events, { privately: false, answers: {} }).map((taken) => plainText(takenLine(ctx, taken)));

  it('says one line for each answer, correction and addition', () => {
    expect(line(answered(answer('driver')), answered(answer('owner'), true), answered(answer('leading-kpis', { effect: 'adds', by: 'tom' })))).toEqual([
      'Noted from DANA, business driver: “renewals fell 9 %”',
      'Changed by DANA, owner in the business: “Karin Voss”',
      'Also noted from TOM, leading KPIs: “first meetings”',
    ]);
  });

  it('makes one change out of what an edit removed and gave anew', () => {
    const removed: DomainEvent = { type: 'AnswersRemoved', ...at, messageRef: 'm', questionIds: ['driver', 'owner'], reason: 'edited' };
    expect(line(removed, answered(answer('driver')))).toEqual([
      'DANA edited a message, so this is open again: owner in the business',
      'Changed by DANA, business driver: “renewals fell 9 %”',
    ]);
  });

  it('calls nothing open that something else was said on', () => {
    const removed: DomainEvent = { type: 'AnswersRemoved', ...at, messageRef: 'm', questionIds: ['driver', 'owner'], reason: 'deleted' };
    const lines = takenFrom([removed], { privately: false, answers: answersOf(answer('driver')) }).map((taken) => plainText(takenLine(ctx, taken)));
    expect(lines).toEqual([
      'DANA deleted a message, so this is open again: owner in the business',
      'DANA deleted a message. What else was said on this stands: business driver',
    ]);
  });

  it('says how a question was passed on', () => {
    const delegated = (privately: boolean) => answered(answer('budget', { status: 'delegated', delegatedTo: { personId: 'priya', privately } }));
    expect(line(delegated(true))[0]).toContain('PRIYA');
    expect(line(delegated(true))[0]).toContain('privately');
    expect(line(delegated(false))[0]).not.toContain('privately');
    const [inPrivate] = takenFrom([delegated(false)], { privately: true, answers: {} });
    expect(inPrivate && plainText(takenLine(ctx, inPrivate))).toContain('privately');
  });

  it('shows removed words as removed', () => {
    expect(line(answered(answer('context')))).toEqual(['Noted from DANA, what is unique here: (removed by the person who wrote it)']);
  });
});

describe('what other people see', () => {
  const secretive = clarifying({
    privately: true,
    answers: answersOf(answer('driver', { text: whole('secret') }), answer('sufficiency', { text: whole('secret') })),
  });

  it('shows in the thread only how far a private conversation is', () => {
    const text = readable(privateStateCard(ctx, secretive));
    expect(text).not.toContain('Tom go');
    expect(text).not.toContain('prospecting');
    expect(privateStateCard(ctx, secretive).summary).toContain('2 of 12');
  });

  it('shows a person who is asked privately only the question, the topic and who asks', () => {
    const card = delegatePrivateCard(ctx, secretive, { questionId: 'budget', asker: 'dana' });
    const text = readable(card);
    expect(text).toContain('DANA');
    expect(text).toContain('prospecting');
    expect(text).toContain(prompts.questions.budget.ask[0]);
    expect(text).not.toContain('Tom go');
    expect(text).not.toContain(request);
    expect(actionsOf(card)[0]).toBe('answer-delegated');
    expect(readable(delegateThreadCard(ctx, secretive, { questionId: 'budget', asker: 'dana', to: 'priya' }))).not.toContain('Tom go');
  });

  it('shows the L&D partner a private conversation without anything that was said', () => {
    const text = readable(partnerNoticeCard(ctx, secretive, { link: 'https://chat/1' }));
    expect(text).not.toContain('Tom go');
    expect(text).not.toContain('2 of 12');
  });
});

describe('after the essentials', () => {
  it('does not claim that they are all there when one is unknown', () => {
    const state = clarifying({ answers: answersOf(answer('driver'), answer('owner', { status: 'unknown' }), answer('leading-kpis')) });
    const text = readable(enoughToStartCard(ctx, state, { questionId: 'contribution', taken: [] }));
    expect(text).toContain('owner in the business');
    expect(text).not.toContain(prompts.words.plain('enough.text'));
  });

  it('offers to go on, in a form, later, with L&D, or to write the brief', () => {
    const card = enoughToStartCard(ctx, clarifying(), { taken: [] });
    expect(actionsOf(card)).toEqual(['carry-on', 'answer-in-form', 'leave-to-partner', 'write-brief', 'later']);
    expect(moreOf(card)).toEqual(['write-brief', 'later']);
  });
});

describe('forms', () => {
  const state = clarifying({ answers: answersOf(answer('driver'), answer('driver', { effect: 'adds', by: 'tom', text: whole('owner') }), answer('context')) });

  it('have all twelve questions with what is there, without words that were removed', () => {
    const inputs = allQuestionsForm(ctx, state).blocks.flatMap((block) => (block.type === 'input' ? [block] : []));
    expect(inputs.map((input) => input.id).sort()).toEqual([...questionIds].sort());
    expect(inputs.find((input) => input.id === 'driver')?.value).toBe('renewals fell 9 %\nKarin Voss');
    expect(inputs.find((input) => input.id === 'context')).not.toHaveProperty('value');
  });

  it('never prefill more than a field may hold, nor half a character', () => {
    const long = contextOf({ driver: `${'a'.repeat(answerLimit - 1)}😀` });
    const value = prefillOf(long, answersOf(answer('driver', { text: { textId: 'driver', start: 0, end: 9999 } })), 'driver');
    expect(value).toBe('a'.repeat(answerLimit - 1));
  });
});

describe('short replies', () => {
  it('explain why with the source', () => {
    expect(plainText(noticeText(ctx, { kind: 'why', questionId: 'sufficiency' }))).toContain(prompts.words.plain('source.S4'));
  });

  it('give the reason for replying in words, also for a reason without wording', () => {
    const text = plainText(noticeText(ctx, { kind: 'reason', reasons: ['team-cannot', 'something-new', '__proto__'] }));
    expect(text).toContain(prompts.words.plain('reason.team-cannot'));
    expect(text).not.toContain(prompts.words.plain('reason.other'));
    expect(text).not.toContain('something-new');
    expect(plainText(noticeText(ctx, { kind: 'reason', reasons: ['something-new'] }))).toContain(prompts.words.plain('reason.other'));
  });

  it('ask which question is meant with a button for each, that brings the words along', () => {
    const card = noticeCard(ctx, { kind: 'clarification', between: ['owner', 'budget'], text: 't9' }, 'al-1');
    expect(card.actions.map((action) => [action.action, action.label, action.value])).toEqual([
      ['choose-question', 'Owner in the business', { alignment: 'al-1', question: 'owner', text: 't9' }],
      ['choose-question', 'Budget for afterwards', { alignment: 'al-1', question: 'budget', text: 't9' }],
    ]);
    expect(card.summary).toContain('owner in the business');
  });

  it('say who may press a button that somebody may not', () => {
    expect(plainText(noticeText(ctx, { kind: 'refused', code: 'not_allowed', who: ['dana', 'priya'] }))).toContain('DANA and PRIYA');
  });

  it('give help with every way to steer as a button too', () => {
    expect(actionsOf(noticeCard(ctx, { kind: 'help' }, 'al-1'))).toEqual(
      expect.arrayContaining(['short-path', 'write-brief', 'undo', 'later', 'start-over', 'stop']),
    );
  });

  it('bring the name that is meant back with the picker', () => {
    const card = whoIsMeantCard(ctx, clarifying(), { name: { textId: 'owner', start: 0, end: 5 }, questionId: 'owner' });
    expect(card.actions[0]?.value).toEqual({ alignment: 'al-1', question: 'owner', name: 'owner:0:5' });
    expect(card.blocks).toContainEqual(expect.objectContaining({ id: 'person', kind: 'person' }));
  });
});

describe('people’s words', () => {
  const nasty = '<!channel> [x](http://evil) *bold* {words} <at>all</at>';

  it('stay plain strings that no renderer reads markup in', () => {
    const card = suggestionCard(contextOf({ request: nasty }), { status: 'suggested', expiresAt: 0, ...core() });
    const [block] = card.blocks;
    expect(block?.type === 'text' && Array.isArray(block.text) && block.text.every((part) => typeof part === 'string')).toBe(true);
    expect(readable(card)).toContain(nasty);
  });

  it('are cut between words and never inside a character', () => {
    expect(shorten('one two three four', 12)).toBe('one two…');
    expect(shorten('😀😀😀', 4)).toBe('😀…');
  });
});

it('every button of the conversation is one that Plumb knows', () => {
  const known: readonly string[] = actionIds;
  const cards = [
    intakeCard(ctx, clarifying(), { claimable: true }),
    questionCard(ctx, clarifying(), { questionId: 'owner', followUp: false, of: 'dana', taken: [] }),
    noticeCard(ctx, { kind: 'help' }, 'al-1'),
    joinCard(ctx, 'sales'),
  ];
  for (const action of cards.flatMap(actionsOf)) expect(known).toContain(action);
});
