/* What can be pressed and filled in. */
import { el } from './text.js';

export function renderElement(element, context, inputOf) {
  const name = inputOf ?? element.action_id;
  const value = context.values[element.action_id] ?? {};
  const tell = (given) => inputOf === undefined && context.act(element, given);
  const data = { 'data-field': name, 'data-action': element.action_id };
  switch (element.type) {
    case 'image':
      return el('img', { src: element.image_url, alt: element.alt_text, width: 72 });
    case 'button':
      return el(
        'button',
        {
          type: 'button',
          class: element.style ?? '',
          'data-action': element.action_id,
          onclick: () => pressed(element, context.act),
        },
        element.text.text,
      );
    case 'plain_text_input': {
      const field = el(element.multiline ? 'textarea' : 'input', {
        ...data,
        placeholder: element.placeholder?.text,
        maxlength: element.max_length,
        rows: 3,
        autofocus: element.focus_on_load,
      });
      field.value = value.value ?? '';
      return field;
    }
    case 'datepicker':
    case 'timepicker':
      return pickerOf(element, value, data, tell);
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input': {
      const field = el('input', { ...data, placeholder: element.placeholder?.text });
      field.value = value.value ?? '';
      return field;
    }
    case 'radio_buttons':
    case 'checkboxes':
      return choicesOf(element, value, data, tell);
    case 'overflow':
      return menuOf(element, tell);
    case 'static_select':
      return selectOf(
        element,
        (element.options ?? element.option_groups.flatMap((group) => group.options)).map(optionPair),
        value.selected_option?.value ?? '',
        data,
        tell,
      );
    case 'users_select':
      return selectOf(element, context.names.members, value.selected_user ?? '', data, tell);
    case 'channels_select':
    case 'conversations_select':
      return selectOf(element, [...context.names.channels], value.selected_channel ?? value.selected_conversation ?? '', data, tell);
    case 'multi_users_select':
      return severalOf(context.names.members, value.selected_users ?? [], data, tell);
    case 'multi_static_select':
      return severalOf(
        element.options.map(optionPair),
        (value.selected_options ?? []).map((one) => one.value),
        data,
        tell,
      );
    default:
      return el('span', {}, `(${element.type})`);
  }
}

function pressed(element, act) {
  if (element.url) window.open(element.url, '_blank', 'noopener');
  act(element);
}

const optionPair = (option) => [option.value, option.text.text];

function pickerOf(element, value, data, tell) {
  const field = el('input', { ...data, type: element.type === 'datepicker' ? 'date' : 'time', onchange: () => tell(field.value) });
  field.value = value.selected_date ?? value.selected_time ?? '';
  return field;
}

function selectOf(element, pairs, chosen, data, tell) {
  const field = el(
    'select',
    { ...data, onchange: () => field.value !== '' && tell(field.value) },
    el('option', { value: '' }, element.placeholder?.text ?? '…'),
    ...pairs.map(([id, label]) => el('option', { value: id }, label)),
  );
  field.value = chosen;
  return field;
}

/* As in Slack it shows nothing of what was chosen last, and a link in it is opened beside being told of. */
function menuOf(element, tell) {
  const field = selectOf(element, element.options.map(optionPair), '', { 'aria-label': 'More actions', class: 'menu' }, (given) => {
    field.value = '';
    const { url } = element.options.find((option) => option.value === given);
    if (url) window.open(url, '_blank', 'noopener');
    tell(given);
  });
  return field;
}

function severalOf(pairs, chosen, data, tell) {
  const field = el(
    'select',
    { ...data, multiple: true, onchange: () => tell(field.value) },
    ...pairs.map(([id, label]) => el('option', { value: id, selected: chosen.includes(id) }, label)),
  );
  return field;
}

function choicesOf(element, value, data, tell) {
  const type = element.type === 'checkboxes' ? 'checkbox' : 'radio';
  const chosen = (value.selected_options ?? (value.selected_option ? [value.selected_option] : [])).map((one) => one.value);
  const options = element.options.map((option) => {
    const box = el('input', {
      type,
      name: `${data['data-field']}-${element.action_id}`,
      value: option.value,
      checked: chosen.includes(option.value),
      onchange: () => tell(option.value),
    });
    return el('label', {}, box, ` ${option.text.text}`);
  });
  return el('div', { ...data, class: 'choices' }, ...options);
}

/** What is in the fields under a node, by block id (inputs) or action id. */
export function valuesIn(root) {
  const values = {};
  for (const field of root.querySelectorAll('[data-field]')) {
    if (field.classList.contains('choices')) {
      const chosen = [...field.querySelectorAll(':checked')].map((box) => box.value);
      values[field.dataset.field] = field.querySelector('[type=checkbox]') ? chosen : (chosen[0] ?? '');
    } else values[field.dataset.field] = field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value;
  }
  return values;
}
