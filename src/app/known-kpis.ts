import { kpiKey } from '../domain/kpis.ts';
import type { Kpi } from '../domain/questions.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

/** KPIs that a new version only writes anew, under the same name, stay the ones that readings are kept for. */
export async function withKnownKpis(
  dependencies: Pick<HandleDependencies, 'store' | 'prompts'>,
  turn: Turn,
  before: readonly Kpi[],
  kpis: readonly Kpi[],
): Promise<readonly Kpi[]> {
  const known = new Set(before.map(kpiKey));
  if (before.length === 0 || kpis.every((kpi) => known.has(kpiKey(kpi)))) return kpis;
  const ctx = await contextFor(dependencies, turn, { refersTo: [before, kpis], people: [] });
  const nameOf = ({ name }: Kpi) => ctx.quote(name)?.trim().toLowerCase();
  return kpis.map((kpi) => {
    if (known.has(kpiKey(kpi))) return kpi;
    const name = nameOf(kpi);
    const same = name === undefined ? undefined : before.find((earlier) => nameOf(earlier) === name);
    return same ? { ...kpi, corrects: same.corrects ?? same.name } : kpi;
  });
}
