import { people, plumbId, tenantId } from './people.ts';

type Name = keyof typeof people;

const groupChat = { isGroup: true, conversationType: 'groupChat', id: '19:group@thread.v2' };
const personalChat = { conversationType: 'personal', id: 'a:dana-and-plumb' };

/** What the Agents Playground cannot do: other people who write, and dialogs. Activities as Teams would send them, straight to Plumb. */
export function besidesPlayground(messagesUrl: string, playgroundUrl: string) {
  let sent = 0;
  async function send(name: Name, conversation: { id: string; conversationType: string }, more: Record<string, unknown>): Promise<void> {
    sent += 1;
    const activity = {
      type: 'message',
      id: `elsewhere-${sent}`,
      channelId: 'msteams',
      serviceUrl: `${playgroundUrl}/_connector`,
      from: people[name],
      recipient: { id: plumbId, name: 'Plumb' },
      conversation: { tenantId, ...conversation },
      channelData: { tenant: { id: tenantId } },
      ...more,
    };
    const { status } = await fetch(messagesUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(activity) });
    if (status !== 200) throw new Error(`Plumb answered ${status}.`);
  }
  const mark = '<at>Plumb</at>';
  return {
    /** Somebody writes to Plumb in the group chat. */
    says: (name: Name, text: string) =>
      send(name, groupChat, { text: `${mark} ${text}`, entities: [{ type: 'mention', mentioned: { id: plumbId, name: 'Plumb' }, text: mark }] }),
    /** Somebody sends a form, as from the dialog that it opens in. */
    submits: (name: Name, action: string, value: Record<string, string>, inputs: Record<string, string>) =>
      send(name, name === 'dana' ? personalChat : groupChat, { value: { action, value, opened: { action: 'dialog' }, ...inputs } }),
  };
}
