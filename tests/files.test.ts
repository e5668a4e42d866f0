import { afterEach, describe, expect, it } from '@jest/globals';
import type { InboundEvent, Intake, InteractionResponse } from '../src/app/ports.ts';
import { createFileLinks } from '../src/files.ts';
import { createServer } from '../src/server.ts';
import { createLog } from './app/kit.ts';
import { prompts } from './views/context.ts';

const hour = 3_600_000;
const conversation = { channel: 'teams', tenant: 't', place: '19:sales', thread: '1' } as const;
const asked: InboundEvent = {
  type: 'ActionTaken',
  eventKey: 'e',
  conversation,
  personId: 'dana',
  at: 1,
  action: 'export-pdf',
  value: { alignment: 'al-1' },
  inputs: {},
};
const file: InteractionResponse = {
  kind: 'file',
  name: 'brief.pdf',
  mediaType: 'application/pdf',
  content: Uint8Array.from([0x25, 0x50, 0xff]),
  document: 'v1',
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(secret = 'a secret') {
  const state: { answer: InteractionResponse; now: number } = { answer: file, now: Date.UTC(2026, 10, 23) };
  const seen: InboundEvent[] = [];
  const intake: Intake = {
    receive: async () => 'not ours',
    seen: async () => undefined,
    async interact(event) {
      seen.push(event);
      return state.answer;
    },
  };
  const links = createFileLinks(secret, { intake: () => intake, words: prompts.words, clock: { now: () => state.now } });
  const metrics = { text: async () => '', contentType: 'text/plain' };
  const server = createServer({ local: { port: 0, mount: links.mount }, metrics, metricsToken: undefined, checks: {}, logger: createLog() });
  closing.push(() => server.close());
  const base = (await server.listen()).local;
  const linkTo = (response: InteractionResponse = file) => {
    const linked = links.withLink(base, asked, response);
    return linked.kind === 'file' ? (linked.link?.url ?? '') : '';
  };
  return { state, seen, links, base, linkTo };
}

describe('a link to a file', () => {
  it('gives the file, asked for again as whoever asked, and tells nothing of who that is', async () => {
    const { linkTo, seen } = await open();
    const link = linkTo();
    expect(Buffer.from(link.split('/').at(-1) ?? '', 'base64url').toString('latin1')).not.toMatch(/dana|sales|al-1/);
    const responses = [await fetch(link), await fetch(link)];
    for (const response of responses) {
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(response.headers.get('content-disposition')).toBe('attachment; filename="brief.pdf"');
      expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0x25, 0x50, 0xff]);
    }
    expect(seen).toMatchObject([1, 2].map(() => ({ type: 'ActionTaken', personId: 'dana', conversation, action: 'export-pdf', value: { alignment: 'al-1' } })));
    expect(new Set(seen.map(({ eventKey }) => eventKey)).size).toBe(2);
  });

  it('asks for the file of a form as one that was sent before, so that nothing in it is kept anew', async () => {
    const { links, base, seen } = await open();
    const sent: InboundEvent = { type: 'FormSubmitted', eventKey: 'f', conversation, personId: 'dana', at: 1, submit: 'submit-vendor', value: {}, inputs: {} };
    const linked = links.withLink(base, sent, file);
    expect((await fetch(linked.kind === 'file' ? (linked.link?.url ?? '') : '')).status).toBe(200);
    expect(seen).toMatchObject([{ type: 'FormSubmitted', submit: 'submit-vendor', again: true }]);
  });

  it.each<[string, InteractionResponse, number]>([
    ['once what it says has changed or was erased', { ...file, document: 'v2' }, 410],
    ['to somebody who may no longer have it', { kind: 'notice', text: 'Ask Priya.' }, 410],
    ['while it is not ready', { kind: 'nothing' }, 503],
    ['where it could not be made', { kind: 'notice', text: 'failed', failed: true }, 503],
  ])('gives nothing %s', async (_, answer, status) => {
    const { linkTo, state } = await open();
    const link = linkTo();
    state.answer = answer;
    const response = await fetch(link);
    const page = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(page).not.toContain('Ask Priya');
  });

  it('is made for a file that comes later too, and waits for one', async () => {
    const { links, base, state } = await open();
    const late: InteractionResponse = { kind: 'notice', text: 'coming', later: Promise.resolve(file) };
    const linked = links.withLink(base, asked, late);
    const given = linked.kind === 'notice' ? await linked.later : undefined;
    state.answer = late;
    const response = await fetch(given?.kind === 'file' ? (given.link?.url ?? '') : '');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });

  it('ends after a day, and cannot be made or changed by others', async () => {
    const { linkTo, state, base, seen } = await open();
    const link = linkTo();
    const foreign = (await open('another secret')).linkTo().split('/').at(-1);
    const changed = `${link.slice(0, -4)}${link.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    for (const at of [changed, `${base}/files/${foreign}`, `${base}/files/x`, `${base}/files/`]) expect((await fetch(at)).status).toBe(410);
    state.now += 25 * hour;
    expect((await fetch(link)).status).toBe(410);
    expect(seen).toEqual([]);
  });

  it('is only made for a file that says which document it is', async () => {
    const { linkTo } = await open();
    expect(linkTo({ kind: 'file', name: 'a.txt', mediaType: 'text/plain', content: 'a' })).toBe('');
  });
});
