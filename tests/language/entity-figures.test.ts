import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkEntities, type EntityChecks } from '../eval/entity-checks.ts';
import { ReplyLine } from '../eval/formats.ts';
import { reply } from './reading.ts';

/** Share of what the lines of a fixture say that is read right. The fixtures "…-held-back" were written at the same time and never looked at while the reading was built. */
async function share(fixture: string, of: keyof EntityChecks): Promise<number> {
  const lines = readFileSync(new URL(`fixtures/${fixture}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const checks = await Promise.all(
    lines.map(async (line) => {
      const parsed = ReplyLine.parse(JSON.parse(line));
      return checkEntities(parsed, await reply(parsed.text, parsed.asked, { people: [] }))[of];
    }),
  );
  const right = checks.flat().filter((check) => check !== undefined);
  return right.filter(Boolean).length / right.length;
}

describe('what replies name', () => {
  it.each<[string, keyof EntityChecks, number]>([
    ['weekly-calls-build', 'time', 0.97],
    ['weekly-calls-held-back', 'time', 0.95],
    ['owners-held-back', 'owner', 0.8],
    ['delegates-held-back', 'delegateTo', 0.65],
    ['kpis-held-back', 'kpiName', 0.9],
    ['kpis-held-back', 'kpiBaseline', 0.88],
    ['kpis-held-back', 'kpiTarget', 0.82],
    ['kpis-held-back', 'kpiLeading', 0.9],
  ])('%s: %s is read right in a share of at least %d', async (fixture, of, least) => {
    expect(await share(fixture, of)).toBeGreaterThanOrEqual(least);
  });
});

describe('a day and a time under the question about the weekly call', () => {
  it.each(['Ha, you would think we had one. Ok: Tuesday, ten, Glasgow.', 'haha fine, kids. friday 9:20 Malmö', 'venerdì alle 15, Torino'])(
    'are an answer however it sounds: "%s"',
    async (text) => {
      expect((await reply(text, 'weekly-call')).answers.map(({ questionId }) => questionId)).toEqual(['weekly-call']);
    },
  );

  it.each(['@Jonas the customer visit is Tuesday 14:00, do not forget the samples', 'Kev, padel Wednesday 6pm?'])(
    'are none when somebody else is spoken to: "%s"',
    async (text) => {
      expect((await reply(text, 'weekly-call')).answers).toEqual([]);
    },
  );
});
