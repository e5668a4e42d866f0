import { learningMaybe, learningSolutions, skillTopics } from './lexicon.ts';
import { oneOf } from './normalise.ts';

const families = [
  { family: 'topic', pattern: new RegExp(`\\b${oneOf(skillTopics)}\\b`, 'g') },
  { family: 'solution', pattern: new RegExp(`\\b${oneOf([...learningSolutions, ...learningMaybe])}\\b`, 'g') },
] as const;
const mostOfAFamily = 12;

/** The words of the lexicon that stand in a normalised text, as features: "topic:negotiation", "solution:workshop". */
export function namesIn(low: string): string[] {
  return families.flatMap(({ family, pattern }) => {
    const found = new Set<string>();
    for (const [word] of low.matchAll(pattern)) {
      found.add(`${family}:${word}`);
      if (found.size >= mostOfAFamily) break;
    }
    return [...found];
  });
}
