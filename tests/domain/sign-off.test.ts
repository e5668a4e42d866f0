import { describe, expect, it } from '@jest/globals';
import { alignmentTimers } from '../../src/domain/alignment-timers.ts';
import { buildBrief } from '../../src/domain/brief.ts';
import { statementsOf } from '../../src/domain/brief-evidence.ts';
import type { Command } from '../../src/domain/command.ts';
import { currentAnswers } from '../../src/domain/questions.ts';
import { missingSigners } from '../../src/domain/signers.ts';
import type { StartedAlignment } from '../../src/domain/state.ts';
import { answer, completed, DAY, given, MONDAY_9_UTC, newAct, opening, play, said, stateAfter } from './given.ts';

const by = (personId: string) => ({ by: personId, act: newAct() });
const claim: Command = { type: 'ClaimAlignment', ...by('partner'), standing: ['listed-partner'] };
const sign = (personId: string, version: number): Command => ({ type: 'SignBrief', version, ...by(personId) });
const quote = (textId: string) => ({ textId, start: 0, end: 10 });
const line = (textId: string) => ({ ...said('budget'), text: quote(textId) });
const change = (personId: string, was: string, is: string): Command => ({
  type: 'ChangeLine',
  ...by(personId),
  line: quote(was),
  answer: line(is),
  messageRef: `form-${is}`,
  reason: quote(`${is}-why`),
});
const delegate = (from: string, to: string): Command => ({ type: 'DelegateSignOff', ...by(from), to });
const signed = () => stateAfter(claim, ...completed(), sign('leader', 1), sign('partner', 1));
const budget = (state: StartedAlignment) => currentAnswers(state.answers, 'budget').map(({ text, by: author }) => `${text?.textId} by ${author}`);
const goingOn = (state: StartedAlignment, ...commands: Command[]): StartedAlignment => {
  const next = play(commands, state).state;
  if (next.status === 'new') throw new Error('It was opened already.');
  return next;
};

describe('a signature', () => {
  it('needs a draft, and before there is one nothing is said to be over', () => {
    given(opening()).when(sign('leader', 1)).isRefused('no_draft');
  });
});

describe('one line of the brief', () => {
  const twoLines = [...completed(), answer('manager', line('second'))];

  it('is replaced where it stands, with its author and reason, and the others keep theirs', () => {
    const state = stateAfter(...twoLines, change('leader', 'text-budget', 'better'));
    expect(budget(state)).toEqual(['better by leader', 'second by manager']);
    expect(currentAnswers(state.answers, 'budget')[0]?.reason).toEqual(quote('better-why'));
  });

  it('is as it was after undo', () => {
    const before = stateAfter(...twoLines);
    const state = goingOn(before, change('leader', 'second', 'better'), { type: 'UndoLastAct', ...by('leader') });
    expect(budget(state)).toEqual(budget(before));
  });

  it('may be changed by its author or by those who lead, and not when it says something else by now', () => {
    given(opening(), ...twoLines)
      .when(change('manager', 'second', 'better'))
      .then({ type: 'LineChanged' });
    given(opening(), ...twoLines)
      .when(change('manager', 'text-budget', 'better'))
      .isRefused('not_allowed');
    given(opening(), ...twoLines, change('leader', 'second', 'better'))
      .when(change('manager', 'second', 'worse'))
      .isRefused('outdated');
  });
});

describe('what the request told', () => {
  const part = (personId: string, was: string | undefined, is: string | undefined, over: Partial<Extract<Command, { type: 'ChangePart' }>> = {}): Command => ({
    type: 'ChangePart',
    ...by(personId),
    part: 'deadline',
    source: 'form',
    messageRef: `form-${is}`,
    ...(was !== undefined && { was: quote(was) }),
    ...(is !== undefined && { quote: quote(is) }),
    ...over,
  });
  const told = (...commands: Command[]) =>
    play([opening({ understood: { deadline: quote('march') } }), claim, ...completed(), ...commands]).state as StartedAlignment;
  const deadline = (state: StartedAlignment) => state.understood.deadline?.textId;
  const agreed = () => told(sign('leader', 1), sign('partner', 1));

  it('is changed by those who lead, with author and reason, and opens what was signed', () => {
    const state = goingOn(agreed(), part('partner', 'march', 'may', { reason: quote('why') }));
    expect(state).toMatchObject({ status: 'reviewing', understood: { deadline: quote('may') } });
    expect(statementsOf(buildBrief(state)).find(({ part: of }) => of === 'understood')).toMatchObject({
      origin: { by: 'partner', messageRef: 'form-may' },
      written: true,
      reason: quote('why'),
    });
    expect(() => play([part('manager', 'march', 'may')], agreed())).toThrow(expect.objectContaining({ code: 'not_allowed' }));
    expect(() => play([part('leader', 'june', 'may')], agreed())).toThrow(expect.objectContaining({ code: 'outdated' }));
  });

  it('is as it was signed when it is set back, undone, or its message is deleted, and then nobody signs again', () => {
    const changed = goingOn(agreed(), part('partner', 'march', 'may'));
    for (const back of [
      part('leader', 'may', 'march'),
      { type: 'UndoLastAct', ...by('partner') },
      { type: 'RemoveMessage', ...by('partner'), messageRef: 'form-may' },
    ] as Command[])
      expect(goingOn(changed, back)).toMatchObject({ status: 'aligned', signedVersion: 1, understood: { deadline: quote('march') } });
    // Whoever set it back has not said it.
    expect(buildBrief(goingOn(changed, part('leader', 'may', 'march'))).restated).toBeUndefined();
  });

  it('may be taken out, and what came in between goes without what came after it', () => {
    const state = told(part('leader', 'march', undefined), part('partner', undefined, 'may'), part('leader', 'may', 'june'));
    const without = goingOn(state, { type: 'RemoveMessage', ...by('partner'), messageRef: 'form-may' });
    expect([deadline(state), deadline(without)]).toEqual(['june', 'june']);
    expect(deadline(goingOn(without, { type: 'UndoLastAct', ...by('leader') }))).toBeUndefined();
  });

  it('stays as it was put when the request is edited', () => {
    const edit: Command = {
      type: 'ReviseMessage',
      ...by('leader'),
      messageRef: 'm1',
      answers: [],
      understood: { deadline: quote('april'), topic: quote('new') },
      request: quote('m1'),
    };
    const state = told(part('leader', 'march', 'may'), edit);
    expect(state.understood).toEqual({ deadline: quote('may'), topic: quote('new') });
    expect(deadline(goingOn(state, part('leader', 'may', 'april')))).toBe('april');
  });
});

describe('a line that says again what was signed', () => {
  const back = (personId: string, was: string | undefined, signedLine: string): Command => ({
    type: 'RestoreLine',
    ...by(personId),
    questionId: 'budget',
    signed: quote(signedLine),
    ...(was !== undefined && { line: quote(was) }),
  });

  it("is its author's again, whoever set it back, and ends the change", () => {
    const state = goingOn(signed(), change('leader', 'text-budget', 'better'), back('partner', 'better', 'text-budget'));
    expect(state).toMatchObject({ status: 'aligned', signedVersion: 1 });
    expect(budget(state)).toEqual(['text-budget by leader']);
  });

  it('may have been left out meanwhile', () => {
    const out: Command = {
      type: 'ChangeLine',
      ...by('leader'),
      line: quote('text-budget'),
      answer: { questionId: 'budget', status: 'unknown' },
      messageRef: 'form',
    };
    expect(goingOn(signed(), out, back('partner', undefined, 'text-budget')).status).toBe('aligned');
  });

  it('must have been signed, and is set back by those who lead or its author', () => {
    const changed = goingOn(signed(), change('leader', 'text-budget', 'better'));
    expect(() => play([back('leader', 'better', 'never-signed')], changed)).toThrow(expect.objectContaining({ code: 'outdated' }));
    expect(() => play([back('manager', 'better', 'text-budget')], changed)).toThrow(expect.objectContaining({ code: 'not_allowed' }));
  });
});

describe('a new version', () => {
  it('keeps the signatures of the one before until it is signed itself', () => {
    const state = goingOn(signed(), change('leader', 'text-budget', 'better'));
    expect(state).toMatchObject({ status: 'reviewing', review: { version: 2, signatures: [] } });
    expect(state.signedContent?.signatures?.map((signature) => signature.by)).toEqual(['leader', 'partner']);
    expect(goingOn(state, sign('leader', 2), sign('partner', 2))).toMatchObject({ status: 'aligned', signedVersion: 2 });
  });

  it('needs no signature when everything was taken back', () => {
    const state = goingOn(signed(), change('leader', 'text-budget', 'better'), { type: 'UndoLastAct', ...by('leader') });
    expect(state).toMatchObject({ status: 'aligned', signedVersion: 1, draftVersion: 2 });
    expect(state.status === 'aligned' && state.signatures).toHaveLength(2);
    // A draft that somebody still has open cannot be signed under that number.
    expect(() => play([sign('leader', 2)], state)).toThrow();
  });

  it('that nobody wants any more is closed as it was signed, and was a request all along', () => {
    const state = goingOn(signed(), change('leader', 'text-budget', 'better'));
    const closed = goingOn(state, { type: 'WithdrawRequest', ...by('leader') });
    expect(closed).toMatchObject({ status: 'closed', signatures: [{ by: 'leader' }, { by: 'partner' }] });
    expect(budget(closed)).toEqual(budget(signed()));
    expect(goingOn(state, { type: 'CloseAlignment', ...by('partner') }).status).toBe('closed');
    expect(goingOn(state, { type: 'FinishAlignment', stopped: true }).status).toBe('closed');
    expect(goingOn(state, { type: 'FinishAlignment' }).status).toBe('reviewing');
    expect(() => play([{ type: 'DeclineRequest', ...by('partner'), reason: quote('no-capacity') }], state)).toThrow(
      expect.objectContaining({ code: 'not_open' }),
    );
    expect(
      play(
        [
          { type: 'PauseAlignment', ...by('leader') },
          { type: 'RejectRequest', ...by('leader') },
        ],
        state,
      ).state.status,
    ).toBe('paused');
  });

  it('has to be signed when only a part was taken back, or when others shall see it', () => {
    const part = goingOn(
      signed(),
      change('leader', 'text-budget', 'better'),
      answer('partner', { ...said('context'), text: quote('other') }, { correction: true }),
      {
        type: 'UndoLastAct',
        ...by('partner'),
      },
    );
    expect(part.status).toBe('reviewing');
    const others = goingOn(
      signed(),
      change('leader', 'text-budget', 'better'),
      { type: 'ChooseAudience', ...by('leader'), audience: { kind: 'participants' } },
      { type: 'UndoLastAct', ...by('leader') },
      { type: 'UndoLastAct', ...by('leader') },
    );
    expect(others.status).toBe('reviewing');
  });
});

describe('a signature for somebody else', () => {
  const draft = () => stateAfter(claim, ...completed());

  it('counts for whoever asked for it, and says so', () => {
    const state = goingOn(draft(), delegate('leader', 'deputy'), sign('deputy', 1), sign('partner', 1));
    expect(state).toMatchObject({
      status: 'aligned',
      signatures: [
        { by: 'deputy', as: 'requester', for: 'leader' },
        { by: 'partner', as: 'partner' },
      ],
    });
  });

  it('counts for the L&D partner on the side of L&D only', () => {
    const state = goingOn(draft(), delegate('partner', 'deputy'), sign('deputy', 1));
    expect(state.status).toBe('reviewing');
    expect(missingSigners(state).map(({ personId }) => personId)).toEqual(['leader']);
  });

  it('is never asked of somebody who signs anyway, nor given by somebody who was not asked or said no', () => {
    expect(() => play([delegate('leader', 'partner')], draft())).toThrow(expect.objectContaining({ code: 'unknown_target' }));
    expect(() => play([sign('deputy', 1)], draft())).toThrow(expect.objectContaining({ code: 'not_allowed' }));
    const declined = goingOn(draft(), delegate('leader', 'deputy'), { type: 'DeclineSignOff', ...by('deputy') });
    expect(() => play([sign('deputy', 1)], declined)).toThrow(expect.objectContaining({ code: 'not_allowed' }));
    expect(missingSigners(declined).map(({ personId }) => personId)).toEqual(['leader', 'partner']);
  });

  it('is asked for the newer draft as well, and no more of whoever was asked before somebody else', () => {
    const asked = goingOn(draft(), delegate('leader', 'deputy'), delegate('leader', 'other'), sign('partner', 1));
    const changed = goingOn(asked, change('partner', 'text-budget', 'better'));
    expect(missingSigners(changed).map((signer) => [signer.personId, signer.for])).toEqual([
      ['other', 'leader'],
      ['partner', undefined],
    ]);
  });

  it('is not needed when they sign themselves', () => {
    const state = goingOn(draft(), delegate('leader', 'deputy'), sign('leader', 1));
    expect(play([sign('deputy', 1)], state).events).toEqual([]);
    expect(goingOn(state, sign('partner', 1))).toMatchObject({ status: 'aligned', signatures: [{ by: 'leader' }, { by: 'partner' }] });
  });
});

describe('reminders to sign', () => {
  const none = { start: '18:00', end: '08:00' };
  const due = (state: StartedAlignment) => alignmentTimers(state, () => 'UTC', none).filter(({ key }) => key.startsWith('sign:') || key === 'quiet');
  const remind = (personId: string): Command => ({ type: 'RemindSigner', personId });

  it('go to everybody who is missing after two and five working days, and then no more', () => {
    let state = goingOn(stateAfter(claim, ...completed()), sign('leader', 1));
    expect(due(state)).toEqual([{ key: 'sign:partner', dueAt: MONDAY_9_UTC + 2 * DAY, zone: 'UTC' }]);
    state = play([remind('partner')], state, MONDAY_9_UTC + 2 * DAY).state as StartedAlignment;
    // Five working days after a Monday is the next Monday.
    expect(due(state)).toEqual([{ key: 'sign:partner', dueAt: MONDAY_9_UTC + 7 * DAY, zone: 'UTC' }]);
    const { state: last, events } = play([remind('partner')], state, MONDAY_9_UTC + 7 * DAY);
    expect(events).toMatchObject([{ type: 'SignOffReminded', which: 2 }]);
    expect(due(last as StartedAlignment)).toEqual([]);
    expect(play([remind('partner')], last, MONDAY_9_UTC + 30 * DAY).events).toEqual([]);
  });

  it('keep their distance where the first one came late', () => {
    const late = MONDAY_9_UTC + 9 * DAY;
    const once = play([remind('partner')], goingOn(stateAfter(claim, ...completed()), sign('leader', 1)), late).state;
    expect(play([remind('partner')], once, late + DAY).events).toEqual([]);
    expect(play([remind('partner')], once, late + 3 * DAY).events).toMatchObject([{ type: 'SignOffReminded', which: 2 }]);
  });

  it('do not come early, nor to somebody who has signed', () => {
    const state = goingOn(stateAfter(claim, ...completed()), sign('leader', 1));
    expect(play([remind('partner')], state, MONDAY_9_UTC + DAY).events).toEqual([]);
    expect(play([remind('leader')], state, MONDAY_9_UTC + 3 * DAY).events).toEqual([]);
  });
});

describe('a request that L&D does not take on', () => {
  it('ends with the reason, by L&D alone, and not once it is signed', () => {
    const decline = (personId: string): Command => ({ type: 'DeclineRequest', ...by(personId), reason: quote('no-capacity') });
    expect(goingOn(stateAfter(claim), decline('partner'))).toMatchObject({ status: 'declined', declinedBy: 'partner', note: quote('no-capacity') });
    expect(() => play([decline('leader')], stateAfter(claim))).toThrow(expect.objectContaining({ code: 'not_allowed' }));
    expect(() => play([decline('partner')], signed())).toThrow(expect.objectContaining({ code: 'not_open' }));
  });
});
