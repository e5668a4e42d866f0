import type { Side } from '../../domain/cues.ts';
import type { QuestionId } from '../../domain/questions.ts';
import type { Span } from '../language.ts';
import { cueSigns } from './cues/cue-signs.ts';
import { type CueWindow, cueLimit } from './cues/cue-windows.ts';
import { type Features, featuresOf, type Space } from './linear/hashed.ts';

/** What the signs found in a whole message, each once: where and which. */
export type SignPlaces = readonly { name: string; start: number; end: number }[];

/** Where the signs stand in a message in small letters, as far as cues are looked for in it. */
export function signPlaces(low: string): SignPlaces {
  const head = low.slice(0, cueLimit);
  return cueSigns.flatMap(([name, pattern]) => foundIn(head, pattern).map((span) => ({ name, ...span })));
}

/** Where a global pattern is found. `matchAll` would copy each of some fifty patterns for every message, most of which are nowhere in it. */
function foundIn(text: string, pattern: RegExp): Span[] {
  const spans: Span[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) spans.push({ start: found.index, end: found.index + found[0].length });
  return spans;
}

/** Names beside words count more than in the hearing of requests; found on messages that were held back. */
const namedFactor = 3;

/** What is known besides the words: the same words say something else after another question. */
export type CueSituation = { side: Side; request: boolean; asked?: QuestionId; probed: boolean; justAsked?: 'either-or' | 'gap' };

/**
 * What one window is made of: with its words for when there is no encoder; with `dense`, the encoder's view of it, in place of the words. Words told whose
 * they are: heard in messages of authors that were held back, the view with the names alone found more than with words beside it.
 */
export function cueFeatures(space: Space, low: string, window: CueWindow, situation: CueSituation, places: SignPlaces, dense?: Float32Array): Features {
  const words = low.slice(window.start, window.end).trim();
  const inside = new Set(places.filter(({ start, end }) => start >= window.start && end <= window.end).map(({ name }) => name));
  const count = words.split(/\s+/).length;
  const named = [
    ...inside,
    ...(dense ? [] : pairs(inside)),
    ...namesOf(situation),
    `length:${count < 4 ? 0 : count < 9 ? 1 : count < 20 ? 2 : 3}`,
    window.start === 0 ? 'opens' : 'goes on',
  ];
  const features = featuresOf(space, dense ? '' : words.replace(/\d+/g, '0'), named, dense);
  const from = space.words + space.letters;
  features.at.forEach((where, index) => {
    if (where >= from && where < from + space.named) features.values[index] = (features.values[index] ?? 0) * namedFactor;
  });
  return features;
}

function namesOf({ side, request, asked, probed, justAsked }: CueSituation): string[] {
  return [
    `side:${side}`,
    ...(request ? ['request'] : []),
    ...(asked ? [`asked:${asked}`] : []),
    ...(probed ? ['probed'] : []),
    ...(justAsked ? [`just:${justAsked}`] : []),
  ];
}

function pairs(inside: ReadonlySet<string>): string[] {
  const names = [...inside].sort();
  return names.flatMap((one, at) => names.slice(at + 1).map((other) => `${one}&${other}`));
}
