import type { Competency, Objective } from './strategy.ts';

const months = 'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const year = '(?:20\\d\\d|fy ?\\d{2,4}|\\d{2}/\\d{2})';
const moment = [
  `(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? )?(?:${months})\\b(?: \\d{1,2}(?:st|nd|rd|th)?\\b)?(?:,? ${year})?`,
  `(?:q[1-4]|h[12])(?:[ /-]?${year})?`,
  '\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}',
  `year[- ]end(?: ${year})?|mid-?year|christmas|easter|(?:spring|summer|autumn|fall|winter)(?: ${year})?`,
  `(?:the )?(?:next|this|coming|current) (?:fiscal |financial |calendar |half[- ])?(?:year|quarter|month|season)|tomorrow|the audit`,
  year,
].join('|');
const frames = [
  new RegExp(
    `\\b(?:by|until|till|before|not later than|no later than|through|due)(?: the)?(?: (?:end|middle|start|beginning) of)?(?: the)? (?:${moment}|(?:the )?(?:year|quarter|month))\\b`,
    'i',
  ),
  new RegExp(`\\b(?:in|during|for|over|from)(?: the)? (?:${moment})\\b(?: (?:to|until|through|and|-) (?:${moment})\\b)?`, 'i'),
  /\b(?:within|in|over)(?: the)?(?: next| coming)? (?:\d{1,2}|two|three|four|five|six|nine|twelve|eighteen|a few) (?:weeks|months|quarters|years)\b/i,
  new RegExp(
    `\\b(?:this|next) (?:fiscal |financial |calendar |half[- ])?(?:year|quarter|month)\\b|\\b(?:end of|eo)(?: the)? ?(?:${moment}|year|y\\b|q[1-4])`,
    'i',
  ),
  new RegExp(`\\b(?:q[1-4]|h[12])[ /-]?${year}\\b|\\bfy ?\\d{2,4}\\b|(?<=[(\\[–—,:] ?)20\\d\\d\\b`, 'i'),
];

/** Until when, in the words that stand there. */
export function timeFrameIn(text: string): string | undefined {
  const found = frames.flatMap((frame) => {
    const match = frame.exec(text);
    return match ? [{ at: match.index, words: match[0].trim() }] : [];
  });
  return found.toSorted((one, other) => one.at - other.at || other.words.length - one.words.length)[0]?.words;
}

/** Whether it says until when, and nothing else; "December" as well as "by December". */
export function isTimeFrame(words: string): boolean {
  return [timeFrameIn(words), timeFrameIn(`by ${words}`)?.slice(3)].some((found) => found !== undefined && found.toLowerCase() === words.toLowerCase());
}

const heavy =
  /\b(?:(?:top|highest|number[- ]one|no\.? ?1|#1|first|main|key|absolute|our one|critical) (?:priority|objective|goal)|priority (?:one|no\.? ?1|number one)|must[- ](?:win|have|do)|most important|make[- ]or[- ]break|stands or falls|non-?negotiable|business[- ]critical|above all|north star|p1|prio ?1|weight ?[:=]? ?3)\b/i;
const light =
  /\b(?:nice[- ]to[- ]have|if (?:time|budget|capacity)(?: and \w+)? (?:allows?|permits?)|low(?:er|est)? priority|lower prio|low prio|stretch(?: goal| target)?|secondary|optional(?:ly)?|if possible|p3|prio ?3|weight ?[:=]? ?1)\b/i;
const middling = /\b(?:p2|prio ?2|medium priority|normal priority|weight ?[:=]? ?2)\b/i;

/** How much hangs on it, where the words say so: 3 the year stands or falls with it, 1 nice to have. */
export function weightIn(text: string): Objective['weight'] | undefined {
  if (heavy.test(text)) return 3;
  if (light.test(text)) return 1;
  return middling.test(text) ? 2 : undefined;
}

/** The same for a column that is about nothing else. */
export function weightOfCell(cell: string): Objective['weight'] | undefined {
  const word = cell.trim().toLowerCase();
  if (/^(?:3|high(?:est)?|must|top|critical|a|\*{3}|\+{3}|very high)$/.test(word)) return 3;
  if (/^(?:2|medium|mid|normal|b|\*{2}|\+{2}|should)$/.test(word)) return 2;
  if (/^(?:1|low(?:est)?|c|\*|\+|could|nice)$/.test(word)) return 1;
  return weightIn(cell);
}

const markWords =
  /^(?:(?:priority|prio|weight|importance)\s*[:=]?\s*)?(very high|high(?:est)?|must|critical|medium|mid|normal|should|low(?:est)?|could|nice)(?: (?:priority|prio|weight|importance))?$/i;

/** The same for a mark that stands beside an objective and says nothing else: "(high)", "low priority". */
export function weightOfMark(mark: string): Objective['weight'] | undefined {
  const word = markWords.exec(mark.trim())?.[1];
  return word === undefined ? weightIn(mark) : weightOfCell(word);
}

/** In brackets behind an objective where its own words do not say it: written when a strategy is shown for changing, and read back. */
export const weightMarks: Readonly<Record<Objective['weight'], string>> = { 3: 'top priority', 2: 'medium priority', 1: 'nice to have' };

export const competencyKinds = ['knowledge', 'skill', 'behaviour', 'process', 'tool'] as const satisfies readonly Competency['kind'][];

const named = /^\s*(knowledge|skill|behaviou?r|process|tool)(?:e?s)?\s*[:–—-]\s*(?=\S)/i;
const signs: readonly [Competency['kind'], RegExp][] = [
  [
    'tool',
    /\b(?:crm|salesforce|hubspot|dynamics|linkedin(?: sales)? navigator|gong|tools?|software|systems?|app|dashboards?|calculators?|templates?|configurator|cpq)\b/i,
  ],
  [
    'process',
    /\b(?:process(?:es)?|workflows?|hand-?overs?|cadences?|reviews?|playbooks?|approvals?|routines?|forecast calls?|governance|deal desk|stages?)\b/i,
  ],
  [
    'knowledge',
    /\b(?:know(?:s|ing|ledge)?|understand(?:s|ing)?|products?|portfolio|markets?|industr(?:y|ies)|competitors?|regulations?|pricing model|contracts?|facts?)\b/i,
  ],
  [
    'behaviour',
    /^(?:ask|call|visit|prepare|coach|write|book|open|name|bring|start|stop|follow|plan|listen|share|log|meet|send|speak|talk|challenge|qualify|say|walk|hold)(?:s|ing)?\b|\b(?:every|each|per|once a) (?:week|month|day|call|deal|visit)\b|\b(?:daily|weekly|monthly)\b/i,
  ],
];

/** Something people need for an objective. Its kind is the one that is named, or a guess that can be changed. */
export function competencyOf(text: string): Competency {
  const said = named.exec(text);
  const kind = competencyKinds.find((one) => said?.[1]?.toLowerCase().replace('behavior', 'behaviour') === one);
  if (said && kind) return { kind, text: text.slice(said[0].length).trim() };
  return { kind: signs.find(([, pattern]) => pattern.test(text))?.[0] ?? 'skill', text: text.trim() };
}

const needing =
  /(?:^|[\s;,.(–—-])(?:it |we |this |which |and )?(?:needs?|needed|requires?|competenc(?:y|ies)(?: needed| required)?|(?:skills|capabilities)(?: needed| required| we need)?|what it takes|people need)\s*:\s*/i;

/** Whether its kind is said: then it is one thing, whatever commas stand in it. */
export function namesKind(text: string): boolean {
  return named.test(text);
}

/** Splits "… needs: a, b" into what stands before and what is needed; undefined when nothing says so. */
export function needsIn(text: string): { before: string; needs: string[] } | undefined {
  const match = needing.exec(text);
  if (!match) return undefined;
  const opened = match[0].startsWith('(') || text.slice(0, match.index).endsWith('(');
  const needs = text.slice(match.index + match[0].length);
  return { before: text.slice(0, match.index).replace(/[\s;,(–—-]+$/, ''), needs: listedIn(opened ? needs.replace(/\)\s*$/, '') : needs) };
}

/** Things behind each other, with commas, semicolons or an "and" before the last. */
export function listedIn(text: string): string[] {
  const parts = text.split(/\s*[;•]\s*|\s*,\s*(?:and\s+)?|\s+\/\s+/);
  const last = parts.at(-1) ?? '';
  return [...parts.slice(0, -1), ...last.split(/\s+and\s+/)].map((part) => part.replace(/[\s.]+$/, '').trim()).filter((part) => part !== '');
}
