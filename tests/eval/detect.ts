import type { Band } from '../../src/language/language.ts';
import { eachLine } from './each-line.ts';
import type { Engine } from './engine.ts';
import { type Confusion, confusionOf, type Figure, groupBy, type PrecisionRecall, percentiles, precisionRecall, share } from './figures.ts';
import type { DetectLine } from './formats.ts';
import { type HeardMessage, hearing } from './hearing.ts';
import type { Line } from './read-lines.ts';

export type DetectOutcome = { line: DetectLine; where: string; heard: HeardMessage };

type Kind = { n: number; requests: number; recall: Figure; recall_sure: Figure; false_rate: Figure; false_rate_sure: Figure };
type Alarms = { sure: Figure; sure_or_maybe: Figure };
export type DetectReport = {
  n: number;
  requests: number;
  sure: PrecisionRecall;
  sure_or_maybe: PrecisionRecall;
  alarms_per_10k: Alarms;
  by_kind: Record<string, Kind>;
  by_source: Record<string, Kind>;
  confusion: Confusion;
  ms: { p50: Figure; p99: Figure };
};

export async function detect(engine: Engine, lines: readonly Line<DetectLine>[]): Promise<DetectOutcome[]> {
  return eachLine(lines, engine.atOnce, async ({ value, where }) => ({ line: value, where, heard: await hearing(engine.language, value.text) }));
}

/** Precision is null without requests or without others, where it says nothing, and recall without requests; alarms count per 10,000 lines that are none. */
export function detectReport(outcomes: readonly DetectOutcome[]): DetectReport {
  const requests = outcomes.filter(isRequest).length;
  const others = outcomes.length - requests;
  const bandReport = (isIn: (band: Band) => boolean): PrecisionRecall => {
    if (requests === 0) return { precision: null, recall: null, f1: null };
    const found = outcomes.filter(({ heard }) => isIn(heard.band));
    const measured = precisionRecall({ right: found.filter(isRequest).length, found: found.length, gold: requests });
    return others === 0 ? { precision: null, recall: measured.recall, f1: null } : measured;
  };
  const alarms = (isIn: (band: Band) => boolean): Figure => {
    const count = outcomes.filter((outcome) => !isRequest(outcome) && isIn(outcome.heard.band)).length;
    return others === 0 ? null : Math.round((count / others) * 1_000_000) / 100;
  };
  return {
    n: outcomes.length,
    requests,
    sure: bandReport(isSure),
    sure_or_maybe: bandReport(isHeard),
    alarms_per_10k: { sure: alarms(isSure), sure_or_maybe: alarms(isHeard) },
    by_kind: kindsBy(outcomes, ({ line }) => line.kind ?? line.family),
    by_source: kindsBy(outcomes, ({ line }) => line.source),
    confusion: confusionOf(outcomes.map(({ line, heard }) => ({ gold: line.label, got: heard.band }))),
    ms: percentiles(outcomes.map(({ heard }) => heard.ms)),
  };
}

const isRequest = ({ line }: DetectOutcome): boolean => line.label === 'request';
const isSure = (band: Band): boolean => band === 'sure';
const isHeard = (band: Band): boolean => band !== 'no';

function kindsBy(outcomes: readonly DetectOutcome[], keyOf: (outcome: DetectOutcome) => string | undefined): Record<string, Kind> {
  return Object.fromEntries(groupBy(outcomes, keyOf).map(([key, group]) => [key, kindOf(group)]));
}

function kindOf(group: readonly DetectOutcome[]): Kind {
  const requests = group.filter(isRequest);
  const others = group.filter((outcome) => !isRequest(outcome));
  const rate = (of: readonly DetectOutcome[], isIn: (band: Band) => boolean) => share(of.filter(({ heard }) => isIn(heard.band)).length, of.length);
  return {
    n: group.length,
    requests: requests.length,
    recall: rate(requests, isHeard),
    recall_sure: rate(requests, isSure),
    false_rate: rate(others, isHeard),
    false_rate_sure: rate(others, isSure),
  };
}

/** A wrong public reply is worse than a request that was not heard, and that is worse than a wrong private question. */
export function detectMisses(outcomes: readonly DetectOutcome[]): { severity: number; text: string }[] {
  return outcomes.flatMap((outcome) => {
    const { line, where, heard } = outcome;
    const severity = severityOf(line.label, heard.band);
    if (severity === 0) return [];
    const why = heard.reasons.length > 0 ? `, because ${heard.reasons.join(', ')}` : '';
    const kind = line.kind ?? line.family ?? line.source;
    const head = `${line.id ?? where}${kind === undefined ? '' : ` (${kind})`}: expected ${line.label}, got ${heard.band} from ${heard.stage}${why}`;
    return [{ severity, text: `${head}\n  ${line.text}` }];
  });
}

function severityOf(label: DetectLine['label'], band: Band): number {
  if (label === 'request') return band === 'no' ? 2 : 0;
  return band === 'sure' ? 3 : band === 'maybe' ? 1 : 0;
}
