import type { QuestionId } from '../../domain/questions.ts';
import type { ChangedPart, ReplyContext, Span } from '../language.ts';
import { dateWords, formWords, moneyWords, sums } from './brief-change-words.ts';
import { normalise } from './normalise.ts';
import { entitiesIn } from './read-answers.ts';

/** A sentence of a message: `low` is it normalised, `text` the whole message. */
export type Sentence = { text: string; low: string; span: Span; context: ReplyContext };
export type Found = { questionId: QuestionId; kpi?: { figure: Span; as: 'target' | 'baseline' } } | ChangedPart;

/** What a sentence changes of the brief, by rules that name what they change; undefined where it is no change, or says what stands there already. */
export function changeIn(sentence: Sentence): Found | undefined {
  return (
    figureIn(sentence) ??
    whomIn(sentence) ??
    bareSwap(sentence) ??
    dateIn(sentence) ??
    callIn(sentence) ??
    formIn(sentence) ??
    sumIn(sentence) ??
    ownerIn(sentence)
  );
}

const figure =
  '([€$£]?\\d[\\d.,]*\\d|[€$£]?\\d)(?:\\s?(?:%|percent|per ?cent|k\\b))?(?:\\s(?:a|an|per|each|every)\\s(?:day|week|month|quarter|year|\\p{L}+)\\b)?';
const aim = '(targets?|goals?|baselines?|starting (?:point|figure|value))';
const setTo =
  '(?:changed?|moved?|set|sets|lower(?:ed)?|raised?|cut|increased?|dropped?|reduced?|put|brought|bring|adjust(?:ed)?|updated?|correct(?:ed)?|fix|make|made)';
const figures: readonly RegExp[] = [
  new RegExp(
    `\\b${aim}\\b[^.\\d]{0,40}?\\s(?:is|are|was|should be|must be|has to be|needs to be|will be|=)\\s(?:now |actually |only |really |just )?${figure}`,
    'u',
  ),
  new RegExp(
    `\\b${setTo} (?:the |our |that )?(?:\\p{L}+ )?${aim}\\b(?: for [^.\\d]{1,40})?(?: (?:up|down))?(?: from \\S+)?(?: (?:up|down))?(?: to| at)? ${figure}`,
    'u',
  ),
  new RegExp(
    `\\b${aim}\\b(?: for [^.\\d]{1,40}?)? (?:has |have |had )?(?:just )?(?:went|goes|gone|moved|moves|dropped|drops|rose|rises|changed|changes|came|comes|got|been)\\b(?: (?:up|down|cut|raised|lowered|set|moved|changed))*(?: from \\S+)? (?:to|at) ${figure}`,
    'u',
  ),
  new RegExp(`^\\W*(?:new|correct|right|real) ${aim}\\s?[:=–-]?\\s?${figure}`, 'u'),
];
const wrongFigure = new RegExp(
  `\\b(?:(?:got|had|gave|wrote|typed|put|read) (?:you )?(?:the |a |that |my )?(?:(?:wrong (number|figure|target|value))|(?:(number|figure|target|value) wrong))|(?:number|figure) was wrong)\\b[\\s,;:.–—-]+(?:it'?s |it is |it should be |should be |make it |that'?s )?${figure}`,
  'u',
);

/** A target or baseline that is the one of the brief: said again, it changes and answers nothing. */
export function repeatsFigure({ low, context }: Sentence): boolean {
  const value = statedFigure(low)?.value;
  return value !== undefined && hasFigure(context, value);
}

function statedFigure(low: string): { match: RegExpExecArray; value: string } | undefined {
  for (const pattern of [...figures, wrongFigure]) {
    const match = pattern.exec(low);
    const value = match?.at(-1);
    if (match && value !== undefined) return { match, value };
  }
  return undefined;
}

/** "My goal", "the price target": of somebody or something else, unless the brief speaks of it. */
const othersAim = new RegExp(
  `\\b(?:(?:my|his|her|your|their|(?!it|that|what|here|there|let)\\p{L}+'s) (?:\\p{L}+ )?|(sales|revenue|price|margin|profit|cost|savings?|personal|charity|fitness|stock|growth|hiring|headcount|traffic|bonus) )${aim}\\b`,
  'u',
);
/** "2-0", "3: focus, pace, care", "5 million": no figure of an indicator that is counted, unless the brief counts in it. */
const otherKind = /^\s?(?:[-–]\s?\d|:|(million|mio|mn|billion|bn|km|miles|kg|pounds|degrees)\b)/;

function isOfSomethingElse(low: string, end: number, { said = [] }: ReplyContext): boolean {
  const whose = othersAim.exec(low);
  const kind = otherKind.exec(low.slice(end));
  const known = normalise(said.flatMap(({ questionId, text }) => (questionId === 'leading-kpis' ? [text] : [])).join(' '));
  return [whose && (whose[1] ?? ''), kind && (kind[1] ?? '')].some((word) => word !== null && (word === '' || !hasWord(known, word)));
}

/** "Actually the target is 40", "we lowered the target to 30": a figure that is not what the brief says already. */
function figureIn({ low, span, context }: Sentence): Found | undefined {
  const stated = statedFigure(low);
  if (stated && !hasFigure(context, stated.value)) {
    const { match, value } = stated;
    const at = match.index + match[0].lastIndexOf(value);
    if (isOfSomethingElse(low, at + value.length, context)) return undefined;
    const start = span.start + at;
    const as = /baseline|starting/.test(match[0]) ? 'baseline' : 'target';
    return { questionId: 'leading-kpis', kpi: { figure: { start, end: start + value.length }, as } };
  }
  return undefined;
}

/** What was put right before is what the figure was put right to, not what it was first. */
function hasFigure({ said = [] }: ReplyContext, value: string): boolean {
  const putRight = said.findLast(({ questionId, text }) => questionId === 'leading-kpis' && statedFigure(normalise(text)));
  return saysAlready({ said: putRight ? [putRight] : said }, 'leading-kpis', value);
}

function saysAlready({ said = [] }: Pick<ReplyContext, 'said'>, questionId: QuestionId, value: string): boolean {
  return said.some((one) => one.questionId === questionId && hasWord(normalise(one.text), value) && !hasWord(normalise(one.text), `not ${value}`));
}

const value = '([€$£]?\\d[\\d.,]*\\d|[€$£]?\\d|\\p{L}{3,12})';
const soft =
  "(?:(?:actually|sorry|oops|correction|typo(?: above)?|wait|no|scratch that|i meant|i mean|meant|it'?s|it is|it should be|should be|make it|make that|that'?s|read|above|the number is|for)[\\s,:;–—-]+)*";
const after = '(?:[\\s,]+(?:sorry|please|pls|of course|as i said|a (?:day|week|month|quarter)|per (?:day|week|month|quarter)|\\p{L}+(?: \\p{L}+){0,2}))?';
const swaps: readonly { pattern: RegExp; fresh: 1 | 2 }[] = [
  { pattern: new RegExp(`^\\W*${soft}${value}${after},?\\s?(?:and )?(?:not|instead of|rather than) ${value}${after}\\W*$`, 'u'), fresh: 1 },
  { pattern: new RegExp(`^\\W*${soft}not ${value},? ?(?:but |it'?s |it is |it should be )?${value}${after}\\W*$`, 'u'), fresh: 2 },
];
/** Figures, months and days are swapped for their like; other words are opinions. */
const firm = new RegExp(`^(?:[€$£]?\\d[\\d.,]*|${dateWords})$`, 'u');

/** What happens on one day changes no brief. */
export const ofTheMoment = /\b(?:today|yesterday|tomorrow'?s?|tonight|this (?:morning|afternoon|evening|week)|so far|already|just (?:had|did|made|sold))\b/;

/** "not 35, 40", "March, not February": the old one stands in one line of the brief, the new one does not. */
function bareSwap({ low, span, context }: Sentence): Found | undefined {
  if (ofTheMoment.test(low)) return undefined;
  for (const { pattern, fresh } of swaps) {
    const match = pattern.exec(low);
    const [is, was] = fresh === 1 ? [match?.[1], match?.[2]] : [match?.[2], match?.[1]];
    if (!match || is === undefined || was === undefined || is === was || !firm.test(is) || !firm.test(was)) continue;
    const start = span.start + match[0].indexOf(is, fresh === 1 ? 0 : match[0].indexOf(was) + was.length);
    return holding(context, was, { start, end: start + is.length });
  }
  return undefined;
}

function holding({ said = [], told = [] }: ReplyContext, was: string, figureAt: Span): Found | undefined {
  if (weekday.test(was)) {
    const isTheirs = said.some(({ questionId, text }) => questionId === 'weekly-call' && normalise(text).includes(was.replace(/s$/, '')));
    return isTheirs ? { questionId: 'weekly-call' } : undefined;
  }
  const lines = [...new Set(said.flatMap(({ questionId, text }) => (hasWord(normalise(text), was) ? [questionId] : [])))];
  const parts = told.filter(({ text }) => hasWord(normalise(text), was));
  const [questionId] = lines;
  const [part] = parts;
  if (lines.length + parts.length !== 1) return undefined;
  if (part) return { part: part.part, span: figureAt };
  if (questionId === 'leading-kpis') {
    const text = normalise(said.find((one) => one.questionId === questionId && hasWord(normalise(one.text), was))?.text ?? '');
    return {
      questionId,
      kpi: { figure: figureAt, as: new RegExp(`\\b(?:from|baseline|now|today)\\b[^\\d]{0,12}${escaped(was)}`).test(text) ? 'baseline' : 'target' },
    };
  }
  return questionId && { questionId };
}

const weekday = /^(?:mon|tues|wednes|thurs|fri)days?$/;

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export function hasWord(low: string, word: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}.,])${escaped(word)}(?![\\p{L}\\p{N}]|[.,]\\d)`, 'u').test(low);
}

const dueThing =
  "(?<!'s )(?<!\\b(?:my|your|his|her|their) )(?:deadline|due date|end date|start date|start|date|kick-?off|training|workshop|course|programme|program|sessions?)";
const moveWord = '(?:moved?|pushed|push|shifted|shift|postponed?|delayed?|brought|pulled|extend(?:ed)?|rescheduled|changed?|set)';
const dates: readonly RegExp[] = [
  new RegExp(
    `\\b${moveWord} (?:the |our |that )?(?:\\p{L}+ )?${dueThing}(?: (?:back|out|forward|up|on))?(?: from [^,.]{1,24}?)? (?:to|until|till|into) (?:the )?(${dateWords})`,
    'u',
  ),
  new RegExp(
    `\\b${dueThing} (?:is |was |has |had |have |got |gets |will be )?(?:been |now |just )*${moveWord}s?(?: (?:back|out|forward|up))?(?: from [^,.]{1,24}?)? (?:to|until|till|into) (?:the )?(${dateWords})`,
    'u',
  ),
  new RegExp(`\\b(?:deadline|due date|end date|date)\\s?(?:is|=|:)\\s?(?:now |actually |really )?(?:by |on |before )?(?:the )?(${dateWords})`, 'u'),
  new RegExp(`\\b(?:we|they|you) (?:now )?have (?:time )?(?:until|till) (?:the )?(${dateWords})(?: now)?`, 'u'),
  new RegExp(`\\bby (?:the )?(${dateWords}) instead\\b`, 'u'),
];
const ofTheCall = /\b(?:calls?|meetings?|check-?in|stand-?up|status|dinner|review|holiday|webinar invite|date of the)\b/;

function dateIn({ low, span, context }: Sentence): Found | undefined {
  if (ofTheCall.test(low)) return undefined;
  for (const pattern of dates) {
    const match = pattern.exec(low);
    const day = match?.at(-1);
    if (!match || day === undefined) continue;
    const start = span.start + match.index + match[0].lastIndexOf(day);
    return partUnlessSaid(context, 'deadline', { start, end: start + day.length }, day);
  }
  return undefined;
}

function partUnlessSaid({ told = [] }: ReplyContext, part: ChangedPart['part'], span: Span, words: string): Found | undefined {
  const stands = normalise(told.find((one) => one.part === part)?.text ?? '');
  return hasWord(stands, words) ? undefined : { part, span };
}

const call = /\b(?:(?:weekly|status|our|the) )+(?:call|check-?in|meeting|sync)\b/;
const recurring = /\b(?:now|from now on|every|each|going forward|weekly|(?:mon|tues|wednes|thurs|fri)days|instead|moved?|moves|changed?|shifted)\b/;
const once =
  /\b(?:today|tomorrow|tonight|this (?:week|time|once)|next (?:week|time|one|call|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*)|just this|only this|on the \d|\d(?:st|nd|rd|th)|exceptionally|cancel\w*)\b/;

function callIn({ text, low, span, context }: Sentence): Found | undefined {
  if (!call.test(low) || !recurring.test(low) || once.test(low)) return undefined;
  const when = entitiesIn(text, normalise(text), span, 'weekly-call', context).when;
  return when?.weekday || when?.time ? { questionId: 'weekly-call' } : undefined;
}

const forms: readonly RegExp[] = [
  new RegExp(
    `\\b(?:make it|(?:we'?re|we are|we'?ll be) (?:now )?doing (?:it|this|the (?:training|workshop|course)) as|(?:we|they) (?:switched|changed|moved|turned)(?: it| this| (?:the|our) (?:training|workshop|course|format))? (?:in)?to|format is(?: now)?|change (?:the )?format to) (?:an? |the )?(${formWords})`,
    'u',
  ),
  new RegExp(
    `\\b(?:workshop|training|course|programme|program) (?:is|will be|runs|takes place) (?:now |only )*(?:an? |as )?(${formWords})(?= (?:now|from now on|instead|not|rather)|,? not\\b)`,
    'u',
  ),
  new RegExp(`\\b(?:workshop|training|course|programme|program) (?:is|will be) now (?:an? )?(${formWords})`, 'u'),
];

function formIn({ low, span, context }: Sentence): Found | undefined {
  for (const pattern of forms) {
    const match = pattern.exec(low);
    const form = match?.[1];
    if (!match || form === undefined) continue;
    const start = span.start + match.index + match[0].lastIndexOf(form);
    return partUnlessSaid(context, 'format', { start, end: start + form.length }, form);
  }
  return undefined;
}

const who = "((?:only |just )?(?:the |our |all )?(?:\\d+ )?\\p{L}[\\p{L}\\d'&-]*(?: (?!now\\b|instead\\b|not\\b|because\\b|since\\b)[\\p{L}\\d'&-]+){0,5})";
const whom: readonly RegExp[] = [
  new RegExp(`\\b(?:audience|target group|participants) (?:is|are) (?:now )?${who}`, 'u'),
  new RegExp(
    `\\b(?:it'?s|it is|this is|(?:training|workshop|course|programme|program) is) (?:now )?(?:only |just )?for ${who}(?= now\\b| instead\\b|,? not\\b)`,
    'u',
  ),
  new RegExp(`\\b(?:training|workshop|course|programme|program) is now (?:only )?for ${who}`, 'u'),
];
const manyPeople =
  /^\W*(?:(?:actually|sorry|correction)\W+)?(?:it'?s|we'?re|we are|there are|they are|make it) (?:now |only )*(\d+ [\p{L}-]+(?: [\p{L}-]+)?)(?: now)?,? (?:and )?(?:not|instead of|rather than) (\d+)\b/u;

function whomIn({ low, span, context }: Sentence): Found | undefined {
  const counted = manyPeople.exec(low);
  const [, people, before] = counted ?? [];
  if (counted && people !== undefined && before !== undefined) {
    const stands = normalise(context.told?.find(({ part }) => part === 'audience')?.text ?? '');
    const words = people.replace(/ now$/, '');
    const start = span.start + counted[0].indexOf(words);
    if (hasWord(stands, before)) return { part: 'audience', span: { start, end: start + words.length } };
  }
  for (const pattern of whom) {
    const match = pattern.exec(low);
    const words = match?.[1]?.replace(/ now$/, '');
    if (!match || words === undefined) continue;
    const start = span.start + match.index + match[0].lastIndexOf(words);
    return partUnlessSaid(context, 'audience', { start, end: start + words.length }, words);
  }
  return undefined;
}

function sumIn({ low, context }: Sentence): Found | undefined {
  const match = sums.map((pattern) => pattern.exec(low)).find((found) => found !== null);
  const sum = match && new RegExp(moneyWords, 'u').exec(match[0].slice(match[0].search(/\d/) - 1))?.[0]?.trim();
  return sum && !saysAlready(context, 'budget', sum) ? { questionId: 'budget' } : undefined;
}

const name = "@?<?[\\p{L}][\\p{L}'’.-]*>?(?: [\\p{L}][\\p{L}'’-]*)?";
const thisOne = '(?:it|this|that|the (?:programme|program|initiative|project|change|topic|brief|training|thing))';
const owners: readonly RegExp[] = [
  new RegExp(
    `\\b${name} (?:now )?(?:owns?|leads?|sponsors?|answers? for|is (?:now )?responsible for) ${thisOne}(?: on the business side)?(?: now| from now on| from here| instead| going forward|,? (?:and )?not ${name}|,? no longer ${name})`,
    'u',
  ),
  new RegExp(`\\b${name} (?:now )(?:owns?|leads?) ${thisOne}`, 'u'),
  new RegExp(
    `\\b${name} (?:takes|took|is taking|has taken|will take) (?:${thisOne} )?over(?: ${thisOne})?(?: from ${name})?,? (?:as (?:the )?(?:new |business )*owner|ownership|from ${name}|as of|starting)`,
    'u',
  ),
  new RegExp(`\\b${name} (?:takes|took|is taking|has taken) over (?:from ${name}|ownership|${thisOne})`, 'u'),
  new RegExp(`\\b(?:new|business|right|correct) owner(?: is| =|:| will be)? ${name}`, 'u'),
  new RegExp(`\\bowner (?:is now|is|should be|changed to|changes to|moved to) ${name}(?: now|,? not ${name})?`, 'u'),
  new RegExp(`\\b(?:change|update|set|switch|correct) the owner (?:to|from ${name} to) ${name}`, 'u'),
  new RegExp(`\\b(?:handed|handing|passed|passing) (?:ownership|the (?:programme|program|initiative|project|topic|brief)) (?:over |on )?to ${name}`, 'u'),
  new RegExp(`\\bownership (?:moves|moved|goes|went|passes|passed|is now) (?:to|with) ${name}`, 'u'),
];

/** Somebody who can be told apart, and is not the one who stands there alone. */
function ownerIn({ text, low, span, context }: Sentence): Found | undefined {
  if (!owners.some((pattern) => pattern.test(low))) return undefined;
  // "Ben takes over from Sam at reception": not from whoever owns this.
  const from = /\bover from ([\p{L}'-]+)/u.exec(low)?.[1];
  const owner = normalise((context.said ?? []).flatMap(({ questionId, text: words }) => (questionId === 'owner' ? [words] : [])).join(' '));
  if (from !== undefined && !/^(?:me|him|her|here)$/.test(from) && !hasWord(owner, from)) return undefined;
  const people = entitiesIn(text, normalise(text), span, 'owner', context).people;
  return people.length > 0 ? { questionId: 'owner' } : undefined;
}
