import { invokeActivity, messageActivity } from './activities.ts';
import { adaptiveCard, complaintsAboutCard, fileConsent } from './activity-check.ts';
import { type Answer, bodyOf, type Deliver } from './deliver.ts';
import { fieldsOf } from './inputs.ts';
import { messagePayload } from './message-payload.ts';
import { isObject, type Json, type Message, stringIn } from './model.ts';
import type { Said } from './people.ts';
import { attachments, buttonsOf, type SeenAction } from './seen.ts';
import { conversation, type Dialog, message, person, personalPlace, place, type State, type Where } from './state.ts';

export type Interact = ReturnType<typeof createInteract>;
export type Inputs = Readonly<Record<string, string>>;
/** `data` is put into what the button carries, as somebody could who forges it. */
export type PressOptions = { data?: Json };

/** What people do with what the app shows. Each throws where Teams would not let them, or would say that something went wrong. */
export function createInteract(state: State, deliver: Deliver) {
  const invoke = async (activity: Json): Promise<Json> => bodyOf(await deliver.invoke(activity));
  const dialogs = createDialogs(state, invoke);

  /** Presses a button by its title (or its verb). A button that opens a dialog does so. */
  async function press(who: string, post: Said, label: string, inputs: Inputs = {}, options: PressOptions = {}): Promise<void> {
    const found = message(state, post.place, post.id);
    const card = found.views.get(who) ?? attachments(found.activity, adaptiveCard)[0]?.['content'];
    const button = buttonNamed(buttonsOf(card), label);
    const data = { ...dataOf(button, card, inputs), ...options.data };
    const where = whereOf(state, found);
    switch (button.type) {
      case 'Action.Execute':
        return execute(who, found, where, button, data);
      case 'Action.Submit': {
        if (isObject(data['msteams'])) return dialogs.fetch(who, where, found, data);
        // Docs: "Card actions": a plain Action.Submit comes as a message without text.
        const by = person(state, who);
        const said = { ...messageActivity(state, by, where, { ...found, id: state.nextId(), activity: {} }), value: data, replyToId: found.id };
        await deliver.activity(said);
        return;
      }
      default:
        throw new Error(`${button.type} is not pressed here.`);
    }
  }

  /** Docs: "Universal Actions for Adaptive Cards": the answer is a card, a message or an error. */
  async function execute(who: string, post: Message, where: Where, button: SeenAction, data: Json): Promise<void> {
    const { title, verb, id } = button.action;
    const action = { type: 'Action.Execute', title, verb, data, ...(id !== undefined && { id }) };
    const answer = await invoke(invokeActivity(state, person(state, who), where, 'adaptiveCard/action', { action, trigger: 'manual' }, post.id));
    const { statusCode, type, value } = answer;
    if (statusCode !== undefined && typeof statusCode !== 'number') throw new Error('statusCode is a number.');
    if (type === adaptiveCard) {
      state.complaints.push(...complaintsAboutCard(state, where.place.tenant, value));
      post.views.set(who, value);
    } else if (type === 'application/vnd.microsoft.activity.message') {
      if (typeof value !== 'string') throw new Error('The value of a message is a text.');
      if (value !== '') state.flashes.push({ person: who, text: value, error: false });
    } else if (type === 'application/vnd.microsoft.error')
      state.flashes.push({ person: who, text: String(isObject(value) ? value['message'] : value), error: true });
    else if (Object.keys(answer).length > 0) throw new Error(`No answer to a press: ${JSON.stringify(answer)}`);
    state.changed();
  }

  return {
    press,
    ...dialogs.act,
    /** Opens the dialog of a message action, where the app is and where it is not. */
    async messageAction(who: string, said: Said, commandId: string): Promise<void> {
      const found = message(state, said.place, said.id);
      await dialogs.fetchForMessage(who, { ...whereOf(state, found), found }, commandId);
    },
    /** Thumbs under a message with an AI label. */
    async feedback(who: string, post: Said, reaction: 'like' | 'dislike', feedbackText = ''): Promise<void> {
      const found = message(state, post.place, post.id);
      const value = { actionName: 'feedback', actionValue: { reaction, feedback: JSON.stringify({ feedbackText }) } };
      await invoke(invokeActivity(state, person(state, who), whereOf(state, found), 'message/submitAction', value, found.id));
    },
    /** Accepts or declines a file that the bot offers; the app uploads it then. Gives the key of the upload in `state.uploads`. */
    async answerFile(who: string, post: Said, action: 'accept' | 'decline'): Promise<string> {
      const found = message(state, post.place, post.id);
      const [consent] = attachments(found.activity, fileConsent);
      if (!consent) throw new Error('No file is offered there.');
      const key = state.uuid();
      const name = String(consent['name']);
      if (action === 'accept') state.uploads.set(key, { person: who, name, content: undefined });
      const uploadInfo = {
        contentUrl: `${state.origin}/files/${key}`,
        name,
        uploadUrl: `${state.origin}/upload/${key}`,
        uniqueId: key,
        fileType: name.split('.').at(-1),
      };
      const context = isObject(consent['content']) ? consent['content'][`${action}Context`] : undefined;
      const value = { type: 'fileUpload', action, context, ...(action === 'accept' && { uploadInfo }) };
      await invoke(
        invokeActivity(state, person(state, who), { place: personalPlace(state, person(state, who)), root: undefined }, 'fileConsent/invoke', value, found.id),
      );
      return key;
    },
    /** Sends any activity, as something that Teams may add later. */
    activity: (activity: Json): Promise<Answer> => deliver.activity(activity),
    invokeOf: (who: string, placeId: string, name: string, value: Json): Promise<Answer> =>
      deliver.invoke(invokeActivity(state, person(state, who), { place: place(state, placeId), root: undefined }, name, value)),
  };
}

function whereOf(state: State, found: Message): Where {
  const where = conversation(state, place(state, found.place).tenant, found.place);
  return where.place.kind === 'channel' ? { ...where, root: found.root ?? found.id } : where;
}

function buttonNamed(buttons: readonly SeenAction[], label: string): SeenAction {
  const found =
    buttons.find((one) => one.title === label) ?? buttons.find((one) => one.action['verb'] === label || stringIn(one.action, 'data', 'action') === label);
  if (!found) throw new Error(`There is no button ${label}: ${buttons.map((one) => one.title).join(', ') || 'none at all'}.`);
  return found;
}

/** Docs: "Input validation": the client asks for what is required unless the button says otherwise, and merges the fields into the button's data. */
function dataOf(button: SeenAction, card: unknown, inputs: Inputs): Json {
  const own = button.action['data'];
  const fields = fieldsOf(card, inputs, { check: button.action['associatedInputs'] !== 'none' });
  return { ...(isObject(own) && own), ...(button.action['associatedInputs'] === 'none' ? {} : fields) };
}

type Invoke = (activity: Json) => Promise<Json>;
type OpenedFrom = Pick<Dialog, 'postId' | 'command'>;

/** Docs: "Dialogs" (task modules) and "Action commands" of message extensions. */
function createDialogs(state: State, invoke: Invoke) {
  const context = { theme: 'default' };

  function show(who: string, where: Where, answer: Json, from: OpenedFrom): void {
    const task = answer['task'];
    if (task === undefined) {
      if (answer['composeExtension'] === undefined && Object.keys(answer).length > 0) throw new Error(`No answer for a dialog: ${JSON.stringify(answer)}`);
      state.dialogs.delete(who);
    } else if (stringIn(task, 'type') === 'message') {
      state.dialogs.delete(who);
      state.flashes.push({ person: who, text: stringIn(task, 'value') ?? '', error: false });
    } else if (stringIn(task, 'type') === 'continue' && isObject(task) && isObject(task['value'])) {
      const { title, card } = task['value'];
      if (!isObject(card) || card['contentType'] !== adaptiveCard) throw new Error('A dialog of a bot shows an Adaptive Card.');
      state.complaints.push(...complaintsAboutCard(state, where.place.tenant, card['content']));
      state.dialogs.set(who, { ...from, person: who, title: String(title ?? ''), card: card['content'], place: where.place.id, root: where.root });
    } else throw new Error(`No answer for a dialog: ${JSON.stringify(answer)}`);
    state.changed();
  }

  return {
    async fetch(who: string, where: Where, post: Message, data: Json): Promise<void> {
      const activity = invokeActivity(state, person(state, who), where, 'task/fetch', { data, context }, post.id);
      show(who, where, await invoke(activity), { postId: post.id, command: undefined });
    },
    async fetchForMessage(who: string, { found, ...where }: Where & { found: Message }, commandId: string): Promise<void> {
      const command = { commandId, messagePayload: messagePayload(state, found) };
      const value = { commandContext: 'message', context, ...command };
      const activity = invokeActivity(state, person(state, who), where, 'composeExtension/fetchTask', value);
      show(who, where, await invoke(activity), { postId: undefined, command });
    },
    act: {
      /** Presses a button of the open dialog; the only one when not named. */
      async submitForm(who: string, inputs: Inputs = {}, label?: string): Promise<void> {
        const dialog = state.dialogs.get(who);
        if (!dialog) throw new Error('No dialog is open.');
        const buttons = buttonsOf(dialog.card).filter((one) => one.type === 'Action.Submit');
        const button = label === undefined && buttons[0] ? buttons[0] : buttonNamed(buttons, label ?? 'to submit');
        const data = dataOf(button, dialog.card, inputs);
        const where = { place: place(state, dialog.place), root: dialog.root };
        const value = { data, context, ...(dialog.command && { commandContext: 'message', ...dialog.command }) };
        const name = dialog.command ? 'composeExtension/submitAction' : 'task/submit';
        show(who, where, await invoke(invokeActivity(state, person(state, who), where, name, value, dialog.postId)), dialog);
      },
      closeDialog(who: string): void {
        state.dialogs.delete(who);
        state.changed();
      },
    },
  };
}
