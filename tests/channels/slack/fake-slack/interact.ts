import { plainMessage } from './announce.ts';
import { applyAnswer, type Responder } from './apply-answer.ts';
import type { Answer, Deliver } from './deliver.ts';
import { elementsOf, type Field, filled, isEmpty, optionOf, valuesOf } from './field-values.ts';
import { plainView } from './methods/views.ts';
import type { Block, Ephemeral, Json, Message, Person, Place, View } from './model.ts';
import { directPlace, installFor, messagesIn, person, place, type State } from './state.ts';
import { typedText } from './typed-text.ts';

/** A message or something that only one person sees. */
export type Shown = { channel: string; ts: string };
/** What to put into fields, by label, block id or action id. */
export type Filling = Readonly<Record<string, string | readonly string[]>>;
type Values = Record<string, Record<string, Json>>;

export type Interact = ReturnType<typeof createInteract>;

/** What people do with what the app shows. Each resolves with the app's answer and how long it took, and throws when the app failed. */
export function createInteract(state: State, deliver: Deliver, responder: Responder) {
  async function blockAction(who: Person, field: Field, more: Json, given?: string): Promise<Answer> {
    const payload = { type: 'block_actions', ...common(who), ...more, actions: [actionOf(state, field, given)] };
    return deliver.interaction('interactive', payload);
  }

  function common(who: Person, viewId?: string): Json {
    const team = state.teams.get(who.teamId);
    const enterprise = team?.enterpriseId === undefined ? undefined : state.enterprises.get(team.enterpriseId);
    const install = installFor(state, who.teamId);
    const org = enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {};
    return {
      user: { id: who.id, username: who.name, name: who.name, team_id: who.teamId },
      api_app_id: state.app.id,
      token: state.app.verificationToken,
      trigger_id: newTrigger(state, who, viewId),
      team: { id: who.teamId, domain: team?.domain ?? '', ...org },
      enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
      is_enterprise_install: install !== undefined && install.teamId === undefined,
    };
  }

  /** Presses a button, or picks in a select, of a view. Typed values are kept in the view. */
  async function pressInView(who: string, view: View, wanted: string, options: { given?: string; values?: Filling } = {}): Promise<Answer> {
    const one = person(state, who);
    if (options.values) view.values = withFilling(view.blocks, view.values, options.values);
    const field = pressable(view.blocks, wanted);
    if (options.given !== undefined) keepChoice(view, field, options.given);
    state.changed();
    const where = { container: { type: 'view', view_id: view.id }, view: plainView(state, view) };
    return blockAction(one, field, { ...common(one, view.id), ...where }, options.given);
  }

  return {
    /** A button or an entry of a menu by its label or action id; `given`: what is picked where it is a select; `values`: what is in the message's fields. */
    async press(who: string, shown: Shown, wanted: string, options: { given?: string; values?: Filling } = {}): Promise<Answer> {
      const one = person(state, who);
      const where = place(state, shown.channel);
      const found = shownTo(state, who, shown);
      const blocks = found.blocks ?? [];
      const field = pressable(blocks, wanted);
      const given = options.given ?? (field.element['type'] === 'overflow' ? wanted : undefined);
      const ephemeral = !('reactions' in found);
      const thread = found.threadTs === undefined ? {} : { thread_ts: found.threadTs };
      return blockAction(
        one,
        field,
        {
          container: { type: 'message', message_ts: shown.ts, channel_id: where.id, is_ephemeral: ephemeral, ...thread },
          channel: channelOf(where),
          ...(ephemeral ? {} : { message: plainMessage(state, found, where) }),
          state: { values: withFilling(blocks, valuesOf(blocks), options.values ?? {}) },
          response_url: responder.make(one, where, { messageTs: shown.ts, threadTs: found.threadTs }),
        },
        given,
      );
    },
    async pressHome(who: string, wanted: string, options: { given?: string; values?: Filling } = {}): Promise<Answer> {
      const home = state.views.get(state.homes.get(who) ?? '');
      if (!home) throw new Error('The app has published no Home for this person.');
      return pressInView(who, home, wanted, options);
    },
    async pressModal(who: string, wanted: string, options: { given?: string; values?: Filling } = {}): Promise<Answer> {
      return pressInView(who, topModal(state, who), wanted, options);
    },
    /** Sends the topmost modal, or the one with this id. Fields that are not named keep what is in them. Does what the answer says. */
    async submit(who: string, values: Filling = {}, viewId?: string): Promise<Answer> {
      const one = person(state, who);
      const view = viewId === undefined ? topModal(state, who) : (state.views.get(viewId) ?? topModal(state, who));
      view.values = withFilling(view.blocks, view.values, values);
      for (const field of elementsOf(view.blocks)) {
        if (field.input && !field.optional && isEmpty(view.values[field.blockId]?.[field.actionId])) throw new Error(`"${field.label}" must be filled in.`);
      }
      const answer = await deliver.interaction('interactive', {
        type: 'view_submission',
        ...common(one, view.id),
        view: plainView(state, view),
        response_urls: [],
      });
      applyAnswer(state, view, answer.body);
      return answer;
    },
    /** Closes the topmost modal; the app is told where it asked to be. */
    async closeModal(who: string): Promise<void> {
      const view = topModal(state, who);
      state.stacks.set(who, (state.stacks.get(who) ?? []).slice(0, -1));
      state.views.delete(view.id);
      state.changed();
      if (view.given['notify_on_close'] !== true) return;
      const { trigger_id: _unused, ...rest } = common(person(state, who));
      await deliver.interaction('interactive', { type: 'view_closed', ...rest, view: plainView(state, view), is_cleared: false });
    },
    async useShortcut(who: string, callbackId: string): Promise<Answer> {
      return deliver.interaction('interactive', { type: 'shortcut', ...common(person(state, who)), callback_id: callbackId, action_ts: state.nextTs() });
    },
    async useMessageShortcut(who: string, said: Shown, callbackId: string): Promise<Answer> {
      const one = person(state, who);
      const where = place(state, said.channel);
      const found = shownTo(state, who, said);
      if (!('reactions' in found)) throw new Error('There are no shortcuts on what only one person sees.');
      const about = {
        callback_id: callbackId,
        action_ts: state.nextTs(),
        message_ts: said.ts,
        channel: channelOf(where),
        message: plainMessage(state, found, where),
      };
      const responseUrl = responder.make(one, where, { messageTs: undefined, threadTs: found.threadTs });
      return deliver.interaction('interactive', { type: 'message_action', ...common(one), ...about, response_url: responseUrl });
    },
    /** Such as `/plumb status`; what the app answers with is shown to that person. */
    async command(who: string, channel: string, typed: string): Promise<Answer> {
      const one = person(state, who);
      const where = place(state, channel);
      const { command, text } = /^(?<command>\/\S+)\s*(?<text>[\s\S]*)$/.exec(typed)?.groups ?? {};
      if (command === undefined) throw new Error('A command begins with a slash.');
      const { trigger_id, is_enterprise_install } = common(one);
      const team = state.teams.get(one.teamId);
      const enterprise = state.enterprises.get(team?.enterpriseId ?? '');
      const about = {
        team_id: one.teamId,
        team_domain: team?.domain,
        ...(enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {}),
        channel_id: channel,
        channel_name: channelOf(where).name,
        user_id: who,
        user_name: one.name,
      };
      const answer = await deliver.interaction('slash_commands', {
        token: state.app.verificationToken,
        ...about,
        command,
        // The manifest sets should_escape, so people come as <@id|handle>.
        text: typedText(state, one, text ?? '').text.replace(/<@([UW][A-Z0-9]+)>/g, (_whole, id: string) => `<@${id}|${person(state, id).name}>`),
        api_app_id: state.app.id,
        is_enterprise_install,
        response_url: responder.make(one, where, { messageTs: undefined, threadTs: undefined }),
        trigger_id,
      });
      responder.showAnswer(one, where, answer.body);
      return answer;
    },
    /** Opens the 1:1 chat of the bot, for commands given there. */
    direct: (who: string): string => directPlace(state, installFor(state, person(state, who).teamId)?.botUserId ?? '', who).id,
  };
}

function newTrigger(state: State, who: Person, viewId: string | undefined): string {
  const id = `${Date.now()}.${state.secret(4)}.${state.secret(8)}`;
  state.triggers.set(id, { userId: who.id, teamId: who.teamId, viewId, madeAt: Date.now(), used: false });
  return id;
}

/** docs.slack.dev/interactivity/implementing-slash-commands: a chat or private channel is not named. */
function channelOf(where: Place): { id: string; name: string } {
  const name = where.kind === 'im' ? 'directmessage' : where.kind === 'channel' ? where.name : 'privategroup';
  return { id: where.id, name };
}

function shownTo(state: State, who: string, shown: Shown): Message | Ephemeral {
  const found =
    messagesIn(state, shown.channel).find((one) => one.ts === shown.ts) ??
    state.ephemerals.find((one) => one.channel === shown.channel && one.ts === shown.ts && one.user === who);
  if (!found || !place(state, shown.channel).members.has(who)) throw new Error('This person does not see that message.');
  return found;
}

function topModal(state: State, who: string): View {
  const view = state.views.get((state.stacks.get(who) ?? []).at(-1) ?? '');
  if (!view) throw new Error('No modal is open.');
  return view;
}

function pressable(blocks: readonly Block[], wanted: string): Field {
  const all = elementsOf(blocks);
  const found =
    all.find((one) => one.actionId === wanted) ??
    all.find((one) => one.label === wanted) ??
    all.find((one) => one.blockId === wanted) ??
    all.find((one) => offersInMenu(one, wanted));
  if (!found) throw new Error(`There is no "${wanted}" there, only: ${all.map((one) => one.label || one.actionId).join(', ')}.`);
  return found;
}

function offersInMenu({ element }: Field, wanted: string): boolean {
  return element['type'] === 'overflow' && JSON.stringify(element['options']).includes(`"text":${JSON.stringify(wanted)}`);
}

function actionOf(state: State, field: Field, given: string | undefined): Json {
  const { element, actionId, blockId } = field;
  const type = String(element['type']);
  const base = { type, action_id: actionId, block_id: blockId, action_ts: state.nextTs() };
  if (type === 'button') {
    const { text, value, style } = element;
    return { ...base, text, ...(value === undefined ? {} : { value }), ...(style === undefined ? {} : { style }) };
  }
  if (type === 'overflow') return { ...base, selected_option: optionOf(field, given ?? '') };
  return { ...base, ...filled(field, given ?? '') };
}

function keepChoice(view: View, field: Field, given: string): void {
  if (field.element['type'] === 'overflow' || field.element['type'] === 'button') return;
  view.values[field.blockId] = { ...view.values[field.blockId], [field.actionId]: filled(field, given) };
}

function withFilling(blocks: readonly Block[], before: Values, filling: Filling): Values {
  const values = structuredClone(before);
  const fields = elementsOf(blocks);
  for (const [name, given] of Object.entries(filling)) {
    const field = fields.find((one) => one.blockId === name || one.actionId === name) ?? fields.find((one) => one.label === name);
    if (!field) throw new Error(`There is no field "${name}", only: ${fields.map((one) => one.label || one.blockId).join(', ')}.`);
    values[field.blockId] = { ...values[field.blockId], [field.actionId]: filled(field, given) };
  }
  return values;
}
