import { z } from 'zod';
import { parseJson } from '../../parse-json.ts';
import { readCarried } from './carried.ts';
import { limits } from './limits.ts';
import type { Pressed } from './rendering.ts';

const Action = z.object({ type: z.literal('button'), action_id: z.string().max(limits.actionId), value: z.string().max(limits.buttonValue).optional() });
/** An entry of a menu: what it means stands in its value. */
const Chosen = z.object({ type: z.literal('overflow'), selected_option: z.object({ value: z.string().max(limits.optionValue) }) });
const Value = z.record(z.string(), z.string());

/**
 * What one action of a block_actions payload means; undefined for links and fields, and for what was not written by us. The value may be forged:
 * it is only ever text, and whoever pressed is judged by the permissions.
 */
export function readPress(action: unknown): Pressed | undefined {
  const chosen = Chosen.safeParse(action);
  if (chosen.success) return readChosen(chosen.data.selected_option.value);
  const read = Action.safeParse(action);
  const [, kind, id] = /^(act|form|inputs):\d+:(.+)$/s.exec(read.data?.action_id ?? '') ?? [];
  if (!read.success || id === undefined) return undefined;
  const carried = parseJson(read.data.value ?? '{}');
  if (kind === 'inputs') return readCarried(carried);
  return pressedOf(kind, id, carried);
}

function readChosen(told: string): Pressed | undefined {
  const [, kind, id, carried] = /^(act|form):\d+:([^:]+):(.+)$/s.exec(told) ?? [];
  return id === undefined || carried === undefined ? undefined : pressedOf(kind, id, parseJson(carried));
}

function pressedOf(kind: string | undefined, action: string, carried: unknown): Pressed | undefined {
  const value = Value.safeParse(carried);
  return value.success ? { kind: kind === 'form' ? 'form' : 'act', action, value: value.data } : undefined;
}
