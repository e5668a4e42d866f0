import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/domain/alignment.ts';
import type { Challenge } from '../../src/domain/coaching-state.ts';
import type { Command } from '../../src/domain/command.ts';
import type { HeardCue } from '../../src/domain/cues.ts';
import { answer, asked, said } from './given.ts';
import { by, claims, conversation, evidence, only, says, signal, words } from './given-coaching.ts';
import { refusalOf } from './given-events.ts';

const tension = (over: Partial<Parameters<typeof signal>[1]> = {}) =>
  signal('strategy-conflict', { evidence: [evidence('m1'), evidence('m2', 'manager')], about: { tension: 'request-facts', cause: 'thin-pipeline' }, ...over });

type Answer = Extract<Command, { type: 'AnswerChallenge' }>;
const answers = (over: Partial<Answer> & { cues?: readonly HeardCue['cue'][] } = {}): Answer => {
  const act = by('leader');
  return { type: 'AnswerChallenge', ...act, messageRef: act.act, cues: [], ...over };
};
const says2 = (messageRef: string, ...cues: HeardCue['cue'][]) => answers({ messageRef, words: words(messageRef), cues });

function challenged() {
  const talk = conversation(says('manager', 'm2', 'elsewhere'));
  talk.turn([says('leader', 'm3', 'symptom')], [tension()]);
  return talk;
}

describe('the kind challenge', () => {
  it('is put once by Plumb itself, where nobody from L&D is there and the tension is sure', () => {
    const talk = conversation();
    expect(only(talk.turn([], [tension({ sure: false })]), 'ChallengePut')).toHaveLength(0);
    expect(only(talk.turn([], [signal('prescription'), tension()]), 'ChallengePut')[0]).toMatchObject({
      of: 'leader',
      challenge: { about: { cause: 'thin-pipeline' } },
    });
    talk.turn([answers({ choice: 'as-asked' })]);
    talk.turn([{ type: 'StartOver', ...by('leader') }]);
    talk.turn([], [tension()]);
    expect(only(talk.events, 'ChallengePut')).toHaveLength(1);
  });

  it('is never put where an L&D partner is at work, in a draft, or to whoever left the rest to L&D', () => {
    for (const command of [claims(), { type: 'WriteBrief', ...by('leader') } as const, { type: 'LeaveRestToPartner', ...by('leader') } as const]) {
      const talk = conversation(command);
      talk.turn([], [tension()]);
      expect(only(talk.events, 'ChallengePut')).toHaveLength(0);
    }
  });

  it('comes instead of a first group and the next question, which waits until it is settled', () => {
    const talk = conversation(answer('leader', [said('driver'), said('owner'), said('leading-kpis')]));
    const events = talk.turn([answer('leader', said('data-source'))], [signal('too-broad'), tension()]);
    expect(only(events, 'PilotProposed', 'ChallengePut', 'QuestionAsked').map(({ type }) => type)).toEqual(['ChallengePut']);
    expect(asked(talk.state)).toBeUndefined();
    expect(only(talk.turn([answers({ choice: 'as-asked' })]), 'QuestionAsked')).toHaveLength(1);
  });

  it('goes from the either/or to the fact to the focus, and keeps what was changed in their words', () => {
    const talk = challenged();
    const steps: (Challenge['step'] | undefined)[] = [talk.coaching.challenge?.step];
    for (const reply of [says2('m4', 'elsewhere'), says2('m5'), answers({ choice: 'agree' })]) {
      talk.turn([reply]);
      steps.push(talk.coaching.challenge?.step);
    }
    expect(steps).toEqual(['either-or', 'fact', 'focus', 'settled']);
    expect(talk.coaching.decisions).toMatchObject([
      { outcome: 'changed', by: 'leader', words: words('m5'), evidence: [{ messageRef: 'm1' }, { messageRef: 'm2' }] },
    ]);
    expect(talk.coaching.probe).toBeUndefined();
  });

  it('has no step of facts where no likely cause is known', () => {
    const talk = conversation();
    talk.turn([], [tension({ about: { tension: 'request-strategy', objective: 'o1' } })]);
    talk.turn([says2('m4', 'changes-focus')]);
    expect(talk.coaching.challenge?.step).toBe('focus');
  });

  it.each<[string, Answer[], string]>([
    ['kept at once by a press', [answers({ choice: 'as-asked' })], 'kept'],
    ['kept at once by whoever insists', [says2('m4', 'keeps-request')], 'kept'],
    ['kept at the last step', [answers({ choice: 'other-focus' }), answers({ choice: 'to-find-out' }), answers({ choice: 'as-asked' })], 'kept'],
    ['to be found out', [answers({ choice: 'to-find-out' }), answers({ choice: 'to-find-out' }), answers({ choice: 'to-find-out' })], 'to-find-out'],
    ['to be found out when nobody can tell what was meant', [says2('m4'), says2('m5'), says2('m6')], 'to-find-out'],
    ['changed when they come round in their own words', [says2('m4', 'changes-focus'), says2('m5'), says2('m6', 'changes-focus')], 'changed'],
  ])('is %s', (_name, replies, outcome) => {
    const talk = challenged();
    for (const reply of replies) talk.turn([reply]);
    expect(talk.coaching.decisions.map((decision) => decision.outcome)).toEqual([outcome]);
    expect(talk.turn([answers({ choice: 'agree' })])).toEqual([]);
  });

  it('is let be when two messages pass it by, and what it was about stays to be found out', () => {
    const talk = challenged();
    expect(only(talk.turn([says('leader', 'm4')]), 'ChallengeLeft')).toHaveLength(0);
    expect(only(talk.turn([says('leader', 'm5')]), 'ChallengeLeft')).toHaveLength(1);
    expect(talk.coaching).toMatchObject({ challenge: { step: 'settled' }, decisions: [{ outcome: 'to-find-out' }] });
  });

  it('goes back to where it was when its answer is undone', () => {
    const talk = challenged();
    talk.turn([says2('m4')]);
    talk.turn([answers({ choice: 'as-asked' })]);
    talk.turn([{ type: 'UndoLastAct', ...by('leader') }]);
    expect(talk.coaching).toMatchObject({ challenge: { step: 'fact', said: [{ messageRef: 'm4' }] }, decisions: [], probe: { of: 'leader' } });
  });

  it('is over when one of the two things that stood against each other is deleted', () => {
    const talk = challenged();
    talk.turn([{ type: 'RemoveMessage', by: 'manager', act: 'm2#deleted', messageRef: 'm2' }]);
    expect(talk.coaching).toMatchObject({ challenge: { step: 'settled' }, decisions: [] });
  });

  it('is put for a partner who wants Plumb to, from what their prompt said', () => {
    const talk = conversation(claims());
    talk.turn([], [tension()]);
    const put: Command = { type: 'PutChallenge', ...by('partner'), trigger: 'strategy-conflict' };
    expect(refusalOf(() => decide(talk.state, { ...put, trigger: 'panic' }, talk.now))).toBe('unknown_target');
    const [event] = only(talk.turn([put], [tension()]), 'ChallengePut');
    expect(event).toMatchObject({ putFor: 'partner', of: 'leader', challenge: { evidence: [{ messageRef: 'm1' }, { messageRef: 'm2' }] } });
    expect(talk.coaching.prompts).toMatchObject([{ status: 'asked', asked: { by: 'partner' } }]);
    expect(only(talk.turn([put]), 'ChallengePut')).toEqual([]);
  });
});

describe('what people decide among themselves', () => {
  it('is kept once, in the requester’s words, while something stood against the request', () => {
    const talk = conversation(claims());
    talk.turn([says('manager', 'm2', 'elsewhere')], [tension()]);
    // The tension is gone in the very turn in which they come round.
    talk.turn([says('leader', 'm3', 'changes-focus')], []);
    talk.turn([says('leader', 'm4', 'keeps-request')], [tension()]);
    expect(talk.coaching.decisions).toMatchObject([{ outcome: 'changed', by: 'leader', words: words('m3'), about: { cause: 'thin-pipeline' } }]);
  });

  it('is no decision where nothing stood against it, or where it is settled by now', () => {
    const quiet = conversation(claims());
    quiet.turn([says('leader', 'm3', 'keeps-request')]);
    expect(quiet.coaching.decisions).toEqual([]);
    const eased = conversation(claims());
    eased.turn([], [tension()]);
    eased.turn([says('manager', 'm2', 'settled')], []);
    eased.turn([says('leader', 'm3', 'keeps-request')], []);
    expect(eased.coaching.decisions).toEqual([]);
  });

  it('follows the either/or that a partner puts themselves', () => {
    const talk = conversation(claims());
    talk.turn([says('partner', 'm2', 'either-or')]);
    talk.turn([says('leader', 'm3', 'changes-focus')]);
    expect(talk.coaching.decisions).toMatchObject([{ outcome: 'changed', evidence: [{ messageRef: 'm2' }] }]);
  });

  it('follows the prompt that they asked, and goes with the words or the act that it came from', () => {
    const talk = conversation(claims());
    talk.turn([], [tension()]);
    talk.turn([{ type: 'AskPrompt', ...by('partner'), trigger: 'strategy-conflict' }]);
    const reply: Command = {
      type: 'AnswerPrompt',
      by: 'leader',
      act: 'm4',
      trigger: 'strategy-conflict',
      words: words('m4'),
      messageRef: 'm4',
      cues: ['changes-focus'],
    };
    talk.turn([says('leader', 'm4', 'changes-focus'), reply]);
    expect(talk.coaching.decisions).toMatchObject([{ outcome: 'changed', words: words('m4') }]);
    talk.turn([{ type: 'UndoLastAct', ...by('leader') }]);
    expect(talk.coaching).toMatchObject({ decisions: [], cues: [] });
    talk.turn([says('leader', 'm5', 'keeps-request')]);
    expect(talk.coaching.decisions).toMatchObject([{ outcome: 'kept' }]);
    talk.turn([{ type: 'RemoveMessage', ...by('leader'), messageRef: 'm5' }]);
    expect(talk.coaching.decisions).toEqual([]);
  });

  it('opens a draft again that bears a signature', () => {
    const talk = conversation(claims());
    talk.turn([], [tension()]);
    talk.turn([{ type: 'WriteBrief', ...by('leader') }], [tension()]);
    talk.turn([{ type: 'SignBrief', ...by('leader'), version: 1 }], [tension()]);
    const events = talk.turn([says('leader', 'm3', 'changes-focus')]);
    expect(only(events, 'ReviewReopened', 'FocusDecided').map(({ type }) => type)).toEqual(['ReviewReopened', 'FocusDecided']);
  });
});
