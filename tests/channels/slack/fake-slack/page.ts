import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import type { Interact } from './interact.ts';
import { SlackError } from './model.ts';
import type { People } from './people.ts';
import { seenBy } from './seen.ts';
import type { State } from './state.ts';
import { escaped } from './typed-text.ts';

export type PageParts = {
  state: State;
  people: People;
  act: Interact;
  allow: (authorizeUrl: string, installer: string, whole?: 'team' | 'organisation') => string;
};

const files: Readonly<Record<string, { name: string; type: string }>> = {
  '/': { name: 'index.html', type: 'text/html; charset=utf-8' },
  '/page/page.js': { name: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/page/blocks.js': { name: 'blocks.js', type: 'text/javascript; charset=utf-8' },
  '/page/elements.js': { name: 'elements.js', type: 'text/javascript; charset=utf-8' },
  '/page/text.js': { name: 'text.js', type: 'text/javascript; charset=utf-8' },
  '/page/blocks.css': { name: 'blocks.css', type: 'text/css; charset=utf-8' },
  '/page/style.css': { name: 'style.css', type: 'text/css; charset=utf-8' },
};

const Given = z.object({ given: z.string().optional(), values: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional() });
const Shown = z.object({ channel: z.string(), ts: z.string() });
const Act = z.discriminatedUnion('what', [
  z.object({ what: z.literal('say'), channel: z.string(), text: z.string(), thread: z.string().optional() }),
  z.object({ what: z.literal('command'), channel: z.string(), text: z.string() }),
  z.object({ what: z.literal('edit'), message: Shown, text: z.string() }),
  z.object({ what: z.literal('delete'), message: Shown }),
  z.object({ what: z.literal('press'), message: Shown, action: z.string(), ...Given.shape }),
  z.object({ what: z.literal('press-home'), action: z.string(), ...Given.shape }),
  z.object({ what: z.literal('press-modal'), action: z.string(), ...Given.shape }),
  z.object({ what: z.literal('submit'), view: z.string(), ...Given.shape }),
  z.object({ what: z.literal('close-modal') }),
  z.object({ what: z.literal('open-home') }),
  z.object({ what: z.literal('shortcut'), callback: z.string() }),
  z.object({ what: z.literal('message-shortcut'), message: Shown, callback: z.string() }),
  z.object({ what: z.literal('invite-bot'), channel: z.string() }),
]);
type Act = z.infer<typeof Act>;

/** The page to look at this Slack with, what it asks for, and OAuth's page of agreement. False: none of these. */
export async function answerPage(parts: PageParts, request: IncomingMessage, response: ServerResponse, url: URL, body: Buffer): Promise<boolean> {
  const { state } = parts;
  const file = files[url.pathname];
  const who = url.searchParams.get('as') ?? '';
  if (file) {
    reply(response, 200, file.type, await readFile(join(import.meta.dirname, 'page', file.name)));
  } else if (url.pathname === '/page/state') {
    json(response, 200, stateFor(state, who));
  } else if (url.pathname === '/page/changes') {
    changes(state, request, response);
  } else if (url.pathname === '/page/act') {
    await act(parts, who, body, response);
  } else if (url.pathname === '/oauth/v2/authorize') {
    authorize(parts, url, response);
  } else return false;
  return true;
}

function stateFor(state: State, who: string) {
  const people = [...state.people.values()].filter((one) => !one.deleted);
  const team = state.teams.get(state.people.get(who)?.teamId ?? '');
  const bots = new Set(state.installs.map((one) => one.botUserId));
  const seen = state.people.has(who) ? seenBy(state, who) : { places: [], home: undefined, modals: [] };
  return {
    team: team?.name ?? '',
    people: people.map(({ id, name, realName, isBot, tz, teamId }) => ({ id, name, realName, isBot, tz, team: state.teams.get(teamId)?.name ?? '' })),
    channels: [...state.places.values()].filter((one) => one.kind === 'channel').map(({ id, name }) => ({ id, name })),
    ...seen,
    places: seen.places.map((one) => {
      const members = state.places.get(one.id)?.members ?? new Set<string>();
      return { ...one, app: one.kind === 'im' && [...members].some((id) => bots.has(id)), withBot: [...members].some((id) => bots.has(id)) };
    }),
  };
}

/** Says `changed` whenever something did, as server-sent events. */
function changes(state: State, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('data: changed\n\n');
  const stop = state.onChange(() => response.write('data: changed\n\n'));
  request.on('close', stop);
}

async function act(parts: PageParts, who: string, body: Buffer, response: ServerResponse): Promise<void> {
  const asked = Act.safeParse(JSON.parse(body.toString('utf8')));
  if (!asked.success) return json(response, 400, { error: asked.error.message });
  try {
    await perform(parts, who, asked.data);
    json(response, 200, {});
  } catch (error) {
    json(response, 200, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function perform({ people, act: interact }: PageParts, who: string, asked: Act): Promise<unknown> {
  switch (asked.what) {
    case 'say':
      return people.say(who, asked.channel, asked.text, asked.thread === undefined ? {} : { thread: asked.thread });
    case 'command':
      return interact.command(who, asked.channel, asked.text);
    case 'edit':
      return people.edit(who, asked.message, asked.text);
    case 'delete':
      return people.delete(asked.message);
    case 'press':
      return interact.press(who, asked.message, asked.action, chosen(asked));
    case 'press-home':
      return interact.pressHome(who, asked.action, chosen(asked));
    case 'press-modal':
      return interact.pressModal(who, asked.action, chosen(asked));
    case 'submit':
      return interact.submit(who, asked.values ?? {}, asked.view);
    case 'close-modal':
      return interact.closeModal(who);
    case 'open-home':
      return people.openHome(who);
    case 'shortcut':
      return interact.useShortcut(who, asked.callback);
    case 'message-shortcut':
      return interact.useMessageShortcut(who, asked.message, asked.callback);
    case 'invite-bot':
      return people.inviteBot(who, asked.channel);
    default:
      return asked satisfies never;
  }
}

function chosen({ given, values }: z.infer<typeof Given>): { given?: string; values?: Record<string, string | string[]> } {
  return { ...(given === undefined ? {} : { given }), ...(values === undefined ? {} : { values }) };
}

/** Lists who may agree; a choice (`installer`) sends the browser back to the app. */
function authorize({ state, allow }: PageParts, url: URL, response: ServerResponse): void {
  const installer = url.searchParams.get('installer');
  if (installer !== null) {
    try {
      response.writeHead(302, { location: allow(url.toString(), installer, url.searchParams.get('whole') === 'organisation' ? 'organisation' : 'team') }).end();
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      reply(response, 400, 'text/plain', Buffer.from(error.code));
    }
    return;
  }
  const choices = [...state.people.values()]
    .filter((one) => !one.isBot && !one.deleted)
    .flatMap((one) => {
      const team = state.teams.get(one.teamId);
      const label = `${one.realName} for ${team?.name ?? ''}`;
      const own = [{ label, query: `installer=${one.id}` }];
      return team?.enterpriseId === undefined
        ? own
        : [...own, { label: `${one.realName} for the whole organisation`, query: `installer=${one.id}&whole=organisation` }];
    });
  const links = choices.map(
    ({ label, query }) => `<li><a href="?${escaped(url.searchParams.toString())}&amp;${escaped(query)}">Allow as ${escaped(label)}</a></li>`,
  );
  const scopes = escaped((url.searchParams.get('scope') ?? '').replaceAll(',', ', '));
  const page = `<!doctype html><meta charset="utf-8"><title>Install</title><link rel="stylesheet" href="/page/style.css"><main class="agree"><h1>Plumb asks for access</h1><p>${scopes}</p><ul>${links.join('')}</ul></main>`;
  reply(response, 200, 'text/html; charset=utf-8', Buffer.from(page));
}

function json(response: ServerResponse, status: number, body: unknown): void {
  reply(response, status, 'application/json', Buffer.from(JSON.stringify(body)));
}

function reply(response: ServerResponse, status: number, type: string, body: Buffer): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
