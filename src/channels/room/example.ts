import type { Logger } from '../../app/ports.ts';
import { createAwaitReply } from './await-reply.ts';
import { RoomError } from './errors.ts';
import type { ExampleScript, ExampleStep } from './example-script.ts';
import { pressButton, takeRule } from './example-steps.ts';
import type { ExampleStatus, Feed } from './feed.ts';
import { roomChannel } from './people.ts';
import type { Talk } from './talk.ts';
import type { Timeline } from './timeline.ts';

type Dependencies = {
  script: ExampleScript;
  talk: Talk;
  timeline: Timeline;
  feed: Feed;
  logger: Logger;
  /** Resolves after `ms` milliseconds; rejects when the signal is aborted. */
  delay: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Moves the room's clock forward by so many milliseconds; absent where it stands at real time. */
  moveBy?: (ms: number) => Promise<void>;
};

// How fast the example seems to type, in milliseconds.
const typing = { perCharacter: 22, atLeast: 900, atMost: 3_200 };

export type Example = ReturnType<typeof createExample>;

/** Plays the example conversation into the room, waiting for Plumb after each line. One at a time; it can be stopped. */
export function createExample(deps: Dependencies) {
  const { feed, logger } = deps;
  let status: ExampleStatus = { status: 'idle' };
  let stopping: AbortController | undefined;
  const show = (next: ExampleStatus): void => {
    status = next;
    feed.publish({ type: 'example', example: next });
  };

  return {
    status: (): ExampleStatus => status,
    /** Starts playing and returns at once. Throws RoomError while it is already playing. */
    start(): void {
      if (stopping) throw new RoomError('example_running', 'The example is already playing. Stop it first, or watch it to its end.');
      const controller = new AbortController();
      stopping = controller;
      play(deps, show, controller.signal)
        .catch((error: unknown) => {
          const stopped = controller.signal.aborted;
          if (!stopped) logger.warn({ error }, 'The example ended early.');
          const thread = status.status === 'idle' ? undefined : status.thread;
          show({ status: 'ended', ...(thread !== undefined && { thread }), how: stopped ? 'stopped' : 'no-reply' });
        })
        .finally(() => {
          stopping = undefined;
        });
    },
    stop(): void {
      stopping?.abort();
    },
  };
}

async function play(deps: Dependencies, show: (status: ExampleStatus) => void, signal: AbortSignal): Promise<void> {
  const { script, timeline, feed } = deps;
  const awaitReply = createAwaitReply(deps);
  const left = [...script.rules];
  let thread = '';
  let queue: ExampleStep[] = [script.opening];
  for (;;) {
    const step = queue.shift();
    // Nobody waits in real time: what would come of it does not come then, and the rules for it are passed over.
    if (step && 'wait' in step && !deps.moveBy) continue;
    if (step) {
      const before = feed.last();
      thread = await take(step, thread, deps, show, signal);
      await awaitReply(before, thread, signal);
      continue;
    }
    const seen = feed.last();
    const rule = takeRule(left, timeline, thread);
    if (rule) queue = [...rule.steps];
    // When no rule fits, Plumb may still be about to say something.
    else if (!(await awaitReply(seen, thread, signal))) break;
  }
  show({ status: 'ended', thread, how: left.length === script.rules.length ? 'no-reply' : 'done' });
}

/** One line or press, or a while that passes, after the time it takes to type. Returns the example's thread. */
async function take(step: ExampleStep, thread: string, deps: Dependencies, show: (status: ExampleStatus) => void, signal: AbortSignal): Promise<string> {
  if ('wait' in step) {
    await deps.moveBy?.(step.wait * 1_000);
    return thread;
  }
  show({ status: 'running', thread, typing: step.as });
  const length = 'say' in step ? step.say.length : 0;
  await deps.delay(Math.min(Math.max(length * typing.perCharacter, typing.atLeast), typing.atMost), signal);
  const said = 'say' in step ? await deps.talk.post({ as: step.as, place: roomChannel.place, thread, text: step.say }) : undefined;
  if ('press' in step) await pressButton(step, deps.talk, deps.timeline);
  show({ status: 'running', thread: said?.thread ?? thread });
  return said?.thread ?? thread;
}
