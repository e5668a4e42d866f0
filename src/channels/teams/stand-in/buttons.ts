import { z } from 'zod';

const Posted = z.object({ attachments: z.array(z.object({ content: z.unknown() })) });
const Action = z.object({ type: z.string(), verb: z.string().optional(), data: z.record(z.string(), z.unknown()) });

/** What the buttons of a post carry, by their verbs; what a form's button does is its data's action. */
export function buttonsIn(activity: object): ReadonlyMap<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>();
  for (const { content } of Posted.safeParse(activity).data?.attachments ?? []) collect(content, found);
  return found;
}

function collect(value: unknown, found: Map<string, Record<string, unknown>>): void {
  if (typeof value !== 'object' || value === null) return;
  const type: unknown = Reflect.get(value, 'type');
  if (typeof type === 'string' && type.startsWith('Action.')) {
    const action = Action.safeParse(value).data;
    const verb = action?.verb ?? action?.data['action'];
    if (action && typeof verb === 'string' && !found.has(verb)) found.set(verb, action.data);
    return;
  }
  for (const inner of Object.values(value)) collect(inner, found);
}
