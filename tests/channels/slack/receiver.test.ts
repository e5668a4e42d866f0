import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { NotStoredError } from '../../../src/app/errors.ts';
import { openWaysIn, send, sign, type WaysIn } from './ways-in.ts';

let open: WaysIn;
afterEach(() => open.close());

const message = { type: 'message', channel: 'C1', channel_type: 'channel', user: 'U1', text: 'Lunch, anyone?', ts: '1700000000.000100' };
const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event: message });

describe('a request', () => {
  it('signed by Slack is taken', async () => {
    open = await openWaysIn();
    expect(await open.event(message)).toEqual({ status: 200, body: '' });
    expect(open.received).toMatchObject([
      { type: 'MessagePosted', eventKey: '1700000000.000100:C1', conversation: { tenant: 'T1', place: 'C1' }, text: 'Lunch, anyone?' },
    ]);
  });

  it.each([
    ['without a signature', { 'x-slack-signature': '' }],
    ['signed with another secret', sign(body, { by: 'guess' })],
    ['whose body was changed after it was signed', sign(`${body} `)],
    ['signed six minutes ago', sign(body, { at: Date.now() - 360_000 })],
    ['signed for a moment six minutes from now', sign(body, { at: Date.now() + 360_000 })],
    ['with a timestamp that is no number', { ...sign(body), 'x-slack-request-timestamp': 'yesterday' }],
    ['with half a signature', { 'x-slack-signature': (sign(body)['x-slack-signature'] ?? '').slice(0, 20) }],
  ])('%s is refused with nothing said', async (_, headers) => {
    open = await openWaysIn();
    expect(await send(open.url, body, { ...json, ...headers })).toEqual({ status: 401, body: '' });
    expect(open.received).toEqual([]);
    expect(open.log.lines).toHaveLength(1);
    expect(open.log.lines.join()).not.toContain('Lunch');
  });

  it('is verified on its bytes, also where they are no text', async () => {
    open = await openWaysIn();
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    expect((await send(open.url, bytes, json)).status).toBe(400);
    const looksTheSame = Buffer.from('{\uFFFD\uFFFD}');
    expect((await send(open.url, looksTheSame, { ...json, ...sign(bytes) })).status).toBe(401);
  });

  it('of more than a megabyte is refused', async () => {
    open = await openWaysIn();
    expect(await send(open.url, 'x'.repeat(1_000_001), json)).toEqual({ status: 413, body: '' });
    expect((await send(open.url, JSON.stringify({ type: 'event_callback', filler: 'x'.repeat(900_000) }), json)).status).toBe(200);
  });

  it('that never ends is cut off', async () => {
    open = await openWaysIn();
    const { hostname, port } = new URL(open.url);
    const socket = connect(Number(port), hostname);
    const closed = new Promise<void>((resolve) => socket.resume().once('close', () => resolve()));
    // The sender sees a broken connection when the other side ends it.
    socket.on('error', () => undefined);
    socket.write('POST /slack/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000000000\r\n\r\n');
    const megabyte = Buffer.alloc(1_000_000, 'x');
    const goOn = (error?: Error | null): void => {
      if (!error) socket.write(megabyte, goOn);
    };
    goOn();
    await closed;
    expect((await open.event(message)).status).toBe(200);
  });

  it('that breaks off does no harm', async () => {
    open = await openWaysIn();
    await new Promise<void>((resolve) => {
      const broken = request(open.url, { method: 'POST', headers: { 'content-length': 1_000 } });
      broken.on('error', () => resolve());
      broken.write('{');
      setImmediate(() => broken.destroy());
    });
    expect((await open.event(message)).status).toBe(200);
  });

  it.each([
    ['no JSON', '{"type":', json],
    ['no object', '3', json],
    ['a payload that is no JSON', 'payload=%7B', {}],
  ])('signed, but with %s, is a bad one', async (_, text, headers) => {
    open = await openWaysIn();
    expect(await send(open.url, text, headers)).toEqual({ status: 400, body: '' });
  });
});

it('answers the challenge of a new address, once it is signed', async () => {
  open = await openWaysIn();
  const challenge = JSON.stringify({ type: 'url_verification', challenge: 'c-123', token: 'x' });
  expect(await send(open.url, challenge, json)).toEqual({ status: 200, body: 'c-123' });
  expect((await send(open.url, challenge, { ...json, ...sign('other') })).status).toBe(401);
});

it('answers the check of the certificate, which Slack does not sign, and does nothing else for it', async () => {
  open = await openWaysIn();
  const unsigned = { 'x-slack-signature': '', 'x-slack-request-timestamp': '' };
  expect(await send(open.url, 'ssl_check=1&token=x&command=%2Fplumb', unsigned)).toEqual({ status: 200, body: '' });
  expect(open.received).toEqual([]);
});

describe('an event', () => {
  it('that could not be stored is not acknowledged, and taken when Slack sends it again', async () => {
    let broken = true;
    open = await openWaysIn({
      intake: {
        async receive() {
          if (broken) throw new NotStoredError();
          return 'stored';
        },
      },
    });
    expect(await open.event(message)).toEqual({ status: 503, body: '' });
    broken = false;
    expect((await open.event(message, {}, { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' })).status).toBe(200);
    expect(open.log.lines.some((line) => line.includes('again') && line.includes('http_error'))).toBe(true);
    expect(open.log.lines.join()).not.toContain('Lunch');
  });

  it('that comes before Plumb has started is asked for again', async () => {
    open = await openWaysIn({ starting: true });
    expect((await open.event(message)).status).toBe(503);
  });

  it('of a workspace without Plumb is acknowledged, and nothing else', async () => {
    open = await openWaysIn();
    expect((await open.event(message, { team_id: 'T9' })).status).toBe(200);
    expect(open.received).toEqual([]);
    expect(open.log.lines).toHaveLength(1);
    expect(open.log.lines.join()).not.toContain('Lunch');
  });

  it('of another workspace belongs to that one', async () => {
    open = await openWaysIn();
    await open.event(message, { team_id: 'T2' });
    expect(open.received).toMatchObject([{ conversation: { tenant: 'T2' } }]);
  });

  it('that tells of a message of its own confirms it', async () => {
    open = await openWaysIn();
    const metadata = { event_type: 'plumb_message', event_payload: { id: 'out-1' } };
    await open.event({ type: 'message_metadata_posted', channel_id: 'C1', message_ts: '1700000000.000200', bot_id: 'BPLUMB', user_id: 'UPLUMB', metadata });
    expect(open.seen).toEqual(['out-1 1700000000.000200']);
  });

  it('that somebody changed their profile makes what was known of them forgotten', async () => {
    open = await openWaysIn();
    await open.event({ type: 'user_change', user: { id: 'U2' }, event_ts: '1700000000.000400' });
    expect(open.forgotten).toEqual(['T1 person U2']);
    expect(open.received).toEqual([]);
  });

  it('that Plumb was removed is kept', async () => {
    open = await openWaysIn();
    await open.event({ type: 'app_uninstalled' });
    expect(open.received).toMatchObject([{ type: 'InstallChanged', change: 'removed', eventKey: 'Ev1', conversation: { tenant: 'T1' }, personId: '' }]);
  });
});

describe('Home', () => {
  const opened = { type: 'app_home_opened', tab: 'home', user: 'U1', channel: 'D1', event_ts: '1700000000.000300' };
  const card = { summary: 'Home', blocks: [{ type: 'text' as const, text: 'Your requests' }], actions: [] };

  it('is acknowledged when it is stored, and shown when it is there', async () => {
    const { promise: slow, resolve: finish } = Promise.withResolvers<void>();
    open = await openWaysIn({
      intake: {
        async interact(_, onStored) {
          onStored?.();
          await slow;
          return { kind: 'card', card };
        },
      },
    });
    expect((await open.event(opened)).status).toBe(200);
    expect(open.calls).toEqual([]);
    finish();
    expect((await open.called('views.publish')).args).toMatchObject({ user_id: 'U1', view: { type: 'home' } });
  });

  it('opened several times at once is worked out once more, not each time', async () => {
    const { promise: slow, resolve: finish } = Promise.withResolvers<void>();
    open = await openWaysIn({
      intake: {
        async interact(_, onStored) {
          onStored?.();
          await slow;
          return { kind: 'card', card };
        },
      },
    });
    for (const event_id of ['Ev1', 'Ev2', 'Ev3', 'Ev4']) await open.event(opened, { event_id });
    finish();
    await open.called('views.publish', 2);
    expect(open.received).toHaveLength(2);
  });

  it('is asked for again when it could not be stored', async () => {
    open = await openWaysIn({ intake: { interact: () => Promise.reject(new NotStoredError()) } });
    expect((await open.event(opened)).status).toBe(503);
  });
});
