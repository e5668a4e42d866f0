import { type Complain, checkText, isObject } from './text-check.ts';

type Where = 'actions' | 'accessory' | 'input';

const selects = ['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select'];
const multiSelects = selects.map((name) => `multi_${name}`);
const pickers = ['datepicker', 'timepicker', 'datetimepicker', 'radio_buttons', 'checkboxes'];
const allowed: Readonly<Record<Where, readonly string[]>> = {
  actions: ['button', 'overflow', ...selects, ...pickers, 'workflow_button'],
  accessory: ['button', 'overflow', 'image', ...selects, ...multiSelects, ...pickers, 'workflow_button'],
  input: [...selects, ...multiSelects, ...pickers, 'plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input', 'file_input'],
};

/** docs.slack.dev/reference/block-kit/block-elements: what may stand where, and its limits. `actions` collects the action ids of one block, which must differ. */
export function checkElement(element: unknown, at: string, complain: Complain, actions: Set<string>, where: Where) {
  if (!isObject(element)) return complain(at, 'must be an object');
  const type = String(element['type']);
  if (!allowed[where].includes(type)) return complain(`${at}/type`, `unsupported type: ${type}`);
  checkActionId(element['action_id'], at, complain, actions);
  if (type === 'image') return checkImageElement(element, at, complain);
  if (element['placeholder'] !== undefined) checkText(element['placeholder'], `${at}/placeholder`, 150, complain, 'plain_text');
  if (element['confirm'] !== undefined) checkConfirm(element['confirm'], `${at}/confirm`, complain);
  if (type === 'button') return checkButton(element, at, complain);
  if (type.endsWith('static_select')) return checkOptions(element, at, complain, 100, 75);
  if (type === 'radio_buttons' || type === 'checkboxes') return checkOptions(element, at, complain, 10, 75);
  if (type === 'overflow') return checkOptions(element, at, complain, 5, 75);
  if (type === 'plain_text_input') return checkTextInput(element, at, complain);
  checkPicker(type, element, at, complain);
}

function checkActionId(id: unknown, at: string, complain: Complain, actions: Set<string>) {
  if (id === undefined) return;
  if (typeof id !== 'string' || id === '' || id.length > 255) return complain(`${at}/action_id`, 'must be a string of 1 to 255 characters');
  if (actions.has(id)) complain(`${at}/action_id`, `\`action_id\` (${id}) already exists in this block`);
  actions.add(id);
}

function checkButton(button: Record<string, unknown>, at: string, complain: Complain) {
  checkText(button['text'], `${at}/text`, 75, complain, 'plain_text');
  checkLength(button['value'], `${at}/value`, 2_000, complain);
  checkLength(button['url'], `${at}/url`, 3_000, complain);
  checkLength(button['accessibility_label'], `${at}/accessibility_label`, 75, complain);
  const style = button['style'];
  if (style !== undefined && style !== 'primary' && style !== 'danger') complain(`${at}/style`, 'must be one of primary, danger');
  if (typeof button['url'] === 'string' && !/^(https?|mailto|slack):/.test(button['url'])) complain(`${at}/url`, 'must be a valid URL');
}

function checkLength(value: unknown, at: string, most: number, complain: Complain) {
  if (value === undefined) return;
  if (typeof value !== 'string') complain(at, 'must be a string');
  else if (value.length > most) complain(at, `must be less than ${most + 1} characters`);
}

function checkConfirm(confirm: unknown, at: string, complain: Complain) {
  if (!isObject(confirm)) return complain(at, 'must be an object');
  checkText(confirm['title'], `${at}/title`, 100, complain, 'plain_text');
  checkText(confirm['text'], `${at}/text`, 300, complain);
  checkText(confirm['confirm'], `${at}/confirm`, 30, complain, 'plain_text');
  checkText(confirm['deny'], `${at}/deny`, 30, complain, 'plain_text');
}

function checkOptions(element: Record<string, unknown>, at: string, complain: Complain, most: number, longest: number) {
  const groups = element['option_groups'];
  const options = Array.isArray(groups)
    ? groups.flatMap((group) => (isObject(group) && Array.isArray(group['options']) ? group['options'] : []))
    : element['options'];
  if (!Array.isArray(options) || options.length < 1 || (groups === undefined && options.length > most)) {
    return complain(`${at}/options`, `must have between 1 and ${most} items`);
  }
  const values = new Set<unknown>();
  for (const [index, option] of options.entries()) {
    if (!isObject(option)) {
      complain(`${at}/options/${index}`, 'must be an object');
      continue;
    }
    checkText(option['text'], `${at}/options/${index}/text`, longest, complain);
    checkLength(option['value'], `${at}/options/${index}/value`, 150, complain);
    if (typeof option['value'] !== 'string' || option['value'] === '') complain(`${at}/options/${index}/value`, 'must be a string');
    if (option['description'] !== undefined) checkText(option['description'], `${at}/options/${index}/description`, 75, complain);
    if (values.has(option['value'])) complain(`${at}/options/${index}/value`, 'duplicate option value');
    values.add(option['value']);
  }
  checkInitial(element, options, at, complain);
}

/** docs: the initial option must exactly match one of the options. */
function checkInitial(element: Record<string, unknown>, options: readonly unknown[], at: string, complain: Complain) {
  const exact = new Set(options.map((option) => JSON.stringify(option)));
  const initial = element['initial_option'];
  if (initial !== undefined && !exact.has(JSON.stringify(initial))) complain(`${at}/initial_option`, 'must match one of the options');
  const several = element['initial_options'];
  if (several === undefined) return;
  if (!Array.isArray(several) || several.length === 0) return complain(`${at}/initial_options`, 'must have at least 1 item');
  if (several.some((one) => !exact.has(JSON.stringify(one)))) complain(`${at}/initial_options`, 'must match the options');
}

function checkTextInput(element: Record<string, unknown>, at: string, complain: Complain) {
  const most = element['max_length'] ?? 3_000;
  if (typeof most !== 'number' || most < 1 || most > 3_000) complain(`${at}/max_length`, 'must be between 1 and 3000');
  const least = element['min_length'];
  if (least !== undefined && (typeof least !== 'number' || least < 0 || least > 3_000)) complain(`${at}/min_length`, 'must be between 0 and 3000');
  const initial = element['initial_value'];
  if (initial !== undefined && typeof initial !== 'string') complain(`${at}/initial_value`, 'must be a string');
  if (typeof initial === 'string' && typeof most === 'number' && initial.length > most)
    complain(`${at}/initial_value`, `must be less than ${most + 1} characters`);
}

function checkPicker(type: string, element: Record<string, unknown>, at: string, complain: Complain) {
  const time = element['initial_time'];
  if (type === 'timepicker' && time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(String(time))) complain(`${at}/initial_time`, 'must be HH:mm');
  const date = element['initial_date'];
  if (type === 'datepicker' && date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(String(date))) complain(`${at}/initial_date`, 'must be YYYY-MM-DD');
  const user = element['initial_user'];
  if (type === 'users_select' && user !== undefined && !/^[UW][A-Z0-9]+$/.test(String(user))) complain(`${at}/initial_user`, 'must be a user id');
}

function checkImageElement(element: Record<string, unknown>, at: string, complain: Complain) {
  if (typeof element['alt_text'] !== 'string') complain(`${at}/alt_text`, 'must be a string');
  if (typeof element['image_url'] !== 'string' || !/^https?:\/\//.test(element['image_url'])) complain(`${at}/image_url`, 'must be a valid URL');
}
