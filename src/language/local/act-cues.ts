import type { ActKind, Wish } from '../language.ts';

/** Whole-message cues of what somebody does, for normalised text. Data: first match wins within an act. `longest`: the message may not have more words than this. */
export type ActCue = { act: ActKind; longest: number; pattern: RegExp };

export const controlCues: readonly ActCue[] = [
  {
    act: 'stop',
    longest: 16,
    pattern:
      /^(?:please |pls |ok,? |just |can you )?stop(?: it| this| that| please| now| asking\b.*| messaging\b.*| bothering\b.*| the questions?)?[.! ]*$|\b(?:unsubscribe|remove me|leave me alone|end (?:this|the) (?:conversation|thread|chat)|quit (?:it|asking|this)|don'?t want (?:these|this|any more|your)|no more questions|enough questions|i'?m out|cancel (?:the whole|this|everything|it all|the request)|(?:project|it|this|request) is dead|we'?re done(?: here)?|close (?:it|this)|shut up|forget (?:it|the whole thing|about (?:it|this))|go away|drop (?:it|this|the request)|withdraw)\b/,
  },
  {
    act: 'pause',
    longest: 22,
    pattern:
      /^(?:later|not now|hold on|wait|pause|snooze|brb|tomorrow|one (?:sec|moment|minute)|bad (?:moment|time)|busy)\b.{0,60}$|\b(?:(?:can|could|let'?s|shall) (?:we|you) (?:\w+ )?(?:park|pause|postpone|hold)|park (?:this|it)|(?:ping|remind|ask|try|nudge|chase) (?:me )?(?:again|later|tomorrow)|(?:ping|remind|ask|nudge|chase) me (?:on|next|in|monday|after)|give me (?:till|until|a|an|some|five|\d)|come back to (?:it|this|that|you)|get back to (?:you|it|this)|in (?:a|back to back) meetings?|in a meeting|back in (?:an?|\d+|five|ten)|pause please|busy (?:week|day|right now)|remind me|snooze|after lunch|later today|later (?:ok|please|pls|this week)|do(?: this| it)? later|tonight when|another time|need (?:a|some) (?:break|time)|boarding|not (?:a good|right) (?:time|now)|(?:don'?t|do not|haven'?t|have not) (?:have |got )?(?:the |any )?time (?:for (?:this|it|that) )?(?:today|now|right now|this (?:week|morning|afternoon)))\b/,
  },
  {
    act: 'resume',
    longest: 18,
    pattern:
      /^(?:resume|continue|carry on|go on|proceed|shoot)\b[.! ]*$|\b(?:i'?m back|back at my desk|where were we|let'?s (?:continue|go on|carry on|pick|get on|resume)|pick it up (?:again)?|carry on asking|(?:can|you can) (?:go on|carry on|continue)|what'?s still open|ready when you are|free now|sorry for the (?:silence|delay|wait)|ask away|fire away|next question is fine|keep going|unpause)\b/,
  },
  {
    act: 'skip',
    longest: 12,
    pattern:
      /^(?:skip|next|pass|n\/?a|move on|blank|no comment)\b.{0,40}$|\b(?:skip (?:it|this|that|the question)|next (?:question|one|please|pls)|i'?ll pass|(?:jump|skip) over|leave (?:that|this|it) (?:blank|out|empty|open)|let'?s not do (?:this|that)|not relevant(?: for us)?|(?:would |'?d )?rather not (?:say|answer|get into|go into)|prefer not to|pass on (?:this|that))\b/,
  },
];

const opener = '(?:(?:ok(?:ay)?|right|so|hi|hey|sorry|alright|all right|good|great|thanks|yes|fine|now|plumb|and)[\\s,.!-]+)*';
const spare =
  '(?:some |a bit of |a little |a few |a couple of |an? |half an |ten |five |fifteen |\\d{1,2} )?(?:spare |free |quiet )?(?:time|moments?|minutes?|mins?|hour)';
const when = '(?: (?:now|again|right now|for (?:this|it|that|you|your questions?|the (?:rest|questions?))))';

/** Somebody who put it off is there again: nothing else is said in the message. */
export const hasTimeNow = new RegExp(
  `^${opener}(?:${[
    `(?:(?:i|we)(?:'ve| have|'ve got| have got| got| can find| found)|have|got|found) (?:now )?${spare}${when}{1,2}`,
    `now (?:i|we)(?:'ve| have|'ve got| have got| got) ${spare}`,
    "(?:i'?m|i am|we'?re|we are)? ?(?:ready|available|free|back|there|here) (?:now|again)",
    "now works(?: for me)?|now(?:'s| is| would be) (?:an? )?(?:good|fine|better|ok|okay)(?: time| moment)?(?: for me)?",
    '(?:i|we) can (?:answer|do (?:it|this|that)|talk|go on|continue) (?:now|again)',
    "(?:let'?s|let us) (?:do|finish|get) (?:it|this|that)(?: done)? now",
    "(?:i'?m |i am )?(?:done with|out of) (?:my|the) (?:meeting|call)s?(?: now)?",
  ].join('|')})(?:[\\s,.!]+(?:thanks|please|go ahead|ask away|shoot|go on|plumb|what(?:'s| is) (?:next|left|open|missing)))*[\\s,.!?]*$`,
);

/** The opposite, which shares most of its words. */
export const hasNoTimeNow = new RegExp(
  `^${opener}(?:i |we )?(?:(?:(?:have|'ve|got|'ve got) )?no|(?:don'?t|do not) have|haven'?t(?: got)?|have not(?: got)?) (?:the |any |much |enough )*(?:spare |free )?(?:time|minutes?|moment)(?: (?:now|right now|at the moment|today|this (?:morning|afternoon|week)|for (?:this|it|that)))+(?:[\\s,.!]+(?:sorry|thanks|later))*[\\s,.!]*$`,
);

export const dontKnow =
  /\b(?:(?:i|we) (?:really |honestly |simply |just |also |truly )?(?:don'?t|do not|dont|dunno|didn'?t|wouldn'?t) (?:really |actually |yet )?(?:know|have (?:a clue|an idea|any idea|baselines?|visibility|that))|dunno|idk|no (?:idea|clue|visibility|way to (?:know|tell|say))|not (?:sure|certain|known|a clue|decided|aware)|(?:haven'?t|hadn'?t|have not) (?:a clue|the faintest|got that far|got a clue|thought|decided|figured|worked|measured|defined|any idea|the foggiest)|(?:i |we |^)(?:couldn'?t|could not|can'?t|cannot) (?:tell|say|point|judge|answer)(?: you)?|i doubt (?:that )?any|hard to (?:tell|say)|impossible (?:to say|for me|to tell)|tb[cd]|to be (?:decided|defined|confirmed)|unknown|beats me|who knows|your guess is as good|you got me|good question|need to (?:look|check|find|think|ask)|(?:have|i'?d have|'?d need) to (?:check|find|look|think|ask around)|(?<!they |he |she |people |reps |sellers |managers |team )(?:don'?t|dont) know|mystery to me|no visibility|nobody (?:has told|knows)|nothing i could tell|still figuring|not (?:been )?decided|never (?:measured|asked)|search me|anyone'?s guess|blank\b)/;

export const acknowledgement =
  /^(?:ok(?:ay|ey)?(?:[ ,]+(?:ok|okay|cool|good|great|thanks|thx|dokey|will do|got it|fine|sure|reading.{0,20}))*|k|kk|cool|great(?: stuff)?|nice(?: one)?|perfect|super|thanks?(?: a lot| so much| again)?|thx|ta|cheers|merci|danke|noted|understood|roger|copy(?: that)?|got it|right|alright|all right|sure|yep|yup|yeah|fine(?: by me)?|good(?: idea| point| stuff)?|makes sense|fair(?: enough| point)?|true|i see|ah i see|agree|agreed|i agree|received|sounds good|will do|looks good|awesome|excellent|wonderful|lovely|very helpful|mm-?hm+|done|seen it|i like it|that'?s (?:clear(?:er)?|great|helpful|fine|good)|all (?:good|clear)|happy with that|invite accepted|will read)\b(?:[\s,.!]+(?:thanks?|thx|thank you|now|then|one|will do|i see|for (?:the|your|checking)\b.{0,30}|to me|by me|dokey|that|it|plumb|everyone|all|you|tonight|so much|very much|a lot|danke|thanks a lot|idea|seen it|clear|yep|ok|cool|great|perfect|helpful|useful|it now|that helps|helps))*[\s.!,)]*$/;

export const objection =
  /\b(?:overkill|interrogation|(?:why|what) (?:make|all) (?:it|this|the|these) (?:a science|fuss|questions)|everyone knows why|homework|not (?:l&d'?s|your|our) (?:job|business|culture|concern)|isn'?t (?:our|your) culture|overcomplicat\w*|bureaucra\w+|waste of time|(?:don'?t|do not|doesn'?t) (?:buy|believe|agree|see why|see the point|think (?:it'?s|that'?s|this)|need all)|i disagree|disagree with|loaded question|cheeky|patroni[sz]ing|scapegoat|not how we work|enough on (?:their|my|his|her) plate|spying|nonsense|won'?t play|not adding|we have a business to run|don'?t (?:push|make (?:me|us))|i'?m not (?:going|gonna)|not going to (?:fight|give|do)|never agree|too much|another (?:meeting|form|report)|no chance|i refuse|i am not doing|stop pretending|know how to lead|they'?re adults|expensive enough|should know this|they'?ll hate|nothing (?:came|gets) |just (?:a|want a|need a) (?:course|training|workshop)|asked for a (?:trainer|course|training|workshop)|this is (?:silly|ridiculous|absurd|pointless)|red tape|why (?:all|so many) (?:these|this|the)? ?questions)\b/;

export const counterQuestion =
  /^(?:quick q|question|sorry,?|hm+,?|well,?|and|but|ok,? but|so|er,?|um,?)?[\s,:]*(?:what|why|which|who|whom|how|where|when|is|are|do|does|did|can|could|would|should|shall|may|must|isn'?t|aren'?t|don'?t|didn'?t|per|compared|data|leading|owner|expected|sufficient|unique|activities|on|my|you|whose|like|such|meaning|any|as in|\w+ as|quick)\b/;

export const correction =
  /\b(?:sorry,? (?:i meant|wrong|i mixed|that should|it'?s|make that|no)|i meant|i mean(?:t)? to say|correction|scrap (?:that|this)|strike (?:that|this|")|wrong (?:calendar|region|number|one|name|system|guys?|figure|date|person)|(?:was|is|are|that'?s|that was) wrong|typo|i (?:misread|misspoke|mistyped|typed|overpromised|mixed up|put that badly|named the wrong|forgot|was wrong)|ignore (?:that|the|what|my)|forget (?:the|that|what i)|take (?:that )?back|let me (?:rephrase|correct|take back|restate)|change(?:d)? my mind|make (?:that|it) (?!real|a|stick|fun|work)|actually,? (?:make|change|set|put|it'?s|the)|actually(?: it| the| not| \w+ (?:doesn'?t|isn'?t))|what i (?:wrote|said|meant)|instead of (?:what|the)|deadline (?:has )?moved|not \S{1,30}(?: \S{1,30})?,? i meant|slight (?:fix|correction|change)|one correction|other way (?:round|around)|hang on|scratch (?:that|"|the)|on second thoughts?|should (?:have been|be) \S{1,30},? not|rather than (?:the )?(?:end|q|\d)|please (?:change|correct|fix|update) (?:the|that|my|it)|pls (?:change|correct|fix|delete|update)|edit:|doesn'?t work after all|dont work after all|no no,|nope,? not|^not (?:her|him|them|that|this|it)\b|not what i said|you(?:'ve| have)? (?:noted|wrote|got|misunderstood|recorded) |i said|outdated|(?:gone|left|resigned)\. (?:it'?s|now)|was too strong|too strong)\b|^\*\w|^oops\b|^(?:er,|~|no that'?s|no,? (?:sorry|i meant|it'?s (?:not|actually)))|~[^~]{1,40}~\s?→|\bnot \S{1,30}(?: \S{1,20})?[.,!]+\s?(?:it'?s|the owner|owner|weekly|monthly)|\b\S{1,30} (?:and|&) not \S|\bundo\b|^(?:please |pls |can you )?(?:remove|delete|take out|strike|leave out) (?:the |that |my )?(?:bit|part|line|words?|sentence|mention|piece)\b/;

/** "Remove the bit about price". */
export const takesOut =
  /^(?:please |pls |can you )?(?:remove|delete|take out|strike|leave out) (?:the |that |my )?(?:bit|part|line|words?|sentence|mention|piece)\b/;

/** Words that correct only something that was said before: they count when the question they are about was answered already. */
export const weakCorrection =
  /,\s?not \S{1,20}(?: \S{1,20})?[.\s]*$|\b(?:actually|any ?more|no longer|instead|now it'?s|it'?s now|changed?|moved|(?:move|change|switch) (?:it|the call|that) |new owner|not \S{1,30} but|rather than)\b|^(?:no|nope|sorry|oops)\b/;

/** Talk between people, beside the matter. */
export const sideTalk =
  /\b(?:coffee machine|drinks on|beer|birthday|congrat\w*|happy (?:new|friday|birthday)|game last night|match last|football|squash|marathon|concert|spare ticket|train running|flight|airport|taxi|parked|parking|bank holiday|weather|sunburnt?|printer|toner|hdmi|projector|vpn|password|wi-?fi|charger|cable|mic|is super slow|fire alarm|dentist|baby|cookies|gif|expense(?:s| report)|off topic|wrong thread|not you,? bot|talking to|owe me|did you (?:see|get|hear)|have you (?:seen|heard)|how (?:was|are you)|call me when|see you|pick you up|still on for|on my way|running late|min late|be late|good luck|well done|proud of you|anyone (?:know|want|got|has)|anybody (?:has|have|got|want)|who took|who'?s (?:bringing|in)|someone parked|temperature in|working from home|wfh|back soon|just fyi|missed your call|resubmit|expense a|lend me|your (?:mic|dog|forecast|old boss|expense)|can you (?:approve|send|forward|cover|order|unlock|lend)|lunch at|table is booked)\b|(?:🎂|🎉|🏃)/u;

/** Lightness that also stands in honest answers. */
export const lightTalk =
  /\b(?:lol|haha|lmao|wow|mate|lunch|dinner|hotel|kids?|school|coffee|holiday|vacation|weekend|fyi|laptop|invoice|upload|folder|samples)\b|(?:😂|🤣|❤)/u;

const wishing =
  "(?:(?:please|pls|ok|okay|no|sorry|hm+|actually|plumb|let'?s|let us|let me|can|could|may|shall|should|we|i|you|i'?d|would|rather|like|want|prefer|need|to|just|better)[\\s,:.!]+)*";
const wished = "(?:[\\s,]+(?:please|pls|then|now|instead|here|plumb|thanks|from here|from now on|again|all of it|if possible|if that'?s ok))*[\\s.!?]*$";
/** All of it would be lost, so that nothing else may be meant: "we begin again in May", "can you restart the dashboard?". */
const startsOver = new RegExp(
  `^(?:[^,.;!?]{1,40}(?:[,.;!]| and| -)\\s)?${wishing}(?:start(?:ing)? (?:(?:all )?over|again|from scratch|from zero|afresh)|begin again|restart(?: (?:this|it|everything|from scratch))?|(?:once more )?from the (?:top|beginning)|reset (?:this|it|everything))(?: (?:with|from) (?:this|it|everything|scratch|zero|the (?:questions|top|beginning|first question)))?${wished}`,
);
/** "Dm me when you are back" is said to somebody else. */
const inPrivate = '(?:in private|privately|to (?:a )?dms?|in (?:a )?dms?|one[- ]on[- ]one)';
const goesPrivate = new RegExp(
  `^${wishing}(?:(?:continue|carry on|answer|talk|speak|discuss|do|go on|move|take|have|keep)(?: (?:this|it|that|on|over|about|further|going)){0,2} ${inPrivate}|dm me|message me (?:privately|directly)|${inPrivate}|(?:but )?not in (?:the )?(?:channel|public|here))${wished}`,
);

const glad = '(?:happy|glad|pleased|delighted)';
const who = String.raw`(?:\b(?:i|let me)(?:'ll| will| can| shall|'d like to| would like to|(?:'d| would) be ${glad} to|(?:'m| am) (?:${glad}|going) to)?|(?:^|[.,;!-] ?|\band )${glad} to)`;
const onesSide = '(?: (?:for|from|with|on behalf of) (?:you|us|l&d|(?:the|our) l&d(?: side| team)?|learning))?';
/** Somebody takes the request on, at the end of what they say: "I look after L&D here, happy to pick this one up with you". */
const claimsIt = new RegExp(
  String.raw`${who} (?:take|claim|pick(?: up)?|grab|own) (?:this|it|that one|the request)(?: one)?(?: on| up)?${onesSide}(?:, [a-z]{3,12})?[.! ]*$|^mine[.! ]*$|\bi'?m on (?:it|this)\b`,
);

/** What people ask of Plumb besides answering; the act that stands for it in the shared format. */
export const wishCues: readonly { wish: Wish; act?: ActKind; longest: number; pattern: RegExp }[] = [
  {
    wish: 'why',
    act: 'counter-question',
    longest: 14,
    pattern:
      /\bwhy (?:do|are|would|did) you (?:ask|asking|need|want|need to know)|\bwhy (?:does (?:that|this|it) matter|is (?:that|this) (?:important|relevant)|this question|are you asking|should i)|^why\s?\?*$|\bwhat'?s (?:that|this) (?:for|got to do)\b/,
  },
  {
    wish: 'short-path',
    act: 'objection',
    longest: 24,
    pattern:
      /\bjust (?:get|give|book|find|organi[sz]e|send|want|need|do|run|deliver) (?:me |us )?(?:the|a|my|that) (?:\w+ ){0,2}?(?:course|training|workshop|programme|program|thing|session|trainer)\b|\b(?:short (?:version|path)|skip (?:all|the) (?:this|these|the )?(?:questions|rest)|only the essentials|keep it short|i just want the (?:course|training|workshop)|make it quick|shortest (?:way|path)|just book it|book (?:it|the (?:trainer|course|training|workshop))(?= *(?:please|now|already)?[.! ]*$))\b|^(?:please |pls |can you |ok,? )?just (?:(?:get|have|make) it (?:done|sorted|happen|over with)|(?:do|sort|arrange|organi[sz]e|run) it)(?: (?:please|pls|now|already|asap))?[.! ]*$/,
  },
  {
    wish: 'start-over',
    longest: 10,
    pattern: startsOver,
  },
  {
    wish: 'undo',
    act: 'correction',
    longest: 8,
    pattern: /^(?:please |pls |oops,? ?|sorry,? ?|can you )?(?:undo|revert|take (?:that|it) back|delete (?:that|my last|the last))\b.{0,30}$/,
  },
  {
    wish: 'write-brief',
    longest: 14,
    pattern:
      /^(?:(?:ok|okay|sure|fine|yes|good|right|go|(?:that'?s|this is|it'?s|now )? ?(?:enough|all|it|plenty)(?: now| for now)?)[\s,.!;:-]+)*(?:just |now |please |pls |so )?(?:write|wrap|sum|note|draft) (?:it|this|that)(?: now| then| please| pls| out| down| up)?[\s.!]*$|\b(?:write|draft|make|create|show|prepare|generate|give me|do|send) (?:me |us |up )?(?:the |a |that )?(?:brief|draft|summary)\b|\bbrief now\b|\b(?:write|wrap) (?:it|this|that|everything) (?:all )?up\b/,
  },
  {
    wish: 'leave-to-partner',
    longest: 20,
    pattern:
      /\b(?:let|have|leave|give|hand)\b.{0,24}\b(?:l&d|ld|l and d|learning|partner|my partner|the partner)\b.{0,24}\b(?:rest|take (?:it|over)|handle|finish|remaining|do it|from here)\b|\bleave (?:the )?rest (?:to|with|for)\b/,
  },
  {
    wish: 'carry-on',
    act: 'resume',
    longest: 12,
    pattern:
      /^next question[.! ]*$|^(?:@?plumb[\s,:]*)?(?:(?:ok|okay|fine|good|great|alright|right|so|and)[\s,.]+){0,2}(?:what(?:'?s| is) (?:left|(?:still )?(?:open|missing))|(?:what|anything) (?:else|more) (?:do |that )?(?:you|u) (?:still )?need)[?!. ]*$|^(?:ok,? |yes,? |sure,? |right,? )?(?:(?:let'?s |please |you can |we can )?(?:carry|go|keep|move) (?:on|going|ahead)(?: now| please| then| with (?:the|it).{0,20})?|continue|next one|all of them|the rest too|ask me the rest|go through the rest)[.! ]*$/,
  },
  {
    wish: 'privately',
    longest: 16,
    pattern: goesPrivate,
  },
  {
    wish: 'help',
    longest: 8,
    pattern:
      /^(?:@?plumb[ ,:]*)?(?:help(?: me)?(?: please)?|how does this work|what can (?:you|i) (?:do|say|ask)|what (?:is|are) (?:this|you)|who are you|commands?|(?:answer|fill(?: it| this)? in) (?:in|with|by|using) (?:a|the) form|(?:the |a )?form please|can i (?:use|have) (?:a|the) form)[?!. ]*$/,
  },
  {
    wish: 'claim',
    act: 'acknowledge',
    longest: 24,
    pattern: claimsIt,
  },
];
