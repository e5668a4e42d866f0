/** The ids of all texts that a state or an event refers to, however deep. */
export function textIdsIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const item of value) textIdsIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    if ('textId' in value && typeof value.textId === 'string') found.add(value.textId);
    for (const inner of Object.values(value)) textIdsIn(inner, found);
  }
  return found;
}
