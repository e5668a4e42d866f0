import type { Store } from '../app/store.ts';

/** Nothing is kept yet. */
export function createInstallations(): Store['installations'] {
  return {
    save: async () => undefined,
    load: async () => undefined,
    lease: async () => true,
    endLease: async () => undefined,
    remove: async () => undefined,
  };
}
