import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { mountAboutPage } from '../src/about-page.ts';
import { loadPrompts } from '../src/prompts.ts';
import { createServer } from '../src/server.ts';
import { createLog } from './app/kit.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

it('tells whoever is asked to allow Plumb what it is, what it keeps and on which terms', async () => {
  const { words } = loadPrompts(join(import.meta.dirname, '../prompts'));
  const server = createServer({
    local: { port: 0 },
    public: { host: '127.0.0.1', port: 0, mount: (mounted) => mountAboutPage(mounted, words) },
    metrics: { text: async () => '', contentType: 'text/plain' },
    metricsToken: undefined,
    checks: {},
    logger: createLog(),
  });
  const { public: url } = await server.listen();
  closing.push(() => server.close());
  const response = await fetch(`${url}/about`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  const page = await response.text();
  // The package for Teams points at these.
  for (const id of ['privacy', 'terms']) expect(page).toContain(`id="${id}"`);
  expect(page).toContain('we need a course');
});
