import type { Side } from '../../../domain/cues.ts';
import type { Knowledge, OwnCause } from '../../../domain/knowledge.ts';
import { knowledgeOf } from '../../../domain/knowledge-of.ts';
import type { ReadCue } from '../../language.ts';
import { sentencesOf } from '../sentences.ts';
import { cueLimit } from './cue-windows.ts';
import { indexOf, type SignIndex, signsIn } from './sign-index.ts';
import { tokensOf } from './stems.ts';

/** Symptoms, causes and fuzzy topics in a normalised text. `asked`: it is a request, in which a topic's word alone is enough where nothing else is asked for. */
export type ReadKnown = (low: string, own: readonly OwnCause[], asked: boolean, side: Side) => ReadCue[];

/** Reads by the signs of `knowledge`, made ready once. */
export function createKnownCues(knowledge: Knowledge): ReadKnown {
  const index = indexOf(knowledge);
  const ofTenant = new WeakMap<readonly OwnCause[], SignIndex>();
  function indexOfTenant(own: readonly OwnCause[]): SignIndex {
    const before = ofTenant.get(own);
    if (before) return before;
    const known = new Set(knowledge.symptoms);
    const made = indexOf({ symptoms: knowledgeOf(knowledge, own).symptoms.filter((symptom) => !known.has(symptom)), topics: [] });
    ofTenant.set(own, made);
    return made;
  }
  return (low, own, asked, side) => {
    const head = low.slice(0, cueLimit);
    const cues = sentencesOf(head).flatMap((sentence) => {
      const words = head.slice(sentence.start, sentence.end);
      // What a partner asks about is said by nobody yet.
      if (side === 'partner' && words.includes('?')) return [];
      const tokens = tokensOf(words);
      const ofOwn = own.length > 0 ? signsIn(indexOfTenant(own), tokens) : [];
      const ofAll = signsIn(index, tokens).filter(
        ({ cue, words: count }) =>
          (cue === 'fuzzy-topic' ? isTaught(words, asked) : count > 1 || complains.test(words)) && (cue !== 'symptom' || complains.test(words)),
      );
      return [...ofOwn, ...ofAll].map(
        ({ cue, id, start, end, words: count }): ReadCue => ({
          cue,
          detail: id,
          span: { start: sentence.start + start, end: sentence.start + end },
          confidence: count > 1 ? 0.8 : 0.65,
        }),
      );
    });
    return cues.filter((one, at) => cues.findIndex(({ cue, detail }) => cue === one.cue && detail === one.detail) === at);
  };
}

/** A word for what people complain of ("handover", "time management") is a symptom only where they complain. */
const complains =
  /\b(?:not?|never|don'?t|doesn'?t|can'?t|cannot|won'?t|didn'?t|isn'?t|aren'?t|nobody|none|only|hardly|too|few|fewer|less|los[et]\w*|losing|lost|drop\w*|down|f[ae]ll\w*|declin\w*|from \d|rose|grows?|grew|growing|up|slow\w*|late|long\w*|thin|empty|stuck|stale|weak|bad|low|poor|wrong|mess|joke|fail\w*|miss\w*|slip\w*|stall\w*|die|dark|silent|behind|leav\w*|left|quit|resign\w*|churn\w*|cancel\w*|unpaid|broken|problem|trouble|catastrophe|disaster|struggl\w*|flat|stagnat\w*|give away|giving away|cav(?:e|ing)|erosion|eroding|worse|worst|expensive|cheaper|undercut|rush|another|again|burns?|drown\w*|hard to|difficult|pressure|objections?|discounting|ghost|discounts? on every|bleed\w*|knock\w*|cling\w*|desperate)\b/;
const shortRequest = 60;
const learning =
  /\b(?:train(?:ing|ings|ed)?|courses?|workshops?|seminars?|skills?|classes|boot ?camp|master ?class|refresher|learn|better at|something on|something for|help with|session|days? of|e-?learning|webinars?)\b/;

/** "The negotiation was moved to ten" names no topic of learning. */
function isTaught(sentence: string, asked: boolean): boolean {
  return learning.test(sentence) || (asked && sentence.length <= shortRequest && /\b(?:need|want|can|could|help|looking)\b/.test(sentence));
}
