import { request } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openTestRoom, type TestRoom } from './open-test-room.ts';

let open: TestRoom;
afterEach(() => open.close());
const message = { as: 'dana', place: 'sales-leaders', text: 'Hello' };

describe('the page', () => {
  it('is served with a policy that allows nothing from elsewhere and nothing inline', async () => {
    open = await openTestRoom();
    const response = await fetch(open.url);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    );
    const html = await response.text();
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });

  it('names only files that exist', async () => {
    open = await openTestRoom();
    const html = await (await fetch(open.url)).text();
    const files = [...html.matchAll(/(?:src|href)="(\/room\/[^"]+)"/g)].map(([, path]) => path);
    expect(files.length).toBeGreaterThan(5);
    for (const path of files) expect([path, (await fetch(`${open.url}${path}`)).status]).toEqual([path, 200]);
  });

  it('has no files beside its own', async () => {
    open = await openTestRoom();
    for (const path of ['..%2froom.ts', '%2e%2e%2fexample.yaml', 'package.json', '__proto__'])
      expect((await fetch(`${open.url}/room/page/${path}`)).status).toBe(404);
  });
});

describe('a request from elsewhere', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
  ])('is refused: %s', async (_, headers) => {
    open = await openTestRoom();
    const { status, body } = await open.post('messages', message, headers);
    expect([status, body.error?.code]).toEqual([403, 'wrong_origin']);
    expect(open.received).toEqual([]);
  });

  it('is refused when a foreign name resolves to this machine, also for reading', async () => {
    open = await openTestRoom();
    for (const path of ['/', '/room/state?as=dana', '/room/events?as=dana']) expect(await statusWithHost(`${open.url}${path}`, 'evil.example')).toBe(403);
  });
});

describe('a body', () => {
  it.each([
    ['not marked as JSON', { 'content-type': 'text/plain' }, JSON.stringify(message), 415, 'not_json'],
    ['not readable', {}, '{"as":', 400, 'bad_request'],
    ['not an object', {}, 'null', 400, 'bad_request'],
    ['far too large', {}, JSON.stringify({ ...message, text: 'x'.repeat(400_000) }), 413, 'too_large'],
  ])('that is %s gets a clear answer', async (_, headers, text, status, code) => {
    open = await openTestRoom();
    const answer = await open.post('messages', text, headers);
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect(open.received).toEqual([]);
  });

  it('with forged names of fields does no harm', async () => {
    open = await openTestRoom();
    const { status } = await open.post('actions', '{"as":"dana","postId":"m1","action":"x","value":{"__proto__":"y"},"inputs":{}}');
    expect(status).toBe(404);
  });
});

it('gives what takes longer than a press to whoever pressed, once', async () => {
  const file = { kind: 'file', name: 'brief.md', mediaType: 'text/markdown', content: '# Brief' } as const;
  open = await openTestRoom({ intake: { interact: async () => ({ kind: 'notice', text: 'coming', later: Promise.resolve(file) }) } });
  const { body } = await open.post('actions', { as: 'dana', postId: 'home', action: 'export-markdown' });
  expect(body).toMatchObject({ kind: 'notice', text: 'coming' });
  const fetched = async (as: string) => (await open.post('late', { as, id: body['later'] })).body;
  expect(await fetched('priya')).toMatchObject({ error: { code: 'not_found' } });
  expect(await fetched('dana')).toEqual(file);
  expect(await fetched('dana')).toMatchObject({ error: { code: 'not_found' } });
});

it('asks who is looking', async () => {
  open = await openTestRoom();
  const response = await fetch(`${open.url}/room/state`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'bad_request' } });
});

function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
}
