import { z } from 'zod';
import type { Knowledge } from '../domain/knowledge.ts';
import { checked, Id, Sentence, SmallWords, type SourceFile, wrong } from './source.ts';

const words = (what: string) => z.array(SmallWords, `expected a list of ${what}`).min(1, `expected at least one of the ${what}`);
const Topic = z.strictObject(
  { id: Id, words: words('words'), meanings: z.array(Sentence, 'expected a list of meanings').min(3, 'expected at least three meanings') },
  'expected a topic with id, words and meanings',
);
const Kpi = z.strictObject({ name: SmallWords, synonyms: words('synonyms') }, 'expected a KPI with name and synonyms');
const kpis = z.array(Kpi, 'expected a list of KPIs').min(1, 'expected at least one KPI');
const Topics = z.strictObject(
  {
    topics: z.array(Topic, 'expected a list of topics').min(1, 'expected at least one topic'),
    kpis: z.strictObject({ leading: kpis, lagging: kpis }, 'expected "leading" and "lagging" KPIs'),
    urgency: words('words'),
    deliverables: words('words'),
  },
  'expected topics, kpis, urgency and deliverables',
);
const horizons = ['leading', 'lagging'] as const;

/** Words with many meanings, KPIs, and words of time and of what is delivered. Throws PromptsError; no topic and no name of a KPI stands twice. */
export function readTopics(source: SourceFile): Omit<Knowledge, 'symptoms'> {
  const { kpis: found, ...rest } = checked(source, Topics);
  const ids = new Set<string>();
  rest.topics.forEach(({ id }, at) => {
    if (ids.has(id)) throw wrong(source, ['topics', at, 'id'], `the id "${id}" is there twice: expected one that no other topic has`);
    ids.add(id);
  });
  const names = new Set<string>();
  for (const horizon of horizons) {
    found[horizon].forEach(({ name, synonyms }, at) => {
      for (const each of [name, ...synonyms]) {
        if (names.has(each))
          throw wrong(source, ['kpis', horizon, at], `"${each}" already stands for a KPI: expected each name once, in leading or in lagging`);
        names.add(each);
      }
    });
  }
  return { ...rest, kpis: horizons.flatMap((horizon) => found[horizon].map((kpi) => ({ ...kpi, leading: horizon === 'leading' }))) };
}
