import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createBudget } from '../../../src/language/openai/budget.ts';
import type { OpenAiOptions } from '../../../src/language/openai/openai-language.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { type Behaviour, fails, hangs, openEndpoint, says, saysText } from './fake-endpoint.ts';
import { context, createUsage, NOON, openEngine, reply, tenant } from './kit.ts';

const text = 'Karim Haddad owns it, he runs the Nordics.';
const good = reply({ acts: ['answer'], answers: [{ question: 'owner', quote: text, plain: true, thin: false }], people: ['Karim Haddad'] });
// 1,000 tokens in and 100 out at 0.75 and 4.50 dollars a million.
const costOfOne = 1_200;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function play(script: readonly Behaviour[], more: Partial<OpenAiOptions> = {}) {
  const endpoint = await openEndpoint(...script);
  const engine = openEngine(endpoint.url, more);
  closers.push(engine.close, endpoint.close);
  return { endpoint, engine, read: (of = 'acme') => engine.language.readReply({ text, tenant: tenant(of) }, context()) };
}

describe('what a call costs', () => {
  it('is counted in dollars and tokens as the endpoint says', async () => {
    const { engine, read } = await play([says(good)]);
    await read();
    expect(engine.usage.total('acme', 'model-microdollars')).toBe(costOfOne);
    expect(engine.usage.total('acme', 'model-tokens')).toBe(1_100);
    expect(engine.spent).toEqual([{ tokens: { input: 1_000, output: 100 }, dollars: costOfOne / 1_000_000 }]);
  });

  it('is nothing where the endpoint did not take the call', async () => {
    const { engine, read } = await play([fails(503)]);
    await read();
    expect(engine.usage.total('acme', 'model-microdollars')).toBe(0);
    expect(engine.usage.total('acme', 'model-tokens')).toBe(0);
  });

  it('is nothing where nobody listens at the address', async () => {
    const { endpoint, engine, read } = await play([says(good)]);
    await endpoint.close();
    await read();
    expect(engine.fallbacks).toEqual(['network']);
    expect(engine.usage.total('acme', 'model-microdollars')).toBe(0);
  });

  it.each<[string, Behaviour]>([
    ['nobody knows whether the answer came', hangs],
    ['the endpoint does not say', saysText(JSON.stringify(good), { usage: null })],
  ])('is the most that it can be where %s', async (_, behaviour) => {
    const { engine, read } = await play([behaviour], { deadlineMs: 300 });
    await read();
    expect(engine.usage.total('acme', 'model-microdollars')).toBeGreaterThan(costOfOne);
  });

  it('is counted also when the answer is of no use', async () => {
    const { engine, read } = await play([saysText('no')]);
    await read();
    expect(engine.usage.total('acme', 'model-microdollars')).toBe(costOfOne);
  });
});

describe('a budget that is used up', () => {
  it('leaves the rest of the day to the local engine, and the next day begins anew', async () => {
    const { endpoint, engine, read } = await play([says(good)], { limit: { dollars: 0.02, tokens: 5_000_000 } });
    for (let turn = 0; turn < 12; turn += 1) await read();
    const sent = endpoint.received.length;
    expect(sent).toBeGreaterThan(1);
    expect(sent).toBeLessThan(12);
    expect(engine.fallbacks).toEqual(Array.from({ length: 12 - sent }, () => 'over-budget'));
    expect(engine.usage.total('acme', 'model-microdollars')).toBe(sent * costOfOne);
    engine.passes(12 * 3_600_000);
    await read();
    expect(endpoint.received).toHaveLength(sent + 1);
  });

  it('counts tokens as well', async () => {
    const { endpoint, engine, read } = await play([says(good)], { limit: { dollars: 100, tokens: 100 } });
    await read();
    expect(endpoint.received).toEqual([]);
    expect(engine.fallbacks).toEqual(['over-budget']);
  });

  it('is that of one workspace alone', async () => {
    const { endpoint, engine, read } = await play([says(good)], { limit: { dollars: 0.02, tokens: 5_000_000 } });
    for (let turn = 0; turn < 12; turn += 1) await read('acme');
    const sent = endpoint.received.length;
    await read('other');
    expect(endpoint.received).toHaveLength(sent + 1);
    expect(engine.usage.total('other', 'model-microdollars')).toBe(costOfOne);
  });

  it('does not keep others from an endpoint that is well again', async () => {
    const breaker = { threshold: 1, pauseMs: 30_000 };
    const { endpoint, engine, read } = await play([fails(500), fails(500), says(good)], { breaker });
    await engine.usage.add({ tenant: 'spent', personId: '', day: '2026-11-23', what: 'model-microdollars', amount: 2_000_000 });
    await read();
    engine.passes(30_000);
    await read('spent');
    await read();
    expect(engine.fallbacks).toEqual(['server', 'over-budget']);
    expect(endpoint.received).toHaveLength(3);
  });

  it('of nothing sends nothing', async () => {
    const { endpoint, read } = await play([says(good)], { limit: { dollars: 0, tokens: 5_000_000 } });
    await read();
    expect(endpoint.received).toEqual([]);
  });
});

it('what cannot be counted is not sent', async () => {
  const usage = {
    add: async () => {
      throw new Error('the disk is full');
    },
  };
  const { endpoint, engine, read } = await play([says(good)], { usage });
  expect((await read()).answers).toHaveLength(1);
  expect(endpoint.received).toEqual([]);
  expect(engine.fallbacks).toEqual(['not-counted']);
});

describe('many at once', () => {
  const price = { input: 1, output: 1 };
  const atMost = { input: 40, output: 10 };

  it('together keep the budget, because each reserves before it calls', async () => {
    const usage = createUsage();
    const limit = { dollars: 0.0001, tokens: 1_000_000 };
    const instances = [1, 2].map(() => createBudget({ usage, price, limit, now: () => NOON }));
    const got = await Promise.all(Array.from({ length: 20 }, (_, at) => instances[at % 2]?.('acme', atMost)));
    expect(got.filter((reservation) => reservation !== 'over').length).toBeLessThanOrEqual(2);
    for (const reservation of got) if (reservation && reservation !== 'over') await reservation.settle({ input: 20, output: 0 });
    expect(usage.total('acme', 'model-microdollars')).toBe(20 * got.filter((reservation) => reservation !== 'over').length);
  });

  it('after midnight still put right the day on which they reserved', async () => {
    const usage = createUsage();
    let now = NOON;
    const reserve = createBudget({ usage, price, limit: { dollars: 1, tokens: 1_000 }, now: () => now });
    const reservation = await reserve('acme', atMost);
    now += 24 * 3_600_000;
    if (reservation !== 'over') await reservation.settle('nothing');
    expect(usage.total('acme', 'model-tokens')).toBe(0);
  });
});

it('a restart does not forget what was spent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-budget-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const clock = { now: () => NOON };
  const open = () => openStore({ sqliteFile: join(folder, 'plumb.sqlite') }, { clock });
  const limit = { dollars: 0.0001, tokens: 1_000_000 };
  const budgetOf = (store: Awaited<ReturnType<typeof open>>) => createBudget({ usage: store.usage, price: { input: 1, output: 1 }, limit, now: clock.now });
  const before = await open();
  const reservation = await budgetOf(before)('acme', { input: 90, output: 0 });
  if (reservation !== 'over') await reservation.settle({ input: 80, output: 0 });
  await before.close();
  const after = await open();
  closers.push(() => after.close());
  expect(await budgetOf(after)('acme', { input: 30, output: 0 })).toBe('over');
  expect(await budgetOf(after)('acme', { input: 20, output: 0 })).not.toBe('over');
});
