import type { QuestionId } from '../../domain/questions.ts';
import type { ReplyContext, Span } from '../language.ts';
import { wordCount } from './acts.ts';
import { peopleIn } from './entities/people.ts';
import { trimSpan } from './normalise.ts';
import { namesAlone } from './owner-words.ts';

/** More words speak for themselves. */
const mostWords = 9;

/** What somebody writes in a few words goes on with what was said before, or answers what was asked in the shortest way. */
export type Fragment = { questionId: QuestionId; span: Span };

/**
 * The question that a few words answer, where their form says it: a figure where one was asked for, who joins the call, who has the figures, whose it is.
 * Undefined for everything longer or less plain.
 */
export function fragmentIn(text: string, low: string, context: ReplyContext): Fragment | undefined {
  const span = trimSpan(low, 0, low.length);
  if (!span || !context.asked || low.includes('?') || wordCount(low) > mostWords) return undefined;
  const words = low.slice(span.start, span.end);
  const owned = namesAlone(text, low, context);
  if (owned) return { questionId: 'owner', span: owned };
  const questionId =
    figureFor(words, context) ?? ofTheCall(text, low, span, context) ?? ofTheData(text, low, span, context) ?? inTheShortestWay(words, context);
  return questionId && { questionId, span };
}

const saidOf = ({ said }: ReplyContext, questionId: QuestionId): string =>
  (said ?? []).flatMap((each) => (each.questionId === questionId ? [each.text] : [])).join(' ');

const figure =
  /^(?:(?:about|around|roughly|maybe|approx\.?|some|over|nearly|almost|up to|at least|by|from|since|until|till|in|it'?s|was|should be|is|now|today)\s)*(?:[€$£~]?\d[\d.,]*\s?(?:%|k|m|mn|pct|percent|per ?cent|million|thousand|euros?|dollars?|pounds?|points?|deals?|days?|weeks?|months?)?|(?:the )?(?:end of )?(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|the year|this year|next year|summer|year end))(?:\s(?:a|per)\s(?:day|week|month|quarter|year)|\s(?:20)?\d\d|\sor so)?$/;
const fromTo = /\d\S*\s?(?:%|percent)?\s?(?:to|->|→|up to|down to|instead of)\s?\S{0,3}\d/;

/** "Connect to meeting is 4 %". */
const standsAt =
  /^\p{L}[\p{L}\s-]{2,40}\s(?:is|are|was|sits at|stands at|at|fell to|dropped to|down to)\s(?:only |just |at |about )*\d[\d.,]*\s?(?:%|percent|per cent)?$/u;

/** "18 to 25", "about 12 percent", where Plumb has just asked for a number. */
function figureFor(words: string, context: ReplyContext): QuestionId | undefined {
  if (context.asked !== 'driver') return undefined;
  if (standsAt.test(words)) return 'driver';
  const named = saidOf(context, 'leading-kpis');
  if (named !== '' && !/\d/.test(named) && (fromTo.test(words) || /^(?:should be|goal|target)\b/.test(words))) return 'leading-kpis';
  return context.followUp && (figure.test(words) || (fromTo.test(words) && !/\p{L}{5}/u.test(words))) ? 'driver' : undefined;
}

const zone = /\b(?:cet|cest|gmt|bst|utc|est|edt|cst|pst|pdt|ist|sgt|jst|aest|(?:uk|german|spanish|french|swiss|indian|local|my|their|our|your) time)\b/g;
const attendee =
  /\b(?:and|or|both|with|plus|also|me|myself|i|we|us|all|every|of|the|our|my|your|two|three|four|five|six|\d{1,2}|managers?|team|teams|leads?|leaders?|heads?|branch|area|regional|sales|reps?|l&d|join|joins|together|everybody|everyone)\b/g;

/** "CET, me and the team leads", once the day was named: the rest of the call. Asked which managers do something, the same names those. */
function ofTheCall(text: string, low: string, span: Span, context: ReplyContext): QuestionId | undefined {
  const people = peopleIn(text, span, context, true);
  const rest = people.reduce((words, { name }) => words.slice(0, name.start) + ' '.repeat(name.end - name.start) + words.slice(name.end), low);
  if (/[\p{L}\d]/u.test(rest.replace(zone, ' ').replace(attendee, ' ')) || !context.answered.includes('owner')) return undefined;
  const hasZone = low.match(zone) !== null;
  const joins = people.length > 0 || /\b(?:me|leads?|heads?|managers?|team|reps?|leaders?)\b/.test(low);
  const several = joins && /\b(?:and|with|plus|&)\b|,/.test(low);
  if (context.asked === 'manager-role') return several && !hasZone ? 'manager-role' : undefined;
  const named = saidOf(context, 'weekly-call');
  if (named === '' || context.asked === 'owner' || context.asked === 'owner-role' || context.asked === 'weekly-call') return undefined;
  return hasZone || (several && !/\b(?:with|me|and)\b/.test(named)) ? 'weekly-call' : undefined;
}

const howOften =
  /^(?:weekly|monthly|daily|quarterly|fortnightly|bi-?weekly|once a (?:week|month|quarter)|every (?:week|month|quarter|monday|tuesday|wednesday|thursday|friday))$/;

/** "Keiko, weekly", once the system was named. */
function ofTheData(text: string, low: string, span: Span, context: ReplyContext): QuestionId | undefined {
  const asksOfPeople = (['owner', 'manager-role', 'owner-role', 'weekly-call', 'reinforcement'] as const).some((asked) => asked === context.asked);
  if (asksOfPeople || (context.asked !== 'data-source' && !context.answered.includes('data-source'))) return undefined;
  const [only, second] = peopleIn(text, span, context, true);
  if (!only || second) return undefined;
  const rest = `${low.slice(0, only.name.start)} ${low.slice(only.name.end)}`.replace(/[,.;:!–-]|\b(?:and|by)\b/g, ' ');
  return howOften.test(rest.replace(/\s+/g, ' ').trim()) ? 'data-source' : undefined;
}

const nothing = /^(?:nothing|none|nobody|no one)(?: (?:so far|yet|planned|for now|at the moment|right now|special|really))*$/;
const inTheWay =
  /\b(?:crm|tools?|systems?|software|bonus\w*|commissions?|incentives?|pay|pricing|prices|process\w*|territor\w+|staff\w*|headcount|people|time|admin|paperwork|reports?|reporting|managers|marketing|legal|stock|delivery|product|targets?|budget)\b/;
const ofDays =
  /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri)(?:days?)?\b.{0,24}\b(?:(?:after|before) (?:lunch|the \w+)|(?:in the )?(?:morning|afternoon)s?|first thing|at noon|early|late|end of (?:the )?day)\b/;
const counted =
  /^(?:more |fewer |less |number of |the )*(?:first |second |new |customer |sales )?(?:calls?|meetings?|visits?|demos?|offers?|quotes?|proposals?|referrals?|leads?|opportunit(?:y|ies)|pipeline|coverage|discounts?|margins?|win rate|hit rate|orders?|tests?|trials?)$/;

/** Few words under a question that takes them. */
function inTheShortestWay(words: string, { asked }: ReplyContext): QuestionId | undefined {
  const said = words.replace(/[\s.,!]+$/, '');
  switch (asked) {
    case 'manager-role':
    case 'owner-role':
    case 'reinforcement':
    case 'context':
      return nothing.test(said) ? asked : undefined;
    case 'sufficiency':
      return wordCount(said) <= 6 && inTheWay.test(said) && !/\d/.test(said) ? asked : undefined;
    case 'weekly-call':
      return ofDays.test(said) ? asked : undefined;
    case 'leading-kpis':
      return counted.test(said) ? asked : undefined;
    case 'driver':
    case 'owner':
    case 'contribution':
    case 'data-source':
    case 'budget':
    case undefined:
      return undefined;
    default:
      return asked satisfies never;
  }
}
