import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';
import { z } from 'zod';

const dist = new URL('../../../node_modules/emulate/dist/', import.meta.url);
const signingSecret = 'b0a1c2d3e4f5061728394a5b6c7d8e9f';
const botToken = 'xoxb-plumb';

type Subscription = { url: string; events: string[]; active: boolean; owner: string };
type Webhooks = { register(subscription: Subscription): unknown };
type Plugin = { register(app: unknown, store: unknown, webhooks: Webhooks, ...more: unknown[]): void };
type Tables = Record<'views' | 'ephemeralMessages', { all(): unknown[] }>;
type Inside = { slackPlugin: Plugin; getSlackStore(store: unknown): Tables };

const Message = z.looseObject({
  ts: z.string(),
  text: z.string(),
  user: z.string(),
  thread_ts: z.string().optional(),
  blocks: z.array(z.looseObject({ type: z.string() })).optional(),
});
export type Message = z.infer<typeof Message>;
const View = z.looseObject({
  view_id: z.string(),
  type: z.string(),
  callback_id: z.string().optional(),
  user_id: z.string(),
  private_metadata: z.string().optional(),
  blocks: z.array(z.looseObject({ type: z.string() })),
});
type View = z.infer<typeof View>;
const Trigger = z.object({ trigger_id: z.string() });
const Named = z.array(z.object({ id: z.string(), name: z.string().optional(), user: z.string().optional(), is_im: z.boolean().optional() }));

export type TalkingEmulator = Awaited<ReturnType<typeof openTalkingEmulator>>;

/**
 * `emulate`: a Slack that others wrote, with two people, one channel and Plumb's bot. It signs and delivers events of its own making; only the address that
 * they go to cannot be set from outside, so it is given to the part of it that delivers. What people press is not part of it: `press` sends no more than a
 * simple local Slack would.
 */
export async function openTalkingEmulator() {
  const inside = await takeInside();
  const seed = {
    signing_secret: signingSecret,
    users: ['plumb', 'dana', 'tomas'].map((name) => ({ name, real_name: name[0]?.toUpperCase() + name.slice(1) })),
    channels: [{ name: 'sales' }],
    tokens: ['plumb', 'dana', 'tomas'].map((user) => ({ token: user === 'plumb' ? botToken : `xoxp-${user}`, user })),
  };
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: seed } });
  const apiUrl = `${emulator.url}/api/`;
  const client = (token: string) => new WebClient(token, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
  const bot = client(botToken);
  const people = Named.parse((await bot.users.list({})).members);
  const idOf = (name: string): string => people.find((person) => person.name === name)?.id ?? '';
  const channel = Named.parse((await bot.conversations.list({})).channels).find(({ name }) => name === 'sales')?.id ?? '';
  const teamId = z.string().parse((await bot.auth.test()).team_id);
  let eventsUrl = '';

  async function repliesTo(thread: string, place = channel): Promise<Message[]> {
    return z.array(Message).parse((await bot.conversations.replies({ channel: place, ts: thread })).messages);
  }

  async function chatWith(name: string): Promise<Message[]> {
    const { channel: chat } = await client(`xoxp-${name}`).conversations.open({ users: idOf('plumb') });
    return z.array(Message).parse((await bot.conversations.history({ channel: chat?.id ?? '' })).messages);
  }

  function interact(payload: Record<string, unknown>): Promise<{ status: number; body: string }> {
    return send(new URLSearchParams({ payload: JSON.stringify({ team: { id: teamId }, ...payload }) }).toString(), 'application/x-www-form-urlencoded');
  }

  async function send(body: string, type: string): Promise<{ status: number; body: string }> {
    const at = String(Math.floor(Date.now() / 1_000));
    const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex')}`;
    const headers = { 'content-type': type, 'x-slack-request-timestamp': at, 'x-slack-signature': signature };
    const response = await fetch(eventsUrl, { method: 'POST', headers, body });
    return { status: response.status, body: await response.text() };
  }

  return {
    apiUrl,
    botToken,
    signingSecret,
    channel,
    idOf,
    repliesTo,
    chatWith,
    interact,
    deliverTo(url: string): void {
      eventsUrl = url;
      inside().webhooks.register({ url, events: ['*'], active: true, owner: 'slack' });
    },
    /** An event that the emulator does not make by itself. */
    event: (event: Record<string, unknown>, team = teamId) =>
      send(
        JSON.stringify({ type: 'event_callback', team_id: team, event_id: `Ev${Math.random()}`, event_time: Math.floor(Date.now() / 1_000), event }),
        'application/json',
      ),
    /** The views of one kind that somebody sees, the last one at the end. */
    viewsOf: (name: string, type: 'home' | 'modal'): View[] =>
      z
        .array(View)
        .parse(inside().tables.views.all())
        .filter((view) => view.type === type && view.user_id === idOf(name)),
    /** How often something was shown to one person alone, among others. */
    whispers: (): number => inside().tables.ephemeralMessages.all().length,
    client: (name: string) => client(`xoxp-${name}`),
    /** Somebody writes something; resolves with its ts when Plumb has been told. */
    async writes(name: string, text: string, thread?: string, place = channel): Promise<string> {
      const posted = await client(`xoxp-${name}`).chat.postMessage({ channel: place, text, ...(thread !== undefined && { thread_ts: thread }) });
      return z.string().parse(posted.ts);
    },
    async newTrigger(name: string): Promise<string> {
      return Trigger.parse(await bot.apiCall('views.generateTriggerId', { user_id: idOf(name) })).trigger_id;
    },
    /** A press on a button, or an entry of a menu, of a post, with the least that tells which one: no response_url, no thread, no container. */
    async press(name: string, post: Message, label: string | RegExp, trigger_id: string, place = channel): Promise<void> {
      const { status } = await interact({
        type: 'block_actions',
        user: { id: idOf(name) },
        channel: { id: place },
        message: { ts: post.ts },
        trigger_id,
        actions: [{ ...buttonOf(post, label), action_ts: String(Date.now() / 1_000) }],
      });
      if (status !== 200) throw new Error(`The press was answered with ${status}.`);
    },
    close: () => emulator.close(),
  };
}

const Button = z.looseObject({ type: z.literal('button'), action_id: z.string(), text: z.object({ text: z.string() }) });

const Entry = z.looseObject({ text: z.object({ text: z.string() }), value: z.string() });
const Menu = z.looseObject({ type: z.literal('overflow'), action_id: z.string(), options: z.array(Entry) });

type Pressed = { action_id: string } & ({ type: 'button'; value: unknown } | { type: 'overflow'; selected_option: z.infer<typeof Entry> });

/** The button or entry of a post that has this label, without what Slack would not send back. */
function buttonOf({ blocks = [] }: Pick<Message, 'blocks'>, label: string | RegExp): Pressed {
  const elements = blocks.flatMap((block) => [...(Array.isArray(block['elements']) ? block['elements'] : []), block['accessory']]);
  for (const element of elements) {
    const button = Button.safeParse(element);
    if (button.success && new RegExp(label).test(button.data.text.text))
      return { type: 'button', action_id: button.data.action_id, value: button.data['value'] };
    const menu = Menu.safeParse(element);
    const entry = menu.data?.options.find(({ text }) => new RegExp(label).test(text.text));
    if (menu.success && entry) return { type: 'overflow', action_id: menu.data.action_id, selected_option: entry };
  }
  throw new Error(`There is no button ${label}.`);
}

/** What is inside of the emulator, as soon as it was made. */
async function takeInside(): Promise<() => { webhooks: Webhooks; tables: Tables }> {
  const file = readdirSync(dist).find((name) => /^dist-.*\.js$/.test(name) && readFileSync(new URL(name, dist), 'utf8').includes('var slackPlugin ='));
  const { slackPlugin: plugin, getSlackStore } = (await import(new URL(file ?? 'none', dist).href)) as Inside;
  const register = plugin.register.bind(plugin);
  let taken: { webhooks: Webhooks; tables: Tables } | undefined;
  plugin.register = (app, store, webhooks, ...more) => {
    taken = { webhooks, tables: getSlackStore(store) };
    plugin.register = register;
    register(app, store, webhooks, ...more);
  };
  return () => {
    if (!taken) throw new Error('The emulator is put together in another way than it was.');
    return taken;
  };
}
