import type { QuestionId } from '../../domain/questions.ts';
import type { ActKind, ReplyContext, Wish } from '../language.ts';
import {
  acknowledgement,
  controlCues,
  correction,
  counterQuestion,
  dontKnow,
  hasNoTimeNow,
  hasTimeNow,
  lightTalk,
  objection,
  sideTalk,
  weakCorrection,
  wishCues,
} from './act-cues.ts';
import { notNames } from './name-words.ts';
import { normalise } from './normalise.ts';
import { approves, reactionTo, reactionToPartner } from './offers.ts';

/** `sure`: nothing else can be meant. */
export type ActsRead = { acts: ActKind[]; wishes: Wish[]; sure?: boolean };

export function wordCount(low: string): number {
  return low.split(/[^\p{L}\p{N}'@/&]+/u).filter(Boolean).length;
}

/** Emoji that say "yes" or "thanks" when they stand alone. */
const nodding = /^(?:\s|👍|👌|🙏|🙌|👏|✅|🫡|🤝|💯|🆗|\p{Emoji_Modifier}|\p{Variation_Selector})+$/u;

/** What a message without words does: a thumb up takes the offer that was made, else it acknowledges; everything else is talk. */
export function wordlessActs(text: string, context: ReplyContext): ActsRead {
  if (text.trim() === '' || !nodding.test(text)) return { acts: ['chit-chat'], wishes: [] };
  return reactionIn('', context, true) ?? { acts: ['acknowledge'], wishes: [] };
}

/** What is said to an offer: to that of Plumb, or to that of an L&D partner, whom people call by name. */
function reactionIn(low: string, { asked, offered, partnerOffers, people, probed }: ReplyContext, thumb = false): ReturnType<typeof reactionTo> {
  const toPlumb = offered && reactionTo(offered, low, thumb);
  if (toPlumb || !partnerOffers) return toPlumb;
  const names = new Set(people.flatMap(({ name }) => normalise(name).split(' ')));
  const said = low.replace(/[\p{L}'-]+/gu, (word) => (names.has(word) ? '' : word));
  // A yes answers what was asked last, unless it calls somebody by name.
  if ((probed || asked === 'sufficiency' || partnerOffers === 'before') && said === low) return undefined;
  return reactionToPartner(said, thumb);
}

/** "No" answers these; to any other question it gives nothing that could stand in a brief. */
const takesNo: readonly QuestionId[] = ['sufficiency', 'reinforcement', 'budget'];
const bareNo = /^(?:no|nope|nah|na|none|not really)\W*$/;

/** "Yes please", "sure, do that": agreement to what somebody proposed. */
const agrees = '(?:yes|yep|yeah|yup|sure|ok|okay|great|cool|perfect|please do|do (?:that|it)|go ahead|go for it|sounds good)';
const agreement = new RegExp(`^${agrees}(?:[\\s,.!]+(?:${agrees}|please|pls|plz|thanks|thx|that'?s (?:fine|good)))*$`);
const askingWell = /\b(?:please|pls|plz|do (?:that|it)|go ahead|go for it)\b/;
/** Questions to which "yes" says something. */
const takesYes: readonly QuestionId[] = ['sufficiency', 'reinforcement', 'budget', 'owner-role', 'manager-role'];

/** Agreement with somebody, called by name or not, which says nothing about the open question. */
function agreesWith(low: string, context: ReplyContext): ActKind | undefined {
  const { asked, addressed } = context;
  const said = low.replace(/[\s.!]+$/, '');
  const rest = withoutName(said, context);
  if (!agreement.test(rest) || addressed) return undefined;
  if (rest !== said) return asked === 'owner' && !askingWell.test(rest) ? undefined : 'chit-chat';
  return asked && !takesYes.includes(asked) && askingWell.test(rest) ? 'acknowledge' : undefined;
}

/** What is said to somebody who is called by name at the end: "looks good to me, thanks Priya". */
function withoutName(low: string, { people }: ReplyContext): string {
  const said = low.replace(/[\s.!]+$/, '');
  const called = people.flatMap(({ name }) => [normalise(name), normalise(name).split(' ')[0] ?? '']).find((name) => name !== '' && said.endsWith(` ${name}`));
  return called === undefined ? low : said.slice(0, -called.length).replace(/[\s,]+$/, '');
}

/** "Looks good, Priya" under a draft; said to Plumb there need be none in sight. */
function approvesDraft(low: string, context: ReplyContext): boolean {
  const isSaidToDraft = context.offered === 'review' || (context.addressed && context.asked === undefined);
  return isSaidToDraft && approves(withoutName(low, context), true);
}

/** "I do?", "since when": wonders at what somebody else said. */
const wonders =
  /^(?:(?:oh|wait|huh|er|erm|um|what|sorry)[\s,.?!]+)?(?:(?:i|we|they|he|she|it) (?:do|did|does|is|are|am|was|were|have|has|will|can)(?:n'?t)?\s?\?+|(?:do|did|does|is|are|am|was|were|have|has|will) (?:i|we|they|he|she|it)\s?\?+|since when)(?:\s|\?|!|\.|lol|haha\w*|\p{Extended_Pictographic})*$/u;
/** "First one matters most": which of several requests is meant. */
const choosesRequest =
  /^(?:the )?(?:first|second|third|both|latter|former) (?:one |request |topic |ask )?(?:is |are |has |have )?(?:more|matters?|most|priority|important|urgent|please|pls|comes? first)\b/;
/** "@Priya sure, Thursday works": an answer to whoever is called, not to Plumb. */
const answersSomebody = /^(?:<@\w+>|@\S+)[\s,]+(?:sure|yes|yep|yeah|ok|okay|no|nope|thanks|thx|fine|great|works)\b/;

/** "Tomas not now", "I already said that": nothing about the question. */
const impatient = /^(?:i|we)(?:'ve)? (?:just |already )?(?:said|told|answered|wrote|explained)(?: (?:you|that|this|it|so|above|already|before|plumb)){1,3}\W*$/;
const called = /^(?:not now|be \w+|stop(?: it)?|come on|please|pls|lol|haha\w*|wait|thanks|thx|thank you|you tell me|behave|really|seriously)\b[\s!?.]*$/;

/** "Keiko, right?" asks Keiko whether it is so. */
const seeksAssent =
  /^(?:(?:<@\w+>|@?[\p{L}'-]+(?: [\p{L}'-]+)?)[\s,]+(?:right|correct|true|no|yes|isn'?t it|ok|okay)|right,? (?:<@\w+>|@?[\p{L}'-]+(?: [\p{L}'-]+)?))\s?\?+$/u;
const comment =
  /^(?:(?:ok|okay|well|yes|yeah|no|hm+|fine|true|but|and|come on|look|sorry)[\s,.!]+)*(?:not now|fair (?:point|enough)|good (?:point|one)|true|exactly|agreed|indeed|nonsense|seriously|that(?:'s| is) (?:(?:only|just) )?(?:part|half|one side|not|true|right|fair|unfair|nonsense|rubbish|your view|a different)\b.{0,30}|you(?:'re| are) (?:right|wrong)\b.{0,40}|i (?:do not |don'?t |fully |totally )?(?:agree|disagree|think so)\b.{0,20})$/;
const grantsPoint =
  /^(?:(?:ok|okay|well|yes|yeah|hm+|fine|true|but|and)[\s,.]+)*(?:he|she|they|you|\p{L}+)(?:'s| is| has|'ve| have|'re| are)? (?:got )?(?:a (?:fair |good |valid )?point|right)\b(?! now)/u;

/** "That is only part of it, Tomas", "OK, he has a point, …": said to whoever disagrees, not in answer to Plumb. */
function commentsOn(low: string, context: ReplyContext): boolean {
  const said = low.replace(/[\s.!]+$/, '');
  const rest = withoutName(said, context);
  if (context.probed || context.justAsked) return false;
  return (
    (rest !== said && comment.test(rest)) ||
    (wordCount(low) <= 16 && grantsPoint.test(said) && !/\b(?:let'?s|let us|start|first|instead|rather|then)\b/.test(said))
  );
}

/** "Not sure what else you need?": a question, whatever it starts with. */
const asksWhatIsWanted = /^(?:i'?m |im )?not (?:sure|certain) (?:what|which|how|who|why)\b.{0,80}\b(?:you|u)\b.{0,40}\?\W*$/;

/** What is said to people rather than to Plumb, or about Plumb rather than to its question. */
function besideTheQuestion(low: string, context: ReplyContext): ActsRead | undefined {
  if (asksWhatIsWanted.test(low)) return { acts: ['counter-question'], wishes: ['why'], sure: true };
  const agreeing = agreesWith(low, context);
  if (agreeing) return { acts: [agreeing], wishes: [], sure: true };
  if (!context.addressed && context.asked !== 'weekly-call' && answersSomebody.test(low)) return { acts: ['chit-chat'], wishes: [], sure: true };
  if (impatient.test(low) || seeksAssent.test(low) || (!context.addressed && commentsOn(low, context))) return { acts: ['chit-chat'], wishes: [], sure: true };
  const [name = '', ...rest] = low.split(/[\s,]+/);
  const isCalled = context.people.some((person) => normalise(person.name).split(' ')[0] === name);
  if (!context.addressed && isCalled && called.test(rest.join(' '))) return { acts: ['chit-chat'], wishes: [], sure: true };
  if (!context.addressed && (wonders.test(low) || (context.asked !== 'owner' && wordCount(low) <= 8 && choosesRequest.test(low))))
    return { acts: ['chit-chat'], wishes: [], sure: true };
  return undefined;
}

/** More words say something else as well. */
const mostForTime = 14;

/** Acts that a short message does as a whole: stop, pause, resume, skip; and what is asked of Plumb besides. Undefined when it is none of these. */
export function wholeMessageActs(low: string, context: ReplyContext): ActsRead | undefined {
  const words = wordCount(low);
  const trimmed = low.trim();
  const reaction = reactionIn(trimmed, context);
  if (reaction) return { ...reaction, sure: true };
  if (approvesDraft(trimmed, context)) return { acts: ['acknowledge'], wishes: ['looks-right'], sure: true };
  const beside = besideTheQuestion(trimmed, context);
  if (beside) return beside;
  if (context.asked && !takesNo.includes(context.asked) && bareNo.test(trimmed)) return { acts: ['dont-know'], wishes: [], sure: true };
  for (const { wish, act, longest, pattern } of wishCues) {
    if (words > longest || !pattern.test(trimmed)) continue;
    if (wish === 'carry-on' && context.offered === undefined && context.asked !== undefined && /move on|next one/.test(trimmed)) continue;
    // "Mine" answers who owns it.
    if (wish === 'claim' && context.asked === 'owner') continue;
    return { acts: act ? [act] : [], wishes: [wish], sure: true };
  }
  if (words <= mostForTime && hasNoTimeNow.test(trimmed)) return { acts: ['pause'], wishes: [], sure: true };
  if (words <= mostForTime && hasTimeNow.test(trimmed)) return { acts: ['resume'], wishes: ['carry-on'], sure: true };
  for (const { act, longest, pattern } of controlCues) {
    if (words <= longest && pattern.test(trimmed)) return { acts: [act], wishes: act === 'resume' ? ['carry-on'] : [], sure: words <= 2 };
  }
  if (words <= 14 && acknowledgement.test(trimmed.replace(/[^\p{L}\p{N}\s'.,!/-]/gu, '').trim())) return { acts: ['acknowledge'], wishes: [] };
  return undefined;
}

/** "No idea", "haven't a clue": nothing else of weight is said. */
export function saysUnknown(low: string): boolean {
  return dontKnow.test(low);
}

/** A question back to Plumb. A question that gives the answer with it ("tue 10:45 ok?") is none; the caller knows by its strength. */
export function asksBack(low: string): boolean {
  const trimmed = low.trim();
  return /\?[\s?!\p{Emoji_Presentation}]*$/u.test(trimmed)
    ? wordCount(trimmed) <= 30 && counterQuestion.test(lastSentence(trimmed))
    : /^(?:what|why|which|how|expected by|compared to|leading as|do you mean|sorry, are you)\b(?![^.!?]*:\s)/.test(trimmed) && wordCount(trimmed) <= 9;
}

function lastSentence(low: string): string {
  const ends = low.slice(0, -1).search(/[.!?]\s[^.!?]*$/);
  return (ends >= 0 ? low.slice(ends + 1) : low).trim();
}

export function objects(low: string): boolean {
  return objection.test(low);
}

/** Whether something said before is put right. `again`: the message is about a question that was answered already, so that weaker words suffice. */
export function corrects(low: string, again: boolean): boolean {
  return correction.test(low) || (again && weakCorrection.test(low));
}

/** How strongly a message is talk between people (0 none, 3 surely). */
export function sideTalkIn(text: string, low: string, context: ReplyContext): number {
  if (context.addressed) return 0;
  const opening = /^\s*(\p{Lu}\p{Ll}+),?\s(?:you|your|did|do|can|are|is|re|have|I|i|what|how|where|when|call|lend|pls|please|thx|thanks)\b/u.exec(text)?.[1];
  const vocative =
    (opening !== undefined && !notNames.has(opening.toLowerCase())) ||
    /^\s*(?:<@\w+>|@\S+)|@\S{1,40}(?:\s\w{1,30})?[?\s\p{Extended_Pictographic}\p{Variation_Selector}]{0,12}$/u.test(text) ||
    context.mentions.some((mention) => mention.start <= 1);
  const toSomebody = /\b(?:you|your|u)\b/.test(low);
  return (sideTalk.test(low) ? 2 : lightTalk.test(low) ? 1 : 0) + (vocative ? 1 : 0) + (vocative && toSomebody ? 1 : 0);
}
