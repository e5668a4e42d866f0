import type { Block, Json } from './model.ts';
import { isObject } from './text-check.ts';

type Values = Record<string, Record<string, Json>>;

/** An element that keeps a value, and the ids by which `state.values` names it. */
export type Field = { blockId: string; actionId: string; element: Json; label: string; optional: boolean; input: boolean };

const nameOf: Readonly<Record<string, string>> = {
  plain_text_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  number_input: 'value',
  rich_text_input: 'rich_text_value',
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  multi_static_select: 'selected_options',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
  checkboxes: 'selected_options',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
};

const initialOf: Readonly<Record<string, string>> = {
  value: 'initial_value',
  rich_text_value: 'initial_value',
  selected_option: 'initial_option',
  selected_options: 'initial_options',
  selected_user: 'initial_user',
  selected_users: 'initial_users',
  selected_conversation: 'initial_conversation',
  selected_conversations: 'initial_conversations',
  selected_channel: 'initial_channel',
  selected_channels: 'initial_channels',
  selected_date: 'initial_date',
  selected_time: 'initial_time',
  selected_date_time: 'initial_date_time',
};

/** Gives every block and element an id where the app gave none, as Slack does. */
export function withIds(blocks: readonly Block[], newId: () => string): Block[] {
  return blocks.map((block) => {
    const made: Block = { ...block, block_id: block.block_id ?? newId() };
    if (Array.isArray(made['elements']) && made.type === 'actions') made['elements'] = made['elements'].map((one: unknown) => withActionId(one, newId));
    for (const key of ['element', 'accessory']) if (made[key] !== undefined) made[key] = withActionId(made[key], newId);
    return made;
  });
}

function withActionId(element: unknown, newId: () => string): unknown {
  return isObject(element) && element['action_id'] === undefined && element['type'] !== 'image' ? { ...element, action_id: newId() } : element;
}

/** All elements of blocks that can be pressed or filled. */
export function elementsOf(blocks: readonly Block[]): Field[] {
  return blocks.flatMap((block) => {
    const elements: unknown[] = [];
    if (block.type === 'actions' && Array.isArray(block['elements'])) elements.push(...block['elements']);
    for (const key of ['element', 'accessory']) if (block[key] !== undefined) elements.push(block[key]);
    return elements.filter(isObject).map((element) => ({
      blockId: block.block_id ?? '',
      actionId: String(element['action_id'] ?? ''),
      element,
      label: labelOf(block, element),
      optional: block['optional'] === true,
      input: block.type === 'input',
    }));
  });
}

function labelOf(block: Block, element: Json): string {
  for (const one of [block['label'], element['text']]) if (isObject(one) && typeof one['text'] === 'string') return one['text'];
  return '';
}

/** `state.values` of blocks: what was typed before where a field is still there, what the app put in otherwise. */
export function valuesOf(blocks: readonly Block[], before: Values = {}): Values {
  const values: Values = {};
  for (const { blockId, actionId, element } of elementsOf(blocks)) {
    const type = String(element['type']);
    const name = nameOf[type];
    if (name === undefined) continue;
    const earlier = before[blockId]?.[actionId];
    const kept = earlier?.['type'] === type ? earlier : undefined;
    values[blockId] = { ...values[blockId], [actionId]: kept ?? { type, [name]: element[initialOf[name] ?? ''] ?? (name.endsWith('s') ? [] : null) } };
  }
  return values;
}

/** What a person puts into a field: a text, an option's value or label, a person's id, or a list of them for fields of several. Throws where the field cannot take it. */
export function filled(field: Field, given: string | readonly string[]): Json {
  const type = String(field.element['type']);
  const name = nameOf[type];
  if (name === undefined) throw new Error(`Nothing can be put into ${type}.`);
  const list = typeof given === 'string' ? [given] : given;
  if (name === 'selected_options') return { type, [name]: list.filter((one) => one !== '').map((one) => optionOf(field, one)) };
  if (name.endsWith('s')) return { type, [name]: list };
  const one = list[0] ?? '';
  if (name === 'selected_option') return { type, [name]: one === '' ? null : optionOf(field, one) };
  const most = field.element['max_length'] ?? 3_000;
  if (typeof most === 'number' && one.length > most) throw new Error(`"${field.label}" takes no more than ${most} characters.`);
  return { type, [name]: one === '' ? null : one };
}

/** The option with that value or that label. */
export function optionOf(field: Field, wanted: string): Json {
  const options = optionsOf(field.element);
  const found = options.find((option) => option['value'] === wanted) ?? options.find((option) => isObject(option['text']) && option['text']['text'] === wanted);
  if (!found) throw new Error(`"${field.label}" has no choice "${wanted}".`);
  return found;
}

function optionsOf(element: Json): Json[] {
  const groups = element['option_groups'];
  const lists = Array.isArray(groups) ? groups.filter(isObject).map((group) => group['options']) : [element['options']];
  return lists.flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
}

export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined) return true;
  return Object.entries(value).every(([key, one]) => key === 'type' || one === null || one === '' || (Array.isArray(one) && one.length === 0));
}
