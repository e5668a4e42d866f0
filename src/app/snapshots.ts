import { z } from 'zod';
import type { Participation, PersonState } from '../domain/nudge-state.ts';
import type { ProgrammeContent } from '../domain/programme-event.ts';
import type { ProgrammeState, RunningProgramme } from '../domain/programme-state.ts';
import { type Answer, type Answers, questionIds } from '../domain/questions.ts';
import type { AlignmentState, BriefAudience, Core, OtherRequest, Review, Signature, Understood } from '../domain/state.ts';
import type { StatusReport } from '../domain/status-report.ts';
import type { SignedFit } from '../domain/strategy.ts';
import { agreedSchema, coachingSchema, fitnessSchema } from './coaching-snapshot.ts';
import { openPointsSchema } from './open-points-snapshot.ts';
import type { AggregateKind } from './ports.ts';
import { contentSince, programmeSince, worthSince } from './programme-snapshot.ts';
import { noPromisesSchema, promisesSchema } from './promise-snapshot.ts';
import { restatedSchema, signOffSince } from './sign-off-snapshot.ts';
import { vendorAnswersSchema, vendorWritingsSchema } from './vendor-snapshot.ts';

// Loose throughout: what is checked must be right, what a later version adds must not get lost.
const quote = z.looseObject({ textId: z.string(), start: z.number(), end: z.number() });
const conversation = z.looseObject({ channel: z.enum(['slack', 'teams', 'room']), tenant: z.string(), place: z.string(), thread: z.string() });
const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const weeklyTime = z.looseObject({ weekday: weekday.exactOptional(), time: z.string().exactOptional(), timeZone: z.string().exactOptional() });
const kpi = z.looseObject({
  name: quote,
  baseline: quote.exactOptional(),
  target: quote.exactOptional(),
  leading: z.boolean(),
  corrects: quote.exactOptional(),
});
const questionId = z.enum(questionIds);

// Each list of fields fails to compile while one of them is missing: what is not here is stored, and never checked when it is read again.
type Fields<T> = Record<keyof T, z.ZodType>;

const answer: z.ZodType<Answer> = z.looseObject({
  questionId,
  status: z.enum(['clear', 'thin', 'unknown', 'skipped', 'delegated']),
  source: z.enum(['said', 'form', 'inferred']),
  by: z.string(),
  at: z.number(),
  messageRef: z.string(),
  act: z.string(),
  effect: z.enum(['replaces', 'adds', 'amends']),
  text: quote.exactOptional(),
  facts: z
    .looseObject({
      people: z.array(z.looseObject({ name: quote, personId: z.string().exactOptional() })).exactOptional(),
      kpis: z.array(kpi).exactOptional(),
      when: weeklyTime.exactOptional(),
    })
    .exactOptional(),
  reason: quote.exactOptional(),
  delegatedTo: z.looseObject({ personId: z.string(), privately: z.boolean() }).exactOptional(),
} satisfies Fields<Answer>);
const answers: z.ZodType<Answers> = z.partialRecord(questionId, z.array(answer));
const understood: z.ZodType<Understood> = z.looseObject({
  topic: quote.exactOptional(),
  audience: quote.exactOptional(),
  format: quote.exactOptional(),
  deadline: quote.exactOptional(),
});
const others: z.ZodType<readonly OtherRequest[]> = z.array(z.looseObject({ request: quote, understood, startedAs: z.string().exactOptional() }));
const audience: z.ZodType<BriefAudience> = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('channel'), place: z.string() }),
  z.looseObject({ kind: z.literal('participants') }),
]);
const fit: z.ZodType<SignedFit> = z.looseObject({
  kind: z.enum(['fits', 'fits-none', 'conflicts']),
  objective: z.string().exactOptional(),
  heldBy: z.array(quote),
  confirmedAt: z.number().exactOptional(),
});
const signature: z.ZodType<Signature> = z.looseObject({
  by: z.string(),
  as: z.enum(['requester', 'owner', 'partner']),
  at: z.number(),
  version: z.number(),
  for: z.string().exactOptional(),
} satisfies Fields<Signature>);
const signatures = z.array(signature);
const review: z.ZodType<Review> = z.looseObject({ version: z.number(), startedAt: z.number(), signatures, ...signOffSince } satisfies Fields<Review>);

const core = {
  id: z.string(),
  conversation,
  requester: z.string(),
  startedBy: z.string(),
  openedAt: z.number(),
  request: quote.exactOptional(),
  requestMessage: z.string().exactOptional(),
  understood,
  restated: restatedSchema.exactOptional(),
  reasons: z.array(z.string()),
  heard: z.looseObject({ band: z.enum(['sure', 'maybe', 'no']), features: z.array(z.string()) }).exactOptional(),
  others: others.exactOptional(),
  splitFrom: z.string().exactOptional(),
  readBefore: z.looseObject({ messages: z.number(), used: z.number() }).exactOptional(),
  answers,
  asked: z.looseObject({ questionId, of: z.string(), at: z.number(), followUp: z.boolean() }).exactOptional(),
  peopleAsked: z.looseObject({ by: z.string(), at: z.number(), about: questionId.exactOptional() }).exactOptional(),
  followedUp: z.array(questionId),
  timesAsked: z.partialRecord(questionId, z.number()),
  pace: z.enum(['essentials', 'offered', 'all', 'short', 'partner']),
  partners: z.array(z.looseObject({ personId: z.string(), coversFor: z.string().exactOptional() })),
  volunteers: z.array(z.string()),
  volunteeredAt: z.number().exactOptional(),
  privately: z.boolean(),
  lapsed: z.array(questionId),
  audience,
  postedTo: audience.exactOptional(),
  lastActivityAt: z.number(),
  quietSince: z.number().exactOptional(),
  remindersSent: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  acts: z.array(z.looseObject({ act: z.string(), by: z.string() })),
  seenActs: z.array(z.string()),
  lastAnswered: questionId.exactOptional(),
  waitingFor: z.array(questionId),
  draftVersion: z.number(),
  signedVersion: z.number(),
  signedContent: z
    .looseObject({
      understood,
      answers,
      agreed: agreedSchema.exactOptional(),
      fit: fit.exactOptional(),
      signatures: signatures.exactOptional(),
      alignedAt: z.number().exactOptional(),
    })
    .exactOptional(),
  changesLeft: z.array(z.string()).exactOptional(),
  coaching: coachingSchema.exactOptional(),
  fitness: fitnessSchema.exactOptional(),
  openPoints: openPointsSchema.exactOptional(),
  vendorAnswers: vendorAnswersSchema.exactOptional(),
  vendorWritings: vendorWritingsSchema.exactOptional(),
  promises: promisesSchema.exactOptional(),
  noPromises: noPromisesSchema.exactOptional(),
} satisfies Fields<Core>;

const alignment: z.ZodType<AlignmentState> = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('new') }),
  z.looseObject({ status: z.literal('suggested'), expiresAt: z.number(), ...core }),
  z.looseObject({ status: z.literal('clarifying'), ...core }),
  z.looseObject({ status: z.literal('reviewing'), review, ...core }),
  z.looseObject({ status: z.literal('aligned'), signatures, alignedAt: z.number(), ...core }),
  z.looseObject({ status: z.literal('paused'), from: z.enum(['clarifying', 'reviewing']), review: review.exactOptional(), pausedAt: z.number(), ...core }),
  z.looseObject({ status: z.literal('closed'), closedAt: z.number(), signatures, ...core }),
  z.looseObject({ status: z.literal('declined'), declinedBy: z.string().exactOptional(), note: quote.exactOptional(), ...core }),
  z.looseObject({ status: z.literal('withdrawn'), withdrawnBy: z.string(), ...core }),
]);

const report: z.ZodType<StatusReport> = z.looseObject({
  status: z.enum(['on-track', 'at-risk', 'no-progress']),
  note: quote.exactOptional(),
  win: quote.exactOptional(),
});
const rhythm = {
  id: z.string(),
  content: z.looseObject({
    alignmentId: z.string(),
    version: z.number(),
    conversation,
    topic: quote.exactOptional(),
    outcome: z.array(quote),
    kpis: z.array(kpi),
    commitments: z.array(z.looseObject({ personId: z.string(), text: quote })),
    owner: z.string().exactOptional(),
    managers: z.array(z.string()),
    dataHolder: z.string().exactOptional(),
    requester: z.string().exactOptional(),
    partners: z.array(z.string()).exactOptional(),
    weeklyCall: weeklyTime.exactOptional(),
    ...contentSince,
    zone: z.string(),
  } satisfies Fields<ProgrammeContent>),
  startedAt: z.number(),
  rhythmSince: z.number(),
  statuses: z.array(z.looseObject({ manager: z.string(), week: z.string(), at: z.number(), report })),
  ...programmeSince,
} satisfies Fields<Omit<RunningProgramme, 'status'>>;
const programme: z.ZodType<ProgrammeState> = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('new') }),
  z.looseObject({ status: z.literal('running'), ...rhythm }),
  z.looseObject({ status: z.literal('ended'), endedAt: z.number(), reason: z.enum(['alignment-closed', 'stopped', 'finished']), ...worthSince, ...rhythm }),
]);

const participation = z.looseObject({
  roles: z.array(z.enum(['owner', 'manager', 'data'])),
  readFor: z.string().exactOptional(),
  namedBy: z.string(),
  commitment: quote.exactOptional(),
  call: z.looseObject({ weekday, time: z.string(), timeZone: z.string() }).exactOptional(),
  introduction: z.discriminatedUnion('status', [
    z.looseObject({ status: z.literal('pending'), since: z.number().exactOptional() }),
    z.looseObject({ status: z.literal('accepted'), acceptedAt: z.number() }),
    z.looseObject({ status: z.literal('corrected'), correction: quote }),
    z.looseObject({ status: z.literal('declined') }),
  ]),
  asked: z.looseObject({ week: z.string(), callAt: z.number(), at: z.number(), snoozedUntil: z.number().exactOptional() }).exactOptional(),
  reported: z.looseObject({ week: z.string(), at: z.number(), report }).exactOptional(),
  ended: z.looseObject({ at: z.number(), reason: z.enum(['programme-ended', 'no-longer-named']) }).exactOptional(),
} satisfies Fields<Participation>);
const person: z.ZodType<PersonState> = z.looseObject({
  zone: z.string(),
  programmes: z.record(z.string(), participation),
  nudging: z.discriminatedUnion('status', [
    z.looseObject({ status: z.literal('on'), since: z.number() }),
    z.looseObject({ status: z.literal('opted-out'), at: z.number() }),
  ]),
  nudgeTime: z.string().exactOptional(),
  holiday: z.looseObject({ from: z.number(), until: z.number() }).exactOptional(),
  lastNudgeAt: z.number().exactOptional(),
  leftAt: z.number().exactOptional(),
} satisfies Fields<PersonState>);

/** A snapshot that cannot be what was written: the row that needs it is parked, other conversations go on. */
export class SnapshotError extends Error {
  readonly code = 'snapshot_unreadable';
  constructor(kind: AggregateKind, where: string) {
    super(`A stored ${kind} cannot be read (${where}). Restore it from a backup, or replay its events; then replay the dead letter.`);
    this.name = 'SnapshotError';
  }
}

/** A stored alignment, checked. Throws SnapshotError. */
export function readAlignment(snapshot: unknown): AlignmentState {
  return read('alignment', alignment, snapshot);
}

/** A stored programme, checked. Throws SnapshotError. */
export function readProgramme(snapshot: unknown): ProgrammeState {
  return read('programme', programme, snapshot);
}

/** What is stored of one person's nudges, checked. Throws SnapshotError. */
export function readPerson(snapshot: unknown): PersonState {
  return read('person', person, snapshot);
}

function read<S>(kind: AggregateKind, schema: z.ZodType<S>, snapshot: unknown): S {
  const parsed = schema.safeParse(snapshot);
  if (parsed.success) return parsed.data;
  throw new SnapshotError(kind, parsed.error.issues[0]?.path.join('.') || 'shape');
}
