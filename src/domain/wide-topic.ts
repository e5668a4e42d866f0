import type { Evidence } from './coaching-state.ts';
import type { Quote } from './conversation.ts';
import type { HeardCue } from './cues.ts';
import { evidenceOf } from './heard.ts';
import type { FuzzyTopic } from './knowledge.ts';
import type { Scene } from './signals.ts';

/** A word for a wide area in what the requester asked for, where it stands, and what it can mean. */
export type WideTopic = { topic: FuzzyTopic; evidence: Evidence };

/** The first that was heard, or one of the words on file that stands in what is to be trained. */
export function wideTopic(scene: Scene): WideTopic | undefined {
  const cue = scene.heard.of('fuzzy-topic').find((one) => one.side === 'requester');
  const topic = cue && topicOf(scene, cue);
  return topic ? { topic, evidence: evidenceOf(cue) } : inWords(scene);
}

function topicOf({ known }: Scene, cue: HeardCue): FuzzyTopic | undefined {
  const words = (known.words(cue.quote) ?? '').toLowerCase();
  // Several words of the same area: the most specific one on file is what was said.
  return known.knowledge.topics.find(({ id }) => id === cue.detail) ?? known.knowledge.topics.find((topic) => topic.words.includes(words));
}

function inWords({ state, known }: Scene): WideTopic | undefined {
  const quote = state.understood.topic ?? state.request;
  const text = quote && known.words(quote)?.toLowerCase();
  if (!quote || text === undefined) return undefined;
  const found = known.knowledge.topics.flatMap((topic) =>
    topic.words.flatMap((word) => {
      const at = startOf(text, word);
      return at < 0 ? [] : [{ topic, word, at }];
    }),
  );
  const [longest] = found.toSorted((one, other) => other.word.length - one.word.length);
  if (!longest) return undefined;
  const words: Quote = { textId: quote.textId, start: quote.start + longest.at, end: quote.start + longest.at + longest.word.length };
  return { topic: longest.topic, evidence: { quote: words, by: state.requester, messageRef: state.requestMessage ?? quote.textId } };
}

/** Where it stands as a word of its own; below zero where it does not. */
function startOf(text: string, word: string): number {
  const isLetter = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
  const at = text.indexOf(word);
  return at >= 0 && !isLetter(text[at - 1]) && !isLetter(text[at + word.length]) ? at : -1;
}
