import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createEncoder, type Encoder, type EncoderOptions } from '../../src/language/local/encoder/encoder.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { unsureMessages } from '../app/borderline.ts';
import { createLog } from '../app/kit.ts';

// Loading the real model takes a second on a quiet machine.
const patient = 60_000;

/** A worker that does this with each task. */
function worker(onTask: string, first = ''): URL {
  const code = `import { parentPort, threadId } from 'node:worker_threads'; ${first}; parentPort.on('message', (task) => { ${onTask} });`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
const silent = worker('');
const tellsItsThread = worker('parentPort.postMessage({ id: task.id, vectors: task.texts.map(() => Float32Array.of(threadId)) })');

const opened: Encoder[] = [];
afterEach(async () => {
  for (const encoder of opened.splice(0)) await encoder.close();
});

function open(options: Partial<EncoderOptions> = {}) {
  const log = createLog();
  const encoder = createEncoder({ deadlineMs: patient, onUnavailable: (reason) => log.warn({ reason }, 'unavailable'), ...options });
  opened.push(encoder);
  return { encoder, log };
}

function likeness(one: Float32Array | undefined, other: Float32Array | undefined): number {
  return one?.reduce((sum, value, at) => sum + value * (other?.[at] ?? 0), 0) ?? 0;
}

describe('the sentence encoder', () => {
  it(
    'finds sentences alike that mean much the same, also after it was closed',
    async () => {
      const { encoder, log } = open();
      const texts = ['My team needs a negotiation workshop', 'Could somebody teach our sellers to bargain?', 'The printer is out of toner'];
      const vectors = await encoder.encode(texts);
      expect(vectors?.map(({ length }) => length)).toEqual([512, 512, 512]);
      expect(likeness(vectors?.[0], vectors?.[1])).toBeGreaterThan(likeness(vectors?.[0], vectors?.[2]));
      await encoder.close();
      expect(await encoder.encode(texts)).toEqual(vectors);
      expect(log.lines).toEqual([]);
    },
    patient,
  );

  it(
    'reads whatever a message may be made of',
    async () => {
      const { encoder, log } = open();
      const odd = ['', ' ', '\0', '\ud83d', '\u{10ffff}'.repeat(300), '\u0300'.repeat(500), 'a'.repeat(40_000), '🎉🎉', '__proto__', '<unk>'];
      const vectors = await encoder.encode(odd);
      expect(vectors?.length).toBe(odd.length);
      for (const vector of vectors ?? []) expect(vector.every(Number.isFinite)).toBe(true);
      expect(log.lines).toEqual([]);
    },
    patient,
  );

  it('with nothing to encode starts nothing', async () => {
    const { encoder } = open({ worker: worker('', 'throw new Error("started")') });
    expect(await encoder.encode([])).toEqual([]);
    expect(encoder.available()).toBe(true);
  });

  it('ends its thread when idle and starts another with the next text', async () => {
    const { encoder } = open({ worker: tellsItsThread, idleMs: 1 });
    const threads = new Set<number | undefined>();
    while (threads.size < 3) {
      threads.add((await encoder.encode(['x']))?.[0]?.[0]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(threads.has(undefined)).toBe(false);
  });

  it(
    'lets a process end that forgot to close it, also when it could not run',
    async () => {
      const refusing = worker('parentPort.postMessage({ id: task.id, reason: "no model here" })');
      const use = async (...given: string[]) => {
        const program = [join(import.meta.dirname, 'use-an-encoder.ts'), ...given];
        return (await promisify(execFile)(process.execPath, program, { timeout: patient / 3 })).stdout;
      };
      expect(await use()).toBe('1\n');
      expect(await use(refusing.href)).toBe('no model here\nundefined\n');
    },
    patient,
  );
});

describe('an encoder that does not answer', () => {
  it('is waited for no longer than its deadline, and asked again later', async () => {
    const { encoder, log } = open({ worker: silent, deadlineMs: 5 });
    expect(await encoder.encode(['x'])).toBeUndefined();
    expect(await encoder.encode(['x'])).toBeUndefined();
    expect(encoder.available()).toBe(true);
    expect(log.lines).toEqual([]);
  });

  it('turns away who comes when too many wait, and lets nobody hang when it is closed', async () => {
    const { encoder } = open({ worker: silent });
    const waiting = Array.from({ length: 64 }, () => encoder.encode(['x']));
    expect(await encoder.encode(['one too many'])).toBeUndefined();
    await encoder.close();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([undefined]));
  });

  it('leaves the decision to the quick model', async () => {
    const { encoder } = open({ worker: silent, deadlineMs: 5 });
    const [text = ''] = await unsureMessages(1);
    expect(await createLocalLanguage({ encoder }).spotRequest({ text, mentions: [] })).toEqual(await createLocalLanguage().spotRequest({ text, mentions: [] }));
  });
});

describe('an encoder that cannot run', () => {
  it.each([
    ['throws at its start', worker('', 'throw new Error("no model here")'), 'no model here'],
    ['throws at its work', worker('throw new Error("out of order")'), 'out of order'],
    ['says that it cannot', worker('parentPort.postMessage({ id: task.id, reason: "no model here" })'), 'no model here'],
    ['ends', worker('process.exit(0)'), 'has ended'],
    ['answers nonsense', worker('parentPort.postMessage({ id: task.id, vectors: ["1"] })'), 'vectors'],
    ['is not there', new URL('./no-such-worker.ts', import.meta.url), 'no-such-worker'],
  ])('because it %s is told once, and is not waited for any more', async (_name, code, reason) => {
    const { encoder, log } = open({ worker: code });
    expect(await Promise.all([encoder.encode(['x']), encoder.encode(['y'])])).toEqual([undefined, undefined]);
    expect(await encoder.encode(['z'])).toBeUndefined();
    expect(encoder.available()).toBe(false);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toContain(reason);
  });

  it('leaves hearing to the quick model, and no message is kept for it', async () => {
    const { encoder, log } = open({ worker: worker('', 'throw new Error("no model here")') });
    const language = createLocalLanguage({ encoder });
    const quick = createLocalLanguage();
    for (const text of await unsureMessages(3)) {
      expect(await language.spotRequest({ text, mentions: [] })).toEqual(await quick.spotRequest({ text, mentions: [] }));
      expect(language.glance({ text })).toBe(quick.glance({ text }));
    }
    expect(log.lines).toHaveLength(1);
  });
});
