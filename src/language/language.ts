import type { PersonId } from '../domain/conversation.ts';
import type { CueKind, Side } from '../domain/cues.ts';
import type { OwnCause } from '../domain/knowledge.ts';
import type { QuestionId, WeeklyTime } from '../domain/questions.ts';
import type { HeldStatus, VendorPoint } from '../domain/vendor-answer.ts';

/** A stretch of the text that was read: UTF-16 units, `end` exclusive. */
export type Span = { start: number; end: number };

/** Something that the author says they will do, and the local date by which (YYYY-MM-DD), where they say one. */
export type ReadPromise = { span: Span; due?: string };

/** When something was said (epoch milliseconds), and the IANA zone of whoever said it: their days, and their order of day and month. */
export type SaidAt = { at: number; timeZone: string };

export const actKinds = [
  'answer',
  'partial',
  'dont-know',
  'delegate',
  'counter-question',
  'correction',
  'skip',
  'acknowledge',
  'chit-chat',
  'stop',
  'pause',
  'resume',
  'objection',
] as const;
/** What somebody does with a reply (shared data format of the evaluation). */
export type ActKind = (typeof actKinds)[number];

/** What a person asks of Plumb besides answering. */
export type Wish =
  | 'why'
  | 'short-path'
  | 'start-over'
  | 'undo'
  | 'write-brief'
  | 'carry-on'
  | 'privately'
  | 'help'
  | 'looks-right'
  | 'claim'
  /** Yes to an L&D partner who offered to take it. */
  | 'confirm-partner'
  | 'leave-to-partner'
  /** Who reads this. */
  | 'who-sees'
  /** What is noted and what is open. */
  | 'so-far'
  /** An example for the open question, or what it means. */
  | 'example';

/** `unnamed`: the words give a figure alone, and `name` is where it stands; which indicator is meant the brief says, where it has one only. */
export type ReadKpi = { name: Span; baseline?: Span; target?: Span; leading: boolean; unnamed?: true };
export type ReadPerson = { name: Span /** Known when the platform marked it as a mention. */; personId?: PersonId };
export type Entities = { people: readonly ReadPerson[]; kpis: readonly ReadKpi[]; when?: WeeklyTime; delegateTo?: ReadPerson; delegatePrivately?: boolean };

/** One answered question: where its words stand, and how sure the engine is (0 to 1). `thin` when METHOD §2 "a good answer has" is not met. */
export type ReadAnswer = { questionId: QuestionId; text: string; span: Span; confidence: number; thin: boolean };

/** An observation for the coach. `detail` as `cueKinds` says; `confidence` from 0 to 1. */
export type ReadCue = { cue: CueKind; span: Span; detail?: string; confidence: number /** What an external model would ask. */; wording?: string };

/** A part of what the request told, which a message says differently. */
export type ChangedPart = { part: 'topic' | 'audience' | 'format' | 'deadline'; span: Span };

export type Reading = {
  acts: readonly ActKind[];
  answers: readonly ReadAnswer[];
  wishes: readonly Wish[];
  entities: Entities;
  cues: readonly ReadCue[];
  /** What may have been said besides, each with how likely it was: nothing rests on one of them, several may add up. */
  faint?: readonly ReadCue[];
  /** What the message changes of the request itself, once a brief stands. */
  parts?: readonly ChangedPart[];
  /** Why something is put right, where the message says so. */
  reason?: Span;
  /** The engine cannot tell which of these is meant; nothing is then answered. Empty array: it cannot place the message at all. */
  needsClarification?: { between: readonly QuestionId[] };
  /** The message asks other people something, not Plumb; `about`: which of the questions that comes to. */
  asksPeople?: { about?: QuestionId };
  /** The message is surely written in a language that the engine does not read; nothing is then answered. */
  language?: 'other';
};

export type Understanding = { topic?: Span; audience?: Span; format?: Span; deadline?: Span };

/** Another request in the same message: the words that it was made in, and what it tells. */
export type OtherRequest = Understanding & { words: Span };

/** A tenant's own words, named by its admin: what it calls its L&D and its learning offers, its teams, and the products and skills it trains. */
export type Vocabulary = { learning: readonly string[]; teams: readonly string[]; topics: readonly string[] };

/** What somebody's press said about a message that was heard. Only features of the message are kept, never its words. */
export type Lesson = { verdict: 'request' | 'not-request'; features: readonly string[]; by: PersonId };

/** What an engine may know of the tenant whose people speak. `model`: what an external model may read, replies in started conversations and messages before anyone started one. */
export type TenantLanguage = {
  tenant: string;
  vocabulary: Vocabulary;
  lessons: readonly Lesson[];
  /** Symptoms and causes that its admin added. */
  causes: readonly OwnCause[];
  model: { conversations: boolean; hearing: boolean };
};

export type Band = 'sure' | 'maybe' | 'no';

/**
 * How sure the engine is that a message asks for training, why (keys of wording under `reason`), and what it already tells. `features` are what a
 * lesson may keep: names of what was recognised, never words of the message.
 */
export type SpottedRequest = {
  band: Band;
  reasons: readonly string[];
  features: readonly string[];
  understood: Understanding;
  /** Requests besides the one that `understood` is about; empty nearly always. */
  others: readonly OtherRequest[];
  answers: readonly ReadAnswer[];
  entities: Entities;
  cues: readonly ReadCue[];
};

export type Mention = Span & { personId: PersonId };

export type KnownPerson = { personId: PersonId; name: string };

export type ReplyContext = {
  /** The question that is open for the author, if any. */
  asked?: QuestionId;
  /** The words were typed into the field of that question. */
  field?: true;
  followUp: boolean;
  /** On whose side the author speaks; `other` when absent. */
  side?: Side;
  /** What an L&D partner or Plumb's challenge asked last and nobody has answered: the message may answer that. */
  probed?: 'prompt' | 'challenge';
  /** Which of the two questions that decide was put to the requester a moment ago, by a partner or by Plumb: this or that, or whether people cannot or do not. */
  justAsked?: 'either-or' | 'gap';
  /** Somebody else asked people something a moment ago, and this may be the answer to that; `about`: which of the questions it came to. */
  peopleAsked?: { about?: QuestionId };
  answered: readonly QuestionId[];
  /** The words of the answers that count now, so that a correction finds what it corrects. */
  said?: readonly { questionId: QuestionId; text: string }[];
  /** What the request told, as it counts now. */
  told?: readonly { part: ChangedPart['part']; text: string }[];
  /** A brief stands, drafted or signed: what is said now is talk beside it, or puts it right. */
  drafted?: true;
  /** Plumb was mentioned, or it is a 1:1 chat with Plumb. */
  addressed: boolean;
  /** What Plumb offered last, when it was not a question. */
  offered?: 'enough-to-start' | 'review' | 'pause';
  /** Somebody offered to be the L&D partner, and waits for the author's word; `before`: something else was asked since. */
  partnerOffers?: 'just-now' | 'before';
  mentions: readonly Mention[];
  /** Names of others in a small circle, recognised by the local engine however they are written. */
  nearby?: readonly KnownPerson[];
  /** Names of people who take part, to recognise them in text. */
  people: readonly KnownPerson[];
};

/** Without `tenant` nothing is known of its words and lessons, and no text leaves this process. */
type OfTenant = { tenant?: TenantLanguage };

/** Everybody else whom Plumb knows where something was written. Asked for only before text leaves this process, so that their names do not. */
type AmongPeople = { around?: () => Promise<readonly KnownPerson[]> };

/** A point of a brief that a vendor's answer is held against, in the words of the brief. */
export type PointToHold = { point: VendorPoint; texts: readonly string[] };

/** What a vendor wrote on it, and where; no words where it is open. */
export type ReadPoint = { point: VendorPoint; status: HeldStatus; spans: readonly Span[] };

/** text → meaning. Engines propose; the domain disposes. */
export type Language = {
  /**
   * Fast check before anything is stored: false only when the text surely is no request. Text in a language that is not read passes only where the
   * tenant lets an external model hear; without `tenant` it passes whatever could pass for some tenant. Never throws.
   */
  mayMatter(text: string, tenant?: TenantLanguage): boolean;
  /** At once and in this thread: how the message looks. 'candidate': not enough for a suggestion, but worth the slower look of `spotRequest`. Never throws. */
  glance(message: { text: string } & OfTenant): Band | 'candidate';
  /**
   * Before anything is stored, and within this process: whether the closer look still finds what the glance found. True also for what only an external
   * model can judge, where the tenant lets it hear. Never rejects.
   */
  isWorthKeeping(message: { text: string } & OfTenant): Promise<boolean>;
  /** `addressed`: it was said to Plumb, so it is taken up anyway, and a sure first look is enough. */
  spotRequest(message: { text: string; mentions: readonly Mention[]; addressed?: boolean } & OfTenant & AmongPeople): Promise<SpottedRequest>;
  readReply(message: { text: string } & OfTenant & AmongPeople, context: ReplyContext): Promise<Reading>;
  /** Stretches that look like somebody's name, whoever that is; nothing leaves this process. Never throws. */
  namesIn(text: string): readonly Span[];
  /** What a vendor's answer says on each of these points, in their order. What is unclear is open. */
  readVendorAnswer(message: { text: string } & OfTenant & AmongPeople, points: readonly PointToHold[]): Promise<readonly ReadPoint[]>;
  /** What the author of a message says that they will do themselves. Always within this process; never throws. */
  readPromises(text: string, said: SaidAt): readonly ReadPromise[];
  /** The day that a field means by "Friday" or "28/11" (YYYY-MM-DD), from today on; undefined where none can be read, or two ("4/12"). */
  readDay(text: string, said: SaidAt): string | undefined;
};
