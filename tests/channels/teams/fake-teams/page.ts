import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { bytesOf, jsonOf } from './connector-server.ts';
import type { Interact } from './interact.ts';
import type { People } from './people.ts';
import { seenBy } from './seen.ts';
import type { State } from './state.ts';

export type PageParts = { state: State; people: People; act: Interact };

const folder = join(import.meta.dirname, 'page');
const files: Readonly<Record<string, { file: string; type: string }>> = {
  '/': { file: join(folder, 'index.html'), type: 'text/html; charset=utf-8' },
  '/page/page.js': { file: join(folder, 'page.js'), type: 'text/javascript; charset=utf-8' },
  '/page/style.css': { file: join(folder, 'style.css'), type: 'text/css; charset=utf-8' },
  '/page/adaptivecards.min.js': {
    file: createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'),
    type: 'text/javascript; charset=utf-8',
  },
};

const Shown = z.object({ place: z.string(), id: z.string(), root: z.string() });
const Inputs = z.record(z.string(), z.string());
const Act = z.discriminatedUnion('what', [
  z.object({ what: z.literal('say'), place: z.string(), text: z.string(), thread: Shown.optional() }),
  z.object({ what: z.literal('press'), message: Shown, label: z.string(), inputs: Inputs }),
  z.object({ what: z.literal('submit'), label: z.string(), inputs: Inputs }),
  z.object({ what: z.literal('close-dialog') }),
  z.object({ what: z.literal('message-action'), message: Shown, command: z.string() }),
  z.object({ what: z.literal('feedback'), message: Shown, reaction: z.enum(['like', 'dislike']) }),
  z.object({ what: z.literal('file'), message: Shown, answer: z.enum(['accept', 'decline']) }),
  z.object({ what: z.literal('add-app') }),
]);

/** The page to look at this Teams with, and what it asks for. False: none of these. */
export async function answerPage(parts: PageParts, request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
  const file = files[url.pathname];
  const who = url.searchParams.get('as') ?? '';
  if (file) reply(response, file.type, await readFile(file.file));
  else if (url.pathname === '/page/state') json(response, stateFor(parts.state, who));
  else if (url.pathname === '/page/changes') changes(parts.state, request, response);
  else if (url.pathname === '/page/act') json(response, await acted(parts, who, jsonOf(await bytesOf(request))));
  else return false;
  return true;
}

function stateFor(state: State, who: string) {
  const people = [...state.people.values()].map(({ id, name, tenant }) => ({ id, name, tenant: state.tenants.get(tenant)?.name ?? '' }));
  return { people, ...(state.people.has(who) ? seenBy(state, who) : { places: [], flashes: [], dialog: undefined }) };
}

/** Says `changed` whenever something did, as server-sent events. */
function changes(state: State, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('data: changed\n\n');
  const stop = state.onChange(() => response.write('data: changed\n\n'));
  request.on('close', stop);
}

async function acted(parts: PageParts, who: string, body: unknown): Promise<{ error?: string }> {
  try {
    await perform(parts, who, Act.parse(body));
    return {};
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

async function perform({ people, act }: PageParts, who: string, asked: z.infer<typeof Act>): Promise<unknown> {
  switch (asked.what) {
    case 'say':
      return people.say(who, asked.place, asked.text, asked.thread ? { thread: asked.thread } : {});
    case 'press':
      return act.press(who, asked.message, asked.label, asked.inputs);
    case 'submit':
      return act.submitForm(who, asked.inputs, asked.label);
    case 'close-dialog':
      return act.closeDialog(who);
    case 'message-action':
      return act.messageAction(who, asked.message, asked.command);
    case 'feedback':
      return act.feedback(who, asked.message, asked.reaction);
    case 'file':
      return act.answerFile(who, asked.message, asked.answer);
    case 'add-app':
      return people.addApp(who);
    default:
      return asked satisfies never;
  }
}

function json(response: ServerResponse, body: unknown): void {
  reply(response, 'application/json', Buffer.from(JSON.stringify(body)));
}

function reply(response: ServerResponse, type: string, body: Buffer): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
