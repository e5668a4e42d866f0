import { adaptiveCard } from './activity-check.ts';
import { isObject, type Json, type Message } from './model.ts';
import { attachments } from './seen.ts';
import { account, person, place, type State } from './state.ts';
import { asHtml } from './typed-text.ts';

/** A message as a message action gets it (Microsoft Learn, "Respond to task module submit": the payload of a message). */
export function messagePayload(state: State, said: Message): Json {
  const where = place(state, said.place);
  const at = new Date(Number(said.id)).toISOString();
  const { text } = said.activity;
  return {
    linkToMessage: `https://teams.microsoft.com/l/message/${encodeURIComponent(where.id)}/${said.id}`,
    id: said.id,
    replyToId: said.root ?? null,
    createdDateTime: at,
    lastModifiedDateTime: said.edited ? at : null,
    deleted: said.deleted,
    subject: null,
    summary: null,
    importance: 'normal',
    locale: 'en-gb',
    body: { contentType: 'html', content: typeof text === 'string' ? asAtHtml(text) : '' },
    from: said.by === undefined ? fromBot(state) : fromPerson(state, said.by),
    reactions: said.reactions.map(({ type, person: id }) => ({
      reactionType: type,
      user: { userIdentityType: 'aadUser', id, displayName: person(state, id).name },
    })),
    mentions: mentionsOf(state, said, where.tenant),
    attachments: attachments(said.activity, adaptiveCard).map(({ content }) => ({
      id: state.uuid(),
      contentType: adaptiveCard,
      content: JSON.stringify(content),
    })),
  };
}

/** The body of such a payload numbers its mentions. */
function asAtHtml(text: string): string {
  let count = -1;
  return asHtml(
    text.replaceAll(/<at>(.*?)<\/at>/g, (_, name: string) => {
      count += 1;
      return `<at id="${count}">${name}</at>`;
    }),
  );
}

function mentionsOf(state: State, said: Message, tenant: string): Json[] {
  const { entities } = said.activity;
  const marks = Array.isArray(entities) ? entities.filter((one): one is Json => isObject(one) && one['type'] === 'mention') : [];
  return marks.map(({ mentioned }, id) => {
    const accountId = isObject(mentioned) ? String(mentioned['id']) : '';
    const who = account(state, tenant, accountId);
    const name = isObject(mentioned) ? String(mentioned['name']) : '';
    const user = who
      ? { user: { userIdentityType: 'aadUser', id: who.id, displayName: who.name } }
      : { application: { applicationIdentityType: 'bot', id: state.app.id, displayName: name } };
    return { id, mentionText: name, mentioned: { user: null, application: null, conversation: null, ...user } };
  });
}

function fromPerson(state: State, id: string): Json {
  return { device: null, conversation: null, application: null, user: { userIdentityType: 'aadUser', id, displayName: person(state, id).name } };
}

function fromBot(state: State): Json {
  return { device: null, conversation: null, user: null, application: { applicationIdentityType: 'bot', id: state.app.id, displayName: state.app.name } };
}
