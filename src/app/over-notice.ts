import type { AlignmentState } from '../domain/state.ts';
import type { SimpleNotice } from '../views/notice.ts';

/** What is said of a press where nothing can be changed any more; undefined while something can. */
export function overNotice({ status }: AlignmentState): Extract<SimpleNotice, 'over-closed' | 'over-stopped'> | undefined {
  if (status === 'closed' || status === 'declined') return 'over-closed';
  return status === 'withdrawn' ? 'over-stopped' : undefined;
}
