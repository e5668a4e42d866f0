import { afterEach, describe, expect, it } from '@jest/globals';
import type { InboundEvent } from '../../../src/app/ports.ts';
import { readExample } from '../../../src/channels/room/read-example.ts';
import { questionIds } from '../../../src/domain/questions.ts';
import { actionIds } from '../../../src/views/actions.ts';
import { card, openTestRoom, type TestRoom, threadOf } from './open-test-room.ts';

let open: TestRoom | undefined;
afterEach(() => open?.close());

/** Waiting for a reply never ends here; everything shorter is over at once. */
const noTime = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
    if (signal.aborted) reject(new Error('stopped'));
    else if (ms < 10_000) setImmediate(resolve);
  });
/** Everything is over at once, waiting for a reply as well. */
const soon = (_ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
    setTimeout(resolve, 30);
  });
const script = {
  opening: { as: 'dana', say: 'A course, please' },
  rules: [
    { on: { question: 'owner' }, steps: [{ as: 'dana', say: 'Keiko' }] },
    {
      on: { question: 'driver' },
      steps: [
        { as: 'dana', say: 'Why?' },
        { as: 'dana', say: 'Growth' },
      ],
    },
    {
      on: { action: 'looks-right' },
      steps: [
        { as: 'dana', press: 'looks-right' },
        { as: 'priya', press: 'looks-right' },
      ],
    },
  ],
};

describe('the example', () => {
  it('answers the question that Plumb asks, waits for each reply, and presses buttons', async () => {
    const asked = ['driver', undefined, 'owner', 'review'];
    const heard: string[] = [];
    let signed: (() => void) | undefined;
    const bothSigned = new Promise<void>((resolve) => {
      signed = resolve;
    });
    const reply = async (event: InboundEvent): Promise<void> => {
      if (event.type !== 'MessagePosted') return;
      heard.push(`${event.personId}: ${event.text}`);
      const next = asked.shift();
      const actions =
        next === 'review' ? [{ action: 'looks-right', label: 'Looks right' }] : next ? [{ action: 'skip', label: 'Skip', value: { question: next } }] : [];
      await open?.say(threadOf(event.conversation.thread), 'thread', card(String(next), actions));
    };
    open = await openTestRoom({
      script,
      delay: noTime,
      intake: {
        receive: async (event) => {
          setImmediate(() => void reply(event));
          return 'stored';
        },
        interact: async (event) => {
          heard.push(`${event.personId} presses`);
          setImmediate(async () => {
            await open?.say(threadOf(event.conversation.thread), 'thread', card('Signed'));
            if (event.personId === 'priya') signed?.();
          });
          return { kind: 'nothing' };
        },
      },
    });
    await open.post('example', { do: 'start' });
    await bothSigned;
    expect(heard).toEqual(['dana: A course, please', 'dana: Why?', 'dana: Growth', 'dana: Keiko', 'dana presses', 'priya presses']);
  });

  it('lets time pass for what Plumb holds back until nobody is in the middle of an answer', async () => {
    const waiting = { opening: script.opening, rules: [{ on: { question: 'driver' }, steps: [{ wait: 95 }, { as: 'dana', say: 'Growth' }] }] };
    const said = new Promise<void>((resolve) => {
      const receive = async (event: InboundEvent) => {
        if (event.type !== 'MessagePosted') return 'stored' as const;
        if (event.text === 'Growth') resolve();
        else
          setImmediate(
            () =>
              void open?.say(threadOf(event.conversation.thread), 'thread', card('driver', [{ action: 'skip', label: 'Skip', value: { question: 'driver' } }])),
          );
        return 'stored' as const;
      };
      void openTestRoom({ script: waiting, delay: soon, intake: { receive } }).then(async (room) => {
        open = room;
        await room.post('example', { do: 'start' });
      });
    });
    await said;
    expect(await open?.store.clock.offset()).toBe(95_001);
  });

  it('plays once at a time and can be stopped', async () => {
    open = await openTestRoom({ script, delay: noTime });
    const ended = new Promise<unknown>((resolve) => {
      open?.room.feed.subscribe(({ change }) => change.type === 'example' && change.example.status === 'ended' && resolve(change.example));
    });
    expect((await open.post('example', { do: 'start' })).status).toBe(200);
    expect((await open.post('example', { do: 'start' })).body.error?.code).toBe('example_running');
    await open.post('example', { do: 'stop' });
    expect(await ended).toMatchObject({ status: 'ended', how: 'stopped' });
  });

  it('names only people, questions and actions that there are', () => {
    const { opening, rules } = readExample();
    const steps = [opening, ...rules.flatMap((rule) => rule.steps)];
    for (const step of steps) {
      if ('as' in step) expect(['dana', 'priya', 'tomas', 'keiko', 'sam']).toContain(step.as);
      if ('press' in step) expect(actionIds).toContain(step.press);
    }
    for (const { on } of rules) {
      if ('question' in on) expect(questionIds).toContain(on.question);
      else expect(actionIds).toContain(on.action);
    }
  });
});
