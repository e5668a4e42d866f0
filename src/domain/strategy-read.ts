import type { Competency, ProposedObjective } from './strategy.ts';
import { competencyOf, isTimeFrame, listedIn, namesKind, needsIn, timeFrameIn, weightIn, weightOfMark } from './strategy-details.ts';
import { type PastedLine, pastedLines } from './strategy-lines.ts';
import { type Row, tableRows } from './strategy-table.ts';
import { strategyText } from './strategy-text.ts';

/** What one tenant may keep. Lengths are in UTF-16 units, `length` is that of everything together, so that a menu can name each part of it. */
export const strategyLimits = { objectives: 200, objectiveLength: 300, competencies: 12, competencyLength: 120, length: 100_000 } as const;

export type StrategyProblem =
  | { kind: 'nothing-found' }
  | { kind: 'too-many'; count: number }
  | { kind: 'too-long' | 'competency-too-long'; words: string }
  | { kind: 'too-many-competencies'; words: string; count: number };

// Each reading takes marks and brackets off at most; nothing that people write needs more.
const readings = 5;

/**
 * Objectives in a pasted text: lines, lists, tables, or an e-mail around them. Text is only ever text here, whatever it asks for. What comes out reads
 * back the same when it is shown for changing (`strategyText`).
 */
export function readStrategy(pasted: string): { objectives: readonly ProposedObjective[] } | { problem: StrategyProblem } {
  let objectives = readOnce(pasted);
  for (let n = 0; n < readings; n += 1) {
    const again = readOnce(strategyText(objectives));
    if (JSON.stringify(again) === JSON.stringify(objectives)) break;
    objectives = again;
  }
  const problem = problemOf(objectives);
  return problem ? { problem } : { objectives };
}

function readOnce(pasted: string): ProposedObjective[] {
  return merged(drafts(pasted).map(understood)).filter(({ text }) => /\p{L}{2}/u.test(text));
}

function problemOf(objectives: readonly ProposedObjective[]): StrategyProblem | undefined {
  if (objectives.length === 0) return { kind: 'nothing-found' };
  if (objectives.length > strategyLimits.objectives) return { kind: 'too-many', count: objectives.length };
  for (const { text, competencies } of objectives) {
    if (text.length > strategyLimits.objectiveLength) return { kind: 'too-long', words: text };
    if (competencies.length > strategyLimits.competencies) return { kind: 'too-many-competencies', words: text, count: competencies.length };
    const long = competencies.find((one) => one.text.length > strategyLimits.competencyLength);
    if (long) return { kind: 'competency-too-long', words: long.text };
  }
  return undefined;
}

type Draft = { text: string; needs: string[] } & Pick<Row, 'timeFrame' | 'weight'>;

function drafts(pasted: string): Draft[] {
  const lines = pastedLines(pasted);
  const rows = tableRows(lines);
  if (rows.length > 0) return rows.map(({ needs = [], ...row }) => ({ ...row, needs: [...needs] }));
  return listDrafts(lines);
}

/** How a list is written: what its items are, and where its competencies stand. */
type Style = { topIndent: number; bulletsBelong: boolean; plainLines: 'objectives' | 'around' };

function styleOf(lines: readonly PastedLine[]): Style {
  const items = lines.filter(({ marker }) => marker !== 'none');
  const topIndent = Math.min(...(items.length > 0 ? items : lines).map(({ indent }) => indent));
  const top = items.filter(({ indent }) => indent <= topIndent + 1);
  const isMixed = top[0]?.marker === 'number' && top.some(({ marker }) => marker === 'bullet');
  const isPlain = items.length === 0 || ownBullets(lines, items);
  return { topIndent, bulletsBelong: isMixed || (isPlain && items.every(({ marker }) => marker === 'bullet')), plainLines: isPlain ? 'objectives' : 'around' };
}

const introducing = /\b(?:here|these|below|following|attached|discussed|objectives|goals|strategy|priorities|pillars|agreed)\b/i;

/** Plain lines with bullets below them: the bullets are what they need. One line alone above a list rather introduces it. */
function ownBullets(lines: readonly PastedLine[], items: readonly PastedLine[]): boolean {
  const plain = lines.filter((line) => line.marker === 'none' && !isHeading(line));
  const owners = lines.filter((line, at) => plain.includes(line) && lines[at + 1]?.marker === 'bullet');
  if (owners.length === 0 || items.some(({ marker }) => marker === 'number')) return false;
  return owners.length >= 2 || items.some(({ text }) => namesKind(text)) || (plain.length >= 2 && !introducing.test(owners[0]?.text ?? ''));
}

function isHeading({ text }: PastedLine): boolean {
  return text.endsWith(':') && !needsIn(text);
}

function listDrafts(lines: readonly PastedLine[]): Draft[] {
  const style = styleOf(lines);
  const found: Draft[] = [];
  // Set while the items are what the objective above them needs: how far in they stand.
  let needing: number | undefined;
  for (const [at, line] of lines.entries()) {
    const last = found.at(-1);
    const needs = needsIn(line.text);
    const isItem = line.marker !== 'none';
    if (needs && needs.before === '' && last) {
      last.needs.push(...needs.needs);
      needing = needs.needs.length === 0 ? line.indent : undefined;
    } else if (isItem && last && isCompetency(line, style, needing)) last.needs.push(line.text);
    else if (isItem) {
      needing = undefined;
      found.push({ text: line.text, needs: [] });
    } else if (isHeading(line)) needing = undefined;
    else takePlain(line, { found, style, above: lines[at - 1], below: lines[at + 1] });
  }
  return found;
}

function isCompetency({ marker, indent }: PastedLine, { topIndent, bulletsBelong }: Style, needing: number | undefined): boolean {
  if (marker === 'bullet' && needing !== undefined && indent >= needing) return true;
  return indent > topIndent + 1 || (bulletsBelong && marker === 'bullet');
}

type Around = { found: Draft[]; style: Style; above: PastedLine | undefined; below: PastedLine | undefined };

/** A line without a bullet: an objective, the rest of the line above, or something that was written around the list. */
function takePlain(line: PastedLine, { found, style, above, below }: Around): void {
  const last = found.at(-1);
  if (style.plainLines === 'objectives') {
    if (last && line.indent > style.topIndent + 1 && above) last.needs.push(line.text);
    else found.push({ text: line.text, needs: [] });
    return;
  }
  if (last && above && line.indent > above.indent) {
    if (last.needs.length > 0) last.needs.push(`${last.needs.pop() ?? ''} ${line.text}`);
    else last.text = `${last.text} ${line.text}`;
  } else if (looksLikeOne(line.text) && below?.marker !== 'bullet') found.push({ text: line.text, needs: [] });
}

function looksLikeOne(text: string): boolean {
  const begins =
    /^(?:grow|increase|reduce|win|keep|protect|launch|enter|improve|raise|cut|expand|double|retain|defend|build|move|shift|become|open|sell|lower|shorten)\b/i;
  return begins.test(text) || (/\d/.test(text) && (timeFrameIn(text) !== undefined || weightIn(text) !== undefined));
}

function understood(draft: Draft): ProposedObjective {
  const split = needsIn(draft.text);
  const { text, ...marks } = unmarked(split?.before ?? draft.text);
  const timeFrame = marks.timeFrame ?? draft.timeFrame ?? timeFrameIn(text);
  const weight = marks.weight ?? draft.weight ?? weightIn(text) ?? 2;
  const needs = [...(split?.needs ?? []), ...draft.needs.flatMap(needed)];
  return { text, ...(timeFrame !== undefined && { timeFrame }), weight, competencies: distinct(needs.map(competencyOf)) };
}

function needed(need: string): string[] {
  if (namesKind(need)) return [need];
  const split = needsIn(need);
  return split && split.before === '' ? split.needs : /^[^,;]{1,60}(?:[,;][^,;]{1,40}){2,}$/.test(need) && !/[:.]/.test(need) ? listedIn(need) : [need];
}

type Unmarked = Pick<ProposedObjective, 'text'> & Partial<Pick<ProposedObjective, 'timeFrame' | 'weight'>>;

/** Without what stands in brackets at the end, or before a colon, and says nothing but when or how important. */
function unmarked(written: string): Unmarked {
  let found: Unmarked = { text: written.replace(/[\s;,.]+$/, '').trim() };
  for (let before = ''; before !== found.text; ) {
    before = found.text;
    const end = /^(.*\S)\s*[([]([^()[\]]{1,60})[)\]]$/u.exec(found.text) ?? /^(.*\S)\s*(?:[–—;,]|\s-)\s*([^–—;,]{1,40})$/u.exec(found.text);
    const start = /^([^:]{1,40}):\s+(\S.*)$/u.exec(found.text);
    const [rest, mark] = end && markOf(end[2] ?? '') ? [end[1], markOf(end[2] ?? '')] : [start?.[2], markOf(start?.[1] ?? '')];
    // What stands further out was written later, so it counts.
    if (rest && mark) found = { ...mark, ...found, text: rest.replace(/[\s;,.]+$/, '').trim() };
  }
  return found;
}

/** Undefined when it says anything else. */
function markOf(words: string): Omit<Unmarked, 'text'> | undefined {
  const found: Omit<Unmarked, 'text'> = {};
  for (const part of words.split(',').map((one) => one.trim())) {
    const weight = part.split(/\s+/).length <= 4 ? weightOfMark(part) : undefined;
    if (isTimeFrame(part)) found.timeFrame = part;
    else if (weight) found.weight = weight;
    else return undefined;
  }
  return found;
}

function distinct(competencies: readonly Competency[]): Competency[] {
  return [...new Map(competencies.filter(({ text }) => text !== '').map((one) => [one.text.toLowerCase(), one])).values()];
}

function merged(objectives: readonly ProposedObjective[]): ProposedObjective[] {
  const byText = new Map<string, ProposedObjective>();
  for (const one of objectives) {
    const same = byText.get(one.text.toLowerCase());
    byText.set(one.text.toLowerCase(), same ? { ...same, competencies: distinct([...same.competencies, ...one.competencies]) } : one);
  }
  return [...byText.values()];
}
