import { actionIds } from '../views/actions.ts';
import { isExport } from './export-brief.ts';
import type { InboundEvent } from './ports.ts';

const others: readonly string[] = ['calendar-file', 'export-my-data', 'submit-vendor'];

/** Whether something that somebody did is answered with a file, where they may have it. */
export function asksForFile(event: InboundEvent): boolean {
  if (event.type !== 'ActionTaken' && event.type !== 'FormSubmitted') return false;
  const asked = event.type === 'ActionTaken' ? event.action : event.submit;
  return others.includes(asked) || actionIds.some((id) => id === asked && isExport(id));
}
