import { checkBlocks } from './block-check.ts';
import { type Json, SlackError } from './model.ts';
import { type Complain, checkText, isObject } from './text-check.ts';

const known = new Set([
  'type',
  'title',
  'blocks',
  'close',
  'submit',
  'private_metadata',
  'callback_id',
  'clear_on_close',
  'notify_on_close',
  'external_id',
  'submit_disabled',
]);

/** A view by the limits of docs.slack.dev/reference/views. Throws SlackError `invalid_arguments` or `view_too_large`. */
export function checkView(view: unknown, type: 'modal' | 'home'): Json {
  if (!isObject(view)) throw new SlackError('invalid_arguments', messages(['[ERROR] must be an object [json-pointer:/view]']));
  const complaints: string[] = [];
  const complain: Complain = (pointer, what) => complaints.push(`[ERROR] ${what} [json-pointer:/view${pointer}]`);
  if (view['type'] !== type) complain('/type', `must be ${type}`);
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) throw new SlackError('view_too_large');
  for (const key of Object.keys(view)) if (!known.has(key)) complain('', `additional property ${key} is not allowed`);
  if (type === 'modal') checkModal(view, complain);
  checkString(view, 'private_metadata', 3_000, complain);
  checkString(view, 'callback_id', 255, complain);
  checkString(view, 'external_id', 255, complain);
  const all = [...complaints, ...checkBlocks(view['blocks'], type)];
  if (all.length > 0) throw new SlackError('invalid_arguments', messages(all));
  return view;
}

function checkModal(view: Json, complain: Complain): void {
  checkText(view['title'], '/title', 24, complain, 'plain_text');
  for (const name of ['submit', 'close'] as const)
    if (view[name] !== undefined && view[name] !== null) checkText(view[name], `/${name}`, 24, complain, 'plain_text');
  const blocks = Array.isArray(view['blocks']) ? view['blocks'] : [];
  const asks = blocks.some((block) => isObject(block) && block['type'] === 'input');
  if (asks && (view['submit'] === undefined || view['submit'] === null)) complain('/submit', 'is required when the view has input blocks');
}

function checkString(view: Json, name: string, most: number, complain: Complain): void {
  const value = view[name];
  if (value === undefined || value === null) return;
  if (typeof value !== 'string') complain(`/${name}`, 'must be a string');
  else if (value.length > most) complain(`/${name}`, `must be less than ${most + 1} characters`);
}

export function messages(list: readonly string[]): Json {
  return { response_metadata: { messages: list } };
}
