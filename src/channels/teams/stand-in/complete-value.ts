import type { Memory } from './memory.ts';
import { objectIn, type ThinActivity } from './thin-activity.ts';

/** What somebody pressed or sent, in the shape that Teams gives it: the data of the button within the value (Microsoft Learn: "Universal Action Model"). */
export function completeValue({ type, name, value, replyToId }: ThinActivity, place: string, memory: Memory): { name?: string; value?: unknown } {
  if (type === 'message') return value === undefined ? {} : { value: objectIn(value) ?? value };
  if (type !== 'invoke') return {};
  const whole = objectIn(value);
  if (!whole) return {};
  const served = name ?? 'adaptiveCard/action';
  if (served === 'task/fetch' || served === 'task/submit') return { value: { ...whole, data: objectIn(whole['data']) ?? whole } };
  if (served.toLowerCase() !== 'adaptivecard/action') return {};
  const data = pressedData(whole, place, replyToId ?? undefined, memory);
  return data ? { name: 'adaptiveCard/action', value: { ...whole, action: { ...objectIn(whole['action']), data } } } : {};
}

/** The button's own data; where only its verb came back, what the button of that verb carried. */
function pressedData(whole: Record<string, unknown>, place: string, postId: string | undefined, memory: Memory): Record<string, unknown> | undefined {
  const action = objectIn(whole['action']);
  const named = [action, whole].find((one) => typeof one?.['action'] === 'string');
  const data = objectIn(action?.['data']) ?? objectIn(whole['data']) ?? named ?? {};
  const [verb] = [data['action'], action?.['verb'], whole['verb']].filter((one) => typeof one === 'string');
  if (verb === undefined) return undefined;
  const carried = data['value'] === undefined ? memory.button(place, postId, verb) : {};
  return { ...carried, ...data, action: verb };
}
