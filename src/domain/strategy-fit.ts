import type { Fit, Objective, Strategy } from './strategy.ts';
import { areOpposite, type NamedTheme, type ThemeId, themesIn } from './strategy-themes.ts';

/** Words of a request beyond which it says enough for "fits none" to mean something. */
const enoughWords = 6;
/** Words in common that are no theme: two may be chance where they are everyday words, so everyday words are left out. */
const enoughInCommon = 2;

/**
 * How a request stands to the strategy on file, by the words of both. Careful: `conflicts` only where the strategy says in plain words that it wants the
 * other thing, `unclear` where there is little to go by.
 */
export function fitOf(request: string, strategy: Strategy): Fit {
  if (strategy.objectives.length === 0) return { kind: 'no-strategy' };
  const themes = themesIn(request).filter((theme) => !theme.negated && !isMoment(theme, request));
  const contents = contentOf(request);
  const objectives = strategy.objectives.map(knownOf);
  const excluded = objectives.flatMap((one) => exclusion(one, themes));
  const [first] = excluded;
  if (first) return first;
  const best = objectives
    .map((one) => match(one, themes, contents))
    .filter(isMatch)
    .toSorted(byStrength)[0];
  if (best) return { kind: 'fits', objective: best.objective.id, words: best.words };
  const opposed = objectives.flatMap((one) => opposition(one, themes, request));
  if (opposed[0]) return opposed[0];
  return themes.length > 0 || contents.size >= enoughWords ? { kind: 'fits-none' } : { kind: 'unclear' };
}

/** The objective that a request fits; undefined where it fits none or nobody can tell. */
export function objectiveFitted(fit: Fit, { objectives }: Strategy): Objective | undefined {
  return fit.kind === 'fits' ? objectives.find(({ id }) => id === fit.objective) : undefined;
}

const until = /\b(?:before|after|until|till|during|ahead of|in time for)(?: (?:the|our|next|this))*(?: [\p{L}\d-]+)? $/iu;

/** "Before the October renewals" says when, and not what it is about. */
function isMoment({ at }: NamedTheme, request: string): boolean {
  return until.test(request.slice(Math.max(0, at - 50), at));
}

/** An objective with what its words are about. */
type Known = {
  objective: Objective;
  themes: readonly NamedTheme[];
  contents: ReadonlySet<string>;
  competencies: readonly { text: string; stems: readonly string[] }[];
};

/** Worked out once as long as the objective stays on file: a request is held against all of them with every message. */
function knownOf(objective: Objective): Known {
  const before = knownObjectives.get(objective);
  if (before) return before;
  const known = {
    objective,
    themes: themesIn(objective.text),
    contents: new Set(contentOf(objective.text).keys()),
    competencies: objective.competencies.map(({ text }) => ({ text, stems: [...contentOf(text).keys()] })),
  };
  knownObjectives.set(objective, known);
  return known;
}

const knownObjectives = new WeakMap<Objective, Known>();

type Conflict = Extract<Fit, { kind: 'conflicts' }>;

/** The strategy says that exactly this is not wanted. */
function exclusion({ objective, themes }: Known, asked: readonly NamedTheme[]): Conflict[] {
  const against = themes.filter(({ negated }) => negated);
  const wanted = new Set(themes.filter(({ negated }) => !negated).map(({ theme }) => theme));
  return asked.flatMap((one) => {
    const found = against.find(({ theme }) => theme === one.theme);
    return found && !wanted.has(one.theme) ? [conflict(objective, one.words, found.words)] : [];
  });
}

const exclusive = /\b(?:only|exclusively|first|focus(?:es|ed)? on|instead of|rather than|nothing but)\b/i;

/** The strategy wants the opposite only, or above all, and says nothing else. Above all is plain where training itself is to be about the other thing. */
function opposition({ objective, themes }: Known, asked: readonly NamedTheme[], request: string): Conflict[] {
  const isExclusive = exclusive.test(objective.text);
  if (!isExclusive && objective.weight !== 3) return [];
  return asked.flatMap((one) => {
    const found = themes.find(({ theme, negated }) => !negated && areOpposite(theme, one.theme));
    return found && (isExclusive || isTrained(one, request)) ? [conflict(objective, one.words, found.words)] : [];
  });
}

const learning = '(?:train\\w*|course|workshop|coaching|session|programme|program|bootcamp|webinar|academy|skills?|techniques?)';
const behind = new RegExp(`^(?:[ -][\\p{L}-]+){0,2}[ -]${learning}`, 'iu');
const before = new RegExp(`\\b${learning} (?:on|in|for|about|to|around)(?: [\\p{L}-]+){0,3} $`, 'iu');

/** "Cold-calling training", "a course on winning new names": named as what is to be learned, and not in passing. */
function isTrained({ words, at }: NamedTheme, request: string): boolean {
  return behind.test(request.slice(at + words.length, at + words.length + 60)) || before.test(request.slice(Math.max(0, at - 80), at));
}

function conflict({ id }: Objective, asked: string, stands: string): Conflict {
  return { kind: 'conflicts', objective: id, words: [asked, stands] };
}

type Match = { objective: Objective; words: string[]; strength: number };

function match({ objective, themes, contents: own, competencies }: Known, asked: readonly NamedTheme[], contents: ReadonlyMap<string, string>): Match {
  const wanted = new Map<ThemeId, string>(themes.filter(({ negated }) => !negated).map(({ theme, words }) => [theme, words]));
  const common = asked.filter(({ theme }) => wanted.has(theme));
  const shared = [...contents].flatMap(([stem, word]) => (own.has(stem) ? [word] : []));
  const needed = competencies.flatMap(({ text, stems }) => (stems.length > 0 && stems.every((stem) => contents.has(stem)) ? [text] : []));
  const words = [...common.map((one) => one.words), ...needed, ...(shared.length >= enoughInCommon ? shared : [])];
  return { objective, words: [...new Set(words)], strength: common.length * 3 + needed.length * 2 + (shared.length >= enoughInCommon ? shared.length : 0) };
}

function isMatch({ strength }: Match): boolean {
  return strength > 0;
}

function byStrength(one: Match, other: Match): number {
  return other.strength - one.strength || other.objective.weight - one.objective.weight;
}

/** Stems of the words that say something, each with the word as it stands there. */
function contentOf(text: string): Map<string, string> {
  const words = text.toLowerCase().match(/[\p{L}][\p{L}\p{N}'-]{2,}/gu) ?? [];
  return new Map(words.filter((word) => !everyday.has(word)).map((word) => [stemOf(word), word]));
}

/** Enough to bring "negotiate", "negotiating" and "negotiation" together. */
function stemOf(word: string): string {
  const stem = word.replace(/(?:ations?|ating|ated?|ates|ings?|ions?|ers?|ies|y|ed|es|s|e)$/, '');
  return stem.length >= 3 ? stem : word;
}

// Words that stand in requests and objectives of every kind and join nothing.
const everyday = new Set(
  `the and for with our your their its this that these those from into out over under about what which who whom when where why how can could would should may might must shall will have has had are was were been being not but all any some more most less least much many few very just only also than then there here they them you she him her his one two three
need needs needed want wants wanted like please help get gets make makes give gives take takes let asap soon next last week month quarter year years day days now today tomorrow january february march april june july august september october november december
training train trained course courses workshop workshops session sessions programme program coaching learning learn teach webinar class academy enablement skill skills
team teams people rep reps seller sellers sales sell selling salesperson manager managers leader leaders guys folks everybody everyone region company business customer customers client clients deal deals
grow growth increase increased raise improve improved better best more reduce less lower higher high low new good great per cent percent number numbers target targets goal goals objective objectives priority strategy plan`.split(
    /\s+/,
  ),
);
