import type { QuestionId } from '../../src/domain/questions.ts';
import type { Reading, ReplyContext, Span } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';

const language = createLocalLanguage();

const people = [
  { personId: 'n', name: 'Noémie Laurent' },
  { personId: 'j', name: 'Jonas Falk' },
  { personId: 'a', name: 'Aiko Tanaka' },
];

/** Reads a message as a reply to `asked`, by default in a thread where nothing was answered and Plumb is not addressed. */
export function reply(text: string, asked?: QuestionId, more: Partial<ReplyContext> = {}): Promise<Reading> {
  return language.readReply({ text }, { ...(asked ? { asked } : {}), followUp: false, answered: [], addressed: false, mentions: [], people, ...more });
}

export function answered(reading: Reading): QuestionId[] {
  return reading.answers.map((answer) => answer.questionId);
}

export function wordsAt(text: string, span: Span | undefined): string | undefined {
  return span && text.slice(span.start, span.end);
}

/** What a reply says about the question that was asked: its act, and whether the answer is thin. */
export async function quality(text: string, asked: QuestionId): Promise<'clear' | 'thin' | 'none'> {
  const answer = (await reply(text, asked)).answers.find(({ questionId }) => questionId === asked);
  if (!answer) return 'none';
  return answer.thin ? 'thin' : 'clear';
}
