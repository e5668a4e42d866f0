import { z } from 'zod';
import type { Workspace } from './workspace.ts';

/** What manifests/slack/manifest.yaml subscribes to, so that Slack tells of each post of Plumb's. */
const ownPostType = 'plumb_message';
const Mark = z.object({ event_type: z.literal(ownPostType), event_payload: z.object({ id: z.string().min(1) }) });

/** The metadata of a post of Plumb's (docs: message metadata): by the id of its outbox row it is recognised when it is seen again. */
export function markOf(outboxId: string): z.infer<typeof Mark> {
  return { event_type: ownPostType, event_payload: { id: outboxId } };
}

/** The id of the outbox row that a post came from; undefined when its metadata is none of Plumb's. */
export function markedId(metadata: unknown): string | undefined {
  const mark = Mark.safeParse(metadata);
  return mark.success ? mark.data.event_payload.id : undefined;
}

/** Whether Plumb's own bot posted it: any app may post metadata of this name. */
export function isOwnPost(post: { user: string | null | undefined; botId: string | null | undefined }, { botUserId, botId }: Workspace): boolean {
  return post.user === botUserId || (botId !== undefined && post.botId === botId);
}
