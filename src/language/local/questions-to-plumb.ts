import type { ReplyContext, Wish } from '../language.ts';
import { sentencesOf } from './sentences.ts';

/** What people ask of Plumb while it works with them. `toOthersToo`: people ask each other the same, so that it counts only where nobody else was asked something. */
type Asking = { wish: Extract<Wish, 'who-sees' | 'so-far' | 'example'>; toOthersToo: boolean; pattern: string };

const shown =
  '(?:all (?:of )?)?(?:this|that|it|these|any of (?:this|it)|my (?:answers?|reply|replies|words|name)|our answers|(?:the|this) (?:answers?|brief|thread|notes|result|conversation|chat)|what (?:i|we) (?:write|say|said|answer)(?: here)?|what is (?:said|written) here)';
const sees =
  "(?:sees?|reads?|gets?|is reading|is seeing|'s reading|'s seeing|seeing|reading|getting|will (?:see|read|get)|can (?:see|read)|could (?:see|read)|gets to (?:see|read)|gonna (?:see|read)|has access to|looks at|is going to (?:see|read|get))";
const boss =
  '(?:my |our |the |your )?(?:boss|bosses|manager|ceo|cfo|vp|hr|l&d|finance|team|people|reps|everyone|everybody|anyone|anybody|whole (?:company|channel|team)|others)';

const asking: readonly Asking[] = [
  {
    wish: 'who-sees',
    toOthersToo: false,
    pattern: `who(?:m|'?s| is| all| else)?(?: else)? (?:all )?${sees} ${shown}`,
  },
  {
    wish: 'who-sees',
    toOthersToo: false,
    pattern: `(?:does|do|will|can|could|is|are|would) ${boss} (?:get|see|read|going to (?:see|read|get)|gonna (?:see|read|get)|able to (?:see|read)|allowed to (?:see|read)) ${shown}`,
  },
  {
    wish: 'who-sees',
    toOthersToo: false,
    pattern: `(?:is|are) ${shown} (?:anonymous|confidential|private|public|visible(?: to .{1,30})?|secret|between us|recorded|stored|logged|saved)`,
  },
  {
    wish: 'who-sees',
    toOthersToo: false,
    pattern: `where (?:does|do|will|would|is) ${shown} (?:go|end up|get posted|posted|going|stored|kept)|do you (?:remember|keep|store|record|save|share|pass on) (?:everything|all|what i say|what we say|this|that|it)(?: (?:i|we) (?:say|write))?|what happens (?:to|with) ${shown}|(?:is|are|will|does|do) (?:she|he|they|\\p{L}{2,20}) (?:now |gonna |going to )*(?:get|receive) (?:an? |any )?(?:e?mails?|messages?|notifications?|dms?|pings?)(?: from you)?`,
  },
  {
    wish: 'so-far',
    toOthersToo: true,
    pattern:
      "(?:what(?:'s| is|s)|whats) (?:still |is )?(?:missing|left|open|outstanding|next|to do|the status)|what (?:is |are )?(?:still |else )?(?:left|missing|open)(?: to (?:do|answer))?|what(?:'s| is|s)? (?:still )?left to (?:do|answer|say)",
  },
  {
    wish: 'so-far',
    toOthersToo: true,
    pattern:
      'what (?:else )?(?:do|did|have|are|would) (?:you|u|we) (?:else )?(?:have|got|get|noted|note(?:d)? down|note|write down|written down|know|need|still need|missing|waiting for)(?: (?:so far|already|else|from me|from us|to know|down|until now|by now|for the .{2,30}|about .{2,30}))*',
  },
  {
    wish: 'so-far',
    toOthersToo: true,
    pattern:
      "(?:can|could|may) (?:i|we) see (?:what (?:you|we) (?:have|got|noted|wrote)(?: down)?|my answers|the answers|the notes|your notes|it)(?: so far)?|(?:show|tell|read) (?:me|us) (?:back )?(?:what (?:you|we)(?:'ve| have)? (?:got|have|noted|wrote)?|the notes|your notes|my answers|the answers)(?: down)?(?: so far| already)?",
  },
  {
    wish: 'so-far',
    toOthersToo: true,
    pattern:
      'how (?:many|much) (?:more )?(?:left|questions?|of these|of them|more|to go|is left|are left)(?: (?:questions?|are (?:there|left)|is (?:there|left)|left|to go|do you have|have you got|more|still|come|to come))*|how (?:much )?longer(?: (?:will|does|is) (?:this|it) (?:take|gonna take|going to take))?|how (?:long|far) (?:will|does|is|are) (?:this|it|we)(?: (?:gonna |going to |still )?take)?(?: still)?',
  },
  {
    wish: 'so-far',
    toOthersToo: true,
    pattern:
      "(?:are|r) we (?:done|finished|there|there yet)(?: yet| then| now| here)?|is (?:that|this|it) (?:it|all|everything|enough|the last one)(?: (?:then|now|for now|you need|u need))?|(?:was|is) that (?:the last (?:one|question)|enough)|(?:am|are) (?:i|we) (?:done|finished)|anything else(?: you need| u need| from me| left| missing)?|where (?:are|were) we(?: at| now| again)?|where do we stand|what(?:'s| is)? the status|(?:not sure )?what else (?:do )?(?:you|u) (?:still )?need(?: (?:from (?:me|us)|to know|now))?",
  },
  {
    wish: 'example',
    toOthersToo: true,
    pattern:
      '(?:(?:can|could|do) (?:you|u) (?:please )?)?(?:give|show|have|got) (?:me |us )?(?:an?|some|one) examples?|(?:any|an|some|for) examples?(?: of (?:that|this|it)| please| maybe)?|examples?(?: please)?|like what|such as|for instance|e\\.?g\\.?|(?:can you |could you |please )?explain(?: (?:that|this|it))?(?: to me)?|what (?:kind|sort) of (?:thing|things|number|numbers|example|answer|detail|details)',
  },
  {
    wish: 'example',
    toOthersToo: true,
    pattern:
      "(?:(?:not sure|no idea|i don'?t (?:get|understand) (?:it|that|this|the question)),? )?what do(?:es)? (?:others|other (?:people|teams|companies)|people|teams) (?:usually |normally )?(?:say|do|answer|write|put)(?: here)?|what would (?:a )?good (?:answer|one) (?:be|look like)|what does a good answer (?:look like|have)",
  },
  {
    wish: 'example',
    toOthersToo: true,
    pattern:
      "what (?:do|did) (?:you|u) mean(?: (?:by|with) (?:that|this|it|\\S{1,20}(?: \\S{1,20})?)| exactly| here| \\S{1,20}(?: \\S{1,20})?)?|(?:wdym|meaning what|how do you mean)|what (?:does|do|is|are) (?:that|this|it|\\S{1,20}(?: \\S{1,20})?) (?:even )?mean|i don'?t (?:get|understand) (?:it|that|this|the question|your question|what you mean)",
  },
];

const before =
  "(?:(?:ok(?:ay)?|fine|hm+|ah|oh|um+|er+|well|so|and|but|btw|by the way|sorry|wait|hang on|hey|hi|hello|quick (?:q|question)|question|just (?:asking|checking|curious)|one (?:thing|question)|yes|yeah|sure|good|great|right|thanks|thx|cool|alright|not sure|no idea|(?:i'?m )?(?:just )?(?:curious|wondering)|out of curiosity|before i answer(?: that)?|first|then|now|@?plumb)[\\s,:;.–—-]+){0,4}";
const after =
  '(?:[\\s,]+(?:then|now|please|pls|plz|here|btw|by the way|exactly|actually|again|though|lol|plumb|@plumb|in the end|afterwards|later|at the end|still|yet|anyway|so far|for now)){0,3}';

const patterns = asking.map(({ wish, toOthersToo, pattern }) => ({ wish, toOthersToo, whole: new RegExp(`^${before}(?:${pattern})${after}[\\s?!.…]*$`, 'u') }));

/** Longer sentences say something besides. */
const longest = 120;

/**
 * The question to Plumb that a normalised message ends with, and where it begins: what stands before it may be an answer. Only from those who were asked
 * something or who speak to Plumb; what is asked of a colleague by name is none, for then the name stands in the sentence.
 */
export function questionToPlumb(low: string, context: ReplyContext): { wish: Wish; from: number } | undefined {
  if (context.asked === undefined && !context.addressed && context.offered !== 'review') return undefined;
  const last = sentencesOf(low).at(-1);
  if (!last || last.end - last.start > longest) return undefined;
  const sentence = low.slice(last.start, last.end).trim();
  const amongPeople = context.peopleAsked !== undefined && !context.addressed;
  const found = patterns.find(({ whole, toOthersToo }) => !(toOthersToo && amongPeople) && whole.test(sentence));
  // Without an open question there is nothing to give an example of.
  if (!found || (found.wish === 'example' && context.asked === undefined)) return undefined;
  return { wish: found.wish, from: last.start };
}
