import { contradictionWeights } from './contradiction-weights.ts';
import type { CueKind, HeardCue, Side } from './cues.ts';

/** What is known of a conversation for telling whether something in it stands against the request, by name; each from 0 to 1. */
export type ContradictionFeatures = ReadonlyMap<string, number>;
/** `by`: how much each feature counts. */
export type ContradictionWeights = { bias: number; by: Readonly<Record<string, number>> };

const everybody: readonly Side[] = ['requester', 'other', 'partner'];

/** Of which kinds and whose words it is told: of what speaks for or against the request the second message too, since two who say it are surer than one. */
const counted: readonly { kind: CueKind; sides: readonly Side[]; messages: 1 | 2 }[] = [
  { kind: 'elsewhere', sides: everybody, messages: 2 },
  { kind: 'obstacle', sides: everybody, messages: 2 },
  { kind: 'knows-how', sides: everybody, messages: 2 },
  { kind: 'lacks-skill', sides: everybody, messages: 2 },
  { kind: 'settled', sides: everybody, messages: 2 },
  { kind: 'doubts-training', sides: everybody, messages: 2 },
  { kind: 'changes-focus', sides: ['requester'], messages: 2 },
  { kind: 'either-or', sides: ['other', 'partner'], messages: 1 },
  { kind: 'narrowed', sides: ['requester', 'partner'], messages: 1 },
  { kind: 'cause', sides: ['requester', 'other'], messages: 1 },
  { kind: 'symptom', sides: ['requester'], messages: 1 },
  { kind: 'vague-outcome', sides: ['requester'], messages: 1 },
];

/** The kinds of cues that tell it, also where they were heard faintly. */
export const tellingKinds: readonly CueKind[] = counted.map(({ kind }) => kind);

/** One message as far as anything may have been said in it. */
type Said = { side: Side; isRequest: boolean; likely(kind: CueKind): number };

/**
 * What was heard so far, surely or faintly. The root of each likelihood, since two that are half likely tell more than one that is certain; and what came
 * after what: whoever asked comes round, or settles it, after somebody else brought something up.
 */
export function contradictionFeatures(cues: readonly HeardCue[], requestRef: string | undefined): ContradictionFeatures {
  const all = messagesIn(cues, requestRef);
  const since = all.filter(({ isRequest }) => !isRequest);
  const features = new Map<string, number>();
  for (const { kind, sides, messages } of counted) {
    features.set(`${kind} in request`, Math.sqrt(Math.max(0, ...all.filter(({ isRequest }) => isRequest).map(({ likely }) => likely(kind)))));
    for (const side of sides) {
      const best = since
        .filter((said) => said.side === side)
        .map(({ likely }) => likely(kind))
        .sort((one, other) => other - one);
      for (let at = 0; at < messages; at += 1) features.set(`${kind} by ${side}${at === 0 ? '' : ' again'}`, Math.sqrt(best[at] ?? 0));
    }
  }
  for (const [name, value] of Object.entries(inOrder(since))) features.set(name, Math.sqrt(value));
  return features;
}

/** How likely it is, from 0 to 1, that something stands against the request. */
export function likelyContradiction(features: ContradictionFeatures, { bias, by }: ContradictionWeights = contradictionWeights): number {
  let sum = bias;
  for (const [name, value] of features) sum += (by[name] ?? 0) * value;
  return 1 / (1 + Math.exp(-sum));
}

function messagesIn(cues: readonly HeardCue[], requestRef: string | undefined): Said[] {
  const byMessage = Map.groupBy(
    cues.toSorted((one, other) => one.at - other.at),
    ({ messageRef }) => messageRef,
  );
  return [...byMessage].flatMap(([messageRef, heard]) => {
    const side = heard[0]?.side;
    const likely = (kind: CueKind) => Math.max(0, ...heard.filter(({ cue }) => cue === kind).map((cue) => cue.likely ?? 1));
    return side ? [{ side, isRequest: messageRef === requestRef, likely }] : [];
  });
}

function inOrder(since: readonly Said[]): Record<string, number> {
  let [put, shown, roundAfterPut, roundAfterShown, settledAfterShown] = [0, 0, 0, 0, 0];
  for (const { side, likely } of since) {
    if (side === 'requester') {
      roundAfterPut = Math.max(roundAfterPut, put * likely('changes-focus'));
      roundAfterShown = Math.max(roundAfterShown, shown * likely('changes-focus'));
      settledAfterShown = Math.max(settledAfterShown, shown * likely('settled'));
    } else {
      put = Math.max(put, likely('either-or'));
      shown = Math.max(shown, likely('elsewhere'), likely('knows-how'));
    }
  }
  return { 'comes round after either-or': roundAfterPut, 'comes round after facts': roundAfterShown, 'settled after facts': settledAfterShown };
}
