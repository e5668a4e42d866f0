import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { alignmentTimers, delegationOf, isCoachTimer } from '../../src/domain/alignment-timers.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { DAY, MONDAY_9_UTC, newAct, opening, play, stateAfter } from './given.ts';
import { claims, conversation, MINUTE, says, signal } from './given-coaching.ts';

const quietHours = { start: '18:00', end: '08:00' };
const inZone = (zone: string) => () => zone;
const local = (at: number, zone: string) => DateTime.fromMillis(at, { zone }).toFormat('ccc HH:mm');

describe('the timers of an alignment', () => {
  it('remind in two working days, in the working hours of the requester', () => {
    const [timer] = alignmentTimers(stateAfter(), inZone('Europe/Berlin'), quietHours);
    expect(local(timer?.dueAt ?? 0, 'Europe/Berlin')).toBe('Wed 10:00');
    const [tokyo] = alignmentTimers(stateAfter(), inZone('Asia/Tokyo'), quietHours);
    // 09:00 UTC is 18:00 in Tokyo, where the working day is over: the next morning it is.
    expect(local(tokyo?.dueAt ?? 0, 'Asia/Tokyo')).toBe('Thu 08:00');
  });

  it('skip the weekend', () => {
    const friday = MONDAY_9_UTC + 4 * DAY;
    const { state } = play([opening()], undefined, friday);
    const [timer] = alignmentTimers(state, inZone('UTC'), quietHours);
    expect(local(timer?.dueAt ?? 0, 'UTC')).toBe('Tue 09:00');
  });

  it('count five days for the second reminder, and stop after it', () => {
    const once = evolve(stateAfter(), { type: 'ReminderSent', at: MONDAY_9_UTC, which: 1 });
    expect(local(alignmentTimers(once, inZone('UTC'), quietHours)[0]?.dueAt ?? 0, 'UTC')).toBe('Mon 09:00');
    const twice = evolve(once, { type: 'ReminderSent', at: MONDAY_9_UTC, which: 2 });
    expect(alignmentTimers(twice, inZone('UTC'), quietHours)).toEqual([]);
  });

  it('wait two working days for somebody who was asked instead', () => {
    const state = stateAfter({ type: 'DelegateQuestion', questionId: 'driver', to: 'tomas', privately: false, messageRef: 'x', by: 'leader', act: newAct() });
    const delegation = alignmentTimers(state, inZone('UTC'), quietHours).find((timer) => delegationOf(timer.key) === 'driver');
    expect(local(delegation?.dueAt ?? 0, 'UTC')).toBe('Wed 09:00');
  });

  it('are none while it waits, is signed or is over', () => {
    for (const type of ['PauseAlignment', 'WithdrawRequest', 'RejectRequest'] as const) {
      const state = stateAfter({ type, by: 'leader', act: newAct() });
      expect(alignmentTimers(state, inZone('UTC'), quietHours)).toEqual([]);
    }
  });

  it('wake the coach when the requester has finished, and after a quiet working day, only for an L&D partner', () => {
    const keys = (talk: ReturnType<typeof conversation>) =>
      alignmentTimers(talk.state, inZone('UTC'), quietHours, 60_000).filter(({ key }) => isCoachTimer(key));
    expect(keys(conversation(says('leader', 'm2')))).toEqual([]);
    const talk = conversation(claims());
    talk.turn([says('leader', 'm2')]);
    const [finished, rests, quiet] = keys(talk);
    expect(finished).toMatchObject({ key: 'coach', dueAt: talk.now + 60_000 });
    expect(rests).toMatchObject({ key: 'coach:rests', dueAt: talk.now + 20 * MINUTE });
    expect(local(quiet?.dueAt ?? 0, 'UTC')).toBe('Tue 09:01');
    // Looked at when the partner pressed something, long after.
    talk.later(30 * MINUTE, []);
    talk.turn([{ type: 'SetPromptLimit', by: 'partner', act: newAct(), limit: 3 }]);
    expect(keys(talk).map(({ key }) => key)).toEqual(['coach:quiet']);
    talk.later(DAY, [signal('stalled')]);
    expect(keys(talk)).toEqual([{ key: 'coach:again', dueAt: talk.now + 30 * MINUTE }]);
    talk.turn([{ type: 'DismissPrompt', by: 'partner', act: newAct(), trigger: 'stalled' }]);
    expect(keys(talk)).toEqual([]);
  });
});
