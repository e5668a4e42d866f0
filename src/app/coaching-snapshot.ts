import { z } from 'zod';
import type { Coaching, Evidence, SignalAbout } from '../domain/coaching-state.ts';
import { cueKinds, proposedQuestion } from '../domain/cues.ts';
import { type Fitness, fitnessElements } from '../domain/fitness-state.ts';
import type { Agreed } from '../domain/state.ts';
import { triggerIds } from '../domain/triggers.ts';

// Loose like every snapshot: what is checked must be right, what a later version adds must not get lost.
const quote = z.looseObject({ textId: z.string(), start: z.number(), end: z.number() });
const trigger = z.enum(triggerIds);
const evidenceOf = { quote, by: z.string(), messageRef: z.string() };
const evidence: z.ZodType<readonly Evidence[]> = z.array(z.looseObject(evidenceOf));
const act = z.string().exactOptional();
const saidOf = { ...evidenceOf, at: z.number(), act };
const said = z.looseObject(saidOf);
const about: z.ZodType<SignalAbout> = z.looseObject({
  topic: z.string().exactOptional(),
  symptom: z.string().exactOptional(),
  cause: z.string().exactOptional(),
  objective: z.string().exactOptional(),
  tension: z.enum(['came-round', 'request-facts', 'request-driver', 'two-answers', 'answer-strategy', 'request-strategy']).exactOptional(),
  missing: z.enum(['driver', 'owner', 'behaviour']).exactOptional(),
});
const cue = z.looseObject({
  cue: z.enum([...cueKinds, proposedQuestion]),
  detail: z.string().exactOptional(),
  quote,
  by: z.string(),
  side: z.enum(['requester', 'partner', 'other']),
  messageRef: z.string(),
  at: z.number(),
  wording: quote.exactOptional(),
  likely: z.number().exactOptional(),
  faint: z.literal(true).exactOptional(),
});
const prompt = z.looseObject({
  trigger,
  to: z.array(z.string()),
  at: z.number(),
  evidence,
  about,
  wording: quote.exactOptional(),
  status: z.enum(['open', 'asked', 'dismissed', 'overtaken']),
  asked: z.looseObject({ by: z.string(), at: z.number(), edited: quote.exactOptional() }).exactOptional(),
  answer: said.exactOptional(),
});
const step = z.enum(['either-or', 'fact', 'focus']);
const pilot = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('proposed'), at: z.number() }),
  z.looseObject({ status: z.literal('declined'), at: z.number(), by: z.string(), act }),
  z.looseObject({
    status: z.literal('agreed'),
    at: z.number(),
    by: z.string(),
    group: quote,
    outcome: quote.exactOptional(),
    until: quote.exactOptional(),
    messageRef: z.string(),
    act,
  }),
]);

const decision = z.looseObject({
  outcome: z.enum(['kept', 'changed', 'to-find-out']),
  by: z.string(),
  at: z.number(),
  words: quote.exactOptional(),
  messageRef: z.string().exactOptional(),
  about,
  evidence,
  act,
});

/** What the coach keeps of an alignment, as stored. */
export const coachingSchema: z.ZodType<Coaching> = z.looseObject({
  cues: z.array(cue),
  prompts: z.array(prompt),
  limit: z.number().exactOptional(),
  challenge: z
    .looseObject({
      id: z.string(),
      putFor: z.string().exactOptional(),
      at: z.number(),
      about,
      evidence,
      step: z.enum(['either-or', 'fact', 'focus', 'settled']),
      said: z.array(z.looseObject({ ...saidOf, step })),
      stepAt: z.number().exactOptional(),
      path: z.array(z.looseObject({ step, act: z.string() })).exactOptional(),
    })
    .exactOptional(),
  decisions: z.array(decision),
  pilot: pilot.exactOptional(),
  pilotProposedAt: z.number().exactOptional(),
  probe: z.looseObject({ of: z.string(), at: z.number(), prompt: trigger.exactOptional(), challenge: z.string().exactOptional() }).exactOptional(),
  tension: z.looseObject({ about, evidence }).exactOptional(),
  messages: z.array(z.looseObject({ by: z.string(), at: z.number(), messageRef: z.string(), act: z.string() })).exactOptional(),
});

const element = z.enum(fitnessElements);
const scale = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

const action = z.looseObject({
  id: z.string(),
  element,
  text: quote,
  impact: scale,
  cost: scale,
  phase: z.enum(['now', 'next', 'later']),
  owner: z.string().exactOptional(),
  by: z.string(),
  at: z.number(),
});

/** The fitness check of an alignment, as stored. */
export const fitnessSchema: z.ZodType<Fitness> = z.looseObject({
  status: z.enum(['open', 'closed']),
  anonymous: z.boolean(),
  elements: z.array(element),
  asked: z.array(z.string()),
  keys: z.array(z.string()).exactOptional(),
  readers: z.array(z.string()).exactOptional(),
  answers: z.array(z.looseObject({ key: z.string(), ratings: z.partialRecord(element, scale), notes: z.partialRecord(element, quote) })),
  openedBy: z.string(),
  openedAt: z.number(),
  closesAt: z.number(),
  actions: z.array(action),
  reviewer: z.string().exactOptional(),
});

/** What a signed brief said besides the answers, as stored. */
export const agreedSchema: z.ZodType<Agreed> = z.looseObject({ decisions: z.array(decision), pilot: pilot.exactOptional(), actions: z.array(action) });
