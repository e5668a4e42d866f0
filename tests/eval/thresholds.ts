import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { EvaluationError } from './evaluation-error.ts';
import type { Mode } from './measure.ts';

const Limits = z.record(z.string(), z.union([z.strictObject({ min: z.number() }), z.strictObject({ max: z.number() })]));
const Thresholds = z.record(z.string(), Limits);
export type Limit = { min: number } | { max: number };
/** By file of the repo's own sets, by figure (a path such as `sure.recall`). */
export type Thresholds = z.output<typeof Thresholds>;

/** Which figures the ratchet holds, and in which direction. Milliseconds are not among them: they differ by machine. */
const watched: Readonly<Record<Mode, Readonly<Record<string, 'min' | 'max'>>>> = {
  detect: {
    'sure.precision': 'min',
    'sure.recall': 'min',
    'sure_or_maybe.precision': 'min',
    'sure_or_maybe.recall': 'min',
    'alarms_per_10k.sure': 'max',
    'alarms_per_10k.sure_or_maybe': 'max',
  },
  replies: {
    act_accuracy: 'min',
    act_macro_f1: 'min',
    'acts.stop.recall': 'min',
    'acts.pause.recall': 'min',
    'acts.skip.recall': 'min',
    'acts.dont-know.recall': 'min',
    'acts.delegate.recall': 'min',
    question_f1: 'min',
    question_other_f1: 'min',
    question_only_other_f1: 'min',
    question_several_f1: 'min',
    time_accuracy: 'min',
    owner_accuracy: 'min',
    delegate_accuracy: 'min',
    kpi_name_accuracy: 'min',
    side_talk_as_answer: 'max',
  },
  dialogues: {
    answers_f1: 'min',
    turns_placed: 'min',
    turns_taken_otherwise: 'max',
    'prompts.precision': 'min',
    'prompts.recall': 'min',
    'prompts.most_open': 'max',
    'contradictions.recall': 'min',
    'contradictions.false_per_10': 'max',
    'brief.must_say': 'min',
    'brief.must_not_say': 'max',
    posts_at_channel_level: 'max',
    faults: 'max',
  },
};

/** Reads thresholds.json; without one nothing is held. Throws EvaluationError when it is not as it should be. */
export function readThresholds(file: string): Thresholds {
  try {
    return Thresholds.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {};
    throw new EvaluationError(`${file}: these thresholds cannot be read. Put the file back, or write it anew with --ratchet.`, { cause });
  }
}

/** What is worse than its threshold, in words; a figure that is held and no longer measured counts as worse. */
export function belowThresholds(thresholds: Thresholds, measured: ReadonlyMap<string, unknown>): string[] {
  return Object.entries(thresholds).flatMap(([file, limits]) => {
    const report = measured.get(file);
    if (report === undefined) return [`${file} is missing, although thresholds.json holds its figures`];
    return Object.entries(limits).flatMap(([path, limit]) => {
      const figure = figureAt(report, path);
      if (figure === undefined) return [`${file}: ${path} is no longer measured`];
      if ('min' in limit) return figure < limit.min ? [`${file}: ${path} is ${figure}, and was at least ${limit.min}`] : [];
      return figure > limit.max ? [`${file}: ${path} is ${figure}, and was at most ${limit.max}`] : [];
    });
  });
}

/** Thresholds just under (or over) what was measured. */
export function ratcheted(measured: readonly { file: string; mode: Mode; report: unknown }[]): Thresholds {
  return Object.fromEntries(
    measured.map(({ file, mode, report }) => {
      const limits = Object.entries(watched[mode]).flatMap(([path, direction]): [string, Limit][] => {
        const figure = figureAt(report, path);
        return figure === undefined ? [] : [[path, direction === 'min' ? { min: roundedDown(figure) } : { max: roundedUp(figure) }]];
      });
      return [file, Object.fromEntries(limits)];
    }),
  );
}

// Half a hundredth of room: one line of a small set may go either way when something else gets better.
const room = 0.005;
const roundedDown = (figure: number): number => Math.max(0, Math.floor((figure - room) * 100) / 100);
const roundedUp = (figure: number): number => (figure >= 1 ? Math.ceil(figure) : figure === 0 ? 0 : Math.ceil((figure + room) * 100) / 100);

function figureAt(report: unknown, path: string): number | undefined {
  let at = report;
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.entries(at).find(([key]) => key === step)?.[1];
  }
  return typeof at === 'number' ? at : undefined;
}
