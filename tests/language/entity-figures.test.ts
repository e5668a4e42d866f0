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

describe('an indicator of coaching under the question about KPIs', () => {
  it.each([
    ['1:1s, from 1 to 4 a month', '1:1s', '1', '4 a month'],
    ['1-1 coaching from 1 to 4 per month', '1-1 coaching', '1', '4 per month'],
    ['One to one coaching, from 1 to 3 a month', 'One to one coaching', '1', '3 a month'],
    ['1:1 coaching sessions per manager, from 1 to 3 a month.', '1:1 coaching sessions per manager', '1', '3 a month'],
    ['Monthly 1:1 coaching, from 10% to 60% of reps', 'Monthly 1:1 coaching', '10%', '60%'],
  ])('is named, with its two figures, in one answer: "%s"', async (text, ...expected) => {
    const { answers, entities } = await reply(text, 'leading-kpis');
    expect(answers).toMatchObject([{ questionId: 'leading-kpis', thin: false }]);
    const [kpi] = entities.kpis;
    expect([kpi?.name, kpi?.baseline, kpi?.target].map((span) => span && text.slice(span.start, span.end))).toEqual(expected);
    expect(answers[0]?.span.start).toBeLessThanOrEqual(kpi?.name.start ?? -1);
  });

  it('is one that lacks its figures where it stands alone', async () => {
    expect((await reply('1:1 coaching', 'leading-kpis')).answers).toMatchObject([{ questionId: 'leading-kpis', thin: true }]);
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
