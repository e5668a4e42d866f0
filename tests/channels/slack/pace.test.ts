import { describe, expect, it } from '@jest/globals';
import { DeliveryError } from '../../../src/app/ports.ts';
import { createPace, type Lane } from '../../../src/channels/slack/pace.ts';

const post = (place: string, tenant = 'T1'): Lane => ({ tenant, method: 'chat.postMessage', place });

/** A pace whose time passes only by sleeping, or when the test says so. */
function open() {
  let at = 1_000;
  const slept: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    slept.push(ms);
    at += ms;
  };
  const pace = createPace({ now: () => at, sleep });
  return {
    pace,
    slept,
    pass: (ms: number) => {
      at += ms;
    },
  };
}

async function refusalOf(waiting: Promise<void>): Promise<DeliveryError['failure']> {
  const error = await waiting.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DeliveryError)) throw new Error('It was not asked to come back later.');
  return error.failure;
}

describe('pace', () => {
  it('lets a short burst through at once, then one message a second', async () => {
    const { pace, slept } = open();
    for (let n = 0; n < 4; n += 1) await pace.wait(post('C1'));
    expect(slept).toEqual([]);
    await pace.wait(post('C1'));
    await pace.wait(post('C1'));
    expect(slept).toEqual([1_000, 1_000]);
  });

  it('sends back to the outbox what would wait longer than a second', async () => {
    const { pace } = open();
    const sleepless = createPace({ now: () => 0, sleep: () => Promise.resolve() });
    for (let n = 0; n < 5; n += 1) await sleepless.wait(post('C1'));
    expect(await refusalOf(sleepless.wait(post('C1')))).toEqual({ retry: true, busy: true, retryAfterMs: 2_000 });
    await pace.wait(post('C1'));
  });

  it('holds nobody up for another channel or another workspace', async () => {
    const { pace, slept } = open();
    pace.limited(post('C1'), 30_000);
    await pace.wait(post('C2'));
    await pace.wait(post('C1', 'T2'));
    expect(slept).toEqual([]);
    expect(await refusalOf(pace.wait(post('C1')))).toMatchObject({ busy: true, retryAfterMs: 30_000 });
  });

  it('opens the channel again when the time that Slack asked for is over', async () => {
    const { pace, pass, slept } = open();
    pace.limited(post('C1'), 30_000);
    pass(30_000);
    await pace.wait(post('C1'));
    expect(slept).toEqual([]);
  });

  it('takes two limited channels at once for a limit of the whole workspace', async () => {
    const { pace } = open();
    await pace.wait(post('C1'));
    await pace.wait(post('C2'));
    pace.limited(post('C1'), 30_000);
    pace.limited(post('C2'), 20_000);
    expect(await refusalOf(pace.wait(post('C3')))).toMatchObject({ busy: true, retryAfterMs: 20_000 });
    await pace.wait(post('C1', 'T2'));
  });

  it('holds a method back in the whole workspace, because Slack counts it so', async () => {
    const { pace } = open();
    pace.limited({ tenant: 'T1', method: 'chat.update', place: 'C1' }, 9_000);
    expect(await refusalOf(pace.wait({ tenant: 'T1', method: 'chat.update', place: 'C2' }))).toMatchObject({ retryAfterMs: 9_000 });
    await pace.wait(post('C1'));
  });
});
