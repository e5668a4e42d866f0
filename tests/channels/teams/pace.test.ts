import { describe, expect, it } from '@jest/globals';
import { DeliveryError } from '../../../src/app/ports.ts';
import { createPace, type Lane } from '../../../src/channels/teams/pace.ts';

const chat: Lane = { tenant: 'T1', call: 'send', place: '19:a' };

/** A pace in a time that only sleeping moves. */
function moved() {
  const clock = { at: 1_000 };
  const pace = createPace({
    now: () => clock.at,
    sleep: async (ms) => {
      clock.at += ms;
    },
  });
  return { clock, pace };
}

async function waitOf(pace: ReturnType<typeof createPace>, lane: Lane): Promise<number> {
  try {
    await pace.wait(lane);
    return 0;
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    expect(error.failure).toMatchObject({ retry: true, busy: true });
    return error.failure.retryAfterMs ?? 0;
  }
}

describe('the pace of Teams', () => {
  it('never goes beyond what is documented for one conversation', async () => {
    const { clock, pace } = moved();
    const times: number[] = [];
    for (let count = 0; count < 200; count += 1) {
      const wait = await waitOf(pace, chat);
      if (wait > 0) clock.at += wait;
      else times.push(clock.at);
    }
    for (const [most, withinMs] of [
      [7, 1_000],
      [8, 2_000],
      [60, 30_000],
    ] as const)
      for (const at of times) expect(times.filter((one) => one >= at && one < at + withinMs).length).toBeLessThanOrEqual(most);
    expect(times.length).toBeGreaterThan(100);
  });

  it('keeps to it as Teams counts, when calls arrive, though some take longer on their way', async () => {
    const { clock, pace } = moved();
    const arrivals: number[] = [];
    for (let count = 0; count < 200; count += 1) {
      const wait = await waitOf(pace, chat);
      if (wait > 0) clock.at += wait;
      else arrivals.push(clock.at + (arrivals.length % 8 < 7 ? 90 : 0));
    }
    for (const at of arrivals) {
      expect(arrivals.filter((one) => one >= at && one < at + 1_000).length).toBeLessThanOrEqual(7);
      expect(arrivals.filter((one) => one >= at && one < at + 2_000).length).toBeLessThanOrEqual(8);
    }
  });

  it('lets a burst through at once and says busy when the wait would be long', async () => {
    const { clock, pace } = moved();
    for (let count = 0; count < 7; count += 1) await pace.wait(chat);
    expect(clock.at).toBe(1_000);
    for (let count = 0; count < 60; count += 1) await waitOf(pace, chat);
    expect(await waitOf(pace, chat)).toBeGreaterThan(2_000);
    expect(await waitOf(pace, { ...chat, place: '19:b' })).toBe(0);
    expect(await waitOf(pace, { ...chat, call: 'create' })).toBe(0);
  });

  it('keeps a tenant within its share, and no other tenant back', async () => {
    const { clock, pace } = moved();
    for (let count = 0; count < 40; count += 1) await pace.wait({ ...chat, place: `19:${count}` });
    expect(clock.at).toBe(1_000);
    await pace.wait({ ...chat, tenant: 'T2' });
    expect(clock.at).toBe(1_000);
    await pace.wait({ ...chat, place: '19:next' });
    expect(clock.at).toBe(2_000);
  });

  it('closes a conversation for as long as Teams says, and the tenant when two are refused', async () => {
    const { pace } = moved();
    expect(pace.limited(chat, 9_000)).toBe(9_000);
    expect(await waitOf(pace, chat)).toBe(9_000);
    expect(await waitOf(pace, { ...chat, place: '19:b' })).toBe(0);
    pace.limited({ ...chat, place: '19:b' }, 5_000);
    expect(await waitOf(pace, { ...chat, place: '19:c' })).toBe(5_000);
    expect(await waitOf(pace, { ...chat, tenant: 'T2' })).toBe(0);
  });

  it('waits longer each time where Teams does not say for how long', () => {
    const { clock, pace } = moved();
    const waits = Array.from({ length: 6 }, () => {
      const wait = pace.limited(chat, 'a while');
      clock.at += wait;
      return wait;
    });
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
    clock.at += 60_000;
    expect(pace.limited(chat, 'a while')).toBe(2_000);
  });
});
