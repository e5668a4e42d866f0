import { createHash, randomUUID } from 'node:crypto';

/** What tells one thing that somebody did from the next: Slack's trigger and, for a press, its moment. Both may be missing or empty. */
type Told = { trigger_id: string; action_ts?: string | null | undefined };

/**
 * The event key of a press, form, shortcut or command: the same however often one is delivered, another for the next one. Slack's trigger would be
 * enough (docs.slack.dev, "Handling user interaction"); a server that gives the same one to several presses must not make the second one look like the
 * first, so what was done counts too (`about`). Where nothing tells two of them apart, each delivery is its own: Slack does not repeat interactions.
 */
export function deedKey({ trigger_id: trigger, action_ts: at }: Told, ...about: unknown[]): string {
  if (trigger === '' && !at) return randomUUID();
  return createHash('sha256')
    .update(JSON.stringify([trigger, at ?? '', ...about]))
    .digest('base64url');
}
