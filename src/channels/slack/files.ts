import type { InteractionResponse } from '../../app/ports.ts';
import type { PersonId } from '../../domain/conversation.ts';
import { openDirectChat } from './direct-chats.ts';
import { deliveryError } from './errors.ts';
import type { Workspace } from './workspace.ts';

type File = Omit<Extract<InteractionResponse, { kind: 'file' }>, 'kind'>;

/**
 * Puts a file into the chat with one person, where nobody else sees it. Slack tells its kind by the ending of its name. Throws DeliveryError.
 * https://docs.slack.dev/messaging/working-with-files#upload
 */
export async function uploadFile(workspace: Workspace, { to, name, content }: { to: PersonId } & File): Promise<void> {
  try {
    const place = await openDirectChat(workspace, to);
    await workspace.client.files.uploadV2({
      channel_id: place,
      filename: name,
      ...(typeof content === 'string' ? { content } : { file: Buffer.from(content) }),
    });
  } catch (error) {
    throw deliveryError(error, 'files.uploadV2', { toPerson: true });
  }
}
