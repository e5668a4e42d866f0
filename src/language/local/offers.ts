import type { ActKind, ReplyContext, Wish } from '../language.ts';

type Offer = NonNullable<ReplyContext['offered']>;
type Reaction = { acts: ActKind[]; wishes: Wish[] };

const yes =
  "(?:yes|yep|yeah|yup|ya|aye|ok|okay|okey|sure(?: thing)?|fine|good|great|alright|all right|right|absolutely|of course|definitely|certainly|please do|do it|do that|why not|i'?m ready|ready)";
const manners = '(?:please|pls|plz|thanks|thank you|thx|then|now|for now|plumb|with the rest|with it|by all means)';
const goingOn =
  "(?:(?:let'?s |please |pls |you can |we can |i'?m happy to |happy to )?(?:go(?: on| ahead| for it)?|carry on|keep (?:going|asking|on)|continue|proceed|move on|do the (?:rest|others|other nine)|answer the rest|finish (?:it|them|the rest))|(?:the )?next(?: one| question)?(?: please)?|ask (?:me )?(?:away|on|the rest|more|the others)|fire away|shoot|the rest(?: too)?|all of (?:them|it)|bring it on|let'?s do (?:it|this|that|the rest|them))";
const putOff =
  '(?:(?:no,? |nah,? |nope,? |sorry,? |maybe |rather |perhaps )?(?:later|not now|not today|not yet|another (?:time|day)|some other time|next week|tomorrow|this afternoon|after lunch)(?: today| this week| maybe| thanks)?|(?:done|enough) for today|no|nope|nah|no,? thanks?|no thank you)';
const closing =
  "(?:(?:no,? |nope,? |ok,? |i think |so )?(?:that'?s|that is|that was|this is) (?:all|it|everything|enough|plenty|me done)(?: for now| from me| i have| i know| for today| thanks)?|(?:just |please |pls |now |ok,? |stop here and |stop (?:asking )?and |then )*(?:write|wrap|draft|sum) (?:it|this|that|everything) ?(?:up|down|out)?|enough(?: for now| questions| already)?|no more questions|we'?re done(?: here)?|i'?m done|all done|that'?ll do|good enough|leave it (?:at that|there)|finish here|stop here|use what you have|go with (?:that|this|what you have))";

/** Thanks alone say that the offer was seen. */
const welcome =
  "(?:yes|yep|yeah|yup|ok|okay|sure(?: thing)?|fine|good|great|perfect|super|lovely|excellent|brilliant|wonderful|of course|absolutely|definitely|please do|all right|alright|works|sounds good|welcome(?: aboard| on board)?|gladly|with pleasure|go ahead|go for it|happy with that|i'?m happy with that|(?:that|it)(?:'s| is|'?d be| would be|'ll be) (?:fine|good|great|lovely|perfect|all right|alright|ok|okay|helpful|very helpful|a help))";
const welcoming =
  '(?:(?:with|for|by|to) me|please|pls|thanks|thank you|thx|a lot|so much|very much|much appreciated|appreciated|do|then|and|from (?:my|our) side)';

const only = (words: string) => new RegExp(`^(?:${words})(?:[\\s,.!]+${manners})*[\\s,.!]*$`);
const agreed = new RegExp(`^(?:${yes}[\\s,.!]+)*(?:${yes}|${goingOn})(?:[\\s,.!]+(?:${manners}|${goingOn}))*[\\s,.!]*$`);
const putsOff = only(putOff);
const welcomes = new RegExp(`^(?:${welcoming}[\\s,.!]+)*${welcome}(?:[\\s,.!]+(?:${welcome}|${welcoming}))*[\\s,.!]*$`);
const keepsAway = only("no,? (?:thanks?|thank you|need)|not (?:now|yet|needed)|i'?d rather not|we'?re (?:fine|good|ok)");
const closes = only(closing);
const goesOn = only(`(?:no|nope|nah|no need|don'?t)|(?:(?:no|nope|nah)[\\s,.!]+)?${goingOn}`);

/** A signature must be said plainly: "yes", "that's right", "looks good to me", "approved". A bare "ok" or "thanks" only says that it was seen. */
const draft = '(?:it|that|this|all|everything|brief|(?:the|this) (?:new |updated |revised |whole |latest )?(?:brief|draft|version|text|summary))';
const good = '(?:right|good|correct|fine|great|ok|okay|perfect|accurate|spot on)';
const fine = `(?:all |very |really |just |perfectly |exactly )?${good}`;
const thanking = '(?:(?:many )?thanks|thank you|thx|cheers)(?: a lot| so much| all| everyone| both)?';
const praise = '(?:great|good|nice) (?:work|job)|well done';
const approval = [
  'yes|yep|yeah|yup|correct|exactly|agreed|lgtm|confirmed|ship it|spot on|good to go|exactly right',
  `(?:${draft} )?(?:looks?|sounds?|reads?|seems?|is|'s) ${fine}(?: to me| from here| from (?:my|our) side| for me)?`,
  `(?:that|this|it)(?:'s| is) (?:it|${fine}|exactly it|how it is|what (?:i|we) (?:said|meant|agreed))`,
  'all (?:correct|right|good|fine|set)',
  `i(?:'m happy to)? (?:approve|agree|sign|confirm)(?: (?:to |with )?${draft})?(?: off)?`,
  `(?:${draft} is )?approved?(?: by me)?|(?:${draft} is )?sign(?:ed)?(?: it)?(?: off)?`,
  `(?:i'm |i am )?happy with ${draft}`,
  'no (?:changes|objections)(?: from me| needed)?|nothing to (?:change|add)(?: from me)?',
].join('|');
const before = `(?:yes|yep|yeah|yup|ok|okay|sure|great|perfect|super|excellent|nice|brilliant|${thanking}|${praise})`;
const behind = `(?:${thanking}|${praise}|plumb|all|team|everyone|from me|from my side|for me|100|go ahead|post it|now|perfect|great)`;
const approving = new RegExp(`^(?:${before}[\\s,.!]+)*(?:${approval})(?:[\\s,.!]+(?:and )?(?:${behind}|${approval}))*[\\s,.!]*$`);

/** "Yes, Priya" answers Priya, "looks good, Priya" speaks of the draft. */
const ofDraft = /\b(?:looks?|reads|approved?|sign(?:ed)?|confirm(?:ed)?|happy with|no (?:changes|objections)|good to go)\b/;

/** Whether all that is said is that a draft is right: it may sign one, so "finance approved the budget" must not. `plainly`: a bare "yes" is not enough. */
export function approves(low: string, plainly: boolean): boolean {
  return low.length <= longest && approving.test(plain(low)) && (!plainly || ofDraft.test(low));
}

/** Longer messages say more than yes or no to an offer. */
const longest = 80;

/**
 * What a short message says to the offer that Plumb made last; undefined when it speaks of something else.
 * `thumb`: the message is a nodding emoji and nothing more.
 */
export function reactionTo(offered: Offer, low: string, thumb = false): Reaction | undefined {
  if (low.length > longest) return undefined;
  const said = plain(low);
  switch (offered) {
    case 'enough-to-start':
      if (thumb || agreed.test(said)) return { acts: ['resume'], wishes: ['carry-on'] };
      if (closes.test(said)) return { acts: [], wishes: ['write-brief'] };
      return putsOff.test(said) ? { acts: ['pause'], wishes: [] } : undefined;
    case 'review':
      return thumb || approves(low, false) ? { acts: ['acknowledge'], wishes: ['looks-right'] } : undefined;
    case 'pause':
      if (goesOn.test(said)) return { acts: ['resume'], wishes: ['carry-on'] };
      return thumb || agreed.test(said) || putsOff.test(said) ? { acts: ['pause'], wishes: [] } : undefined;
    default:
      return offered satisfies never;
  }
}

/** What a short message says to somebody who offered to be the L&D partner; names are left out of it. `low` as for reactionTo. */
export function reactionToPartner(low: string, thumb = false): Reaction | undefined {
  if (low.length > longest) return undefined;
  const said = plain(low);
  if (thumb || welcomes.test(said)) return { acts: ['acknowledge'], wishes: ['confirm-partner'] };
  return keepsAway.test(said) ? { acts: ['acknowledge'], wishes: [] } : undefined;
}

function plain(low: string): string {
  return low
    .replace(/[^\p{L}\p{N}\s'.,!?&/-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
