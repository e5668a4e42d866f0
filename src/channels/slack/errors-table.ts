import type { DeliveryError } from '../../app/ports.ts';

/** `advice`: what an admin does about it. */
type Outcome = DeliveryError['failure'] & { advice: string };

const MINUTE = 60_000;

/** What follows from an answer of Slack's. */
export const consequences = {
  busy: { retry: true, busy: true, advice: 'It goes on by itself.' },
  /** Slack documents of these that part of the work may have been done. */
  uncertain: { retry: true, perhapsSent: true, advice: 'It is tried again; see https://slack-status.com if this stays.' },
  later: { retry: true, retryAfterMs: MINUTE, advice: 'It is tried again.' },
  migrating: { retry: true, retryAfterMs: 30 * MINUTE, advice: 'The workspace is being moved to another organisation; it is tried again until that is done.' },
  /** A free workspace has used up what it may post: that passes within hours. */
  usedUp: { retry: true, retryAfterMs: 60 * MINUTE, advice: 'The workspace has reached its limit of messages; it is tried again later.' },
  gone: {
    retry: false,
    problem: 'channel-gone',
    advice: 'The channel was deleted, or Plumb cannot see it (a private channel): invite Plumb there if it exists.',
  },
  outside: { retry: false, problem: 'not-in-channel', advice: 'Invite Plumb to that channel and replay this dead letter.' },
  archived: { retry: false, problem: 'channel-archived', advice: 'Unarchive the channel and replay this dead letter if it still matters.' },
  restricted: {
    retry: false,
    problem: 'posting-restricted',
    advice: 'Let Plumb post there (posting permissions of the channel or workspace), then replay this dead letter.',
  },
  permission: {
    retry: false,
    problem: 'missing-permission',
    advice: 'Compare the scopes of the app with manifests/slack/manifest.yaml, reinstall Plumb, then replay this dead letter.',
  },
  refusedToken: { retry: false, problem: 'token-refused', advice: 'Install Plumb in this workspace again, then replay this dead letter.' },
  /** A rotated token has run out a moment too early: the next try takes the new one. */
  expiredToken: {
    retry: true,
    retryAfterMs: MINUTE / 2,
    problem: 'token-refused',
    advice: 'It is tried again with a new token; if this stays, install Plumb again.',
  },
  /** Also said of a caller whose address is not on the app's list, which an admin mends without a new token: so it is worth waiting for. */
  doubtfulToken: {
    retry: true,
    retryAfterMs: 10 * MINUTE,
    problem: 'token-refused',
    advice: "Check the bot token, and that this machine's address is allowed (the app's list of IP addresses). It is tried again slowly.",
  },
  /** No such person for Plumb, or no chat with them: when it was for them alone, nobody misses it. */
  nobody: { retry: false, drop: true, advice: 'That person cannot be reached (any more).' },
  /** The whole app has no chats with people: nothing that is for one person can wait for that, and admins cannot be told in theirs either. */
  noChats: {
    retry: false,
    drop: true,
    advice: "Turn on the app's Messages Tab (App Home settings, or manifests/slack/manifest.yaml): Plumb cannot write to people without it.",
  },
  mistake: { retry: false, advice: 'This is likely a mistake in Plumb: report the code; replaying helps only after an update.' },
} as const satisfies Record<string, Outcome>;

export type Consequence = keyof typeof consequences;

/**
 * Slack's codes, from the error tables of the methods that are used here (docs.slack.dev/reference/methods: chat.postMessage, chat.postEphemeral,
 * chat.update, chat.delete, conversations.open, conversations.history, conversations.replies, views.publish, files.getUploadURLExternal,
 * files.completeUploadExternal), beside what other parts of its documentation name. What is not listed is parked with its code.
 */
const codesOf: Readonly<Record<Exclude<Consequence, 'mistake'>, readonly string[]>> = {
  busy: ['ratelimited', 'rate_limited'],
  uncertain: ['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout', 'update_failed', 'messaging_processing_failed', 'file_update_failed'],
  later: ['external_channel_migrating', 'streaming_state_conflict', 'hash_conflict'],
  migrating: ['team_added_to_org', 'org_login_required'],
  usedUp: ['message_limit_exceeded'],
  gone: ['channel_not_found', 'invalid_channel', 'duplicate_channel_not_found'],
  outside: ['not_in_channel'],
  archived: ['is_archived', 'is_inactive'],
  restricted: [
    ...['restricted_action', 'restricted_action_read_only_channel', 'restricted_action_thread_only_channel', 'restricted_action_non_threadable_channel'],
    ...['restricted_action_thread_locked', 'thread_locked', 'posting_to_general_channel_denied', 'posting_to_channel_denied', 'ekm_access_denied'],
    ...['access_denied', 'accesslimited', 'compliance_exports_prevent_deletion', 'cant_delete_message', 'blocked_file_type'],
    ...['slack_connect_file_link_sharing_blocked', 'slack_connect_file_upload_sharing_blocked', 'slack_connect_blocked_file_type'],
  ],
  permission: ['missing_scope', 'not_allowed_token_type', 'no_permission', 'enterprise_is_restricted', 'app_access_restricted', 'send_on_behalf_not_allowed'],
  refusedToken: ['not_authed', 'account_inactive', 'token_revoked', 'team_access_not_granted', 'two_factor_setup_required', 'invalid_token'],
  expiredToken: ['token_expired'],
  doubtfulToken: ['invalid_auth'],
  nobody: [...['user_not_found', 'users_not_found', 'user_disabled', 'user_not_visible', 'user_not_in_channel', 'invalid_user_combination', 'cannot_dm_bot']],
  noChats: ['messages_tab_disabled'],
};

const byCode = new Map<string, Consequence>(
  Object.entries(codesOf).flatMap(([consequence, codes]) => codes.map((code) => [code, consequence as Consequence] as const)),
);

/** What follows from one of Slack's codes. */
export function consequenceOf(code: string): Consequence {
  return byCode.get(code) ?? 'mistake';
}
