import { z } from 'zod';
import { questionIds } from '../../src/domain/questions.ts';
import { actKinds } from '../../src/language/language.ts';

const QuestionIdSchema = z.enum(questionIds);
const Id = z.union([z.string(), z.number().transform(String)]);
const Gold = z.partialRecord(QuestionIdSchema, z.string().nullable());

/** One message and whether it asks for training. Some files name the way of phrasing `family` instead of `kind`. */
export const DetectLine = z.object({
  id: Id.optional(),
  text: z.string(),
  label: z.enum(['request', 'none']),
  kind: z.string().optional(),
  family: z.string().optional(),
  source: z.string().optional(),
});
export type DetectLine = z.output<typeof DetectLine>;

const When = z.object({
  weekday: z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']).optional(),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM')
    .optional(),
  tz: z.string().optional(),
});
const GoldKpi = z.object({ name: z.string(), baseline: z.string().optional(), target: z.string().optional(), leading: z.boolean().optional() });
export type GoldKpi = z.output<typeof GoldKpi>;
export type GoldWhen = z.output<typeof When>;

/** One reply. What a file does not say (`undefined`) is not measured; `answers: {}` says that nothing is answered. */
export const ReplyLine = z
  .object({
    id: Id.optional(),
    text: z.string(),
    asked: QuestionIdSchema.optional(),
    acts: z.array(z.enum(actKinds)).min(1).optional(),
    answers: Gold.optional(),
    entities: z.object({ owner: z.string().nullish(), when: When.nullish(), kpis: z.array(GoldKpi).nullish(), delegateTo: z.string().nullish() }).optional(),
    kind: z.string().optional(),
  })
  .refine(({ acts, answers, entities }) => acts ?? answers ?? entities, 'expected at least one of "acts", "answers" and "entities"');
export type ReplyLine = z.output<typeof ReplyLine>;

const Player = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['sales-leader', 'ld-partner', 'manager', 'other']),
  tz: z.string().refine(isTimeZone, 'expected an IANA time zone'),
});
const PlayTurn = z.object({
  by: z.string(),
  text: z.string(),
  addressedTo: z.string().optional(),
  /** Hours that pass before. */
  afterHours: z.number().nonnegative().optional(),
  replyTo: QuestionIdSchema.optional(),
});
const Expected = z.object({
  topic: z.string().nullish(),
  answers: Gold.optional(),
  contradictions: z.array(z.unknown()).optional(),
  livePromptsExpected: z.array(z.string()).optional(),
  agreedFocus: z.string().nullish(),
  briefMustSay: z.array(z.string()).optional(),
  briefMustNotSay: z.array(z.string()).optional(),
});

/** A whole thread: who is there, what they type, and what should come of it. */
export const DialogueLine = z
  .object({ id: Id, title: z.string().optional(), people: z.array(Player).min(1), turns: z.array(PlayTurn).min(1), expect: Expected.default({}) })
  .superRefine(({ people, turns }, ctx) => {
    const known = new Set(people.map(({ id }) => id));
    for (const [at, { by }] of turns.entries()) {
      if (!known.has(by)) ctx.addIssue({ code: 'custom', path: ['turns', at, 'by'], message: `"${by}" is not one of the people` });
    }
  });
export type DialogueLine = z.output<typeof DialogueLine>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
