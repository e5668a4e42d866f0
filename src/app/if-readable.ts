import type { AggregateRef, Logger } from './ports.ts';
import { reasonOf } from './reason-of.ts';

const unreadable: readonly unknown[] = ['snapshot_unreadable', 'stored_value_unreadable'];

/**
 * One entry of a list; undefined when what is stored of it cannot be read, so that one damaged row hides neither the others nor, from an admin, what has
 * to be replayed after the repair.
 */
export async function ifReadable<T>(logger: Logger, ref: AggregateRef, load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load();
  } catch (error) {
    if (!Error.isError(error) || !('code' in error) || !unreadable.includes(error.code)) throw error;
    logger.error({ aggregate: `${ref.kind}/${ref.id}`, reason: reasonOf(error) }, 'A stored state cannot be read and is left out of a list.');
    return undefined;
  }
}
