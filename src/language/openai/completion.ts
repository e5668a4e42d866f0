import { z } from 'zod';
import type { Unavailable } from './outcome.ts';

const choice = z.object({
  finish_reason: z.string().nullish(),
  message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
});

/** As much of a chat completion as is read (OpenAI, Chat completions: object). Compatible endpoints leave some of it out. */
export const completionSchema = z.object({
  choices: z.tuple([choice], choice),
  usage: z.object({ prompt_tokens: z.number().nonnegative(), completion_tokens: z.number().nonnegative() }).nullish(),
});

/** What the model said, checked against its schema, or why that is of no use. */
export function answerIn<T extends z.ZodType>(completion: unknown, schema: T): { answer: z.output<T> } | { failed: Unavailable } {
  const parsed = completionSchema.safeParse(completion);
  if (!parsed.success) return { failed: 'invalid' };
  const { finish_reason: finish, message } = parsed.data.choices[0];
  if (message.refusal || finish === 'content_filter') return { failed: 'refusal' };
  // Half an answer may still be valid JSON with the wrong half missing.
  if (finish === 'length') return { failed: 'cut-short' };
  try {
    const answer = schema.safeParse(JSON.parse(message.content ?? ''));
    return answer.success ? { answer: answer.data } : { failed: 'invalid' };
  } catch {
    // Not JSON at all: the same to the caller as JSON of another shape.
    return { failed: 'invalid' };
  }
}

/** Tokens that the endpoint says it has billed; undefined where it does not say. */
export function tokensIn(completion: unknown): { input: number; output: number } | undefined {
  const usage = completionSchema.safeParse(completion).data?.usage;
  return usage ? { input: usage.prompt_tokens, output: usage.completion_tokens } : undefined;
}
