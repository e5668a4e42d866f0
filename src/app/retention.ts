import { dayMs } from '../domain/retention.ts';
import type { RetentionShown } from '../views/retention.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { TenantSettings } from './ports.ts';
import type { Turn } from './turn.ts';

/** After how many days without activity what is over is erased; undefined: never. The installation's own limit (RETENTION_DAYS) is the longest. */
export function retentionOf({ retentionDays }: Pick<HandleDependencies, 'retentionDays'>, settings: Pick<TenantSettings, 'retentionDays'>): number | undefined {
  const limits = [retentionDays, settings.retentionDays].filter((days) => days !== undefined);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** How long things are kept here, and what is erased next. */
export async function retentionShown(dependencies: Pick<HandleDependencies, 'store' | 'retentionDays'>, turn: Turn): Promise<RetentionShown> {
  const touched = await dependencies.store.retention.over(turn.tenant);
  const days = retentionOf(dependencies, turn.settings);
  const [first] = touched;
  if (days === undefined) return { over: touched.length };
  if (first === undefined) return { days, over: 0 };
  // What is due already goes within the hour.
  const at = Math.max(first + days * dayMs, turn.now);
  return { days, over: touched.length, next: { at, count: touched.filter((each) => each + days * dayMs <= at + dayMs).length } };
}
