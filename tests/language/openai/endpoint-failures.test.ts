import { afterEach, describe, expect, it } from '@jest/globals';
import type { OpenAiOptions } from '../../../src/language/openai/openai-language.ts';
import { type Behaviour, breaksOff, fails, hangs, openEndpoint, says, saysText, sendsNoJson, stalls } from './fake-endpoint.ts';
import { context, openEngine, reply, tenant } from './kit.ts';

const text = 'Karim Haddad owns it, he runs the Nordics.';
const good = reply({ acts: ['answer'], answers: [{ question: 'owner', quote: text, plain: true, thin: false }], people: ['Karim Haddad'] });
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function play(script: readonly Behaviour[], more: Partial<OpenAiOptions> = {}) {
  const endpoint = await openEndpoint(...script);
  const engine = openEngine(endpoint.url, more);
  closers.push(engine.close, endpoint.close);
  const read = () => engine.language.readReply({ text, tenant: tenant() }, context());
  return { endpoint, engine, read };
}

/** The model says 0.9 for what is said plainly; the local engine never does. */
const byModel = expect.objectContaining({ answers: [expect.objectContaining({ questionId: 'owner', confidence: 0.9 })] });

describe('an endpoint that answers', () => {
  it('is asked once a turn, and what it says is taken', async () => {
    const { endpoint, engine, read } = await play([says(good)]);
    expect(await read()).toEqual(byModel);
    expect(endpoint.received).toHaveLength(1);
    expect(engine.calls).toEqual(['ok']);
    expect(engine.fallbacks).toEqual([]);
  });

  it('gets a strict schema, no tools, and is told to keep nothing', async () => {
    const { endpoint, read } = await play([says(good)]);
    await read();
    const { body } = endpoint.last();
    expect(body).toMatchObject({ model: 'gpt-5.4-mini', temperature: 0, reasoning_effort: 'none', store: false });
    expect(body).not.toHaveProperty('tools');
    expect(body).toMatchObject({ response_format: { type: 'json_schema', json_schema: { strict: true, schema: { additionalProperties: false } } } });
  });
});

describe('when the endpoint fails, the local engine reads', () => {
  it.each<[string, string, number, readonly Behaviour[]]>([
    ['it is slow', 'timeout', 1, [hangs]],
    ['it stops in the middle of its answer', 'timeout', 1, [stalls]],
    ['the connection breaks off twice', 'network', 2, [breaksOff]],
    ['it sends something that is not JSON', 'invalid', 1, [sendsNoJson]],
    ['the model says something that is not JSON', 'invalid', 1, [saysText('The owner is Karim.')]],
    ['the model says JSON of another shape', 'invalid', 1, [says({ owner: 'Karim Haddad' })]],
    [
      'the model names a question that does not exist',
      'invalid',
      1,
      [says({ ...good, answers: [{ question: 'weather', quote: text, plain: true, thin: false }] })],
    ],
    ['the model says nothing', 'invalid', 1, [saysText(null)]],
    ['the answer is cut short', 'cut-short', 1, [saysText(JSON.stringify(good), { finish: 'length' })]],
    ['the model refuses', 'refusal', 1, [saysText(null, { refusal: 'I cannot help with that.' })]],
    ['a filter ends it', 'refusal', 1, [saysText('', { finish: 'content_filter' })]],
    ['a filter does not take the message', 'refusal', 1, [fails(400, {}, { code: 'content_filter' })]],
    ['it fails twice', 'server', 2, [fails(503)]],
    ['there are too many requests, twice', 'rate-limited', 2, [fails(429, { 'retry-after-ms': '1' })]],
    ['the key is refused', 'key-refused', 1, [fails(401)]],
    ['the account is out of money', 'quota', 1, [fails(429, {}, { code: 'insufficient_quota' })]],
    ['the request is refused', 'rejected', 1, [fails(400)]],
  ])('%s', async (_, reason, requests, script) => {
    const slow = reason === 'timeout';
    const { endpoint, engine, read } = await play(script, slow ? { deadlineMs: 600 } : {});
    const reading = await read();
    expect(reading).not.toEqual(byModel);
    expect(reading.answers).toEqual([expect.objectContaining({ questionId: 'owner' })]);
    expect(endpoint.received).toHaveLength(requests);
    expect(engine.fallbacks).toEqual([reason]);
    expect(engine.calls).toEqual([reason]);
  });

  it('nobody listens at the address', async () => {
    const { endpoint, engine, read } = await play([says(good)]);
    await endpoint.close();
    expect(await read()).not.toEqual(byModel);
    expect(engine.fallbacks).toEqual(['network']);
  });
});

describe('one more try', () => {
  it.each<[string, Behaviour]>([
    ['a server error', fails(500)],
    ['too many requests', fails(429, { 'retry-after-ms': '20' })],
    ['a connection that broke off', breaksOff],
  ])('comes after %s', async (_, first) => {
    const { endpoint, engine, read } = await play([first, says(good)]);
    expect(await read()).toEqual(byModel);
    expect(endpoint.received).toHaveLength(2);
    expect(engine.calls).toEqual(['ok']);
  });

  it('waits as long as it is told', async () => {
    const { endpoint, read } = await play([fails(429, { 'retry-after': '1' }), says(good)]);
    const at = performance.now();
    expect(await read()).toEqual(byModel);
    expect(performance.now() - at).toBeGreaterThanOrEqual(990);
    expect(endpoint.received).toHaveLength(2);
  });

  it('does not come where it would have to wait beyond the deadline', async () => {
    const { endpoint, engine, read } = await play([fails(429, { 'retry-after': '60' }), says(good)]);
    expect(await read()).not.toEqual(byModel);
    expect(endpoint.received).toHaveLength(1);
    expect(engine.fallbacks).toEqual(['rate-limited']);
  });

  it('leaves out what this model refuses, and does so from then on', async () => {
    const refuses = fails(400, {}, { param: 'temperature', code: 'unsupported_value', message: "Unsupported value: 'temperature'" });
    const { endpoint, read } = await play([refuses, says(good)]);
    expect(await read()).toEqual(byModel);
    expect(await read()).toEqual(byModel);
    expect(endpoint.received.map(({ body }) => 'temperature' in body)).toEqual([true, false, false]);
    expect(endpoint.last().body).toMatchObject({ store: false });
  });

  it('speaks to older endpoints in their words', async () => {
    const refuses = fails(422, {}, { message: 'extra fields not permitted: max_completion_tokens' });
    const { endpoint, read } = await play([refuses, says(good)]);
    expect(await read()).toEqual(byModel);
    expect(endpoint.last().body).toMatchObject({ max_tokens: 1_500 });
    expect(endpoint.last().body).not.toHaveProperty('max_completion_tokens');
  });
});

describe('after failures in a row', () => {
  const breaker = { threshold: 2, pauseMs: 30_000 };

  it('nothing is sent for a while, then one call tries again', async () => {
    const { endpoint, engine, read } = await play([fails(500), fails(500), fails(500), fails(500), says(good)], { breaker });
    await read();
    await read();
    expect(endpoint.received).toHaveLength(4);
    await read();
    expect(endpoint.received).toHaveLength(4);
    expect(engine.fallbacks).toEqual(['server', 'server', 'breaker-open']);
    engine.passes(30_000);
    expect(await read()).toEqual(byModel);
    expect(await read()).toEqual(byModel);
  });

  it('a refused key stops it at once', async () => {
    const { endpoint, engine, read } = await play([fails(401)], { breaker });
    await read();
    await read();
    expect(endpoint.received).toHaveLength(1);
    expect(engine.fallbacks).toEqual(['key-refused', 'breaker-open']);
    expect(engine.log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
  });

  it('a call that is not taken says what to check', async () => {
    const { engine, read } = await play([fails(404)]);
    await read();
    expect(engine.log.lines.filter((line) => line.startsWith('warn'))).toEqual([expect.stringContaining('OPENAI_MODEL')]);
  });

  it('messages that a filter does not take keep nobody else from the endpoint', async () => {
    const { endpoint, read } = await play([fails(400, {}, { code: 'content_filter' })], { breaker });
    for (let turn = 0; turn < 4; turn += 1) await read();
    expect(endpoint.received).toHaveLength(4);
  });

  it('an answer of no use is no failure of the endpoint', async () => {
    const { endpoint, read } = await play([saysText('no')], { breaker });
    for (let turn = 0; turn < 4; turn += 1) await read();
    expect(endpoint.received).toHaveLength(4);
  });
});

it('ends what is under way when it is closed', async () => {
  const { engine, read } = await play([hangs]);
  const reading = read();
  setTimeout(engine.close, 50);
  expect(await reading).not.toEqual(byModel);
  expect(engine.fallbacks).toEqual(['stopped']);
});

describe('the address', () => {
  it('is the base URL that was set, with the key as a bearer token', async () => {
    const { endpoint, read } = await play([says(good)]);
    await read();
    expect(endpoint.last().path).toBe('/v1/chat/completions');
    expect(endpoint.last().headers.authorization).toBe('Bearer sk-test');
  });

  it('is the deployment at Azure, with its own header', async () => {
    const server = await openEndpoint(says(good));
    closers.push(server.close);
    const azure = { kind: 'azure' as const, apiKey: 'azure-key', endpoint: `${server.url}/`, deployment: 'our-model', apiVersion: '2024-10-21' };
    const { read } = await play([fails(500)], { endpoint: azure });
    expect(await read()).toEqual(byModel);
    expect(server.last().path).toBe('/openai/deployments/our-model/chat/completions?api-version=2024-10-21');
    expect(server.last().headers['api-key']).toBe('azure-key');
    expect(server.last().headers.authorization).toBeUndefined();
  });
});

it('never logs text, names or what a foreign error says', async () => {
  const { engine, read } = await play([fails(400, {}, { message: `bad: ${text}` })]);
  await read();
  expect(engine.log.lines.join('\n')).not.toMatch(/Karim|Nordics/);
});
