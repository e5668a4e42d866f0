import { z } from 'zod';
import { parseJson } from '../../parse-json.ts';
import { readCarried } from './carried.ts';
import { limits } from './limits.ts';
import type { Pressed } from './rendering.ts';

const Action = z.object({ type: z.literal('button'), action_id: z.string().max(limits.actionId), value: z.string().max(limits.buttonValue).optional() });
const Value = z.record(z.string(), z.string());

/**
 * What one action of a block_actions payload means; undefined for links, for menus and fields, and for what was not written by us. The value may be forged:
 * it is only ever text, and whoever pressed is judged by the permissions.
 */
export function readPress(action: unknown): Pressed | undefined {
  const read = Action.safeParse(action);
  const [, kind, id] = /^(act|form|inputs):\d+:(.+)$/s.exec(read.data?.action_id ?? '') ?? [];
  if (!read.success || id === undefined) return undefined;
  const carried = parseJson(read.data.value ?? '{}');
  if (kind === 'inputs') return readCarried(carried);
  const value = Value.safeParse(carried);
  if (!value.success) return undefined;
  return { kind: kind === 'form' ? 'form' : 'act', action: id, value: value.data };
}
