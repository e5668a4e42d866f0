import { z } from 'zod';
import { DeliveryError, type InteractionResponse } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { openDirectChat } from './direct-chats.ts';
import { deliveryError } from './errors.ts';
import type { Place } from './place.ts';
import type { Workspace } from './workspace.ts';

type File = Omit<Extract<InteractionResponse, { kind: 'file' }>, 'kind'>;
/** A thread, where everybody who reads it sees the file, or one person's chat with Plumb, where nobody else does. */
type To = PersonId | Place;

const Begun = z.object({ upload_url: z.url(), file_id: z.string().min(1) });
// Some hundred KB at most; beyond this nobody waits for it.
const patienceMs = 20_000;
const pauseMs = 250;

/**
 * Puts a file into a thread, or into the chat with one person. Slack tells its kind by the ending of its name. The bytes are sent once more where that
 * failed: nobody sees anything of them before the last step, which is never repeated, so that a file never stands there twice. Throws DeliveryError;
 * `perhapsSent` when the last step may have been taken. https://docs.slack.dev/messaging/working-with-files#upload
 */
export async function uploadFile(workspace: Workspace, { to, name, content }: { to: To } & File): Promise<void> {
  const place = typeof to === 'string' ? { place: await chatWith(workspace, to), thread: '' } : to;
  const bytes = Buffer.from(content);
  const id = await holdPatiently(workspace, name, bytes);
  try {
    const { client } = workspace;
    const files: [{ id: string; title: string }] = [{ id, title: name }];
    await (place.thread === ''
      ? client.files.completeUploadExternal({ files, channel_id: place.place })
      : client.files.completeUploadExternal({ files, channel_id: place.place, thread_ts: place.thread }));
  } catch (error) {
    throw deliveryError(error, 'files.completeUploadExternal', { toPerson: typeof to === 'string' });
  }
}

async function chatWith(workspace: Workspace, personId: PersonId): Promise<string> {
  try {
    return await openDirectChat(workspace, personId);
  } catch (error) {
    throw deliveryError(error, 'conversations.open', { toPerson: true });
  }
}

/** Once more where the first time failed for a reason that may pass. */
async function holdPatiently(workspace: Workspace, name: string, bytes: Buffer): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await hold(workspace, name, bytes);
    } catch (error) {
      const { message, failure } = deliveryError(error, 'files.getUploadURLExternal');
      // Whatever arrived of it, it was shown to nobody.
      if (!failure.retry || tries === 2) throw new DeliveryError(message, { ...failure, perhapsSent: false, cause: error });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** Gives Slack the bytes; until the upload is completed nobody sees them. */
async function hold({ client }: Workspace, name: string, bytes: Buffer): Promise<string> {
  const begun = Begun.parse(await client.files.getUploadURLExternal({ filename: name, length: bytes.length }));
  const response = await fetch(begun.upload_url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`Slack did not take the bytes of a file (HTTP ${response.status}).`);
  return begun.file_id;
}
