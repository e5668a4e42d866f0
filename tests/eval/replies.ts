import { sureEnough } from '../../src/app/given-answers.ts';
import { type QuestionId, questionIds } from '../../src/domain/questions.ts';
import type { Language, Reading } from '../../src/language/language.ts';
import { eachLine } from './each-line.ts';
import type { Engine } from './engine.ts';
import { checkEntities, type EntityChecks } from './entity-checks.ts';
import type { ReplyLine } from './formats.ts';
import { tenantLanguage } from './hearing.ts';
import type { Line } from './read-lines.ts';
import { mentionsPlumb, writtenMentions } from './written-mentions.ts';

export type ReplyOutcome = { line: ReplyLine; where: string; reading: Reading; answered: ReadonlySet<QuestionId>; checks: EntityChecks; ms: number };

export async function readReplies(engine: Engine, lines: readonly Line<ReplyLine>[]): Promise<ReplyOutcome[]> {
  return eachLine(lines, engine.atOnce, async ({ value, where }) => readOne(engine.language, value, where));
}

/**
 * Reads a line as the next message of the person who was asked. A line without `asked` is spoken to Plumb, as anybody has to whom nothing was asked. What was
 * answered earlier is not in the files: what Plumb asks before this question counts as answered, its words as unknown.
 */
async function readOne(language: Language, line: ReplyLine, where: string): Promise<ReplyOutcome> {
  const { text, asked } = line;
  const startedAt = performance.now();
  const reading = await language.readReply(
    { text, tenant: tenantLanguage },
    {
      ...(asked && { asked }),
      followUp: false,
      answered: asked ? questionIds.slice(0, questionIds.indexOf(asked)) : [],
      addressed: asked === undefined || mentionsPlumb(text),
      mentions: writtenMentions(text),
      people: [],
    },
  );
  const ms = performance.now() - startedAt;
  // What an engine is less sure of is not taken as an answer (app/given-answers.ts).
  const answered = new Set(reading.answers.filter(({ confidence }) => confidence >= sureEnough).map(({ questionId }) => questionId));
  return { line, where, reading, answered, checks: checkEntities(line, reading), ms };
}
