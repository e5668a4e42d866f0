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

const only = (words: string) => new RegExp(`^(?:${words})(?:[\\s,.!]+${manners})*[\\s,.!]*$`);
const agreed = new RegExp(`^(?:${yes}[\\s,.!]+)*(?:${yes}|${goingOn})(?:[\\s,.!]+(?:${manners}|${goingOn}))*[\\s,.!]*$`);
const putsOff = only(putOff);
const closes = only(closing);
const goesOn = only(`(?:no|nope|nah|no need|don'?t)|(?:(?:no|nope|nah)[\\s,.!]+)?${goingOn}`);

/** A signature must be said plainly: "yes", "that's right", "looks good to me", "approved". A bare "ok" or "thanks" only says that it was seen. */
const approving =
  /^(?:(?:yes|yep|yeah|yup|ok|okay|sure|great|perfect|super|excellent|nice|brilliant|thanks|thank you|thx)[\s,.!]+)*(?:yes|yep|yeah|yup|correct|exactly|(?:it |that |this |all |everything |brief |(?:the |this )brief )?(?:looks?|sounds?|reads?|seems?|is|'s) (?:all )?(?:right|good|correct|fine|great|ok|okay|perfect|accurate|spot on)(?: to me| from here| from my side| for me)?|(?:that|this|it)(?:'s| is) (?:all )?(?:it|right|correct|fine|good|great|perfect|accurate|ok|okay|spot on|exactly (?:it|right)|how it is|what (?:i|we) (?:said|meant|agreed))|all (?:correct|right|good|fine|set)|i (?:approve|agree|sign|confirm)(?: (?:it|this|that|the brief))?(?: off)?|approved?(?: by me)?|sign(?:ed)?(?: it)?(?: off)?|ship it|spot on|good to go|lgtm|confirmed|happy with (?:that|this|it|the brief)|exactly right|no (?:changes|objections)(?: from me| needed)?|nothing to (?:change|add)|agreed)(?:[\s,.!]+(?:thanks|thank you|thx|plumb|from me|for me|yes|go ahead|ship it|post it|now|well done|approved|signed|all good|all right|all correct|nothing to add|i agree|good to go))*[\s,.!]*$/;

/** Longer messages say more than yes or no to an offer. */
const longest = 80;

/**
 * What a short message says to the offer that Plumb made last; undefined when it speaks of something else.
 * `thumb`: the message is a nodding emoji and nothing more.
 */
export function reactionTo(offered: Offer, low: string, thumb = false): Reaction | undefined {
  if (low.length > longest) return undefined;
  const said = low
    .replace(/[^\p{L}\p{N}\s'.,!?&/-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  switch (offered) {
    case 'enough-to-start':
      if (thumb || agreed.test(said)) return { acts: ['resume'], wishes: ['carry-on'] };
      if (closes.test(said)) return { acts: [], wishes: ['write-brief'] };
      return putsOff.test(said) ? { acts: ['pause'], wishes: [] } : undefined;
    case 'review':
      return thumb || approving.test(said) ? { acts: ['acknowledge'], wishes: ['looks-right'] } : undefined;
    case 'pause':
      if (goesOn.test(said)) return { acts: ['resume'], wishes: ['carry-on'] };
      return thumb || agreed.test(said) || putsOff.test(said) ? { acts: ['pause'], wishes: [] } : undefined;
    default:
      return offered satisfies never;
  }
}
