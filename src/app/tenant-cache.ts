import type { TenantLanguage } from '../language/language.ts';
import type { Clock, TenantSettings } from './ports.ts';
import type { Store } from './store.ts';
import { tenantLanguageOf, type Workspaces } from './tenant-language.ts';

const FRESH_MS = 2_000;
const MOST_TENANTS = 1_000;

/** What hearing needs of a tenant. */
export type TenantKnown = { settings: TenantSettings; language: TenantLanguage };

/**
 * A tenant's settings and what its people taught, at most two seconds old. Every message that could matter needs them while they change rarely, so they
 * are not read each time; a change made on another instance still shows before anybody looks for it.
 */
export function createTenantCache(
  { settings, lessons }: { settings: Pick<Store['settings'], 'load'>; lessons: Pick<Store['lessons'], 'list'> },
  clock: Clock,
  workspaces: Workspaces,
): (tenant: string) => Promise<TenantKnown> {
  const known = new Map<string, TenantKnown & { loadedAt: number }>();
  return async function tenantKnown(tenant) {
    const cached = known.get(tenant);
    // Both directions, since the clock of a test or of the room may be moved.
    if (cached && Math.abs(clock.now() - cached.loadedAt) < FRESH_MS) return cached;
    const [chosen, taught] = await Promise.all([settings.load(tenant), lessons.list(tenant)]);
    const loaded = { settings: chosen, language: tenantLanguageOf(tenant, chosen, taught, workspaces), loadedAt: clock.now() };
    if (known.size >= MOST_TENANTS) known.clear();
    known.set(tenant, loaded);
    return loaded;
  };
}
