import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/domain/alignment.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { currentAnswers, statusOf } from '../../src/domain/questions.ts';
import { allOthers, answer, asked, completed, DAY, essentialAnswers, given, MONDAY_9_UTC, newAct, opening, play, said, stateAfter } from './given.ts';

const by = (personId: string) => ({ by: personId, act: newAct() });

describe('a request', () => {
  it('opens a conversation once, however often it is heard', () => {
    given().when(opening()).then({ type: 'AlignmentOpened', requester: 'leader' });
    given(opening()).when(opening()).then();
  });

  it('that answers questions already is not asked those again', () => {
    const { state } = play([opening({ answers: [said('driver'), said('owner')] })]);
    expect(asked(state)).toBe('leading-kpis');
  });

  it('that was only suggested is asked nothing until its author starts it', () => {
    const suggestion = { ...opening(), type: 'SuggestAlignment', expiresAt: MONDAY_9_UTC + DAY } as const;
    expect(asked(play([suggestion]).state)).toBeUndefined();
    const started = play([suggestion, { type: 'AcceptSuggestion', ...by('leader') }]).state;
    expect(started.status).toBe('clarifying');
    expect(asked(started)).toBe('driver');
  });

  it('that was only suggested may be started by somebody else, for its author', () => {
    const suggestion = { ...opening(), type: 'SuggestAlignment', expiresAt: MONDAY_9_UTC + DAY } as const;
    const started = play([suggestion, { ...opening(), ...by('colleague'), requester: 'colleague', reasons: ['shortcut'] }]).state;
    expect(started).toMatchObject({ status: 'clarifying', requester: 'leader', startedBy: 'colleague', reasons: ['shortcut'] });
  });

  it('that was only suggested is forgotten when its time is over, not before', () => {
    const suggestion = { ...opening(), type: 'SuggestAlignment', expiresAt: MONDAY_9_UTC + DAY } as const;
    given(suggestion)
      .when({ type: 'ExpireSuggestion' }, MONDAY_9_UTC + DAY - 1)
      .then();
    given(suggestion)
      .when({ type: 'ExpireSuggestion' }, MONDAY_9_UTC + DAY)
      .then({ type: 'SuggestionExpired' });
  });

  it('that is none is taken back by its author, not by a bystander', () => {
    given(opening())
      .when({ type: 'RejectRequest', ...by('leader') })
      .then({ type: 'RequestRejected' });
    given(opening())
      .when({ type: 'RejectRequest', ...by('colleague') })
      .isRefused('not_allowed');
  });

  it('whose message is deleted is withdrawn', () => {
    given(opening())
      .when({ type: 'RemoveMessage', messageRef: 'm1', ...by('leader') })
      .then({ type: 'RequestWithdrawn' });
  });
});

describe('an answer in a form', () => {
  const inForm = (personId: string, beside: boolean) => answer(personId, said('driver'), { source: 'form', beside });

  it('replaces what stands, unless somebody answered meanwhile', () => {
    const first = answer('leader', said('driver'));
    const current = (state: ReturnType<typeof stateAfter>) => currentAnswers(state.answers, 'driver').map((one) => one.by);
    expect(current(stateAfter(first, inForm('leader', false)))).toEqual(['leader']);
    expect(current(stateAfter(first, inForm('leader', true)))).toEqual(['leader', 'leader']);
  });
});

describe('somebody who is forgotten', () => {
  it('takes along what they answered, and says so by no other reason', () => {
    given(opening(), answer('leader', said('driver'), { act: 'm2' }))
      .when({ type: 'RemoveMessage', messageRef: 'm2', forgotten: true, ...by('leader') })
      .then({ type: 'AnswersRemoved', reason: 'forgotten' });
  });
});

describe('the questions', () => {
  it('begin with the essentials, one at a time', () => {
    expect(asked(stateAfter())).toBe('driver');
    expect(asked(stateAfter(answer('leader', said('driver'))))).toBe('owner');
    expect(asked(stateAfter(answer('leader', said('driver')), answer('leader', said('owner'))))).toBe('leading-kpis');
  });

  it('say after the essentials that this is enough to start, once', () => {
    const { events } = play([opening(), ...completed()]);
    expect(events.filter((event) => event.type === 'EssentialsReached')).toHaveLength(1);
  });

  it('follow the factor that was just spoken of', () => {
    expect(asked(stateAfter(...essentialAnswers()))).toBe('data-source');
  });

  it('take several answers of one message and go on behind them', () => {
    expect(asked(stateAfter(answer('leader', [said('driver'), said('owner')])))).toBe('leading-kpis');
  });

  it('take an answer ahead of time and do not ask for it later', () => {
    const { events } = play([opening(), answer('leader', said('weekly-call')), ...completed()]);
    expect(events.filter((event) => event.type === 'QuestionAsked' && event.questionId === 'weekly-call')).toHaveLength(0);
  });

  it('follow a thin answer up once, then move on and keep it marked', () => {
    const once = stateAfter(answer('leader', said('driver', 'thin')));
    expect(once).toMatchObject({ asked: { questionId: 'driver', followUp: true } });
    const twice = stateAfter(answer('leader', said('driver', 'thin')), answer('leader', said('driver', 'thin')));
    expect(asked(twice)).toBe('owner');
    expect(statusOf(twice.answers, 'driver')).toBe('thin');
    expect(currentAnswers(twice.answers, 'driver')).toHaveLength(2);
  });

  it('move on when the follow-up is answered with "I don\'t know", and keep the thin answer', () => {
    const state = stateAfter(answer('leader', said('driver', 'thin')), { type: 'SayUnknown', messageRef: 'x', ...by('leader') });
    expect(asked(state)).toBe('owner');
    expect(statusOf(state.answers, 'driver')).toBe('thin');
  });

  it('settle with "I don\'t know" and "skip"', () => {
    const state = stateAfter({ type: 'SayUnknown', messageRef: 'x', ...by('leader') }, { type: 'SkipQuestion', messageRef: 'y', ...by('leader') });
    expect(statusOf(state.answers, 'driver')).toBe('unknown');
    expect(statusOf(state.answers, 'owner')).toBe('skipped');
    expect(asked(state)).toBe('leading-kpis');
  });

  it('keep the essentials first, whatever "go on" is said', () => {
    const { state, events } = play([opening(), { type: 'CarryOn', ...by('leader') }, ...essentialAnswers()]);
    expect(asked(state)).toBe('data-source');
    expect(events.filter((event) => event.type === 'EssentialsReached')).toHaveLength(1);
  });

  it('lead to the review when all twelve are settled', () => {
    expect(stateAfter(...completed()).status).toBe('reviewing');
  });

  it('lead to the review right after the essentials on the short path', () => {
    const state = stateAfter({ type: 'TakeShortPath', ...by('leader') }, ...essentialAnswers());
    expect(state.status).toBe('reviewing');
  });

  it('are left to the L&D partner when the leader says so', () => {
    const state = stateAfter(...essentialAnswers(), { type: 'LeaveRestToPartner', ...by('leader') });
    expect(state.status).toBe('clarifying');
    expect(asked(state)).toBeUndefined();
  });
});

describe('a correction', () => {
  it('by the author takes the place of what they said', () => {
    const state = stateAfter(answer('leader', said('owner')), answer('leader', said('owner'), { correction: true, act: 'second' }));
    expect(currentAnswers(state.answers, 'owner').map((one) => one.act)).toEqual(['second']);
  });

  it('of a part stands beside what it corrects, so that the rest still holds', () => {
    const part = { ...said('driver'), text: { textId: 'm9', start: 0, end: 4 } };
    const state = stateAfter(answer('leader', said('driver')), answer('leader', part, { correction: true }));
    expect(currentAnswers(state.answers, 'driver').map((one) => one.effect)).toEqual(['replaces', 'amends']);
  });

  it('by a bystander stands beside, so that nobody loses what they said', () => {
    const state = stateAfter(answer('leader', said('driver')), answer('colleague', said('driver'), { correction: true }));
    expect(currentAnswers(state.answers, 'driver').map((one) => one.by)).toEqual(['leader', 'colleague']);
  });

  it('by the requester may replace what somebody else said', () => {
    const state = stateAfter(answer('colleague', said('driver')), answer('leader', said('driver'), { correction: true }));
    expect(currentAnswers(state.answers, 'driver').map((one) => one.by)).toEqual(['leader']);
  });

  it('two people answering at once both stay', () => {
    const state = stateAfter(answer('leader', said('driver')), answer('manager', said('driver')));
    expect(currentAnswers(state.answers, 'driver').map((one) => one.by)).toEqual(['leader', 'manager']);
  });
});

describe('an edited or deleted message', () => {
  it('changes the answer that came from it', () => {
    const state = stateAfter(answer('leader', said('driver'), { act: 'm2', messageRef: 'm2' }), {
      type: 'ReviseMessage',
      messageRef: 'm2',
      answers: [said('owner')],
      ...by('leader'),
    });
    expect(statusOf(state.answers, 'driver')).toBe('open');
    expect(statusOf(state.answers, 'owner')).toBe('clear');
  });

  it('takes its answer away, and the question is asked again', () => {
    const state = stateAfter(answer('leader', said('driver'), { messageRef: 'm2' }), answer('leader', said('owner')), answer('leader', said('leading-kpis')), {
      type: 'RemoveMessage',
      messageRef: 'm2',
      ...by('leader'),
    });
    expect(statusOf(state.answers, 'driver')).toBe('open');
    const answered = play([answer('leader', said('data-source'))], state).state;
    expect(asked(answered)).toBe('driver');
  });

  it('gives back the earlier answer that it had replaced', () => {
    const state = stateAfter(answer('leader', said('owner'), { act: 'first' }), answer('leader', said('owner'), { correction: true, messageRef: 'm3' }), {
      type: 'RemoveMessage',
      messageRef: 'm3',
      ...by('leader'),
    });
    expect(currentAnswers(state.answers, 'owner').map((one) => one.act)).toEqual(['first']);
  });
});

describe('somebody else who is asked', () => {
  const delegation = { type: 'DelegateQuestion', to: 'manager', privately: false, messageRef: 'x', by: 'leader', act: 'd1' } as const;

  it('is waited for while the conversation goes on', () => {
    const state = stateAfter(delegation);
    expect(statusOf(state.answers, 'driver')).toBe('delegated');
    expect(asked(state)).toBe('owner');
  });

  it('can be asked to a follow-up too, and the thin answer stays', () => {
    const state = stateAfter(answer('leader', said('driver', 'thin')), delegation);
    expect(asked(state)).toBe('owner');
    expect(statusOf(state.answers, 'driver')).toBe('thin');
    const answered = play([answer('manager', said('driver'))], state).state;
    expect(answered.status !== 'new' && currentAnswers(answered.answers, 'driver').map((one) => one.status)).toEqual(['thin', 'delegated', 'clear']);
  });

  it('answers under their own name', () => {
    const state = stateAfter(delegation, answer('manager', said('driver')));
    expect(currentAnswers(state.answers, 'driver')).toMatchObject([{ by: 'manager', status: 'clear' }]);
  });

  it('is asked the follow-up to their own thin answer', () => {
    const state = stateAfter(delegation, answer('manager', said('driver', 'thin')), answer('leader', said('owner')));
    expect(state.asked).toMatchObject({ questionId: 'driver', of: 'manager', followUp: true });
  });

  it('gets no follow-up when they were asked privately', () => {
    const state = stateAfter({ ...delegation, privately: true }, answer('manager', said('driver', 'thin')), answer('leader', said('owner')));
    expect(state.asked).toMatchObject({ questionId: 'leading-kpis', of: 'leader', followUp: false });
  });

  it('keeps the brief waiting two working days, not longer', () => {
    const rest = [answer('leader', said('owner')), answer('leader', said('leading-kpis')), ...allOthers.map((id) => answer('leader', said(id)))];
    const waiting = play([opening(), delegation, ...rest]);
    expect(waiting.state.status).toBe('clarifying');
    expect(waiting.events.filter((event) => event.type === 'WaitingForOthers')).toHaveLength(1);
    expect(play([{ type: 'LapseDelegation', questionId: 'driver' }], waiting.state).state.status).toBe('reviewing');
  });
});

describe('undo', () => {
  it('of what was signed already asks for the signatures anew', () => {
    given(opening(), { type: 'ClaimAlignment', ...by('partner'), standing: ['listed-partner'] }, ...completed(), {
      type: 'SignBrief',
      version: 1,
      ...by('leader'),
    })
      .when({ type: 'UndoLastAct', ...by('leader') })
      .then({ type: 'ReviewReopened', version: 2 }, { type: 'ActUndone' });
  });

  it('takes back the last act of that person only', () => {
    const state = stateAfter(answer('leader', said('driver')), answer('manager', said('owner')), { type: 'UndoLastAct', ...by('leader') });
    expect(statusOf(state.answers, 'driver')).toBe('open');
    expect(statusOf(state.answers, 'owner')).toBe('clear');
  });

  it('says so when there is nothing to take back', () => {
    given(opening())
      .when({ type: 'UndoLastAct', ...by('manager') })
      .then({ type: 'NothingToUndo' });
  });
});

describe('the course of a conversation', () => {
  it('can wait and go on, also by simply answering', () => {
    const paused = stateAfter({ type: 'PauseAlignment', ...by('leader') });
    expect(paused.status).toBe('paused');
    const resumed = play([answer('leader', said('driver'))], paused).state;
    expect(resumed.status).toBe('clarifying');
    expect(asked(resumed)).toBe('owner');
  });

  it('can stop, and be picked up again by the requester', () => {
    const stopped = stateAfter({ type: 'WithdrawRequest', ...by('leader') });
    expect(stopped.status).toBe('withdrawn');
    expect(play([{ type: 'ResumeAlignment', ...by('leader') }], stopped).state.status).toBe('clarifying');
  });

  it('can start over with no answers', () => {
    const state = stateAfter(...essentialAnswers(), { type: 'StartOver', ...by('leader') });
    expect(state.answers).toEqual({});
    expect(asked(state)).toBe('driver');
  });

  it('moves to a private chat only on the word of the requester', () => {
    given(opening())
      .when({ type: 'ContinuePrivately', ...by('leader') })
      .then({ type: 'MovedPrivately' });
    given(opening())
      .when({ type: 'ContinuePrivately', ...by('colleague') })
      .isRefused('not_allowed');
  });

  it('goes on privately also from a pause', () => {
    const state = stateAfter({ type: 'PauseAlignment', ...by('leader') }, { type: 'ContinuePrivately', ...by('leader') });
    expect(state).toMatchObject({ status: 'clarifying', privately: true });
  });

  it('reminds after two working days and asks after five, then is quiet', () => {
    const remind = { type: 'RemindOfQuiet' } as const;
    given(opening())
      .when(remind, MONDAY_9_UTC + DAY)
      .then();
    given(opening())
      .when(remind, MONDAY_9_UTC + 2 * DAY)
      .then({ type: 'ReminderSent', which: 1 });
    const reminded = decide(stateAfter(), remind, MONDAY_9_UTC + 2 * DAY).reduce(evolve, stateAfter());
    expect(decide(reminded, remind, MONDAY_9_UTC + 3 * DAY)).toEqual([]);
    const again = decide(reminded, remind, MONDAY_9_UTC + 7 * DAY).reduce(evolve, reminded);
    expect(again).toMatchObject({ remindersSent: 2 });
    expect(decide(again, remind, MONDAY_9_UTC + 30 * DAY)).toEqual([]);
  });
});

describe('an L&D partner', () => {
  const claim = { type: 'ClaimAlignment', by: 'partner', act: 'c1', standing: ['listed-partner'] } as const;

  it('from the list takes the conversation at once', () => {
    given(opening()).when(claim).then({ type: 'PartnerJoined', personId: 'partner' });
  });

  it('who only volunteers waits for the requester', () => {
    const volunteered = { type: 'ClaimAlignment', by: 'helper', act: 'c2', standing: ['volunteer'] } as const;
    given(opening()).when(volunteered).then({ type: 'PartnerVolunteered' });
    given(opening(), volunteered)
      .when({ type: 'ConfirmPartner', personId: 'helper', ...by('leader') })
      .then({ type: 'PartnerJoined', personId: 'helper' });
    given(opening())
      .when({ type: 'ConfirmPartner', personId: 'helper', ...by('leader') })
      .isRefused('unknown_target');
  });

  it('is never the requester themselves, unless L&D lists them', () => {
    given(opening())
      .when({ type: 'ClaimAlignment', standing: ['volunteer'], ...by('leader') })
      .isRefused('not_allowed');
  });

  it('who is on no list cannot take it where there is one', () => {
    given(opening())
      .when({ type: 'ClaimAlignment', ...by('colleague') })
      .isRefused('not_allowed');
  });

  it('hands over, is covered and gets it back', () => {
    const covered = stateAfter(claim, { type: 'HandOver', to: 'deputy', cover: true, ...by('partner') });
    expect(covered.partners).toEqual([{ personId: 'deputy', coversFor: 'partner' }]);
    expect(play([{ type: 'GiveBack', ...by('deputy') }], covered).state).toMatchObject({ partners: [{ personId: 'partner' }] });
    expect(stateAfter(claim, { type: 'GiveBack', ...by('partner') }).partners).toEqual([]);
  });

  it('shares it with a second one', () => {
    expect(stateAfter(claim, { ...claim, by: 'second', act: 'c3' }).partners.map((partner) => partner.personId)).toEqual(['partner', 'second']);
  });
});

describe('the review', () => {
  const sign = (personId: string, version: number) => ({ type: 'SignBrief', version, ...by(personId) }) as const;
  const claim = { type: 'ClaimAlignment', by: 'partner', act: 'c1', standing: ['listed-partner'] } as const;

  it('is signed by the requester alone where nobody claimed', () => {
    given(opening(), ...completed())
      .when(sign('leader', 1))
      .then({ type: 'BriefSigned' }, { type: 'AlignmentReached', version: 1 });
  });

  it('waits for the L&D partner where one has claimed', () => {
    given(opening(), claim, ...completed())
      .when(sign('leader', 1))
      .then({ type: 'BriefSigned' });
    given(opening(), claim, ...completed(), sign('leader', 1))
      .when(sign('partner', 1))
      .then({ type: 'BriefSigned' }, { type: 'AlignmentReached' });
  });

  it('counts a second press of the same person as nothing', () => {
    given(opening(), claim, ...completed(), sign('leader', 1))
      .when(sign('leader', 1))
      .then();
  });

  it('refuses a signature under a draft that has changed, and one by a bystander', () => {
    given(opening(), claim, ...completed(), sign('leader', 1), answer('partner', said('budget'), { correction: true }))
      .when(sign('partner', 1))
      .isRefused('outdated');
    given(opening(), ...completed())
      .when(sign('colleague', 1))
      .isRefused('not_allowed');
  });

  it('is opened again by a change after the signature, and knows what was signed', () => {
    const aligned = stateAfter(...completed(), sign('leader', 1));
    expect(aligned.status).toBe('aligned');
    const other = { ...said('budget'), text: { textId: 'other-words', start: 0, end: 10 } };
    const changed = play([answer('leader', other, { correction: true })], aligned).state;
    expect(changed).toMatchObject({ status: 'reviewing', review: { version: 2, signatures: [] }, signedContent: { answers: aligned.answers } });
    expect(play([sign('leader', 2)], changed).state).toMatchObject({ status: 'aligned', signedVersion: 2 });
  });

  it('leaves the signed brief alone when people only go on talking', () => {
    given(opening(), ...completed(), sign('leader', 1))
      .when(answer('leader', said('driver')))
      .then();
  });

  it('lets an L&D partner who came late sign without a second post', () => {
    given(opening(), ...completed(), sign('leader', 1), claim)
      .when(sign('partner', 1))
      .then({ type: 'BriefSigned' });
  });
});
