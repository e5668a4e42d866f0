import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/** Sentences → vectors of 512 numbers that are close when the sentences mean much the same (Universal Sentence Encoder, Cer et al. 2018). */
export type Encoder = {
  /** One vector per text; undefined when the encoder is not there, too busy or too slow. Never rejects. */
  encode(texts: readonly string[]): Promise<readonly Float32Array[] | undefined>;
  /** False once the worker could not run: nothing should wait for it any more. */
  available(): boolean;
  close(): Promise<void>;
};

export type EncoderOptions = {
  /** Milliseconds that a caller waits at most. The first call also loads the model. */
  deadlineMs?: number;
  /** Milliseconds without work after which the worker ends and gives its memory back. */
  idleMs?: number;
  /** Told once when the worker cannot run; the engine goes on without it. */
  onUnavailable: (reason: string) => void;
  /** The code of the worker, which tests replace. */
  worker?: URL;
};

/** By its tag: what comes from another thread can be of another realm, and is then no instance of this one's class. */
const vectorSchema = z.custom<Float32Array>((value) => Object.prototype.toString.call(value) === '[object Float32Array]');
const answerSchema = z.object({ id: z.number(), vectors: z.array(vectorSchema).optional(), reason: z.string().optional() });
/** Longer texts are cut: the model was made for sentences, and time grows with length. */
const longest = 600;
/** Callers beyond these are better served by the rules alone than by waiting. */
const mostWaiting = 64;

/**
 * Megabytes of the thread's own heap. The model's numbers live outside of it and are freed when it is cleaned, so a small heap keeps all of it small:
 * 180 MB in use, where the default grew to 350 MB (measured over 1,500 messages, `npm run bench -- --only encoder`).
 */
const heap = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 };

const ownWorker = new URL('./encoder-worker.ts', import.meta.url);

type Waiting = { resolve(vectors: readonly Float32Array[] | undefined): void; timer: NodeJS.Timeout };

/** The encoder in a thread of its own, started with the first text and ended when idle. */
export function createEncoder({ deadlineMs = 2_000, idleMs = 600_000, onUnavailable, worker: code = ownWorker }: EncoderOptions): Encoder {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let broken = false;
  let nextId = 0;

  function settle(id: number, vectors: readonly Float32Array[] | undefined): void {
    const caller = waiting.get(id);
    if (!caller) return;
    clearTimeout(caller.timer);
    waiting.delete(id);
    caller.resolve(vectors);
    if (waiting.size > 0) return;
    worker?.unref();
    clearTimeout(idle);
    idle = setTimeout(() => void end(), idleMs).unref();
  }

  function giveUp(reason: string): void {
    if (!broken) onUnavailable(reason);
    broken = true;
    // A thread that cannot work would still keep the process alive.
    void end();
  }

  function start(): Worker {
    const started = new Worker(code, { resourceLimits: heap });
    started.on('message', (message: unknown) => {
      const answer = answerSchema.safeParse(message);
      if (!answer.success) return giveUp(answer.error.message);
      const { id, vectors, reason } = answer.data;
      if (reason !== undefined) giveUp(reason);
      settle(id, vectors);
    });
    started.on('error', (error) => giveUp(error instanceof Error ? error.message : String(error)));
    started.on('exit', () => {
      // Ended by itself, without an error that says why.
      if (worker === started) giveUp('its thread has ended');
    });
    return started;
  }

  async function end(): Promise<void> {
    const ending = worker;
    worker = undefined;
    clearTimeout(idle);
    for (const id of [...waiting.keys()]) settle(id, undefined);
    clearTimeout(idle);
    await ending?.terminate();
  }

  return {
    encode(texts) {
      if (broken || texts.length === 0 || waiting.size >= mostWaiting) return Promise.resolve(texts.length === 0 ? [] : undefined);
      clearTimeout(idle);
      worker ??= start();
      worker.ref();
      const id = nextId;
      nextId += 1;
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle(id, undefined), deadlineMs).unref();
        waiting.set(id, { resolve, timer });
        // The model cannot read nothing.
        worker?.postMessage({ id, texts: texts.map((text) => text.slice(0, longest).trim() || '.') });
      });
    },
    available: () => !broken,
    close: end,
  };
}
