import type { Clock, TenantSettings } from './ports.ts';
import type { Store } from './store.ts';

const FRESH_MS = 2_000;
const MOST_TENANTS = 1_000;

/**
 * A tenant's settings, at most two seconds old. Every message that could matter needs them while they change a few times a year, so they are not read
 * each time; a change made on another instance still shows before anybody looks for it.
 */
export function createSettingsCache(settings: Pick<Store['settings'], 'load'>, clock: Clock): (tenant: string) => Promise<TenantSettings> {
  const known = new Map<string, { settings: TenantSettings; loadedAt: number }>();
  return async function settingsOf(tenant) {
    const cached = known.get(tenant);
    // Both directions, since the clock of a test or of the room may be moved.
    if (cached && Math.abs(clock.now() - cached.loadedAt) < FRESH_MS) return cached.settings;
    const loaded = await settings.load(tenant);
    if (known.size >= MOST_TENANTS) known.clear();
    known.set(tenant, { settings: loaded, loadedAt: clock.now() });
    return loaded;
  };
}
