import { asBlocks } from '../arguments.ts';
import { valuesOf, withIds } from '../field-values.ts';
import { type Json, SlackError, type View } from '../model.ts';
import { covers, type State } from '../state.ts';
import { checkView } from '../view-check.ts';
import { type ApiCall, knowsPerson, type Method } from './method.ts';

export const views: Readonly<Record<string, Method>> = {
  'views.open': { scopes: [], run: open },
  'views.push': { scopes: [], run: push },
  'views.update': { scopes: [], run: update },
  'views.publish': { scopes: [], run: publish },
};

// docs.slack.dev/surfaces/modals: a trigger lives 3 seconds, at most three views are stacked.
const triggerMs = 3_000;
const mostStacked = 3;

function open(call: ApiCall): Json {
  const { state } = call;
  const view = checkView(call.args.structure('view'), 'modal');
  const trigger = takeTrigger(call);
  for (const id of state.stacks.get(trigger.userId) ?? []) state.views.delete(id);
  const made = addView(state, call.install.botId, trigger.userId, trigger.teamId, view, undefined);
  state.stacks.set(trigger.userId, [made.id]);
  state.changed();
  return { view: plainView(state, made) };
}

function push(call: ApiCall): Json {
  const { state } = call;
  const view = checkView(call.args.structure('view'), 'modal');
  const trigger = takeTrigger(call);
  return { view: plainView(state, pushView(state, call.install.botId, trigger.userId, trigger.teamId, view)) };
}

function pushView(state: State, botId: string, userId: string, teamId: string, view: Json): View {
  const stack = state.stacks.get(userId) ?? [];
  if (stack.length === 0) throw new SlackError('not_found');
  if (stack.length >= mostStacked) throw new SlackError('push_limit_reached');
  const below = state.views.get(stack.at(-1) ?? '');
  const made = addView(state, botId, userId, teamId, view, below);
  state.stacks.set(userId, [...stack, made.id]);
  state.changed();
  return made;
}

function takeTrigger(call: ApiCall) {
  const { state, args } = call;
  const found = state.triggers.get(args.required('trigger_id'));
  if (!found || !covers(state, call.install, found.teamId)) throw new SlackError('invalid_trigger_id');
  if (found.used) throw new SlackError('exchanged_trigger_id');
  if (Date.now() - found.madeAt > triggerMs) throw new SlackError('expired_trigger_id');
  found.used = true;
  return found;
}

function update(call: ApiCall): Json {
  const { state, args } = call;
  const id = args.text('view_id');
  const external = args.text('external_id');
  const found = id === undefined ? [...state.views.values()].find((one) => one.given['external_id'] === external) : state.views.get(id);
  if (!found || !covers(state, call.install, found.teamId)) throw new SlackError('not_found');
  const view = checkView(args.structure('view'), found.type);
  const hash = args.text('hash');
  if (hash !== undefined && hash !== found.hash) throw new SlackError('hash_conflict');
  replaceView(state, found, view);
  return { view: plainView(state, found) };
}

function publish(call: ApiCall): Json {
  const { state, args, install } = call;
  const user = args.required('user_id');
  if (!knowsPerson(call, user)) throw new SlackError('user_not_found');
  const view = checkView(args.structure('view'), 'home');
  const found = state.views.get(state.homes.get(user) ?? '');
  const hash = args.text('hash');
  if (hash !== undefined && hash !== found?.hash) throw new SlackError('hash_conflict');
  const home = found ?? addView(state, install.botId, user, state.people.get(user)?.teamId ?? '', view, undefined);
  state.homes.set(user, home.id);
  replaceView(state, home, view);
  return { view: plainView(state, home) };
}

/** What was typed stays where a field keeps its block and action id. */
export function replaceView(state: State, found: View, view: Json): void {
  found.given = view;
  found.blocks = withIds(asBlocks(view['blocks']), () => state.id('b'));
  found.values = valuesOf(found.blocks, found.values);
  found.hash = newHash(state);
  found.errors = {};
  state.changed();
}

export function addView(state: State, botId: string, userId: string, teamId: string, view: Json, below: View | undefined): View {
  const id = state.id('V');
  const blocks = withIds(asBlocks(view['blocks']), () => state.id('b'));
  const type = view['type'] === 'home' ? 'home' : 'modal';
  const values = valuesOf(blocks);
  const made: View = {
    id,
    teamId,
    userId,
    type,
    given: view,
    blocks,
    hash: newHash(state),
    rootId: below?.rootId ?? id,
    previousId: below?.id,
    botId,
    values,
    errors: {},
  };
  state.views.set(id, made);
  return made;
}

function newHash(state: State): string {
  return `${Math.floor(state.now() / 1_000)}.${state.secret(4)}`;
}

/** docs.slack.dev/reference/views: a view as answers and payloads show it. */
export function plainView(state: State, view: View): Json {
  return {
    id: view.id,
    team_id: view.teamId,
    type: view.type,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    title: null,
    close: null,
    submit: null,
    ...view.given,
    blocks: view.blocks,
    state: { values: view.values },
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    app_id: state.app.id,
    app_installed_team_id: view.teamId,
    bot_id: view.botId,
  };
}
