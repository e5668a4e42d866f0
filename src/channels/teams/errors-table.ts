import type { DeliveryError } from '../../app/ports.ts';

/** `advice`: what an admin does about it. */
type Outcome = DeliveryError['failure'] & { advice: string };

const minute = 60_000;

/** What follows from an answer of the Bot Connector's. */
export const consequences = {
  busy: { retry: true, busy: true, advice: 'It goes on by itself.' },
  later: { retry: true, advice: 'It is tried again.' },
  /** Part of the work may have been done. */
  uncertain: { retry: true, perhapsSent: true, advice: 'It is tried again; see the service health page of the Microsoft 365 admin centre if this stays.' },
  /** The next activity of that conversation brings the right address. */
  wrongHost: { retry: true, retryAfterMs: 10 * minute, advice: 'Teams serves that conversation at another address; it is tried again slowly.' },
  outside: { retry: false, problem: 'not-in-channel', advice: 'Add Plumb to that team or chat, then replay this dead letter.' },
  gone: { retry: false, problem: 'channel-gone', advice: 'The channel or chat was deleted: discard this dead letter, or replay it when it was restored.' },
  restricted: {
    retry: false,
    problem: 'posting-restricted',
    advice: 'Let Plumb post there (moderation of the channel, or unarchive the team), then replay this dead letter.',
  },
  /** For everybody, or for some people: apps are allowed and blocked per person. */
  disabled: {
    retry: false,
    problem: 'missing-permission',
    advice: 'Allow Plumb in the Teams admin centre (Manage apps, permission policies), then replay this dead letter.',
  },
  /** Also said for some minutes after the app was registered, and after its secret was changed: so it is worth waiting for. */
  doubtfulToken: {
    retry: true,
    retryAfterMs: 10 * minute,
    problem: 'token-refused',
    advice: 'Check TEAMS_APP_ID, its secret or certificate and that the Azure Bot of this id has the Teams channel. It is tried again slowly.',
  },
  /** There is no 1:1 chat: the person mends it by adding Plumb. */
  noChat: { retry: false, problem: 'no-private-chat', advice: 'That person has not added Plumb, or has blocked it; it is sent when they add it.' },
  /** No such person in that organisation: nobody misses it. */
  nobody: { retry: false, drop: true, advice: 'That person cannot be reached (any more).' },
  tooLarge: { retry: false, advice: 'Teams takes nothing as large as this.' },
  mistake: { retry: false, advice: 'This is likely a mistake in Plumb: report the code; replaying helps only after an update.' },
} as const satisfies Record<string, Outcome>;

export type Consequence = keyof typeof consequences;

/** What is refused: something in a channel or group chat, something in one person's 1:1 chat, or the opening of such a chat. */
export type Refused = 'shared' | 'private' | 'opening';

type Row = { status: number; code: string; shared: Consequence; private: Consequence; opening?: Consequence };

// Microsoft Learn, "Send and receive messages with bots" (build-conversational-capability), table "Status codes from bot conversational APIs".
const conversational: readonly Row[] = [
  { status: 401, code: 'BotNotRegistered', shared: 'doubtfulToken', private: 'doubtfulToken' },
  { status: 403, code: 'BotDisabledByAdmin', shared: 'disabled', private: 'disabled' },
  { status: 403, code: 'BotNotInConversationRoster', shared: 'outside', private: 'noChat' },
  // In a channel it means its moderation.
  { status: 403, code: 'ConversationBlockedByUser', shared: 'restricted', private: 'noChat' },
  { status: 403, code: 'InvalidBotApiHost', shared: 'wrongHost', private: 'wrongHost' },
  { status: 403, code: 'NotEnoughPermissions', shared: 'restricted', private: 'noChat' },
  { status: 404, code: 'ConversationNotFound', shared: 'gone', private: 'noChat', opening: 'nobody' },
  { status: 404, code: 'ActivityNotFoundInConversation', shared: 'gone', private: 'noChat' },
];

// Microsoft Learn, "Status codes from bot conversational APIs" and "Targeted messages" give this code with either status.
const roster: readonly Row[] = [{ status: 404, code: 'BotNotInConversationRoster', shared: 'outside', private: 'noChat' }];

// Microsoft Learn, "Send proactive messages": the person blocked, muted or uninstalled the bot, or never installed it. Of shared places the page says
// nothing: there it is taken for a thread that takes no messages, and for a team without Plumb.
const proactive: readonly Row[] = [
  { status: 403, code: 'MessageWritesBlocked', shared: 'restricted', private: 'noChat' },
  { status: 403, code: 'ForbiddenOperationException', shared: 'outside', private: 'noChat' },
];

// Microsoft's list of known issues of its samples (OfficeDev/Microsoft-Teams-Samples), "Invalid user identity in provided tenant": people of another
// organisation cannot be written to.
const identity: readonly Row[] = [{ status: 400, code: 'InvalidUserIdentity', shared: 'mistake', private: 'noChat' }];

const rows: readonly Row[] = [...conversational, ...roster, ...proactive, ...identity];

/** What follows from a status alone: the same table, and its "Status codes retry guidance"; "Optimize your bot with rate limiting" for 412, 429, 502, 504. */
const byStatus: Readonly<Record<number, Omit<Row, 'status' | 'code'>>> = {
  400: { shared: 'mistake', private: 'mistake' },
  401: { shared: 'doubtfulToken', private: 'doubtfulToken' },
  // With no code that is known: it stays refused until somebody changes something.
  403: { shared: 'restricted', private: 'noChat' },
  404: { shared: 'gone', private: 'noChat', opening: 'nobody' },
  408: { shared: 'uncertain', private: 'uncertain' },
  // Several operations at once on one conversation: nothing was done.
  412: { shared: 'later', private: 'later' },
  413: { shared: 'tooLarge', private: 'tooLarge' },
  429: { shared: 'busy', private: 'busy' },
};

/** What follows from a refusal. `codes`: the connector's words for it, the most telling last. */
export function consequenceOf(status: number, codes: readonly string[], refused: Refused): Consequence {
  for (const code of codes.toReversed()) {
    const row = rows.find((one) => one.status === status && one.code === code);
    if (row) return pick(row, refused);
  }
  const row = byStatus[status];
  if (row) return pick(row, refused);
  // The guidance says not to repeat a 500; lost is worse than twice, and the tries are few.
  if (status >= 500) return 'uncertain';
  // A redirect, or the page of something in between.
  return 'later';
}

function pick(row: Omit<Row, 'status' | 'code'>, refused: Refused): Consequence {
  switch (refused) {
    case 'shared':
      return row.shared;
    case 'private':
      return row.private;
    case 'opening':
      return row.opening ?? row.private;
    default:
      return refused satisfies never;
  }
}
