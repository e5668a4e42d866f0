import type { Logger } from '../../app/ports.ts';
import type { Card } from '../../views/card.ts';
import { RoomError } from './errors.ts';
import type { ExampleRule, ExampleScript, ExampleStep } from './example-script.ts';
import type { ExampleStatus, Feed, FeedEntry } from './feed.ts';
import { isPlumbs } from './message.ts';
import { directPlace, roomChannel, roomPeople } from './people.ts';
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
};

// How fast the example seems to type, and how long it waits for Plumb before it gives up.
const typing = { perCharacter: 22, atLeast: 900, atMost: 3_200 };
const replyWithin = 20_000;
const readingTime = 1_400;

export type Example = ReturnType<typeof createExample>;

/** Plays the example conversation into the room, waiting for Plumb after each line. One at a time; it can be stopped. */
export function createExample({ script, talk, timeline, feed, logger, delay }: Dependencies) {
  let status: ExampleStatus = { status: 'idle' };
  let stopping: AbortController | undefined;
  const show = (next: ExampleStatus): void => {
    status = next;
    feed.publish({ type: 'example', example: next });
  };

  async function play(signal: AbortSignal): Promise<void> {
    const left = [...script.rules];
    let thread = '';
    let queue: ExampleStep[] = [script.opening];
    for (;;) {
      const step = queue.shift();
      if (!step) {
        // A card whose rule is found is answered; when none fits, Plumb may still be about to say something.
        const rule = takeRule(left, thread);
        if (rule) {
          queue = [...rule.steps];
          continue;
        }
        const more = await reply(feed.last(), thread, signal);
        if (more) continue;
        return show({ status: 'ended', thread, how: left.length === script.rules.length ? 'no-reply' : 'done' });
      }
      const before = feed.last();
      thread = await take(step, thread, signal);
      await reply(before, thread, signal);
    }
  }

  async function take(step: ExampleStep, thread: string, signal: AbortSignal): Promise<string> {
    show({ status: 'running', thread, typing: step.as });
    const length = 'say' in step ? step.say.length : 0;
    await delay(Math.min(Math.max(length * typing.perCharacter, typing.atLeast), typing.atMost), signal);
    const saidIn = 'say' in step ? (await talk.post({ as: step.as, place: roomChannel.place, thread, text: step.say })).thread : thread;
    if ('press' in step) await press(step);
    show({ status: 'running', thread: saidIn });
    return saidIn;
  }

  async function press(step: Extract<ExampleStep, { press: string }>): Promise<void> {
    const post = timeline.newestPost(step.as, (card) => card.actions.some((action) => action.action === step.press));
    const action = post?.body.kind === 'card' ? post.body.card.actions.find((candidate) => candidate.action === step.press) : undefined;
    if (!post || !action) return;
    const pressed = { as: step.as, postId: post.id, action: step.press, value: action.value ?? {} };
    if (!action.form) {
      await talk.press({ ...pressed, inputs: step.fill ?? {} });
      return;
    }
    const opened = await talk.requestForm(pressed);
    if (opened.kind === 'form')
      await talk.submitForm({ as: step.as, postId: post.id, submit: opened.form.submit, value: opened.form.value, inputs: step.fill ?? {} });
  }

  /** The first rule left whose question or action is on a card of this example, newest card first. */
  function takeRule(left: ExampleRule[], thread: string): ExampleRule | undefined {
    const cards = roomPeople
      .flatMap((someone) => timeline.visibleTo(someone.id).filter((message) => message.thread === thread || message.place === directPlace(someone.id)))
      .sort((one, other) => one.at - other.at)
      .flatMap((message) => (message.body.kind === 'card' ? [message.body.card] : []));
    const newest = cards.at(-1);
    const index = left.findIndex(({ on }) =>
      'question' in on ? newest !== undefined && asks(newest, on.question) : cards.some((card) => offers(card, on.action)),
    );
    return index < 0 ? undefined : left.splice(index, 1)[0];
  }

  /** True once Plumb has said something in the example's thread, or privately, after `since`; false when it stays silent. */
  async function reply(since: number, thread: string, signal: AbortSignal): Promise<boolean> {
    const heard = (entry: FeedEntry): boolean => {
      if (entry.n <= since || entry.change.type !== 'message') return false;
      const message = timeline.get(entry.change.messageId);
      return message !== undefined && isPlumbs(message) && (message.thread === thread || message.place !== roomChannel.place);
    };
    const waiting = new AbortController();
    let unsubscribe = (): void => waiting.abort();
    const came = new Promise<true>((resolve) => {
      unsubscribe = feed.subscribe((entry) => heard(entry) && resolve(true));
      const missed = feed.resume(feed.idOf(since));
      if (missed.kind === 'replay' && missed.entries.some(heard)) resolve(true);
    });
    const silence = delay(replyWithin, AbortSignal.any([signal, waiting.signal])).then(() => false as const);
    // Whichever loses the race is still awaited by somebody.
    silence.catch((reason: unknown) => logger.debug({ reason: String(reason) }, 'The example no longer waits for a reply.'));
    try {
      const replied = await Promise.race([came, silence]);
      if (replied) await delay(readingTime, signal);
      return replied;
    } finally {
      unsubscribe();
      waiting.abort();
    }
  }

  return {
    status: (): ExampleStatus => status,
    /** Starts playing and returns at once. Throws RoomError while it is already playing. */
    start(): void {
      if (stopping) throw new RoomError('example_running', 'The example is already playing. Stop it first, or watch it to its end.');
      const controller = new AbortController();
      stopping = controller;
      play(controller.signal)
        .catch((reason: unknown) => {
          if (!controller.signal.aborted) logger.warn({ reason: reason instanceof Error ? reason.message : String(reason) }, 'The example ended early.');
          const thread = status.status === 'idle' ? undefined : status.thread;
          show({ status: 'ended', ...(thread !== undefined && { thread }), how: controller.signal.aborted ? 'stopped' : 'no-reply' });
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

function asks(card: Card, question: string): boolean {
  return card.actions.some((action) => action.value?.['question'] === question);
}

function offers(card: Card, action: string): boolean {
  return card.actions.some((offered) => offered.action === action);
}
