import { z } from 'zod';
import { cueKinds } from '../../domain/cues.ts';
import { fitnessElements } from '../../domain/fitness-state.ts';
import { questionIds } from '../../domain/questions.ts';
import { triggerIds } from '../../domain/triggers.ts';
import { heldStatuses, vendorPoints } from '../../domain/vendor-answer.ts';
import { actKinds, type Wish } from '../language.ts';

/** Named by the union of the port, so that a new wish is missing here at compile time. */
const wishes = {
  why: 'why',
  'short-path': 'short-path',
  'start-over': 'start-over',
  undo: 'undo',
  'write-brief': 'write-brief',
  'carry-on': 'carry-on',
  privately: 'privately',
  help: 'help',
  'looks-right': 'looks-right',
  claim: 'claim',
  'confirm-partner': 'confirm-partner',
  'leave-to-partner': 'leave-to-partner',
  'who-sees': 'who-sees',
  'so-far': 'so-far',
  example: 'example',
} as const satisfies { [W in Wish]: W };

const questionId = z.enum(questionIds);
/** Exact words of the message. */
const quote = z.string();

// Strict structured outputs want every field required and nullable instead of optional (OpenAI, Structured outputs: supported schemas).
const answer = z.object({ question: questionId, quote, plain: z.boolean(), thin: z.boolean() });
const kpi = z.object({ name: quote, baseline: quote.nullable(), target: quote.nullable(), leading: z.boolean() });
const when = z.object({
  weekday: z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']).nullable(),
  time: z.string().nullable(),
  timeZone: z.string().nullable(),
  quote,
  timeZoneQuote: quote.nullable(),
});
const stated = { answers: z.array(answer), people: z.array(quote), kpis: z.array(kpi), when: when.nullable() };

/** Without those that need the ids of what the coach knows: the local engine finds them by their words. */
const cue = z.object({
  cue: z.enum(cueKinds).exclude(['fuzzy-topic', 'symptom', 'cause']),
  quote,
  element: z.enum(fitnessElements).nullable(),
});

/** These come of silence, not of words. */
const proposal = z.object({ trigger: z.enum(triggerIds).exclude(['stalled', 'wins-missing']), quote, question: z.string() });

/** What the model says about a reply (prompts/llm/read-reply.md explains every field to it). */
export const replySchema = z.object({
  acts: z.array(z.enum(actKinds)),
  ...stated,
  wishes: z.array(z.object({ wish: z.enum(wishes), quote })),
  delegate: z.object({ quote, privately: z.boolean() }).nullable(),
  unclearBetween: z.array(questionId).nullable(),
  cues: z.array(cue),
  nextQuestion: proposal.nullable(),
});

/** What the model says about a message before anyone started (prompts/llm/spot-request.md). */
export const requestSchema = z.object({
  band: z.enum(['sure', 'maybe', 'no']),
  asking: quote.nullable(),
  reasons: z.array(z.enum(['asks-for-training', 'looks-for-provider', 'team-cannot', 'asks-for-help'])),
  topic: quote.nullable(),
  audience: quote.nullable(),
  format: quote.nullable(),
  deadline: quote.nullable(),
  ...stated,
});

/** What the model says of a vendor's answer (prompts/llm/read-vendor-answer.md). */
export const vendorSchema = z.object({ points: z.array(z.object({ point: z.enum(vendorPoints), status: z.enum(heldStatuses), quotes: z.array(quote) })) });

export type ModelVendorAnswer = z.output<typeof vendorSchema>;
export type ModelReply = z.output<typeof replySchema>;
export type ModelRequest = z.output<typeof requestSchema>;
export type Stated = Pick<ModelReply, 'answers' | 'people' | 'kpis' | 'when'>;
