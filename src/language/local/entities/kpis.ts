import type { ReadKpi, Span } from '../../language.ts';
import { laggingKpiNames, leadingKpiNames } from '../kpi-names.ts';
import { oneOf, trimSpan } from '../normalise.ts';
import { valuesIn } from './values.ts';

const leading = new RegExp(`\\b${oneOf(leadingKpiNames)}\\b`, 'g');
const lagging = new RegExp(`\\b${oneOf(laggingKpiNames)}\\b`, 'g');

const baselineBefore =
  /(?:\b(?:baseline|from|currently|today|now|was|at present|we'?re at|is at|are at|stands? at|sit(?:s|ting)? at|hover(?:s|ing)? (?:at|around)|stuck at|at the moment|right now|we do|at best|start(?:ing)? (?:at|from)|presently|used to be)(?: is| are| it'?s| at| of| we'?re at|:)?|baseline\s?[:=]?)\s?$/;
const baselineAfter =
  /^\s?(?:now|today|currently|at present|at the moment|last (?:year|month|quarter)|so far|right now|on average|to date|these days|at best|ytd|where we (?:are|stand)|this (?:year|month|quarter)|is (?:where we|the baseline)|as baseline|baseline|→|->|=>|–>)/;
const targetBefore =
  /(?:\b(?:target(?:s|ed)?|goal|aim(?:ing)?(?: for| at)?|want(?:ed)?(?: to see| to get to| it at)?|should be|need(?:s|ed)?(?: to be)?|must be|to|towards|by|'d like|i'd be happy with|i'd take|expect|get to|has to be|have to be|ought to be|should (?:reach|hit|get to)|must (?:reach|hit)|reach|hit|shoot(?:ing)? for|heading for|plan|push(?:ing)? (?:for|to)|max(?:imum)?|no more than|aspire to|make it|better)(?: is| are| of| be| it'?s| get to| to|:)?|→|->|=>|–>|>)\s?(?:at least\s|under\s)?$/;
const targetAfter =
  /^\s?(?:target|is the (?:goal|target|aim)|is where we want|as (?:target|goal)|(?:is|are) (?:what (?:we|i) (?:want|need|promised)|where we (?:should|want|need|must)\b|the plan|needed|my (?:goal|target))|would be (?:great|good|fine|nice)|wanted|goal|(?:by|from|until) (?:q|end|the|christmas|easter|spring|autumn|next|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|year|summer))/;

/** A value that is named only to be taken back: "4 a month, not 5", "not 5 but 4", "4 instead of 5". */
const takenBack = /\b(?:not|instead of|rather than|no longer|(?:change|correct|switch)(?: it)?(?: from)?)\s(?:at |about |from |to )?$/;
const withdrawn = /^[\s,;(–-]*(?:not|instead of|rather than)\s[^,;()]{1,24}[,;)]?(?:\sfor\b)?/;
/** "The target for first meetings is 4": what a single value stands for is said before the name. */
const roleBeforeName = /\b(baseline|target|goal)s?\s(?:for|of|on)\s[^,;]{2,80}$/;

const labels =
  /^(?:(?:correction|sorry|actually|update|small (?:correction|fix|change)|oops|no|wait|i meant|i mean)\b[\s,:–-]*|(?:please |pls )?(?:make|change|set|put|lower|raise|correct|update|fix|move)\s(?=(?:the |our |my )?(?:baseline|target|goal))|(?:the |our |my |its )?(?:new )?(?:baseline|target|goal)s?(?: (?:for|of|on|is|are|was|should be|to|now))+(?:\s|$)|(?:make|set|put) (?:it|that|this)\b|(?:it|that|this|they) (?:should|must|needs to|has to|was meant to) be\b|(?:the |our |my |a )?(?:leading |main |first |second |one |key )?(?:kpis?|metrics?|indicators?|leading ones?|measures?|numbers?(?! of))(?: to watch| i'd track| would be| i'd say| i look at)?\s?(?:is|are|:|=|\?|-|–)?\s*|(?:we|i)(?:'d| would|'ll| will)? (?:want to |like to )?(?:also )?(?:measure|track|watch|look at|go (?:for|with)|say|take|count|follow|pick)\s|i want |(?:it'?s|that'?s|probably|maybe|and|but|also|then|plus|how many|the|our|so|ok|well|honestly|because|should get us|from this|i mean|what i mean is|in|today|currently|at present|presently|at the moment|right now|only|we(?:'ve| have)(?: got)?|we(?:'re| are) at|i'?d (?:take|say|track)|let'?s (?:say|take)|each|just|get|raise|lift|push|of)\s)/;
const tailWords =
  /(?:[\s,;:–=(→>-]|\b(?:is|are|was|were|at|up|down|today|now|currently|from|to|goes?|went|moves?|baseline|target|about|around|be|go|should|needs?|must|of|it'?s|we'?re|we|want|by|increase[sd]?|grow[s]?|raise[d]?|drop(?:s|ped)?|falls?|fell|fallen|gone|slid|slipped|sank|declined|shrank|plunged|rose|rise[sn]?|cut|reduce[d]?|improve[sd]?|and|with|have|has|i'?d|say|call it))+$/;

/** Whether a KPI's name is one that moves before the result. Unknown names count as leading: people name what they can see. The longest known name decides. */
function isLeading(name: string): boolean {
  const longest = (pattern: RegExp) => Math.max(0, ...[...name.matchAll(pattern)].map((match) => match[0].length));
  return longest(leading) >= longest(lagging);
}

/** Whether a stretch names an indicator of the method's lists. */
export function namesKpi(low: string, { start, end }: Span): boolean {
  const text = low.slice(start, end);
  return text.search(leading) >= 0 || text.search(lagging) >= 0;
}

/** The KPIs of one clause of normalised text: name, and baseline and target as far as they are said. `asKpi`: the clause answers the question about KPIs, so a bare name counts. */
export function kpisIn(low: string, clause: Span, asKpi: boolean): ReadKpi[] {
  const parts = partsOf(low, clause);
  return parts.flatMap((part) => {
    const kpi = kpiIn(low, part, asKpi);
    return kpi ? [kpi] : [];
  });
}

/** A clause may hold two indicators ("discount rate, 17% → 11%, and proposals with a business case, 10% → 50%"): it is cut where a name follows two values. */
function partsOf(low: string, clause: Span): Span[] {
  const values = heldIn(low, clause);
  const cuts: number[] = [];
  for (let at = 0; at + 1 < values.length; at += 1) {
    const [previous, next] = [values[at], values[at + 1]];
    if (!previous || !next) continue;
    const between = /[,;/+&]\s|\sand\s|\.\s|\n/.exec(low.slice(previous.end, next.start));
    const name = between && low.slice(previous.end + between.index + between[0].length, next.start);
    const after = values.length - at - 1;
    const inPart = values.slice(0, at + 1).filter(({ start }) => start >= (cuts.at(-1) ?? clause.start)).length;
    const named =
      name !== undefined &&
      name !== null &&
      /[\p{L}]{4}/u.test(name) &&
      ((namesKpi(name, { start: 0, end: name.length }) && (at > 0 || opensAnother(low, clause, values))) ||
        (at > 0 && inPart >= 2 && after >= 1 && !roleOnly.test(name)));
    if (between && named) cuts.push(previous.end + between.index + between[0].length);
  }
  const [first] = values;
  const apart = first && /[,;]\s(?:and |but |also |plus |then )?/.exec(low.slice(clause.start, first.start));
  if (first && apart) {
    const at = clause.start + apart.index + apart[0].length;
    if (namesKpi(low, { start: clause.start, end: at }) && namesKpi(low, { start: at, end: first.start })) cuts.unshift(at);
  }
  const edges = [clause.start, ...cuts, clause.end];
  return edges.slice(1).flatMap((end, at) => (edges[at] === undefined ? [] : [{ start: edges[at], end }]));
}

/** "Revenue per head (310k), and coverage 2.4x to 3.2x": the first of three values belongs to a name of its own. */
function opensAnother(low: string, clause: Span, values: readonly Span[]): boolean {
  const [first] = values;
  return first !== undefined && values.length === 3 && namesKpi(low, { start: clause.start, end: first.start });
}

/** Words between two values that only say what the next one is. */
const roleOnly =
  /^\W*(?:we |i |it |they |the |our |that |this |now |today |'?s |is |are |should |be |want |need |would |like |to |by |at |target |goal |baseline |currently |presently |present |the moment |right |last |year |month |week |a |per |and |so |say |make |until |before |in |\W)*$/;
/** "Called back within 24h", "leads older than 3 days": a limit within a name, where two values follow. */
const limits = /\b(?:within|inside|older than|younger than|over|above|longer than|after|in (?:the first|month|week)|with|month|week|first|last|out of)\s$/;

/** The values of a stretch that still hold. */
function heldIn(low: string, stretch: Span): Span[] {
  const held = valuesIn(low, stretch).filter(({ start }) => !takenBack.test(low.slice(Math.max(stretch.start, start - 20), start)));
  const [first, ...rest] = held;
  const isLimit =
    first &&
    (limits.test(low.slice(Math.max(stretch.start, first.start - 20), first.start)) || /^(?:under|over|below|above) /.test(low.slice(first.start, first.end)));
  return isLimit && rest.length >= 2 ? rest : held;
}

function kpiIn(low: string, part: Span, asKpi: boolean): ReadKpi | undefined {
  const values = heldIn(low, part);
  const roles = rolesOf(low, values);
  const name = nameOf(low, part, values);
  if (!name) return undefined;
  const known = namesKpi(low, name);
  const paired = roles.baseline !== undefined && roles.target !== undefined;
  if (!asKpi && !(paired && known)) return undefined;
  if (asKpi && values.length === 0 && !known) return undefined;
  return { name, ...roles, leading: isLeading(low.slice(name.start, name.end)) };
}

type Roles = { baseline?: Span; target?: Span };

/** "Meetings went from 12 to 5": what happened is told, and nobody aims for it. */
const happened =
  /\b(?:went|gone|fell|fallen|dropped|slid|slipped|sank|sunk|declined|shrank|shrunk|plunged|rose|risen)\s(?:back |down |up |right |all the way )?from\s?$/;

function rolesOf(low: string, values: readonly Span[]): Roles {
  const [former, since, ...later] = values;
  if (former && since && happened.test(low.slice(Math.max(0, former.start - 40), former.start)) && /\bto\s\D{0,12}$/.test(low.slice(former.end, since.start))) {
    const { target, baseline } = rolesSaid(low, later);
    return { baseline: since, ...(target || baseline ? { target: target ?? baseline } : {}) };
  }
  return rolesSaid(low, values);
}

function rolesSaid(low: string, values: readonly Span[]): Roles {
  let baseline: Span | undefined;
  let target: Span | undefined;
  const open: Span[] = [];
  for (const value of values) {
    const before = low.slice(Math.max(0, value.start - 24), value.start);
    const after = low.slice(value.end, value.end + 24);
    if (!target && (targetAfter.test(after) || targetBefore.test(before)) && !(baselineAfter.test(after) && !baseline)) target = value;
    else if (!baseline && (baselineBefore.test(before) || baselineAfter.test(after))) baseline = value;
    else open.push(value);
  }
  const [single] = open;
  const said =
    single && open.length === 1 && !baseline && !target ? roleBeforeName.exec(low.slice(Math.max(0, single.start - 100), single.start))?.[1] : undefined;
  if (single && said) return said === 'baseline' ? { baseline: single } : { target: single };
  // A pair without words is baseline and target in that order (topics, "traps").
  if (!baseline && !target && open.length >= 2) [baseline, target] = open;
  else if (!baseline && open[0]) baseline = target && open[0].start > target.start && /^(?:more|extra)/.test(low.slice(open[0].end + 1)) ? undefined : open[0];
  else if (!target && open[0]) target = open[0];
  return { ...(baseline ? { baseline } : {}), ...(target ? { target } : {}) };
}

/** Three letters at least, but for "1:1s". */
const isName = /\p{L}{3}|1:1/u;

function nameOf(low: string, part: Span, values: readonly Span[]): Span | undefined {
  const first = values[0];
  const before = first ? nameBefore(low, part.start, first.start) : cleanName(low, part.start, part.end);
  if (before && isName.test(low.slice(before.start, before.end))) return before;
  if (!first) return undefined;
  const from = first.end + (withdrawn.exec(low.slice(first.end, part.end))?.[0].length ?? 0);
  return nameAfter(low, from, part.end) ?? (values.at(-1) && values.length > 1 ? nameAfter(low, values.at(-1)?.end ?? from, part.end) : undefined);
}

function nameAfter(low: string, from: number, end: number): Span | undefined {
  const stop = /,|\bnow\b|\btoday\b|\bat present\b|→|->|\bto\b|\.\s/.exec(low.slice(from, end));
  const name = cleanName(low, from, stop ? from + stop.index : end);
  return name && /\p{L}{3}/u.test(low.slice(name.start, name.end)) ? name : undefined;
}

/** What stands before the first value that holds, without a value that is taken back there ("not 5 but 4 …"). */
function nameBefore(low: string, start: number, end: number): Span | undefined {
  const refused = /^[\s,]*(?:not|no longer)\s\S{1,20}(?:\s\S{1,20})?\sbut\s/.exec(low.slice(start, end));
  const from = start + (refused?.[0].length ?? 0);
  // "Churn is the outcome. I'd take health reviews, 15% → 80%": what was said in a sentence before is no part of the name.
  const opens = low.slice(from, end).search(/[.!?]\s[^.!?]*$/);
  const last = opens < 0 ? undefined : cleanName(low, from + opens + 1, end);
  return last && /\p{L}{3}\S*\s\S*\p{L}{2}/u.test(low.slice(last.start, last.end)) && !roleOnly.test(`${low.slice(last.start, last.end)} `)
    ? last
    : cleanName(low, from, end);
}

function cleanName(low: string, start: number, end: number): Span | undefined {
  let from = start;
  for (let round = 0; round < 6; round += 1) {
    const lead = /^[\s,;:.!?*•"'–—=>()-]*/.exec(low.slice(from, end))?.[0].length ?? 0;
    const label = labels.exec(low.slice(from + lead, Math.min(end, from + lead + 80)));
    from += lead + (label?.[0].length ?? 0);
    if (!label) break;
  }
  const tail = tailWords.exec(low.slice(Math.max(from, end - 60), end));
  const to = tail ? Math.max(from, end - 60) + tail.index : end;
  const name = trimSpan(low, from, to);
  return name && name.end - name.start <= 120 ? name : undefined;
}
