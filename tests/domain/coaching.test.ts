import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/domain/alignment.ts';
import type { Command } from '../../src/domain/command.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { TriggerId } from '../../src/domain/triggers.ts';
import { answer, asked, DAY, given, MONDAY_9_UTC, opening, play, said } from './given.ts';
import { by, claims, conversation, evidence, MINUTE, only, says, signal, words } from './given-coaching.ts';
import { refusalOf } from './given-events.ts';

const shown = (events: Parameters<typeof only>[0]) => only(events, 'LivePromptShown').map(({ prompt }) => prompt.trigger);
const ask = (trigger: 'prescription' | 'fuzzy-topic' | 'strategy-conflict' | 'too-broad' | 'no-owner'): Command => ({
  type: 'AskPrompt',
  ...by('partner'),
  trigger,
});

describe('what was heard', () => {
  it('is kept once for each message, the newest two hundred', () => {
    const talk = conversation(says('leader', 'm1', 'whole-force'));
    talk.turn([says('leader', 'm2', 'symptom', 'urgency'), says('leader', 'm2', 'symptom')]);
    expect(talk.coaching.cues.map(({ cue }) => cue)).toEqual(['whole-force', 'symptom', 'urgency']);
    for (let n = 0; n < 100; n += 1) talk.turn([says('leader', `n${n}`, 'symptom', 'urgency', 'priority')]);
    expect(talk.coaching.cues).toHaveLength(200);
    expect(talk.coaching.cues.at(-1)?.messageRef).toBe('n99');
  });

  it('makes nobody say anything, opens no signed brief again and is no act to undo', () => {
    const talk = conversation(claims());
    expect(talk.turn([says('leader', 'm2', 'symptom')]).map(({ type }) => type)).toEqual(['CuesHeard']);
    expect(only(talk.turn([{ type: 'UndoLastAct', ...by('leader') }]), 'NothingToUndo')).toHaveLength(1);
    talk.turn([{ type: 'WriteBrief', ...by('leader') }]);
    talk.turn([
      { type: 'SignBrief', ...by('leader'), version: 1 },
      { type: 'SignBrief', ...by('partner'), version: 1 },
    ]);
    talk.turn([says('leader', 'm3', 'win', 'narrowed', 'keeps-request')]);
    expect(talk.state.status).toBe('aligned');
  });

  it('of bystanders without a cue, while it waits or when it is over: is not even counted', () => {
    const talk = conversation();
    expect(talk.turn([says('colleague', 'm2')])).toEqual([]);
    talk.turn([{ type: 'PauseAlignment', ...by('leader') }]);
    expect(talk.turn([says('leader', 'm3')])).toEqual([]);
    talk.turn([{ type: 'WithdrawRequest', ...by('leader') }]);
    expect(talk.turn([says('leader', 'm4', 'symptom')])).toEqual([]);
  });
});

describe('what was only suggested', () => {
  it('lets the request be heard, and nothing else, until its author starts it', () => {
    const suggestion: Command = { ...opening(), type: 'SuggestAlignment', expiresAt: MONDAY_9_UTC + DAY };
    const { state } = play([suggestion, says('leader', 'm1', 'urgency'), says('leader', 'm2', 'symptom'), { type: 'AcceptSuggestion', ...by('leader') }]);
    expect(state).toMatchObject({ status: 'clarifying', coaching: { cues: [{ cue: 'urgency' }] } });
  });
});

describe('a live prompt', () => {
  it('goes to those who have claimed, and to nobody before', () => {
    const talk = conversation();
    expect(shown(talk.turn([], [signal('prescription')]))).toEqual([]);
    expect(only(talk.turn([claims()], [signal('prescription')]), 'LivePromptShown')[0]?.prompt).toMatchObject({ trigger: 'prescription', to: ['partner'] });
  });

  it('is the most valuable that was not shown yet, one at a time', () => {
    const talk = conversation(claims());
    const signals = [signal('prescription'), signal('fuzzy-topic')];
    expect(shown(talk.turn([], signals))).toEqual(['prescription']);
    expect(shown(talk.turn([], signals))).toEqual([]);
    expect(shown(talk.turn([{ type: 'DismissPrompt', ...by('partner'), trigger: 'prescription' }], signals))).toEqual(['fuzzy-topic']);
    expect(shown(talk.turn([{ type: 'DismissPrompt', ...by('partner'), trigger: 'fuzzy-topic' }], signals))).toEqual([]);
  });

  it('waits until the person who answers has finished; the request itself does not count', () => {
    const talk = conversation(claims());
    expect(shown(talk.turn([says('leader', 'm2')], [signal('prescription')]))).toEqual([]);
    expect(shown(talk.later(89_999, [signal('prescription')]))).toEqual([]);
    expect(shown(talk.later(1, [signal('prescription')]))).toEqual(['prescription']);
    expect(shown(conversation(claims(), says('leader', 'm1', 'urgency')).turn([], [signal('panic')]))).toEqual(['panic']);
  });

  it('waits for what the partner asked themselves: for the answer, and where none comes for as long', () => {
    const talk = conversation(claims());
    expect(shown(talk.turn([says('partner', 'm2')], [signal('prescription')]))).toEqual([]);
    expect(shown(talk.later(60_000, [signal('prescription')]))).toEqual([]);
    expect(shown(talk.later(30_000, [signal('prescription')]))).toEqual(['prescription']);
    const asks = { type: 'AskPeople', ...by('partner') } as const;
    expect(only(talk.turn([answer('leader', said('driver')), asks]), 'QuestionAsked')).toEqual([]);
    expect(only(talk.turn([says('leader', 'm3')]), 'QuestionAsked')).toHaveLength(1);
  });

  it('gives way when its reason is gone, when the partner writes themselves, or when the requester has written twice', () => {
    const overtaken = (...turns: Parameters<ReturnType<typeof conversation>['turn']>[]) => {
      const talk = conversation(claims());
      talk.turn([], [signal('prescription')]);
      return turns.map((turn) => only(talk.turn(...turn), 'LivePromptOvertaken').length);
    };
    const still = [signal('prescription')];
    expect(overtaken([[], []])).toEqual([1]);
    expect(overtaken([[says('partner', 'm2')], still])).toEqual([1]);
    expect(overtaken([[says('leader', 'm2')], still], [[says('leader', 'm3')], still])).toEqual([0, 1]);
    expect(overtaken([[{ type: 'GiveBack', ...by('partner') }], still])).toEqual([1]);
    expect(overtaken([[{ type: 'WithdrawRequest', ...by('leader') }], still])).toEqual([1]);
    expect(overtaken([[{ type: 'StartOver', ...by('leader') }], still])).toEqual([1]);
  });

  it('gives way to a contradiction at once, and to another one when nobody took it up for half an hour', () => {
    const talk = conversation(claims());
    talk.turn([], [signal('prescription')]);
    expect(shown(talk.later(29 * MINUTE, [signal('prescription'), signal('panic')]))).toEqual([]);
    expect(shown(talk.later(MINUTE, [signal('prescription')]))).toEqual([]);
    expect(shown(talk.later(MINUTE, [signal('prescription'), signal('panic')]))).toEqual(['panic']);
    expect(shown(talk.turn([], [signal('strategy-conflict'), signal('panic')]))).toEqual(['strategy-conflict']);
    expect(talk.coaching.prompts.map(({ status }) => status)).toEqual(['overtaken', 'overtaken', 'open']);
  });

  it('comes no more often than the partner wants, or than the organisation says', () => {
    const signals = [signal('prescription'), signal('panic'), signal('fuzzy-topic')];
    const dismiss = (trigger: 'prescription' | 'panic') => [{ type: 'DismissPrompt', ...by('partner'), trigger } as const];
    const talk = conversation(claims());
    expect(shown(talk.turn([], signals, { promptLimits: { usual: 1, contested: 1 } }))).toEqual(['prescription']);
    expect(shown(talk.turn(dismiss('prescription'), signals, { promptLimits: { usual: 1, contested: 1 } }))).toEqual([]);
    expect(shown(talk.turn([{ type: 'SetPromptLimit', ...by('partner'), limit: 2 }], signals, { promptLimits: { usual: 1, contested: 1 } }))).toEqual([
      'panic',
    ]);
    expect(shown(talk.turn(dismiss('panic'), signals, { promptLimits: { usual: 9, contested: 9 } }))).toEqual([]);
    expect(talk.coaching.limit).toBe(2);
  });

  describe('of many in one conversation', () => {
    const few = { promptLimits: { usual: 2, contested: 4 } };
    const three = [signal('prescription'), signal('panic'), signal('fuzzy-topic')];
    const dismiss = (trigger: TriggerId) => [{ type: 'DismissPrompt', ...by('partner'), trigger } as const];
    const filled = () => {
      const talk = conversation(claims());
      talk.turn([], three, few);
      talk.turn(dismiss('prescription'), three, few);
      talk.turn(dismiss('panic'), three, few);
      return talk;
    };

    it('are few as is usual, and more once something stands against the request', () => {
      const talk = filled();
      expect(talk.coaching.prompts).toHaveLength(2);
      expect(shown(talk.turn([], [signal('strategy-conflict'), ...three], few))).toEqual(['strategy-conflict']);
      expect(shown(talk.turn(dismiss('strategy-conflict'), three, few))).toEqual(['fuzzy-topic']);
      talk.turn(dismiss('fuzzy-topic'), three, few);
      expect(shown(talk.turn([], [signal('too-broad')], few))).toEqual([]);
    });

    it('are few where they came round by themselves', () => {
      expect(shown(filled().turn([], [signal('strategy-conflict', { about: { tension: 'came-round' } }), ...three], few))).toEqual([]);
    });

    it('are as many as the partner wants, until they want what is usual again', () => {
      const talk = filled();
      expect(shown(talk.turn([{ type: 'SetPromptLimit', ...by('partner'), limit: 3 }], three, few))).toEqual(['fuzzy-topic']);
      talk.turn([...dismiss('fuzzy-topic'), { type: 'SetPromptLimit', ...by('partner'), limit: undefined }], [], few);
      expect(talk.coaching.limit).toBeUndefined();
      expect(shown(talk.turn([], [signal('too-broad')], few))).toEqual([]);
      expect(talk.turn([{ type: 'SetPromptLimit', ...by('partner'), limit: undefined }], [], few).map(({ type }) => type)).not.toContain('PromptLimitSet');
    });
  });

  it('that a partner often dismisses comes last for them, and then only if it is sure or nothing else is there', () => {
    const often = { rarer: { partner: ['prescription' as const] } };
    const unsure = signal('prescription', { sure: false });
    expect(shown(conversation(claims()).turn([], [unsure, signal('panic')], often))).toEqual(['panic']);
    expect(shown(conversation(claims()).turn([], [unsure], often))).toEqual(['prescription']);
    const talk = conversation(claims());
    talk.turn([], [signal('panic')]);
    talk.turn([{ type: 'DismissPrompt', ...by('partner'), trigger: 'panic' }]);
    expect(shown(talk.turn([], [unsure, signal('panic')], often))).toEqual([]);
    expect(shown(talk.turn([], [signal('prescription'), signal('panic')], often))).toEqual(['prescription']);
    const [second] = only(conversation(claims(), claims('other')).turn([], [unsure], often), 'LivePromptShown');
    expect(second?.prompt.to).toEqual(['other']);
  });

  it('about what a partner said themselves is for their eyes only', () => {
    const talk = conversation(claims(), claims('other'));
    const [event] = only(talk.turn([], [signal('self-orientation', { evidence: [evidence('m2', 'other')] })]), 'LivePromptShown');
    expect(event?.prompt.to).toEqual(['other']);
  });

  it('still comes while the draft is reviewed; once it is agreed only stories are asked for, and nothing while it waits', () => {
    const talk = conversation(claims());
    talk.turn([{ type: 'WriteBrief', ...by('leader') }]);
    expect(shown(talk.turn([], [signal('no-owner')]))).toEqual(['no-owner']);
    talk.turn([{ type: 'PauseAlignment', ...by('leader') }]);
    expect(talk.turn([], [signal('panic')])).toEqual([]);
    talk.turn([{ type: 'ResumeAlignment', ...by('leader') }], [signal('no-owner')]);
    talk.turn(
      [
        { type: 'SignBrief', ...by('leader'), version: 1 },
        { type: 'SignBrief', ...by('partner'), version: 1 },
      ],
      [signal('no-owner'), signal('stalled')],
    );
    expect(talk.coaching.prompts.map(({ trigger, status }) => [trigger, status])).toEqual([['no-owner', 'overtaken']]);
    expect(shown(talk.turn([], [signal('stalled'), signal('wins-missing')]))).toEqual(['wins-missing']);
  });

  it('asks of a quiet draft only where no partner is the one who is waited for, and of a signed brief that changes no diagnosis', () => {
    const talk = conversation(claims());
    talk.turn([{ type: 'WriteBrief', ...by('leader') }]);
    expect(shown(talk.turn([], [signal('stalled')]))).toEqual([]);
    const sign = (who: string, version: number): Command => ({ type: 'SignBrief', ...by(who), version });
    expect(shown(talk.turn([sign('partner', 1)], [signal('stalled')]))).toEqual(['stalled']);
    talk.turn([sign('leader', 1)]);
    talk.turn([answer('leader', said('budget'))]);
    expect(talk.state.status).toBe('reviewing');
    expect(shown(talk.later(2 * MINUTE, [signal('upstream-cause'), signal('wins-missing')]))).toEqual(['wins-missing']);
  });

  it('that is asked makes its question the open one, and nothing else is asked in that turn', () => {
    const talk = conversation(claims());
    talk.turn([answer('leader', said('driver'))]);
    talk.later(2 * MINUTE, [signal('no-owner'), signal('fuzzy-topic')]);
    expect(only(talk.turn([ask('no-owner')]), 'LivePromptAsked')[0]).toMatchObject({ trigger: 'no-owner', of: 'leader' });
    expect(asked(talk.state)).toBe('owner');
    expect(talk.coaching.probe).toMatchObject({ of: 'leader', prompt: 'no-owner' });
    // Nothing new before they have said something.
    expect(shown(talk.later(DAY, [signal('fuzzy-topic')]))).toEqual([]);
    expect(shown(talk.turn([], [signal('fuzzy-topic'), signal('stalled')]))).toEqual(['stalled']);
  });

  it('that was asked keeps the first words to it as its answer, which undo takes back', () => {
    const talk = conversation(claims());
    talk.turn([], [signal('fuzzy-topic')]);
    talk.turn([ask('fuzzy-topic'), answer('leader', [said('driver'), said('owner'), said('leading-kpis')])]);
    expect(asked(talk.state)).toBeUndefined();
    const reply: Command = { type: 'AnswerPrompt', ...by('leader'), trigger: 'fuzzy-topic', words: words('m5'), messageRef: 'm5', cues: [] };
    talk.turn([reply]);
    expect(talk.coaching.prompts[0]?.answer).toMatchObject({ by: 'leader', quote: words('m5') });
    expect(talk.coaching.probe).toBeUndefined();
    expect(asked(talk.state)).toBeDefined();
    expect(talk.turn([reply])).toEqual([]);
    talk.turn([{ type: 'UndoLastAct', ...by('leader') }]);
    expect(talk.coaching.prompts[0]?.answer).toBeUndefined();
  });

  it('asks again for what was answered already, without leaving it open behind the answer', () => {
    const talk = conversation(claims());
    talk.turn([answer('leader', [said('driver'), said('owner')])]);
    talk.later(2 * MINUTE, [signal('no-owner')]);
    talk.turn([ask('no-owner')]);
    expect(talk.state).toMatchObject({ asked: { questionId: 'owner', followUp: true } });
    talk.turn([{ type: 'AnswerPrompt', ...by('leader'), trigger: 'no-owner', words: words('m5'), messageRef: 'm5', cues: [] }]);
    expect(asked(talk.state)).toBe('leading-kpis');
  });

  it('is nobody else’s to ask or to know of, and cannot be asked when the conversation has gone on', () => {
    const talk = conversation(claims());
    talk.turn([], [signal('prescription')]);
    const press = (command: Command) => refusalOf(() => decide(talk.state, command, talk.now));
    for (const type of ['AskPrompt', 'DismissPrompt', 'ExplainPrompt', 'PutChallenge'] as const)
      expect(press({ type, ...by('leader'), trigger: 'prescription' })).toBe('not_allowed');
    expect(press({ type: 'AskPrompt', ...by('leader'), trigger: 'panic' })).toBe('not_allowed');
    expect(press(ask('fuzzy-topic'))).toBe('unknown_target');
    talk.turn([says('partner', 'm2')]);
    expect(press(ask('prescription'))).toBe('outdated');
  });
});

describe('a first group', () => {
  const essentials = () => [answer('leader', [said('driver'), said('owner'), said('leading-kpis')])];

  it('is proposed once, where nobody from L&D is there, after the essentials and only when it is sure', () => {
    const talk = conversation();
    expect(only(talk.turn(essentials(), [signal('too-broad')]), 'PilotProposed')).toHaveLength(0);
    expect(only(talk.turn([], [signal('too-broad', { sure: false })]), 'PilotProposed')).toHaveLength(0);
    expect(only(talk.turn([], [signal('too-broad')]), 'PilotProposed')).toHaveLength(1);
    talk.turn([{ type: 'DeclinePilot', ...by('leader') }], [signal('too-broad')]);
    talk.turn([{ type: 'StartOver', ...by('leader') }]);
    talk.turn(essentials());
    talk.turn([], [signal('too-broad')]);
    expect(only(talk.events, 'PilotProposed')).toHaveLength(1);
    const withPartner = conversation(...essentials(), claims());
    withPartner.turn([], [signal('too-broad')]);
    expect(only(withPartner.events, 'PilotProposed')).toHaveLength(0);
  });

  it('is the one question of its turn: what was asked is put again once it is answered', () => {
    const talk = conversation();
    const [asked] = only(talk.turn(essentials(), [signal('too-broad')]), 'QuestionAsked');
    expect(only(talk.turn([{ type: 'CarryOn', ...by('leader') }], [signal('too-broad')]), 'PilotProposed', 'QuestionAsked')).toMatchObject([
      { type: 'PilotProposed' },
    ]);
    expect(talk.state).not.toHaveProperty('asked');
    const then = talk.turn([{ type: 'DeclinePilot', ...by('leader') }]);
    expect(only(then, 'QuestionAsked')).toMatchObject([{ questionId: asked?.questionId }]);
  });

  it('is agreed in the words of whoever leads, as soon as they name one', () => {
    const talk = conversation(says('leader', 'm1', 'whole-force'));
    talk.turn([says('colleague', 'm2', 'narrowed')]);
    expect(talk.coaching.pilot).toBeUndefined();
    talk.turn([says('leader', 'm3', 'narrowed')]);
    expect(talk.coaching.pilot).toMatchObject({ status: 'agreed', group: words('m3'), by: 'leader' });
    const narrow = conversation();
    narrow.turn([says('leader', 'm2', 'narrowed')]);
    expect(narrow.coaching.pilot).toBeUndefined();
  });

  it('goes with the message or the act that it came from, back to what was proposed', () => {
    const talk = conversation(...essentials());
    talk.turn([], [signal('too-broad')]);
    talk.turn([says('leader', 'm3', 'narrowed')]);
    talk.turn([{ type: 'RemoveMessage', ...by('leader'), messageRef: 'm3' }]);
    expect(talk.coaching.pilot?.status).toBe('proposed');
    talk.turn([{ type: 'AgreePilot', ...by('leader'), group: words('f1'), until: words('f1'), messageRef: 'f1' }]);
    expect(talk.coaching.pilot).toMatchObject({ status: 'agreed', until: words('f1') });
    talk.turn([{ type: 'UndoLastAct', ...by('leader') }]);
    expect(talk.coaching.pilot?.status).toBe('proposed');
  });
});

describe('what came from a message', () => {
  it('goes when it is edited or deleted, and what stood on it alone gives way', () => {
    const talk = conversation(claims(), says('leader', 'm2', 'urgency'));
    talk.later(2 * MINUTE, [signal('panic', { evidence: [evidence('m2')] })]);
    const events = talk.turn([{ type: 'RemoveMessage', ...by('leader'), messageRef: 'm2' }], [signal('panic', { evidence: [evidence('m2')] })]);
    expect(only(events, 'CuesRemoved', 'LivePromptOvertaken').map(({ type }) => type)).toEqual(['CuesRemoved', 'LivePromptOvertaken']);
    expect(JSON.stringify(talk.coaching.cues)).not.toContain('m2');
    expect(talk.coaching.prompts).toMatchObject([{ status: 'overtaken', evidence: [] }]);
  });

  it('is heard anew after an edit', () => {
    const talk = conversation();
    talk.turn([says('leader', 'm2', 'urgency')]);
    talk.turn([{ type: 'ReviseMessage', by: 'leader', act: 'm2@1', messageRef: 'm2', answers: [] }, says('leader', 'm2', 'symptom')]);
    expect(talk.coaching.cues.map(({ cue }) => cue)).toEqual(['symptom']);
  });

  it('is said of nobody: where the coach heard nothing, nothing happens', () => {
    given()
      .when({ type: 'RemoveMessage', ...by('leader'), messageRef: 'm9' })
      .then();
    const talk = conversation();
    expect(talk.turn([{ type: 'ReviseMessage', ...by('leader'), messageRef: 'm9', answers: [] }])).toEqual([]);
  });
});

describe('starting over', () => {
  it('forgets what was heard and decided, but not what was shown nor how much is wanted', () => {
    const talk = conversation(claims(), says('leader', 'm1', 'whole-force'));
    talk.turn([], [signal('prescription')]);
    talk.turn([{ type: 'SetPromptLimit', ...by('partner'), limit: 3 }, says('leader', 'm2', 'narrowed')], [signal('prescription')]);
    talk.turn([{ type: 'StartOver', ...by('leader') }]);
    expect(talk.coaching).toMatchObject({ cues: [], decisions: [], limit: 3, prompts: [{ trigger: 'prescription', status: 'overtaken', evidence: [] }] });
    expect(talk.coaching.pilot).toBeUndefined();
    expect(shown(talk.later(DAY, [signal('prescription')]))).toEqual([]);
  });

  it('and everything else: replayed, the events give the same state', () => {
    const talk = conversation(claims(), says('leader', 'm2', 'whole-force'));
    talk.later(2 * MINUTE, [signal('too-broad')]);
    talk.turn([ask('too-broad'), says('leader', 'm3', 'narrowed'), { type: 'UndoLastAct', ...by('leader') }]);
    const [first, ...rest] = talk.events;
    expect(rest.reduce(evolve, evolve({ status: 'new' }, first as never))).toEqual(talk.state);
  });
});
