import type { Span } from '../../language.ts';
import { trimSpan } from '../normalise.ts';

const many =
  '(?:\\d{1,2}(?:(?:[.,]| ?[–-] ?)\\d{1,2})?|one|two|three|four|five|six|seven|eight|ten|twelve|half|half a|a half|a full|full|a single|single|couple of|a couple of|a few|multi|an?|one solid|a solid)';
const unit = '(?:days?|hours?|hrs?|weeks?|months?|minutes?|mins?|mornings?|afternoons?|evenings?|half[- ]days?)';
const length = `(?:${many}[ -]?(?:x ?)?(?:half[ -])?${unit}(?![a-z])(?:[ -]long)?|\\d{1,2} ?h\\b|\\d ?x ?${many}[ -]?${unit})`;
const manner =
  '(?:virtual|online|remote|in[- ]person|face[- ]to[- ]face|live|live[- ]fire|external|internal|short|quick|intensive|classroom|onsite|on[- ]site|hybrid|self[- ]paced|blended|full|proper|deep|crash|guided|certified|practical|hands[- ]on|brief|remedial|little|small|mini|regular|monthly|weekly|one[- ]to[- ]one|1:1|group|bespoke|tailored|refresher|working|teaching|lunch|evening|practice|mock|formal|structured|serious|recorded|on[- ]the[- ]job)';
const plainEvent =
  '(?:workshops?|wrkshops?|work[- ]?shp|courses?|boot ?camps?|master ?class(?:es)?|refreshers?|curriculum|e-?learnings?(?: modules?)?|webinars?(?: series)?|seminars?|lunch (?:and|&|n|\\+) learn|teach[- ]in|brown[- ]bags?(?: session)?|crash (?:course|intro)|role[- ]?plays?|deep dives?|clinics?|lessons?|inductions?|tutorials?|walkthrough(?: session)?|learning (?:path|journey|days?|programme|program)|development (?:path|programme|program)|simulations?|rehearsals?|breakouts?|drills?|shadowing|ride[- ]?alongs?|mentoring(?: scheme| programme| program)?|onboarding (?:plan|path|programme|program)|study group|job aid|cheat sheet|certifications?|accreditation|knowledge transfer(?: programme)?|briefings?|orientation|skills day|huddles?|exam prep|train[- ]the[- ]trainer)';
const looseEvent =
  '(?:trainings?(?: (?:courses?|sessions?|programmes?|programs?|days?|plan|series|materials?))?|coaching(?! (?:skills? )?(?:workshops?|courses?|trainings?|class(?:es)?|seminars?|webinars?|master ?class(?:es)?|boot ?camps?|modules?)\\b)(?: (?:programme|program|sessions?|circle|series))?|programmes?|programs?|sessions?|sesh|modules?|formations?|schooling|class(?:es)?|practice|trainers?|guidance|toolbox talks?|talk by|mentor(?:ship)? scheme|trainning|traning|something short|kick[- ]?off)';
const skip = "(?:[ -](?!for\\b|by\\b|in\\b|with\\b|before\\b|on\\b|and\\b|or\\b|to\\b|that\\b|who\\b|of\\b)[\\p{L}\\d&'/-]{1,20})";
const event = `(?:${plainEvent}|${looseEvent})`;
const notAForm = '(?! (?:budget|request|requests|needs?|needs analysis|data|team|room|department|manager|hub|records?|company|provider|ticket|is that|was)\\b)';

/** The fullest way of saying first: how long and what, what, how long. Every repetition is bounded. */
const rules: readonly RegExp[] = [
  /(?:^|(?<=[\n.;/|] ?))(?:format|how|form|preferred format|delivery|duration|length)\s?[:=]\s?([^\n;|.]{2,40})/gu,
  new RegExp(`\\b(?<!\\b(?:last|in|next|every|past|within|over|the) )${length}(?: of)?${skip}{0,3}?[ -]${event}\\b`, 'gu'),
  new RegExp(
    `\\b(?:an? |some |one |two |three |\\d )?(?:${manner} ){1,2}(?:(?!for\\b|by\\b|on\\b|in\\b|the\\b)[\\p{L}\\d&'-]{1,20} ){0,1}${event}\\b${notAForm}(?:[ ](?:of|for|over|on|x) ${length})?`,
    'gu',
  ),
  new RegExp(`\\b${event} (?:of |for |over |lasting )${length}\\b`, 'gu'),
  new RegExp(`\\b(?:an? |some |one |two |three )?${plainEvent}\\b${notAForm}`, 'gu'),
  /\bhalf a day\b|\b(?:a day or two|a couple of (?:days|hours|sessions)|under (?:\d|one|two|three) hours?)\b/gu,
  new RegExp(
    `(?<!\\b(?:for|in|last|every|after|next|round|past|within|over|of|per|about|than|on|from|the|take|takes|once|notice|until|each) )\\b(?<!\\d[.,:])(?:half an hour|an? (?:half|hour|afternoon|morning|evening|day)(?= (?:on|of|about|with|around|or|for (?:my|our|the|all))|[?.,]|$)|(?!an? |half a |few |\\d\\d ?days)${length})(?! (?:notice|ago|already|old|later|before|after|late|in|here|out|cycles?|per|each week|a (?:day|week|month|year)|to go|left|straight|early|apart|now|earlier|sales))`,
    'gu',
  ),
  /\b(?:someone|somebody|anyone|a person|an expert|a coach) (?:to|who (?:can|could|will|would)) (?:come (?:in|over|by)|sit|work|shadow|ride along|walk the floor|spend (?:time|a day))(?: (?:and|to) (?:sit|work))?(?: (?:down |in )?(?:with|next to|alongside) (?:them|us))?\b/gu,
  /\ban? (?!whole|good|nice|single|bad|long|busy|next|rough|rainy|great|lovely|normal|given|typical|other|few|slow|quiet|working|sad|hard|big|new|sunday|monday|tuesday|wednesday|thursday|friday|saturday|twice|week)[\p{L}-]{3,20} (?:afternoon|morning|day|evening)\b(?!s| (?:off|job|out|trip|rate|one))/gu,
  /\b(?:an?|some|any|external|another|the right) (?:(?:sales|good|decent|external|proper|real|language|voice|phone|speech|executive|bid|pitch) ){0,2}coach\b/gu,
  new RegExp(`\\b(?:an? |some |a bit of )?${looseEvent}\\b${notAForm}`, 'gu'),
];

const noForm =
  /\b(?:no|never|without|previous|last|since the|after the|did|had|their|missed|our last|first|wrong|not|not a|than|instead of|the same|whole)\s(?:any |a |an |the |formal |sales |proper )?$/;

/** "3 complaints a day": how often something happens. */
const howOften = /\b\d+ (?!(?:for|on|in|of|to|than|or|by|over|times?)\b)[\p{L}-]+ $/u;

/** What somebody thinks it should look like, in the words of a normalised text of bounded length. */
export function formatIn(low: string): Span | undefined {
  for (const pattern of rules) {
    let tries = 0;
    for (const match of low.matchAll(pattern)) {
      tries += 1;
      if (tries > 6) break;
      const before = low.slice(Math.max(0, match.index - 30), match.index);
      if (noForm.test(before) || (/^an? \w+$/.test(match[0]) && howOften.test(before))) continue;
      const group = match[1];
      const start = group === undefined ? match.index : match.index + match[0].length - group.length;
      const span = trimSpan(low, start, match.index + match[0].length);
      if (span) return span;
    }
  }
  return undefined;
}
