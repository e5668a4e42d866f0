import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEndpoint, says, saysText } from './fake-endpoint.ts';
import { context, openEngine, reply, tenant } from './kit.ts';

const text = 'Karim Haddad owns it,\nhe runs the Nordics.';
const good = reply({ acts: ['answer'], answers: [{ question: 'owner', quote: text, plain: true, thin: false }], people: ['Karim Haddad'] });
let folder: string;
const closers: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-recordings-'));
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rm(folder, { recursive: true, force: true });
});

const read = (engine: ReturnType<typeof openEngine>, of = text) => engine.language.readReply({ text: of, tenant: tenant() }, context());

async function record(behaviour = says(good)) {
  const endpoint = await openEndpoint(behaviour);
  const engine = openEngine(endpoint.url, { recordTo: folder });
  closers.push(engine.close, endpoint.close);
  return { engine, reading: await read(engine) };
}

function replay() {
  const engine = openEngine('http://127.0.0.1:9', { endpoint: { kind: 'replay', directory: folder }, limit: { dollars: 0, tokens: 0 } });
  closers.push(engine.close);
  return engine;
}

describe('a recording', () => {
  it('is one readable file for each call, without the time and without the key', async () => {
    await record();
    const files = await readdir(folder);
    expect(files).toEqual([expect.stringMatching(/^read-reply-[0-9a-f]{20}\.json$/)]);
    const written = await readFile(join(folder, files[0] ?? ''), 'utf8');
    expect(JSON.parse(written)).toEqual({
      prompt: { name: 'read-reply', version: expect.any(Number) },
      model: 'gpt-5.4-mini',
      message: expect.arrayContaining(['Karim Haddad owns it,', 'he runs the Nordics.']),
      response: { answer: good, finishReason: 'stop', usage: { prompt_tokens: 1_000, completion_tokens: 100 } },
    });
    expect(written).not.toContain('sk-test');
    expect((await stat(join(folder, files[0] ?? ''))).mode & 0o077).toBe(0);
  });

  it('of the same words is the same file', async () => {
    await record();
    await record();
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('that cannot be written changes nothing', async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in the way');
    const { engine, reading } = await record();
    expect(reading.answers).toHaveLength(1);
    expect(engine.fallbacks).toEqual([]);
    expect(engine.log.lines.join()).toContain('could not be recorded');
  });
});

describe('a replay', () => {
  it('gives what was recorded, at no cost and without a network', async () => {
    const { reading } = await record();
    const engine = replay();
    expect(await read(engine)).toEqual(reading);
    expect(engine.fallbacks).toEqual([]);
    expect(engine.usage.total('acme', 'model-tokens')).toBe(0);
  });

  it('fails where the recorded answer failed', async () => {
    await record(saysText('I would say it is Karim.'));
    const engine = replay();
    await read(engine);
    expect(engine.fallbacks).toEqual(['invalid']);
  });

  it('lists what is missing, once, and invents nothing, also where there is no such folder yet', async () => {
    await rm(folder, { recursive: true });
    const engine = replay();
    const reading = await read(engine);
    await read(engine);
    await read(engine, 'Somebody else owns it.');
    expect(reading.answers).toEqual([expect.objectContaining({ questionId: 'owner' })]);
    expect(engine.fallbacks).toEqual(['not-recorded', 'not-recorded', 'not-recorded']);
    const lines = (await readFile(join(folder, 'missing.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      file: expect.stringMatching(/^read-reply-/),
      model: 'gpt-5.4-mini',
      message: expect.arrayContaining(['Karim Haddad owns it,']),
    });
    expect(engine.log.lines.join()).toContain(lines[0].file);
    await read(replay());
    expect((await readFile(join(folder, 'missing.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(2);
  });

  it('takes an answer that somebody wrote by hand for a listed line', async () => {
    await read(replay());
    const { file, ...asked } = JSON.parse(await readFile(join(folder, 'missing.jsonl'), 'utf8'));
    await writeFile(join(folder, file), JSON.stringify({ ...asked, response: { answer: good } }));
    expect((await read(replay())).answers).toEqual([expect.objectContaining({ confidence: 0.9 })]);
  });

  it('of a file that is damaged goes to the local engine', async () => {
    await record();
    const [file = ''] = await readdir(folder);
    await writeFile(join(folder, file), '{"response":');
    const engine = replay();
    expect((await read(engine)).answers).toHaveLength(1);
    expect(engine.fallbacks).toEqual(['invalid']);
  });
});
