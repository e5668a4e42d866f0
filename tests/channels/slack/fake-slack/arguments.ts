import type { IncomingMessage } from 'node:http';
import { type Block, type Json, SlackError } from './model.ts';
import { isObject } from './text-check.ts';
import { messages } from './view-check.ts';

/** The arguments of one call, whichever way they were sent. */
export type Arguments = {
  all: Json;
  text(name: string): string | undefined;
  /** Throws `invalid_arguments` where it is missing, as Slack does. */
  required(name: string): string;
  flag(name: string): boolean;
  number(name: string, otherwise: number): number;
  /** An object or list, which may come as JSON in a string. */
  structure(name: string): unknown;
};

export function argumentsOf(all: Json): Arguments {
  const text = (name: string): string | undefined => {
    const value = all[name];
    if (value === undefined || value === null || value === '') return undefined;
    return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  };
  return {
    all,
    text,
    required(name) {
      const value = text(name);
      if (value === undefined) throw new SlackError('invalid_arguments', messages([`[ERROR] missing required field: ${name}`]));
      return value;
    },
    flag: (name) => ['true', '1'].includes(text(name) ?? ''),
    number(name, otherwise) {
      const value = text(name);
      if (value === undefined) return otherwise;
      const number = Number(value);
      if (!Number.isFinite(number)) throw new SlackError('invalid_arguments', messages([`[ERROR] must be an integer [json-pointer:/${name}]`]));
      return number;
    },
    structure(name) {
      const value = all[name];
      if (typeof value !== 'string') return value;
      if (value === '') return undefined;
      try {
        return JSON.parse(value);
      } catch {
        throw new SlackError(name === 'blocks' ? 'invalid_blocks_format' : name === 'metadata' ? 'invalid_metadata_format' : 'invalid_arguments');
      }
    },
  };
}

export function asBlocks(value: unknown): Block[] {
  return Array.isArray(value) ? value.filter((one): one is Block => isObject(one) && typeof one['type'] === 'string') : [];
}

export type Raw = { body: Json; token: string | undefined };

/** docs.slack.dev/apis/web-api: form or JSON bodies, the token in the header or among the arguments. */
export function readArguments(request: IncomingMessage, url: URL, body: Buffer): Raw {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const found: Json = Object.fromEntries(url.searchParams);
  if (body.length > 0) Object.assign(found, bodyOf(type, body));
  const { token, ...rest } = found;
  return { body: rest, token: bearer ?? (typeof token === 'string' ? token : undefined) };
}

function bodyOf(type: string, body: Buffer): Json {
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  if (type !== 'application/json') throw new SlackError('invalid_post_type');
  const given = parsed(body);
  if (!isObject(given)) throw new SlackError('json_not_object');
  return given;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new SlackError('invalid_json');
  }
}

/** One page of a list, by Slack's cursors. */
export function paged<T>(list: readonly T[], args: Arguments, most = 1_000): { page: T[]; next: string } {
  const limit = Math.min(Math.max(args.number('limit', 100), 1), most);
  const cursor = args.text('cursor');
  const from = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').replace('next:', ''));
  if (!Number.isInteger(from)) throw new SlackError('invalid_cursor');
  const next = from + limit < list.length ? Buffer.from(`next:${from + limit}`).toString('base64') : '';
  return { page: list.slice(from, from + limit), next };
}
