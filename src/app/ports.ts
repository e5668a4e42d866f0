import type { PromptLimits } from '../domain/coaching-command.ts';
import type { ConversationRef, Person, PersonId } from '../domain/conversation.ts';
import type { OwnCause } from '../domain/knowledge.ts';
import type { Mention, Vocabulary } from '../language/language.ts';
import type { Card, Form } from '../views/card.ts';

/** Epoch milliseconds, now. */
export type Clock = { now(): number };

/** Where something came from, and the key by which a second delivery of the same event is recognised. */
type Origin = { eventKey: string; conversation: ConversationRef; personId: PersonId; at: number };

/** One of the further requests of a message that an alignment was opened on: its words are read where they are kept, never carried along. */
export type OtherRequestRef = { alignment: string; index: number };

/** A message as a platform shows it: somebody pointed at it, or it stands in a thread that Plumb was called into. */
export type SaidMessage = { messageId: string; personId: PersonId; text: string; mentions: readonly Mention[]; at: number };

export type InboundEvent =
  /** `conversation.thread` is the message's own id when it starts a thread. `addressed`: Plumb was mentioned or it is a 1:1 chat with Plumb. Mentions are spans of `text` (which shows names, never ids). */
  | ({ type: 'MessagePosted'; messageId: string; text: string; mentions: readonly Mention[]; addressed: boolean; topLevel: boolean } & Origin)
  | ({ type: 'MessageEdited'; messageId: string; text: string; mentions: readonly Mention[]; addressed: boolean; topLevel: boolean; editedAt: number } & Origin)
  | ({ type: 'MessageDeleted'; messageId: string } & Origin)
  | ({ type: 'MessageRestored'; messageId: string; text: string; mentions: readonly Mention[] } & Origin)
  /** A press on a card: `postId` is the platform's id of the card's message. */
  | ({ type: 'ActionTaken'; action: string; value: Readonly<Record<string, string>>; inputs: Readonly<Record<string, string>>; postId?: string } & Origin)
  | ({ type: 'FormRequested'; action: string; value: Readonly<Record<string, string>>; postId?: string } & Origin)
  /** `again`: a form that was sent before, whose file is asked for once more; nothing that was written in it is kept anew. */
  | ({ type: 'FormSubmitted'; submit: string; value: Readonly<Record<string, string>>; inputs: Readonly<Record<string, string>>; again?: true } & Origin)
  | ({
      type: 'CommandGiven';
      command: 'start' | 'help' | 'list' | 'status' | 'settings' | 'listen-on' | 'listen-off' | 'my-data' | 'forget-me';
      text: string;
      other?: OtherRequestRef;
      /** `start`: the message that a shortcut was used on. Its author is the requester, `personId` who used the shortcut. */
      about?: SaidMessage;
      /** `start` by form: what was filled in, by question id. */
      answers?: Readonly<Record<string, string>>;
    } & Origin)
  | ({ type: 'HomeOpened' } & Origin)
  | ({ type: 'FeedbackGiven'; about: string; useful: boolean } & Origin)
  | ({ type: 'MemberChanged'; change: 'joined' | 'left'; subject: PersonId; isPlumb: boolean } & Origin)
  | ({ type: 'PlaceChanged'; change: 'renamed' | 'archived' | 'deleted'; name?: string } & Origin)
  /** `personId` is whoever installed, or '' where the platform does not say. */
  | ({ type: 'InstallChanged'; change: 'installed' | 'removed' } & Origin)
  /**
   * A message of Plumb's was refused for good, for a reason that somebody can mend; `conversation.place` is where it was to go, '' for a 1:1 chat.
   * `unreached`: whose 1:1 chat with Plumb there is not (yet), and in which conversation that is told; then `conversation` is that one.
   */
  | ({ type: 'DeliveryRefused'; problem: DeliveryProblem; unreached?: PersonId; concerns?: Concern } & Origin)
  | ({ type: 'TimerDue'; timer: TimerTarget } & Origin);

/** `key` is unique in its aggregate: setting it again moves it. */
export type TimerTarget = { aggregate: AggregateRef; key: string };
export type AggregateKind = 'alignment' | 'programme' | 'person';
export type AggregateRef = { kind: AggregateKind; id: string };

/** Where a message of Plumb's goes: a conversation, or one person's 1:1 chat. */
export type Destination =
  | { kind: 'conversation'; conversation: ConversationRef }
  | { kind: 'person'; channel: ConversationRef['channel']; tenant: string; personId: PersonId };

/** What a private message is, in general words: all that others may learn of it. `draft`: of a brief; `conversation`: one that goes on privately. */
export type PrivateKind = 'request' | 'question' | 'draft' | 'conversation' | 'introduction' | 'weekly-question' | 'answer' | 'message';

/** What a private message belongs to; a programme has the id of its alignment. */
export type Concern = { alignment: string; kind: PrivateKind };

/**
 * Something that Plumb says. `id` is unique and makes a repeated delivery recognisable. `post` names the place a card has in the conversation
 * (for instance "intake"): a later message with `replaces` set to the same name edits that card in place instead of posting again.
 */
export type OutboundMessage = {
  id: string;
  to: Destination;
  audience: 'thread' | 'private' | 'channel' | 'home';
  /** A card to show; `removed` takes an earlier post away. */
  card: Card | 'removed';
  post?: string;
  replaces?: string;
  notBefore?: number;
  /** Not delivered any more after this moment (epoch milliseconds). */
  expiresAt?: number;
  /** messageRefs whose words the card repeats: when such a message is deleted, so are they. */
  quotes?: readonly string[];
  /** Once it is out, its thread is there: then the command to start is given in it on this person's behalf. `eventKey` is that event's own key. */
  opens?: { eventKey: string; personId: PersonId; text: string; other?: OtherRequestRef; answers?: Readonly<Record<string, string>> };
  /** For a private suggestion: what it is about. A platform that can show something to one person among others shows it there, once, and never edits it. */
  near?: ConversationRef;
  /** For a private message: the conversation that it belongs to. Where the person has no chat with Plumb, that is told there, once, without its words. */
  about?: ConversationRef;
  concerns?: Concern;
  /** For a private message that is of use only at its moment: where it cannot be delivered it is forgotten, and nobody is told that there was one. */
  fleeting?: true;
};

/** What a press or a form gets back at once. */
export type InteractionResponse =
  | { kind: 'errors'; errors: Readonly<Record<string, string>> }
  | { kind: 'card'; card: Card }
  | { kind: 'form'; form: Form }
  /**
   * `alsoOn`: what was used to do it, the card or Home, shows the same a moment later. `now`, with 'card' only: that card; a platform that can show it in
   * the response shows it instead of the text. `later`: a file takes longer than a response may, and `text` says so. It is given when it comes, or what came
   * instead of it; it never rejects. `failed`: it could not be made, and asking again may help.
   */
  | { kind: 'notice'; text: string; alsoOn?: 'card' | 'home'; now?: Card; later?: Promise<InteractionResponse>; failed?: true }
  /**
   * A file for the person who asked, and nobody else, unless it is `shared`: then everybody who reads where it was asked for may have it there. `inWords`: what
   * to say where a file that is no text cannot be sent. `document` is a digest of what it says: with it the file can be given under a `link` (`until`: epoch
   * milliseconds), which ends as soon as asking again gives another digest, or nothing.
   */
  | {
      kind: 'file';
      name: string;
      mediaType: string;
      content: string | Uint8Array;
      inWords?: string;
      shared?: true;
      document?: string;
      link?: { url: string; until: number };
    }
  /** `now`: the card that was pressed as everybody sees it from now on. The outbox brings it to the others. */
  | { kind: 'nothing'; now?: Card };

/** Why a platform refuses for good, where somebody can mend it: an admin, or with 'no-private-chat' the person themselves by adding Plumb. */
export type DeliveryProblem =
  | 'not-in-channel'
  | 'channel-archived'
  | 'channel-gone'
  | 'posting-restricted'
  | 'missing-permission'
  | 'token-refused'
  | 'no-private-chat';

type DeliveryFailure = {
  /** Worth another try, not before `retryAfterMs`; otherwise it is parked as a dead letter. */
  retry: boolean;
  retryAfterMs?: number;
  /** The platform only asks for patience: such tries are not counted. */
  busy?: boolean;
  /** It may have arrived all the same (a timeout, a broken connection, a platform's own failure). */
  perhapsSent?: boolean;
  /** Nobody misses it: what cannot reach a person who has left, for instance. It is forgotten instead of parked. */
  drop?: boolean;
  problem?: DeliveryProblem;
  cause?: unknown;
};

/** A send that failed, and what follows from it. */
export class DeliveryError extends Error {
  readonly failure: Readonly<Omit<DeliveryFailure, 'cause'>>;
  constructor(message: string, { cause, ...failure }: DeliveryFailure) {
    super(message, { cause });
    this.name = 'DeliveryError';
    this.failure = failure;
  }
}

/** Names and places of one platform. */
export type Directory = {
  person(tenant: string, personId: PersonId): Promise<Person | undefined>;
  /** People whom a written name can mean, members of the place first; empty when nobody fits. */
  resolve(tenant: string, name: string, place: string): Promise<Person[]>;
  /** Everybody who can read a place. */
  members(tenant: string, place: string): Promise<Person[]>;
  isMember(tenant: string, place: string, personId: PersonId): Promise<boolean>;
  memberCount(tenant: string, place: string): Promise<number>;
  placeName(tenant: string, place: string): Promise<string>;
  /** Channels that Plumb may post a brief to. */
  places(
    tenant: string,
  ): Promise<{ place: string; name: string /** A group chat: what begins there goes on in the chat as a whole. */; hasNoThreads?: true }[]>;
  /** The 1:1 chat of a person with Plumb; undefined where there can be none (not installed for them). */
  privateConversation(tenant: string, personId: PersonId): Promise<ConversationRef | undefined>;
  /** A link to what was said, where the platform has such links. */
  permalink(conversation: ConversationRef, messageId: string): Promise<string | undefined>;
  /** Whether somebody may switch listening in that place without being an admin (in Teams: whoever added Plumb to the team). Nobody when absent. */
  looksAfter?(tenant: string, place: string, personId: PersonId): Promise<boolean>;
  /** Those who were named as admins for the whole installation (PLUMB_ADMINS), whether or not they are people of this tenant. */
  admins?: readonly PersonId[];
  /** Whether Plumb is given what people write there without mentioning it; it is when absent, and in 1:1 chats. */
  hearsAll?(tenant: string, place: string): Promise<boolean>;
};

/** A message whose words are judged or kept. */
export type WrittenMessage = Extract<InboundEvent, { type: 'MessagePosted' | 'MessageEdited' | 'MessageRestored' }>;

/** What is known of earlier tries. `perhapsSentAt`: an earlier try of this message, begun then (epoch milliseconds), may have arrived. */
export type SendHistory = { perhapsSentAt?: number };

/** One platform's way out. */
export type Channel = {
  name: ConversationRef['channel'];
  directory: Directory;
  /** Posts, edits (`platformId` is the earlier post's id) or removes. Returns the platform's id of the post. Throws DeliveryError. */
  send(message: OutboundMessage, platformId: string | undefined, history?: SendHistory): Promise<{ platformId: string }>;
  /** A sign of work (typing, an eyes reaction) while an answer to that message takes longer. Never throws. */
  showWorking(conversation: ConversationRef, messageId: string): void;
  /** Fills in what has to be asked for (names behind mentions), only for a message that is about to be kept; undefined when nothing is missing. Never throws. */
  complete?(event: WrittenMessage): Promise<WrittenMessage> | undefined;
  /** Home has no place of its own: it is a post in the 1:1 chat and stays there. */
  homeIsPost?: true;
  /** Where people add Plumb for themselves, where they have to before they have a 1:1 chat with it. */
  addLink?: string;
  /** What people wrote in a thread before that message, oldest first; empty where it cannot be read. Never throws. */
  earlier?(conversation: ConversationRef, messageId: string): Promise<readonly SaidMessage[]>;
};

export type Logger = {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

/** Counters and timings (src/telemetry.ts gives prom-client's). Labels never carry text, names or ids. */
export type Metrics = {
  count(
    what: 'inbound' | 'dropped' | 'stored' | 'duplicate' | 'handled' | 'delivered' | 'retried' | 'dead_letter' | 'conflict' | 'feedback',
    labels?: Record<string, string>,
  ): void;
  /** Seconds. */
  observe(what: 'receive' | 'handle' | 'deliver' | 'wait', seconds: number): void;
};

/** Per tenant; times in milliseconds unless named otherwise. */
export type TenantSettings = {
  burstMs: number;
  midAnswerMs: number;
  suggestionsPerDay: number;
  /** Local hours, 24 h clock: from `start` until `end` nothing is sent on its own accord. */
  quietHours: { start: string; end: string };
  partners: readonly { personId: PersonId; places?: readonly string[] }[];
  admins: readonly PersonId[];
  silencedPlaces: readonly string[];
  /** Places that Plumb left, or that were archived or deleted: nothing is sent there of its own accord. */
  absentFrom: readonly string[];
  nudgeTime: string;
  /** The tenant's own names for learning, teams and topics. */
  vocabulary: Vocabulary;
  /** Symptoms and their likely causes that an admin added to what the coach knows. */
  causes: readonly OwnCause[];
  promptLimits: PromptLimits;
  /** What an external language model may read, when one is configured; undefined: as the installation says (allowed for one workspace, off for many). */
  externalModel?: { conversations: boolean; hearing: boolean };
  /** What is over is erased so many days after its last activity; undefined: as the installation says (RETENTION_DAYS, or never). */
  retentionDays?: number;
};
export const defaultSettings: TenantSettings = {
  burstMs: 3_000,
  midAnswerMs: 90_000,
  suggestionsPerDay: 2,
  quietHours: { start: '18:00', end: '08:00' },
  partners: [],
  admins: [],
  silencedPlaces: [],
  absentFrom: [],
  nudgeTime: '09:00',
  vocabulary: { learning: [], teams: [], topics: [] },
  causes: [],
  promptLimits: { usual: 3, contested: 8 },
};

/** What a channel may call: everything that comes in goes through one of these. */
export type Intake = {
  /** Durable when it resolves with 'stored'; 'not ours' was forgotten and left no trace. */
  receive(event: InboundEvent): Promise<'stored' | 'already there' | 'not ours'>;
  /** For presses and forms that need an answer in the response; within 2 s, else `nothing` and the outbox says the rest. `onStored`: it is durable now. */
  interact(event: InboundEvent, onStored?: () => void): Promise<InteractionResponse>;
  /** The platform showed this message of Plumb's (by its outbox id): if it is not known to have arrived, now it is. */
  seen(outboxId: string, platformId: string): Promise<void>;
};
