import { describe, expect, it } from '@jest/globals';
import { may, type PersonAction, permissions, type Role, rolesOf } from '../../src/domain/permissions.ts';
import { answer, opening, play, said, stateAfter } from './given.ts';

const name = { textId: 't', start: 0, end: 5 };

describe('the table of permissions', () => {
  it('lets everybody in the thread speak, answer, ask why and ask for help, and nothing that steers the conversation', () => {
    const open = Object.entries(permissions)
      .filter(([, roles]) => roles.includes('anyone'))
      .map(([action]) => action);
    expect(open.sort()).toEqual(
      [
        'AnswerFitness',
        'AnswerPrompt',
        'AskClarification',
        'AskAbout',
        'AskHelp',
        'AskPeople',
        'AskReason',
        'AskWhoIsMeant',
        'AskWhy',
        'ChangeLine',
        'ChangePart',
        'RestoreLine',
        'MoveOpenPoint',
        'SettleOpenPoint',
        'ForgetFitnessAnswer',
        'HearCues',
        'HearPromises',
        'ConfirmPromise',
        'DismissPromise',
        'KeepPromise',
        'LeaveChange',
        'LetPromiseGo',
        'TellPromise',
        'ForgetPromises',
        'OpenAlignment',
        'RecordAnswers',
        'RemoveMessage',
        'ReviseMessage',
        'SuggestAlignment',
        'UndoLastAct',
      ].sort(),
    );
  });

  it.each<[PersonAction, Role, boolean]>([
    ['SignBrief', 'requester', true],
    ['SignBrief', 'owner', true],
    ['SignBrief', 'partner', true],
    ['SignBrief', 'manager', false],
    ['SignBrief', 'listed-partner', false],
    ['WithdrawRequest', 'owner', false],
    ['WithdrawRequest', 'admin', true],
    ['ContinuePrivately', 'partner', false],
    ['ConfirmPartner', 'partner', false],
    ['HandOver', 'requester', false],
    ['ClaimAlignment', 'listed-partner', true],
    ['RejectRequest', 'listed-partner', true],
    ['ReplaceOthersAnswer', 'manager', false],
    ['AskPrompt', 'partner', true],
    ['AskPrompt', 'requester', false],
    ['AskPrompt', 'listed-partner', false],
    ['PutChallenge', 'admin', false],
    ['AnswerChallenge', 'owner', true],
    ['AnswerChallenge', 'manager', false],
    ['AnswerChallenge', 'partner', false],
  ])('%s by a %s: %s', (action, role, allowed) => {
    expect(may(action, [role])).toBe(allowed);
  });
});

describe('the roles of a person', () => {
  it('come from what was said: owner, managers, delegates', () => {
    const state = stateAfter(
      answer('leader', said('owner', 'clear', { people: [{ name, personId: 'tomas' }] })),
      answer('leader', said('manager-role', 'clear', { people: [{ name, personId: 'keiko' }, { name }] })),
      { type: 'DelegateQuestion', questionId: 'budget', to: 'finance', privately: true, messageRef: 'x', by: 'leader', act: 'd' },
    );
    expect(rolesOf(state, 'tomas')).toContain('owner');
    expect(rolesOf(state, 'keiko')).toContain('manager');
    expect(rolesOf(state, 'finance')).toContain('delegate');
    expect(rolesOf(state, 'leader')).toEqual(['anyone', 'requester']);
    expect(rolesOf(state, 'stranger')).toEqual(['anyone']);
  });

  it('end with what they came from: a delegate who has answered is none any more', () => {
    const delegation = { type: 'DelegateQuestion', questionId: 'budget', to: 'finance', privately: true, messageRef: 'x', by: 'leader', act: 'd' } as const;
    const { state } = play([opening(), delegation, answer('finance', said('budget'))]);
    expect(rolesOf(state, 'finance')).not.toContain('delegate');
  });
});
