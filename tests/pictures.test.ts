import { afterEach, describe, expect, it } from '@jest/globals';
import { Resvg } from '@resvg/resvg-js';
import { createPictures } from '../src/pictures.ts';
import { createServer } from '../src/server.ts';
import { createLog } from './app/kit.ts';

const matrix = {
  kind: 'impact-cost',
  title: 'What else must change',
  axes: { impact: 'Impact', cost: 'Cost' },
  points: [{ label: 'Pay for <b>backup</b> & "lines"\u0000 too', impact: 5, cost: 2, phase: 'now' }],
  phases: { now: 'Now', next: 'Next', later: 'Later' },
} as const;
const day = 86_400_000;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function served(pictures: ReturnType<typeof createPictures>): Promise<string> {
  const logger = createLog();
  const metrics = { text: async () => '', contentType: 'text/plain' };
  const server = createServer({ local: { port: 0, mount: pictures.mount }, metrics, metricsToken: undefined, checks: {}, logger });
  closing.push(() => server.close());
  return (await server.listen()).local;
}

describe('a picture in a card', () => {
  it('is drawn under its link, which tells nothing of what it shows', async () => {
    const pictures = createPictures('a secret');
    const link = pictures.linkTo(await served(pictures), matrix) ?? '';
    expect(Buffer.from(link.split('/').at(-1) ?? '', 'base64url').toString('latin1')).not.toContain('backup');
    const response = await fetch(link);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    const drawn = Buffer.from(await response.arrayBuffer());
    expect(drawn.subarray(1, 4).toString()).toBe('PNG');
    expect(drawn.length).toBeGreaterThan(5_000);
  });

  it('is not drawn from a link that somebody else made, changed or kept for too long', async () => {
    let now = Date.UTC(2026, 10, 23);
    const pictures = createPictures('a secret', { now: () => now });
    const url = await served(pictures);
    const link = pictures.linkTo(url, matrix) ?? '';
    const changed = `${link.slice(0, -4)}${link.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    const foreign = createPictures('another secret').linkTo(url, matrix) ?? '';
    const statuses = async () =>
      Promise.all([foreign, changed, `${url}/pictures/x`, `${url}/pictures/${'a'.repeat(900)}`].map(async (at) => (await fetch(at)).status));
    expect(await statuses()).toEqual([404, 404, 404, 404]);
    now += 181 * day;
    expect((await fetch(link)).status).toBe(404);
  });

  it('is drawn once, however often and from however many it is asked for', async () => {
    const pictures = createPictures('a secret');
    const url = await served(pictures);
    const link = pictures.linkTo(url, matrix) ?? '';
    const drawn = Resvg.prototype.render;
    let times = 0;
    Resvg.prototype.render = function (this: Resvg) {
      times += 1;
      return drawn.call(this);
    };
    try {
      const sizes = await Promise.all(Array.from({ length: 8 }, async () => (await (await fetch(link)).arrayBuffer()).byteLength));
      expect([new Set(sizes).size, times]).toEqual([1, 1]);
    } finally {
      Resvg.prototype.render = drawn;
    }
  });

  it('has no link where that would be longer than chats take', () => {
    const points = Array.from({ length: 40 }, (_, at) => ({
      label: `${at} ${Array.from({ length: 6 }, () => crypto.randomUUID()).join('')}`,
      impact: 3,
      cost: 3,
      phase: 'next' as const,
    }));
    expect(createPictures('a secret').linkTo('https://plumb.example.com', { ...matrix, points })).toBeUndefined();
  });
});
