import type { Store } from '../app/store.ts';

/** Nothing is erased yet. */
export function createPeople(): Store['people'] {
  return { forget: async () => [] };
}
