import { plainFile } from '../announce.ts';
import { type FileEntry, type Json, type Message, SlackError } from '../model.ts';
import { messagesIn } from '../state.ts';
import { isObject } from '../text-check.ts';
import { type ApiCall, joinedPlace, type Method } from './method.ts';

export const files: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': { scopes: ['files:write'], run: getUploadUrl },
  'files.completeUploadExternal': { scopes: ['files:write'], run: complete },
};

function getUploadUrl(call: ApiCall): Json {
  const { state, args, install } = call;
  const name = args.required('filename');
  const size = Number(args.required('length'));
  if (!Number.isInteger(size) || size <= 0) throw new SlackError('invalid_arguments');
  const id = state.id('F');
  const teamId = state.people.get(install.botUserId)?.teamId ?? '';
  state.uploads.set(id, { id, name, title: name, size, teamId, user: install.botUserId, content: Buffer.alloc(0) });
  return { upload_url: `${state.origin}/upload/v1/${id}`, file_id: id };
}

/** Bytes that were sent to an upload address, raw or as the one part of a form. */
export function takeUpload(entry: FileEntry, type: string | undefined, body: Buffer): void {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(type ?? '');
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) {
    entry.content = body;
    return;
  }
  const start = body.indexOf('\r\n\r\n') + 4;
  entry.content = body.subarray(start, body.indexOf(`\r\n--${mark}`, start));
}

async function complete(call: ApiCall): Promise<Json> {
  const { state, args, install } = call;
  const given = args.structure('files');
  if (!Array.isArray(given) || given.length === 0) throw new SlackError('invalid_arguments');
  const found = given.map((one: unknown) => {
    const entry = isObject(one) ? state.uploads.get(String(one['id'])) : undefined;
    if (!entry || entry.content.length === 0) throw new SlackError('file_not_found');
    if (isObject(one) && typeof one['title'] === 'string') entry.title = one['title'];
    return entry;
  });
  const channel = args.text('channel_id');
  if (channel !== undefined) {
    const where = joinedPlace(call, channel);
    const made: Message = {
      ts: state.nextTs(),
      channel: where.id,
      user: install.botUserId,
      team: state.people.get(install.botUserId)?.teamId ?? where.teamId,
      text: args.text('initial_comment') ?? '',
      blocks: undefined,
      subtype: 'file_share',
      threadTs: args.text('thread_ts'),
      botId: install.botId,
      metadata: undefined,
      edited: undefined,
      reactions: [],
      files: found,
    };
    messagesIn(state, where.id).push(made);
    state.everSaid.add(`${where.id}:${made.ts}`);
    state.changed();
    void call.announce.posted(where, made);
  }
  return { files: found.map(plainFile) };
}
