import { z } from 'zod';
import type { Symptom } from '../domain/knowledge.ts';
import { articles, checked, Id, Sentence, SmallWords, type SourceFile, wrong } from './source.ts';

const Signs = z.array(SmallWords, 'expected a list of signs').min(1, 'expected at least one sign');
const Cause = z.strictObject(
  {
    id: Id,
    cause: Sentence.regex(/[^.?]$/, 'expected a part of a sentence that completes "it may be that …", without a full stop'),
    fact: Sentence.regex(/\?$/, 'expected one question that a fact can answer, with a question mark at its end'),
    focus: Sentence.regex(/^\S+(\s+\S+){1,9}$/, 'expected 2 to 10 words that complete "or is it about …"').regex(/[^.?]$/, 'expected no full stop'),
    signs: Signs,
    source: z.enum([...articles, 'G'], 'expected the source as S0, S1, S2, S3, S4 or G'),
    note: Sentence.exactOptional(),
  },
  'expected a cause with id, cause, fact, focus, signs and source',
);
const SymptomEntry = z.strictObject(
  {
    id: Id,
    name: Sentence.regex(/[^.?]$/, 'expected a part of a sentence that completes "when …", without a full stop'),
    signs: Signs,
    causes: z.array(Cause, 'expected a list of causes').min(1, 'expected at least one cause'),
  },
  'expected a symptom with id, name, signs and causes',
);
const Causes = z.strictObject(
  { symptoms: z.array(SymptomEntry, 'expected a list of symptoms').min(1, 'expected at least one symptom') },
  'expected "symptoms" with a list',
);

/** What sales leaders complain of, with its likely causes. Throws PromptsError; an id stands for one thing in the whole file. */
export function readCauses(source: SourceFile): readonly Symptom[] {
  const { symptoms } = checked(source, Causes);
  const seen = new Set<string>();
  const once = (id: string, path: readonly (string | number)[]) => {
    if (seen.has(id)) throw wrong(source, [...path, 'id'], `the id "${id}" is there twice: expected one that nothing else in this file has`);
    seen.add(id);
  };
  symptoms.forEach((symptom, at) => {
    once(symptom.id, ['symptoms', at]);
    symptom.causes.forEach((cause, place) => {
      once(cause.id, ['symptoms', at, 'causes', place]);
    });
  });
  return symptoms;
}
