import type { HandleDependencies } from './handle-dependencies.ts';
import type { TenantSettings } from './ports.ts';

/** After how many days without activity what is over is erased; undefined: never. The installation's own limit (RETENTION_DAYS) is the longest. */
export function retentionOf({ retentionDays }: Pick<HandleDependencies, 'retentionDays'>, settings: Pick<TenantSettings, 'retentionDays'>): number | undefined {
  const limits = [retentionDays, settings.retentionDays].filter((days) => days !== undefined);
  return limits.length === 0 ? undefined : Math.min(...limits);
}
