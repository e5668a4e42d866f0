import { z } from 'zod';
import type { AggregateKind } from './ports.ts';

const base = z.looseObject({ status: z.string() });
const quote = z.object({ textId: z.string(), start: z.number(), end: z.number() });

/** What every stored alignment must have to be worked on; the rest was written by us from checked events. */
const alignment = z.union([
  z.looseObject({ status: z.literal('new') }),
  z.looseObject({
    status: z.enum(['suggested', 'clarifying', 'reviewing', 'aligned', 'paused', 'closed', 'declined', 'withdrawn']),
    id: z.string(),
    conversation: z.object({ channel: z.enum(['slack', 'teams', 'room']), tenant: z.string(), place: z.string(), thread: z.string() }),
    requester: z.string(),
    request: quote.optional(),
    answers: z.record(z.string(), z.array(z.looseObject({ questionId: z.string(), status: z.string(), by: z.string(), messageRef: z.string() }))),
    partners: z.array(z.looseObject({ personId: z.string() })),
    acts: z.array(z.object({ act: z.string(), by: z.string() })),
    seenActs: z.array(z.string()),
    lastActivityAt: z.number(),
    draftVersion: z.number(),
    signedVersion: z.number(),
  }),
]);

const schemas: Readonly<Record<AggregateKind, z.ZodType>> = { alignment, programme: base, person: z.looseObject({}) };

/** A snapshot that cannot be what was written: the row that needs it is parked, other conversations go on. */
export class SnapshotError extends Error {
  readonly code = 'snapshot_unreadable';
  constructor(kind: AggregateKind, where: string) {
    super(`A stored ${kind} cannot be read (${where}). Restore it from a backup, or replay its events; then replay the dead letter.`);
    this.name = 'SnapshotError';
  }
}

/** A stored state, checked. Throws SnapshotError. */
export function parseSnapshot<S>(kind: AggregateKind, snapshot: unknown): S {
  const parsed = schemas[kind].safeParse(snapshot);
  if (!parsed.success) throw new SnapshotError(kind, parsed.error.issues[0]?.path.join('.') || 'shape');
  return snapshot as S;
}
