import { createHash, randomUUID } from 'node:crypto';

/**
 * The event key of a press, form, shortcut or command: the same however often one is delivered, another for the next one. `marks` is what the platform
 * tells them apart by (an id, a moment); each may be missing or empty. That would be enough; a server that gives the same marks to several deeds must not
 * make the second one look like the first, so what was done counts too (`about`). Where there are no marks at all, each delivery is its own.
 */
export function deedKey(marks: readonly (string | null | undefined)[], ...about: unknown[]): string {
  if (marks.every((mark) => !mark)) return randomUUID();
  return createHash('sha256')
    .update(JSON.stringify([...marks.map((mark) => mark ?? ''), ...about]))
    .digest('base64url');
}
