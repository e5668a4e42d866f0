import { setTimeout as pause } from 'node:timers/promises';
import type { Call, Json, Operation } from './model.ts';

/**
 * What may go wrong with a call. `performed`: whether it is done all the same, so that the caller cannot know.
 * `documented` answers as Microsoft Learn writes it, by the error's name.
 */
export type Fault =
  | { kind: 'documented'; error: DocumentedError; retryAfterSeconds?: number; performed?: boolean }
  | { kind: 'answer'; status: number; body: unknown; headers?: Readonly<Record<string, string>>; performed?: boolean }
  | { kind: 'hang'; performed: boolean; ms?: number }
  | { kind: 'broken'; performed: boolean };

/** Which call: into any or one conversation (its place is enough), how often (once unless said otherwise). */
export type FaultFor = { conversation?: string; times?: number; matching?: (body: Json) => boolean };

export type DocumentedError = keyof typeof documented;

// Microsoft Learn, "Build a conversational capability: status codes from bot conversational APIs" and "Send proactive messages" (MessageWritesBlocked).
export const documented = {
  BadArgument: said(400, 'Bad Argument', 'The request payload is invalid.'),
  BotNotRegistered: said(401, 'BotNotRegistered', 'No registration found for this bot.'),
  BotDisabledByAdmin: said(403, 'BotDisabledByAdmin', 'The tenant admin disabled this bot'),
  BotNotInConversationRoster: said(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.'),
  ConversationBlockedByUser: said(403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.'),
  ForbiddenOperationException: said(403, 'ForbiddenOperationException', "The bot is not installed in the user's personal scope"),
  NotEnoughPermissions: said(403, 'NotEnoughPermissions', 'The bot lacks the permissions for this.'),
  MessageWritesBlocked: {
    status: 403,
    body: {
      errorCode: 209,
      message:
        '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "Thread is blocked from message writes.",\r\n  "errorCode": null,\r\n  "errorSubCode": null\r\n}',
    },
  },
  ConversationNotFound: said(404, 'ConversationNotFound', 'Conversation not found.'),
  ActivityNotFoundInConversation: said(404, 'ActivityNotFoundInConversation', 'Conversation not found.'),
  PreconditionFailed: said(412, 'PreconditionFailed', 'Precondition failed, please try again.'),
  MessageSizeTooBig: said(413, 'MessageSizeTooBig', 'Message size too large.'),
  Throttled: said(429, 'Throttled', 'Too many requests.'),
  ServiceError: said(500, 'ServiceError', 'Something went wrong.'),
  BadGateway: said(502, 'ServiceError', 'A dependency failed.'),
  ServiceUnavailable: { status: 503, body: undefined },
  GatewayTimeout: { status: 504, body: undefined },
} as const;

function said(status: number, code: string, message: string) {
  return { status, body: { error: { code, message } } };
}

export type Reply = { status: number; body: unknown; headers?: Readonly<Record<string, string>> };

export type Faults = {
  add(operation: Operation | '*', fault: Fault, options?: FaultFor): void;
  clear(): void;
  take(call: Pick<Call, 'operation' | 'conversation' | 'body'>): Fault | undefined;
};

export function createFaults(): Faults {
  let waiting: { operation: Operation | '*'; fault: Fault; left: number; options: FaultFor }[] = [];
  return {
    add(operation, fault, options = {}) {
      waiting.push({ operation, fault, left: options.times ?? 1, options });
    },
    clear() {
      waiting = [];
    },
    take({ operation, conversation, body }) {
      const found = waiting.find(({ operation: meant, options }) => {
        if (meant !== operation && meant !== '*') return false;
        if (options.conversation !== undefined && options.conversation !== conversation && options.conversation !== conversation.split(';')[0]) return false;
        return options.matching?.(body) ?? true;
      });
      if (!found) return undefined;
      found.left -= 1;
      waiting = waiting.filter((one) => one.left > 0);
      return found.fault;
    },
  };
}

/** The answer of a call that goes wrong; undefined when the connection breaks or nothing ever comes. */
export async function applied(fault: Fault, perform: () => Reply): Promise<Reply | 'break' | 'silence'> {
  switch (fault.kind) {
    case 'documented': {
      if (fault.performed) perform();
      const { status, body } = documented[fault.error];
      return { status, body, ...(fault.retryAfterSeconds !== undefined && { headers: { 'retry-after': String(fault.retryAfterSeconds) } }) };
    }
    case 'answer':
      if (fault.performed) perform();
      return { status: fault.status, body: fault.body, headers: fault.headers ?? {} };
    case 'hang': {
      const reply = fault.performed ? perform() : undefined;
      if (fault.ms === undefined) return 'silence';
      await pause(fault.ms, undefined, { ref: false });
      return reply ?? perform();
    }
    case 'broken':
      if (fault.performed) perform();
      return 'break';
    default:
      return fault satisfies never;
  }
}
