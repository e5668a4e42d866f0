import type { Span, Understanding } from '../language.ts';
import { learningSolutions, skillTopics, teamNouns } from './lexicon.ts';
import { oneOf, trimSpan } from './normalise.ts';

const vague = new Set([
  'sales',
  'support',
  'office',
  'region',
  'floor',
  'desk',
  'lot',
  'heads',
  'persons',
  'nobody',
  'everyone',
  'everybody',
  'channel',
  'leads',
  'stores',
  'branches',
  'mates',
  'training',
  'hires',
  'group',
  'department',
]);
const people = oneOf(teamNouns.filter((noun) => !vague.has(noun)));
const loosePeople = oneOf(teamNouns);
const count = '(?:\\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|a dozen)';
const place =
  '(?: (?:in|across|from|at|of|for) (?:the |our )?(?!january|february|march|april|may|june|july|august|september|october|november|december|q\\d|time|person|one\\b|on\\b|their|to\\b)[\\p{L}\\d&-]{2,20}(?: (?:and|&) (?!i\\b|we\\b|they\\b|is\\b)[\\p{L}\\d&-]{2,20})?)?';
const whose = '(?:all (?:of )?(?:my|our|the)|my|our|the|these|all|every|each)';

/** Who it is for, the fullest way of saying first: "my 80 account managers in Leeds", "45 SDRs", "my sales team", "a team of 9". */
const audiences: readonly RegExp[] = [
  new RegExp(
    `\\b(?:${whose} )?(?:about |around |approx\\.? |roughly |some |~)?${count} (?!day|hour|week|min|month|year|x\\b|%)(?:[a-z&/-]+ ){0,3}?${people}\\b(?! (?:training|course|workshop))${place}`,
    'u',
  ),
  new RegExp(`\\b(?:a |my |our |the )?(?:team|group|crew|pod|squad|bunch) of (?:about |around )?${count}\\b`),
  new RegExp(`\\b(?:all (?:of )?(?:my|our|the)|my|our|these) (?:[a-z&/-]+ ){0,3}?${loosePeople}\\b(?:'s)?${place}`, 'u'),
  new RegExp(
    `\\b(?:the|all|every|each) (?:(?!training|course|workshop|best|right|new (?:price|crm)|time)[a-z&/-]+ ){0,2}?${people}\\b(?! (?:training|course|workshop))${place}`,
    'u',
  ),
  new RegExp(`(?<=\\bfor )(?:[a-z&/-]+ ){0,3}?${people}\\b`),
  new RegExp(`\\b(?:[a-z&/-]+ )?${oneOf(teamNouns.filter((noun) => noun.endsWith('s') && !vague.has(noun)))}\\b`),
  /\b(?:~|about |around )?\d{1,4} (?:people|ppl|persons|pax|heads|of (?:us|them))\b/,
];

const unit = '(?:day|days|hour|hours|hr|hrs|week|weeks|month|months|minute|minutes|min|mins|morning|afternoon)';
const length = `(?:\\d{1,2}(?:[.,/]\\d)?|one|two|three|four|five|half|half a|full|single|couple of|a couple of|multi)[ -]?${unit}(?![a-z])(?: long)?`;
const manner =
  '(?:virtual|online|remote|in[- ]person|face[- ]to[- ]face|live|external|internal|short|quick|intensive|classroom|onsite|on[- ]site|hybrid|self[- ]paced|blended|full|proper|deep|crash)';
const event =
  '(?:workshops?|courses?|trainings?(?: (?:course|session|programme|program|day|plan)s?)?|coaching(?: (?:programme|program|session|sessions))?|programmes?|programs?|bootcamps?|boot camps?|master ?class(?:es)?|sessions?|refreshers?|curriculum|e-?learning(?: module)?|modules?|webinars?(?: series)?|seminars?|lunch (?:and|&|n) learn|teach[- ]in|brown bag|crash course|certification|formation|academy|role[- ]?plays?|schooling|class(?:es)?|deep dive)';
const formats: readonly RegExp[] = [
  new RegExp(`\\b${length}(?:[ -](?!for\\b|by\\b|in\\b|with\\b|before\\b|on\\b|and\\b)[\\w&'-]{1,20}){0,3}[ -]${event}\\b`),
  new RegExp(`\\b(?:${manner} )(?:(?!for\\b|by\\b)[\\w&'-]{1,20} ){0,2}${event}\\b`),
  new RegExp(`\\b${event} (?:of |for |over )?${length}\\b`),
  new RegExp(
    `\\b(?:half a day|a day or two|a couple of (?:days|hours)|an? (?:afternoon|morning|day)(?= (?:on|of|about|with))|(?<!\\b(?:for|in|last|every|after|next|round|past|within|over|of) )${length})`,
  ),
  new RegExp(`\\b${event}\\b`),
];

const month = '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const date = `(?:${month}(?: \\d{1,2}(?:st|nd|rd|th)?)?(?:,? 20\\d\\d)?|(?:the )?\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${month}|the \\d{1,2}(?:st|nd|rd|th)|\\d{1,2}[./]\\d{1,2}(?:[./]\\d{2,4})?|q[1-4](?: 20\\d\\d)?|h[12]|fy ?\\d\\d)`;
const period =
  '(?:quarters?|months?|weeks?|year|half|summer|autumn|fall|spring|winter|easter|christmas|xmas|ramadan|monday|tuesday|wednesday|thursday|friday|sko|kick[- ]?off|launch|go[- ]live|offsite|season|peak|year[- ]end|eoy|eoq|eom|renewals|tenders|summit|conference|holidays)';
const deadlines: readonly RegExp[] = [
  new RegExp(
    `\\b(?:before|by|until|till|no later than|ahead of|in time for)(?: (?:the|our|my|this|next|coming|end|of|start|beginning|mid|late|early|new|first|last|we|year'?s|annual|sales|product|summer|spring|july|${month})){0,5}[ -](?:${date}|${period})\\b`,
  ),
  new RegExp(
    `\\b(?:in|from|this|next|within|starting|end of|early|mid|late|on)(?: (?:the|next|this|coming|end|of|early|mid|late|first|last|about|\\d{1,2}|two|three|six|four)){0,4} (?:${date}|quarter|month|year|half|weeks?|months?|summer|autumn|spring|winter|easter|christmas|monday)\\b`,
  ),
  /\b(?:asap|as soon as possible|urgently|right away|immediately|this week|next week|this month|next month|this quarter|next quarter|this year|q[1-4])\b/,
  /\bbefore (?:(?:the|our|we|they|my|it|all) )?(?:[\w'-]+ ){0,4}[\w'-]+(?=[.,?!;]|$)/,
];

const topic = oneOf(skillTopics.filter((word) => !['crm', 'product', 'sales training', 'margin', 'ai', 'writing', 'emails', 'selling'].includes(word)));
const anyTopic = oneOf(skillTopics);
const solution = oneOf(learningSolutions);
const tail = "(?:(?! (?:for|before|by|in|at|with|please|pls|and (?:we|i|the)|so|because|asap|next|this|to be|who|from)\\b)[ ][\\w&'/-]{1,24}){0,6}";
/** What it is about: the word before the solution, then what follows "on" or "about", then what they cannot do, then any skill that is named. */
const topics: readonly { pattern: RegExp; group?: boolean }[] = [
  { pattern: new RegExp(`\\b(${topic})(?:[ -](?:skills?|sales|1:1|group|basics|programme|program))?[ -](?:${solution}|${event})\\b`), group: true },
  {
    pattern: new RegExp(
      `\\b(?:${solution}|${event}|something|an? (?:hour|day|afternoon|morning)|anything) (?:on|about|around|covering|regarding) (?:the )?([\\w&'/-]{2,24}${tail})`,
    ),
    group: true,
  },
  {
    pattern: new RegExp(
      `\\b(?:(?:better|good|bad|weak|hopeless|terrible|struggl\\w+|rubbish|confident|improve|stronger|help|skills|gap|stuck|trained|coaching|certified) (?:at|with|in|on|about)|improve|struggl\\w+ with) (?:their |the |our |new )?(${topic})\\b`,
    ),
    group: true,
  },
  { pattern: new RegExp(`\\b(${topic})\\b`), group: true },
  {
    pattern: new RegExp(`\\b(?:hopeless|bad|terrible|weak|better|good|struggl\\w+|rubbish|useless|awful|skills) (?:at|with|in) ([\\w&'/-]{2,24}${tail})`),
    group: true,
  },
  { pattern: new RegExp(`\\bhow to ((?!get|use this|go about)[\\w&'/-]{2,24}${tail})`), group: true },
  { pattern: new RegExp(`\\b(?:can'?t|cannot|don'?t know how to) ([\\w&'/-]{2,24}${tail})`), group: true },
  { pattern: new RegExp(`\\b(${anyTopic})\\b`), group: true },
];

/** What a request tells besides the twelve questions: topic, audience, format and deadline as stretches of its text. */
export function understand(low: string): Understanding {
  const audience = first(
    low,
    audiences.map((pattern) => ({ pattern })),
  );
  const format = first(
    low,
    formats.map((pattern) => ({ pattern })),
  );
  const deadline = first(
    low,
    deadlines.map((pattern) => ({ pattern })),
  );
  const about = first(low, topics, audience);
  return { ...(about ? { topic: about } : {}), ...(audience ? { audience } : {}), ...(format ? { format } : {}), ...(deadline ? { deadline } : {}) };
}

function first(low: string, patterns: readonly { pattern: RegExp; group?: boolean }[], apartFrom?: Span): Span | undefined {
  const text = low.slice(0, 2000);
  for (const { pattern, group } of patterns) {
    const match = pattern.exec(text);
    if (!match) continue;
    const words = group ? (match[1] ?? match[0]) : match[0];
    const start = match.index + (group ? match[0].indexOf(words) : 0);
    const span = trimSpan(low, start, start + words.length);
    if (span && !(apartFrom && span.start >= apartFrom.start && span.end <= apartFrom.end)) return span;
  }
  return undefined;
}
