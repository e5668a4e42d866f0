import { asBlocks } from './arguments.ts';
import { checkBlocks } from './block-check.ts';
import { withIds } from './field-values.ts';
import { addView, replaceView } from './methods/views.ts';
import type { Json, Message, Person, Place, View } from './model.ts';
import { installIn, messagesIn, type State } from './state.ts';
import { isObject } from './text-check.ts';
import { checkView } from './view-check.ts';

/** docs.slack.dev/surfaces/modals#response_actions: what the app's answer to a submission does. Throws where Slack would show the person an error. */
export function applyAnswer(state: State, view: View, body: unknown) {
  const stack = state.stacks.get(view.userId) ?? [];
  const action = isObject(body) ? body['response_action'] : undefined;
  view.errors = {};
  switch (action) {
    case undefined:
      if (isObject(body) && Object.keys(body).length > 0) throw new Error(`The answer to a submission is not understood: ${JSON.stringify(body)}`);
      close(state, view, stack);
      break;
    case 'clear':
      for (const id of stack) state.views.delete(id);
      state.stacks.set(view.userId, []);
      break;
    case 'errors':
      view.errors = errorsOf(view, isObject(body) ? body['errors'] : undefined);
      break;
    case 'update':
      replaceView(state, view, checkView(isObject(body) ? body['view'] : undefined, 'modal'));
      break;
    case 'push': {
      if (stack.length >= 3) throw new Error('No more than three views are stacked (push_limit_reached).');
      const made = addView(state, view.botId, view.userId, view.teamId, checkView(isObject(body) ? body['view'] : undefined, 'modal'), view);
      state.stacks.set(view.userId, [...stack, made.id]);
      break;
    }
    default:
      throw new Error(`There is no response_action "${String(action)}".`);
  }
  state.changed();
}

function close(state: State, view: View, stack: readonly string[]) {
  state.stacks.set(
    view.userId,
    stack.filter((id) => id !== view.id),
  );
  state.views.delete(view.id);
}

function errorsOf(view: View, given: unknown): Record<string, string> {
  if (!isObject(given) || Object.keys(given).length === 0) throw new Error('response_action errors needs errors by block id.');
  const inputs = new Set(view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id));
  return Object.fromEntries(
    Object.entries(given).map(([block, text]) => {
      if (!inputs.has(block)) throw new Error(`There is no input block "${block}" to show an error at.`);
      return [block, String(text)];
    }),
  );
}

export type Responder = ReturnType<typeof createResponder>;

/** response_url: five answers within half an hour (docs.slack.dev/interactivity/handling-user-interaction#message_responses). */
export function createResponder(state: State) {
  function show(user: string, where: Place, body: Json, threadTs: string | undefined) {
    const text = typeof body['text'] === 'string' ? body['text'] : '';
    const blocks = body['blocks'] === undefined ? undefined : withIds(asBlocks(body['blocks']), () => state.id('b'));
    const thread = typeof body['thread_ts'] === 'string' ? body['thread_ts'] : threadTs;
    const install = installIn(state, where) ?? state.installs.find((one) => one.active);
    const ts = state.nextTs();
    if (body['response_type'] !== 'in_channel') {
      state.ephemerals.push({ ts, channel: where.id, user, threadTs: thread, text, blocks, botUserId: install?.botUserId ?? '' });
      return state.changed();
    }
    const nothing = { subtype: undefined, metadata: undefined, edited: undefined, reactions: [], files: [] };
    const made: Message = {
      ts,
      channel: where.id,
      user: install?.botUserId ?? '',
      team: where.teamId,
      text,
      blocks,
      threadTs: thread,
      botId: install?.botId,
      ...nothing,
    };
    messagesIn(state, where.id).push(made);
    state.everSaid.add(`${where.id}:${ts}`);
    state.changed();
  }

  function replace(channel: string, ts: string, body: Json) {
    const found = state.ephemerals.find((one) => one.channel === channel && one.ts === ts) ?? messagesIn(state, channel).find((one) => one.ts === ts);
    if (!found) return;
    found.text = typeof body['text'] === 'string' ? body['text'] : '';
    found.blocks = body['blocks'] === undefined ? undefined : withIds(asBlocks(body['blocks']), () => state.id('b'));
    state.changed();
  }

  function take(channel: string, ts: string) {
    state.ephemerals = state.ephemerals.filter((one) => !(one.channel === channel && one.ts === ts));
    state.messages.set(
      channel,
      messagesIn(state, channel).filter((one) => one.ts !== ts),
    );
    state.changed();
  }

  return {
    make(who: Person, where: Place, about: { messageTs: string | undefined; threadTs: string | undefined }): string {
      const key = state.secret(12);
      state.responseUrls.set(key, { key, userId: who.id, channel: where.id, ...about, uses: 0, madeAt: state.now() });
      return `${state.origin}/actions/${who.teamId}/${key}`;
    },
    /** What a command's own answer shows: text or a message; nothing for an empty one. */
    showAnswer(who: Person, where: Place, body: unknown): void {
      if (typeof body === 'string' && body !== '') show(who.id, where, { text: body }, undefined);
      else if (isObject(body) && (body['text'] !== undefined || body['blocks'] !== undefined)) show(who.id, where, body, undefined);
    },
    /** A request to a response_url. */
    answer(key: string, body: unknown): { status: number; reply: Json } {
      const found = state.responseUrls.get(key);
      if (!found || state.now() - found.madeAt > 30 * 60_000) return { status: 404, reply: { ok: false, error: 'expired_url' } };
      if (found.uses >= 5) return { status: 404, reply: { ok: false, error: 'used_url' } };
      if (!isObject(body)) return { status: 400, reply: { ok: false, error: 'invalid_payload' } };
      const complaints = body['blocks'] === undefined ? [] : checkBlocks(body['blocks'], 'message');
      if (complaints.length > 0) return { status: 400, reply: { ok: false, error: 'invalid_blocks', errors: complaints } };
      found.uses += 1;
      const where = state.places.get(found.channel);
      if (body['delete_original'] === true && found.messageTs !== undefined) take(found.channel, found.messageTs);
      else if (body['text'] === undefined && body['blocks'] === undefined) return { status: 500, reply: { ok: false, error: 'no_text' } };
      else if (body['replace_original'] === true && found.messageTs !== undefined) replace(found.channel, found.messageTs, body);
      else if (where) show(found.userId, where, body, found.threadTs);
      return { status: 200, reply: { ok: true } };
    },
  };
}
