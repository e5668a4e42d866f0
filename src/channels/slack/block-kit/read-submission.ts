import { z } from 'zod';
import { optionally } from '../../optional.ts';
import { parseJson } from '../../parse-json.ts';
import { isRecord } from '../is-record.ts';
import { keptFieldId } from './inputs.ts';
import { Context, callbacks, choiceId, contextOf, Value } from './metadata.ts';
import type { Submission } from './rendering.ts';

const FormMetadata = z.object({ submit: z.string().min(1), value: Value, context: Context });
const ActMetadata = z.object({ actions: z.array(z.string().min(1)).min(1), value: Value, context: Context });

const Chosen = z.object({ value: z.string() });
// Slack names the kind of each field (docs: view_submission payload, state); what was filled in shows it too.
const State = z.object({
  type: optionally(z.string()),
  value: optionally(z.string()),
  selected_option: optionally(Chosen),
  selected_user: optionally(z.string()),
  selected_time: optionally(z.string()),
  selected_options: optionally(z.array(Chosen)),
});
const View = z.object({
  callback_id: z.string(),
  private_metadata: z.string(),
  state: optionally(z.object({ values: z.record(z.string(), z.unknown()) })),
});

/** What a submitted dialog says; undefined when it is none of ours or was forged. */
export function readSubmission(view: unknown): Submission | undefined {
  const read = View.safeParse(view);
  if (!read.success) return undefined;
  const { callback_id: callback, private_metadata: metadata, state } = read.data;
  const { [choiceId]: choice, ...inputs } = inputsOf(state?.values ?? {});
  const about = parseJson(metadata);
  if (callback === callbacks.form) {
    const form = FormMetadata.safeParse(about);
    if (!form.success) return undefined;
    return { kind: 'form', submit: form.data.submit, value: form.data.value, inputs, context: contextOf(form.data.context) };
  }
  const act = callback === callbacks.act ? ActMetadata.safeParse(about) : undefined;
  if (!act?.success) return undefined;
  const { actions, value, context } = act.data;
  const action = actions.length === 1 ? actions[0] : actions[Number(choice)];
  return action === undefined ? undefined : { kind: 'act', action, value, inputs, context: contextOf(context) };
}

function inputsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, elements]) =>
      Object.entries(isRecord(elements) ? elements : {}).flatMap(([elementId, element]): [string, string][] => {
        const read = State.safeParse(element);
        if (!read.success) return [];
        const text = textOf(read.data);
        return elementId === keptFieldId && text === '' ? [] : [[id, text]];
      }),
    ),
  );
}

function textOf(state: z.infer<typeof State>): string {
  switch (state.type ?? kindShownBy(state)) {
    case 'static_select':
    case 'radio_buttons':
      return state.selected_option?.value ?? '';
    case 'users_select':
      return state.selected_user ?? '';
    case 'timepicker':
      return state.selected_time ?? '';
    case 'checkboxes':
      return String((state.selected_options ?? []).length > 0);
    default:
      return state.value ?? '';
  }
}

function kindShownBy({ selected_option, selected_user, selected_time, selected_options }: z.infer<typeof State>): string {
  if (selected_options) return 'checkboxes';
  if (selected_option) return 'static_select';
  if (selected_user) return 'users_select';
  return selected_time ? 'timepicker' : 'plain_text_input';
}
