import type { Knowledge } from './domain/knowledge.ts';
import type { FactorId, QuestionId } from './domain/questions.ts';
import type { TriggerId } from './domain/triggers.ts';
import { readCauses } from './prompts/causes.ts';
import { type FitnessTexts, readFitness } from './prompts/fitness.ts';
import { type ChallengeText, type LivePromptText, readLivePrompts } from './prompts/live-prompts.ts';
import { type QuestionText, readQuestions } from './prompts/questions.ts';
import { openSource } from './prompts/source.ts';
import { readTopics } from './prompts/topics.ts';
import { readWording } from './prompts/wording.ts';
import { createWords, type Words } from './views/wording.ts';

/** Everything that Plumb says and knows. */
export type Prompts = {
  questions: Readonly<Record<QuestionId, QuestionText>>;
  factors: Readonly<Record<FactorId, string>>;
  knowledge: Knowledge;
  livePrompts: Readonly<Record<TriggerId, LivePromptText>>;
  challenge: ChallengeText;
  fitness: FitnessTexts;
  words: Words;
};

/** Reads the YAML files in `directory`. Throws PromptsError when one is missing or anything in it is not as expected. */
export function loadPrompts(directory: string): Prompts {
  const open = (file: string) => openSource(directory, file);
  return {
    ...readQuestions(open('questions.yaml')),
    ...readLivePrompts(open('live-prompts.yaml')),
    knowledge: { symptoms: readCauses(open('causes.yaml')), ...readTopics(open('topics.yaml')) },
    fitness: readFitness(open('fitness.yaml')),
    words: createWords(readWording(open('wording.yaml'))),
  };
}
