import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { NotStoredError } from '../src/app/errors.ts';
import { RoomError } from '../src/channels/room/errors.ts';
import { loadConfig } from '../src/config.ts';
import { DomainError } from '../src/domain/errors.ts';
import { createLogger, createMetrics } from '../src/telemetry.ts';

const line = z.looseObject({ level: z.string(), time: z.iso.datetime(), msg: z.string() });

/** What one log call writes, as the parsed line and as raw text. */
async function logged(fields: Record<string, unknown>, level = 'info') {
  const written: string[] = [];
  const logger = await createLogger(loadConfig({ LOG_LEVEL: level }), {
    destination: { write: (text) => written.push(text) },
    ourErrors: [RoomError],
  });
  logger.info(fields, 'It happened.');
  const raw = written.join('');
  return { raw, fields: raw === '' ? undefined : line.parse(JSON.parse(raw)) };
}

describe('createLogger', () => {
  it('writes one JSON line with level, time and message', async () => {
    const { raw, fields } = await logged({});
    expect(fields).toEqual({ level: 'info', time: expect.any(String), msg: 'It happened.' });
    expect(raw).toMatch(/^\{.*\}\n$/);
  });

  it('keeps ids, counts and stable words', async () => {
    const { fields } = await logged({
      stream: 'room/local/general/42',
      attempt: 3,
      event: 'MessagePosted',
      reason: 'TooSlowError: It did not end.',
      checks: ['store'],
    });
    expect(fields).toMatchObject({
      stream: 'room/local/general/42',
      attempt: 3,
      event: 'MessagePosted',
      reason: 'TooSlowError: It did not end.',
      checks: ['store'],
    });
  });

  it.each([
    ['a field that is not on the list', { text: 'we lose margin in every deal' }],
    ['a name', { name: 'Frida Kahlo' }],
    ['a token', { token: 'xoxb-12345', authorization: 'Bearer xoxb-12345' }],
    ['a sentence in a listed field', { stream: 'we lose margin in every deal' }],
    ['an object in a listed field', { event: { type: 'MessagePosted', text: 'we lose margin in every deal' } }],
    ['a list of objects in a listed field', { rows: [{ text: 'we lose margin in every deal' }] }],
  ])('drops %s', async (_, given) => {
    const { raw, fields } = await logged(given);
    expect(raw).not.toMatch(/margin|Frida|xoxb/);
    expect(fields?.['leftOut']).toEqual(Object.keys(given));
  });

  it('tells class, code, message and stack of our own errors', async () => {
    const { fields } = await logged({ error: new DomainError('not_allowed', 'Only the requester may do that.') });
    expect(fields?.['error']).toMatchObject({ name: 'DomainError', code: 'not_allowed', message: 'Only the requester may do that.' });
    expect(fields?.['error']).toHaveProperty('stack.0', expect.stringMatching(/telemetry\.test\.ts/));
  });

  it('tells the messages of errors that it was told are ours', async () => {
    const { fields } = await logged({ error: new RoomError('not_found', 'The room has no such page.') });
    expect(fields?.['error']).toMatchObject({ name: 'RoomError', code: 'not_found', message: 'The room has no such page.' });
  });

  it('never repeats what a foreign error says or carries, however deep', async () => {
    const foreign = Object.assign(new Error('Unexpected token in "we lose margin"\n    at margin (we lose margin:1:1)'), {
      code: 'ERR_SQLITE_ERROR',
      parameters: ['we lose margin'],
      name: 'DatabaseError',
    });
    const { raw, fields } = await logged({ error: new NotStoredError({ cause: foreign }) });
    expect(raw).not.toContain('margin');
    expect(fields?.['error']).toMatchObject({ name: 'NotStoredError', code: 'not_stored', cause: { name: 'DatabaseError', code: 'ERR_SQLITE_ERROR' } });
    expect(fields?.['error']).not.toHaveProperty('cause.message');
  });

  it('survives whatever is thrown', async () => {
    for (const thrown of ['we lose margin', 42, undefined, null, { margin: 1 }, Object.create(null)]) {
      expect((await logged({ error: thrown })).raw).not.toContain('margin');
    }
  });

  it('writes nothing below its level', async () => {
    expect((await logged({}, 'warn')).raw).toBe('');
  });
});

describe('createMetrics', () => {
  const depth = async () => ({ inbox: 2, outbox: 0, deadLetters: 1, timers: 40 });

  it('counts by channel', async () => {
    const metrics = createMetrics({ depth });
    metrics.count('inbound', { channel: 'room' });
    metrics.count('inbound', { channel: 'room' });
    metrics.count('dead_letter', { kind: 'outbox' });
    const text = await metrics.text();
    expect(text).toContain('plumb_inbound_total{channel="room"} 2');
    expect(text).toContain('plumb_dead_letters_total{kind="outbox"} 1');
  });

  it('never makes a label of something that is no known word', async () => {
    const metrics = createMetrics({ depth });
    metrics.count('inbound', { channel: 'Frida Kahlo', person: 'frida' });
    const text = await metrics.text();
    expect(text).toContain('plumb_inbound_total{channel="other"} 1');
    expect(text).not.toMatch(/frida/i);
  });

  it('counts what the language model did, took and cost, and which turns the local engine read', async () => {
    const metrics = createMetrics({ depth });
    metrics.model.called('ok', 0.8);
    metrics.model.spent({ input: 1_000, output: 100 }, 0.0012);
    metrics.model.fellBack('over-budget');
    metrics.model.fellBack('Frida Kahlo owns it');
    const text = await metrics.text();
    expect(text).toContain('plumb_model_calls_total{result="ok"} 1');
    expect(text).toContain('plumb_model_tokens_total{kind="input"} 1000');
    expect(text).toContain('plumb_model_dollars_total 0.0012');
    expect(text).toContain('plumb_model_fallbacks_total{reason="over-budget"} 1');
    expect(text).toContain('plumb_model_fallbacks_total{reason="other"} 1');
    expect(text).not.toMatch(/frida/i);
  });

  it('sorts times into buckets', async () => {
    const metrics = createMetrics({ depth });
    metrics.observe('receive', 0.002);
    metrics.observe('receive', 2);
    const text = await metrics.text();
    expect(text).toContain('plumb_receive_seconds_bucket{le="0.003"} 1');
    expect(text).toContain('plumb_receive_seconds_count 2');
  });

  it('asks for queue depths at each scrape', async () => {
    let waiting = 2;
    const metrics = createMetrics({ depth: async () => ({ inbox: waiting }) });
    expect(await metrics.text()).toContain('plumb_queue_depth{queue="inbox"} 2');
    waiting = 0;
    expect(await metrics.text()).toContain('plumb_queue_depth{queue="inbox"} 0');
  });

  it('still answers while the store does not', async () => {
    const metrics = createMetrics({
      depth: async () => {
        throw new Error('gone');
      },
    });
    const text = await metrics.text();
    expect(text).toContain('plumb_store_up 0');
    expect(text).not.toContain('plumb_queue_depth{');
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('keeps two of them apart', async () => {
    const first = createMetrics({ depth });
    first.count('handled');
    expect(await first.text()).toMatch(/^plumb_handled_total 1$/m);
    expect(await createMetrics({ depth }).text()).not.toMatch(/^plumb_handled_total 1$/m);
  });
});
