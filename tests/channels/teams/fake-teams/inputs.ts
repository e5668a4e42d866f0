import { isObject, type Json } from './model.ts';

/** The fields of a card with their values: as they stand in it, over them what was typed (`typed`, by id). Throws where a required one is left empty. */
export function fieldsOf(card: unknown, typed: Readonly<Record<string, string>>, options: { check: boolean }): Record<string, string> {
  const values: Record<string, string> = {};
  const inputs = inputsOf(card);
  for (const id of Object.keys(typed))
    if (!inputs.some((one) => one['id'] === id)) throw new Error(`There is no field ${id}: ${inputs.map((one) => one['id']).join(', ')}.`);
  for (const one of inputs) {
    const id = String(one['id']);
    const value = typed[id] ?? valueIn(one);
    checkChoice(one, value);
    if (options.check && one['isRequired'] === true && (value ?? '') === '') throw new Error(`The field ${id} is required: ${String(one['errorMessage'])}`);
    if (value !== undefined) values[id] = value;
  }
  return values;
}

function valueIn(input: Json): string | undefined {
  const { value, type } = input;
  if (typeof value === 'string') return value;
  if (type === 'Input.Toggle') return String(input['valueOff'] ?? 'false');
  return type === 'Input.Text' ? '' : undefined;
}

function checkChoice(input: Json, value: string | undefined): void {
  const { choices } = input;
  if (input['type'] !== 'Input.ChoiceSet' || !Array.isArray(choices) || input['choices.data'] !== undefined || (value ?? '') === '') return;
  if (!choices.some((one) => isObject(one) && one['value'] === value)) throw new Error(`${String(input['id'])} has no choice ${value}.`);
}

function inputsOf(card: unknown): Json[] {
  const found: Json[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) collect(one);
    else if (isObject(value)) {
      if (typeof value['type'] === 'string' && value['type'].startsWith('Input.')) found.push(value);
      for (const key of ['body', 'items', 'columns', 'rows', 'cells']) collect(value[key]);
    }
  };
  collect(card);
  return found;
}
