import type { Evidence } from './coaching-state.ts';
import { contradictionFeatures, likelyContradiction } from './contradiction.ts';
import type { Quote } from './conversation.ts';
import { type CueKind, type HeardCue, isHeardSurely, leastShown } from './cues.ts';
import type { StartedAlignment } from './state.ts';

/** What was heard in a conversation and counts: what was said of other teams or earlier years, or is settled, is left out of everything but `settled`. */
export type Heard = {
  /** Oldest first. */
  all: readonly HeardCue[];
  of(...kinds: readonly CueKind[]): HeardCue[];
  /** What may well have been said, and was not heard for sure. */
  faint(...kinds: readonly CueKind[]): HeardCue[];
  /** How likely it is, of all that was heard, that something stands against the request: from 0 to 1. */
  readonly contradicted: number;
  /** Heard in the request itself. */
  inRequest(cue: HeardCue): boolean;
};

const keptBesideSettled: ReadonlySet<CueKind> = new Set(['settled', 'lacks-skill', 'only-training', 'priority', 'whole-force', 'fuzzy-topic', 'changes-focus']);

/** The cues of a conversation, oldest first. */
export function heardIn(state: StartedAlignment): Heard {
  const cues = state.coaching?.cues ?? [];
  const heard = cues.filter(isHeardSurely);
  const settledIn = new Set(heard.filter(({ cue }) => cue === 'settled').map((cue) => cue.messageRef));
  const all = heard.filter(({ cue, messageRef }) => keptBesideSettled.has(cue) || !settledIn.has(messageRef)).toSorted((one, other) => one.at - other.at);
  return {
    all,
    of: (...kinds) => all.filter(({ cue }) => kinds.includes(cue)),
    faint: (...kinds) => cues.filter((cue) => isPiece(cue) && kinds.includes(cue.cue) && !settledIn.has(cue.messageRef)),
    get contradicted() {
      return likelyContradiction(contradictionFeatures(cues, requestRef(state)));
    },
    inRequest: (cue) => cue.messageRef === requestRef(state),
  };
}

function isPiece(cue: HeardCue): boolean {
  return !isHeardSurely(cue) && (cue.likely ?? 1) >= leastShown;
}

function requestRef(state: StartedAlignment): string {
  return state.requestMessage ?? state.request?.textId ?? '';
}

/** The request as evidence, where its words are known. */
export function requestEvidence(state: StartedAlignment): Evidence[] {
  return state.request ? [{ quote: state.request, by: state.requester, messageRef: requestRef(state) }] : [];
}

/** Of a cue or an answer, what shows it and nothing else. */
export function evidenceOf({ quote, by, messageRef }: { quote: Quote; by: string; messageRef: string }): Evidence {
  return { quote, by, messageRef };
}

/** All words of the message in which a cue was heard. */
export function messageOf(known: { words(quote: Quote): string | undefined }, { quote }: HeardCue): string {
  return known.words({ textId: quote.textId, start: 0, end: Number.MAX_SAFE_INTEGER }) ?? '';
}

const digits = /\d+(?:[.,: ]\d+)*/g;
// Without "one", which names nobody's number in "the one who signs".
const numberWords =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|dozen|third|quarter|most of|none of|nobody)\b/gi;

/** How many figures words hold, in digits or spelled out: digits that belong together count once. */
export function figuresIn(words: string): number {
  return (words.match(digits)?.length ?? 0) + (words.match(numberWords)?.length ?? 0);
}

const guessed = /\b(guess|guessing|estimate|probably|perhaps|suppose|no idea|not sure)\b/i;

/** Whether words name an amount, in digits or spelled out, and not as a guess. */
export function isMeasured(words: string): boolean {
  return !guessed.test(words) && figuresIn(words) > 0;
}

/** Whether the same message says that others know how: "six know it, three never did it". */
export function isKnownBeside(heard: Heard, { messageRef }: HeardCue): boolean {
  return heard.of('knows-how').some((other) => other.messageRef === messageRef);
}
