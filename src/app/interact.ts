import { type Answers, keyOf, nothing } from './answers.ts';
import { cleanEvent } from './clean-event.ts';
import { createAlarm } from './deadline.ts';
import { NotStoredError } from './errors.ts';
import type { Clock, InboundEvent, Intake, InteractionResponse, Logger, Metrics } from './ports.ts';
import { reasonOf } from './reason-of.ts';
import { countFeedback, isMessage } from './receive.ts';
import type { Store } from './store.ts';
import type { WorkThrough } from './work-through.ts';

/** Slack wants an answer within 3 s and a Teams invoke within 5 s (PLATFORMS.md); the rest of the time is for the network. */
const defaultDeadlineMs = 2_000;
/** How long whoever asked for a file waits for it before they are told that it does not come. */
const defaultFilePatienceMs = 60_000;
// How often a conversation that somebody else holds is tried again when no notice of its release comes.
const TRY_AGAIN_MS = 25;

type Interact = {
  interact: Intake['interact'];
  /** Resolves when nothing is being handled any more, also what went on past its deadline. */
  drain(): Promise<void>;
};

type Dependencies = {
  store: Pick<Store, 'inbox' | 'onWork'>;
  receive: Intake['receive'];
  /** Has to work with `answers.handle`. */
  workThrough: WorkThrough;
  answers: Answers;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  leaseMs: number;
  deadlineMs?: number;
  files?: LateFiles;
};

/** Which events ask for a file, and what is said while it is being made and where it cannot be: the outbox takes no files, so only the response can bring it. */
export type LateFiles = { asksForFile(event: InboundEvent): boolean; coming: string; failed: string; patienceMs?: number };

/**
 * Stores a press or form, handles its conversation at once and gives the answer for the response. Past the deadline, or for an event that is already
 * there, it gives `nothing`: what is left is handled all the same and the outbox says it. A file that is not there by then comes `later`. Rejects with
 * NotStoredError when the store fails.
 */
export function createInteract(dependencies: Dependencies): Interact {
  const { answers, receive, logger, files, deadlineMs = defaultDeadlineMs } = dependencies;
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();

  async function interact(raw: InboundEvent, onStored?: () => void): Promise<InteractionResponse> {
    const event = cleanEvent(raw);
    if (isMessage(event)) {
      if ((await receive(event)) !== 'not ours') onStored?.();
      return nothing;
    }
    const deadlineAt = performance.now() + deadlineMs;
    const lateFile = files?.asksForFile(event) ? files : undefined;
    const patienceMs = lateFile ? (lateFile.patienceMs ?? defaultFilePatienceMs) : 0;
    const expected = answers.expect(event);
    let answered: Promise<InteractionResponse> | undefined;
    try {
      const stored = await store(dependencies, event, deadlineMs + patienceMs);
      onStored?.();
      if (stored === 'already there') return nothing;
      const turn = takeTurn(dependencies, event, { giveUpAt: deadlineAt + patienceMs, stopping: stopping.signal })
        .catch((error: unknown) => logger.error({ event: event.type, reason: reasonOf(error) }, 'A press could not be handled at once; a worker does it.'))
        .finally(() => underWay.delete(turn));
      underWay.add(turn);
      answered = Promise.race([expected.response, turn.then(() => nothing)]).finally(expected.forget);
    } finally {
      if (!answered) expected.forget();
    }
    const response = await before(deadlineAt, answered);
    return lateFile ? orLater(lateFile, response, answered) : (response ?? nothing);
  }

  return {
    interact,
    async drain() {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}

/** What `work` gives until then (in the time of `performance.now()`), or undefined. */
async function before<T>(deadlineAt: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), deadlineAt - performance.now());
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Somebody who asked for a file is never left without a word. */
function orLater({ coming, failed }: LateFiles, inTime: InteractionResponse | undefined, answered: Promise<InteractionResponse>): InteractionResponse {
  const orFailed = (response: InteractionResponse): InteractionResponse =>
    response.kind === 'nothing' ? { kind: 'notice', text: failed, failed: true } : response;
  return inTime ? orFailed(inTime) : { kind: 'notice', text: coming, later: answered.then(orFailed) };
}

async function store({ store, clock, metrics }: Dependencies, event: InboundEvent, readyInMs: number): Promise<'stored' | 'already there'> {
  const startedAt = performance.now();
  const labels = { channel: event.conversation.channel };
  metrics.count('inbound', labels);
  try {
    // Not ready for workers before it is too late: this process is about to handle it, and only it can answer in the response. After a crash a worker does.
    const added = await store.inbox.add({ event, readyAt: clock.now() + readyInMs });
    metrics.count(added === 'stored' ? 'stored' : 'duplicate', labels);
    if (added === 'stored' && event.type === 'FeedbackGiven') countFeedback(metrics, event);
    return added;
  } catch (error) {
    throw new NotStoredError({ cause: error });
  } finally {
    metrics.observe('receive', (performance.now() - startedAt) / 1_000);
  }
}

/** Handles the conversation's waiting rows under its lease, as soon as nobody else holds it; gives up in the end. */
async function takeTurn(
  { store, workThrough, clock, leaseMs }: Dependencies,
  event: InboundEvent,
  { giveUpAt, stopping }: { giveUpAt: number; stopping: AbortSignal },
): Promise<void> {
  const released = createAlarm();
  const stopListening = store.onWork(released.wake);
  try {
    do {
      const now = clock.now();
      // Asked anew each time: an alignment that was started meanwhile may have moved the conversation to its own stream.
      const stream = await store.inbox.streamOf(event.conversation);
      const leased = await store.inbox.leaseStream(stream, { now, leaseUntil: now + leaseMs });
      if (leased?.rows.some((row) => keyOf(row.event) === keyOf(event))) {
        if ((await workThrough(leased)) === 'done') return;
        continue;
      }
      // Somebody else was faster: a worker of this process has given its answer by now.
      if (leased) return await store.inbox.release(leased);
      await released.sleep(TRY_AGAIN_MS);
    } while (performance.now() < giveUpAt && !stopping.aborted);
  } finally {
    stopListening();
  }
}
