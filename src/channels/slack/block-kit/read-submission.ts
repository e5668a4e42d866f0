import { z } from 'zod';
import { keptFieldId } from './inputs.ts';
import { parseJson } from './json.ts';
import { Context, callbacks, choiceId, contextOf, Value } from './metadata.ts';
import type { Submission } from './rendering.ts';

const FormMetadata = z.object({ submit: z.string().min(1), value: Value, context: Context });
const ActMetadata = z.object({ actions: z.array(z.string().min(1)).min(1), value: Value, context: Context });

const Chosen = z.object({ value: z.string() });
const State = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plain_text_input'), value: z.string().nullish() }),
  z.object({ type: z.literal('static_select'), selected_option: Chosen.nullish() }),
  z.object({ type: z.literal('radio_buttons'), selected_option: Chosen.nullish() }),
  z.object({ type: z.literal('users_select'), selected_user: z.string().nullish() }),
  z.object({ type: z.literal('timepicker'), selected_time: z.string().nullish() }),
  z.object({ type: z.literal('checkboxes'), selected_options: z.array(Chosen).nullish() }),
]);
const View = z.object({
  callback_id: z.string(),
  private_metadata: z.string(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) }).optional(),
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

function inputsOf(values: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, elements]) =>
      Object.entries(elements).flatMap(([elementId, element]): [string, string][] => {
        const read = State.safeParse(element);
        if (!read.success) return [];
        const text = textOf(read.data);
        return elementId === keptFieldId && text === '' ? [] : [[id, text]];
      }),
    ),
  );
}

function textOf(state: z.infer<typeof State>): string {
  switch (state.type) {
    case 'plain_text_input':
      return state.value ?? '';
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
      return state satisfies never;
  }
}
