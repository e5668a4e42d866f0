import { basename } from 'node:path';
import { detect, detectMisses, detectReport } from './detect.ts';
import { dialogueMisses, dialogueReport, playAll } from './dialogue-report.ts';
import type { Engine } from './engine.ts';
import { DetectLine, DialogueLine, ReplyLine } from './formats.ts';
import type { PlayedDialogue } from './play-dialogue.ts';
import { readLines } from './read-lines.ts';
import { readReplies } from './replies.ts';
import { replyMisses, replyReport } from './reply-report.ts';
import { showDetect, showDialogues, showReplies } from './show.ts';

export const modes = ['detect', 'replies', 'dialogues'] as const;
export type Mode = (typeof modes)[number];
type Miss = { severity: number; text: string };
/** `text`: the figures as a person reads them, those of all files together last. */
export type Measured = { report: object; text: string; misses: readonly Miss[]; played: readonly PlayedDialogue[] };

/** Reads all files first, so that a mistake in the last one is told before anything is measured. Throws EvaluationError. */
export async function measure(engine: Engine, mode: Mode, files: readonly string[], { asTyped = false } = {}): Promise<Measured> {
  switch (mode) {
    case 'detect': {
      const all = await perFile(
        files,
        (file) => readLines(file, DetectLine),
        (lines) => detect(engine, lines),
      );
      const reports = reportsOf(all, detectReport);
      return { report: reports.whole, text: showDetect(reports.shown), misses: detectMisses(all.flatMap(({ outcomes }) => outcomes)), played: [] };
    }
    case 'replies': {
      const all = await perFile(
        files,
        (file) => readLines(file, ReplyLine),
        (lines) => readReplies(engine, lines),
      );
      const reports = reportsOf(all, replyReport);
      return { report: reports.whole, text: showReplies(reports.shown), misses: replyMisses(all.flatMap(({ outcomes }) => outcomes)), played: [] };
    }
    case 'dialogues': {
      const all = await perFile(
        files,
        (file) => readLines(file, DialogueLine),
        (lines) => playAll(engine, lines, asTyped),
      );
      const reports = reportsOf(all, dialogueReport);
      const outcomes = all.flatMap((of) => of.outcomes);
      return { report: reports.whole, text: showDialogues(reports.shown), misses: dialogueMisses(outcomes), played: outcomes.map(({ played }) => played) };
    }
    default:
      return mode satisfies never;
  }
}

type OfFile<O> = { file: string; outcomes: O[] };

async function perFile<L, O>(files: readonly string[], read: (file: string) => L[], work: (lines: readonly L[]) => Promise<O[]>): Promise<OfFile<O>[]> {
  const all: OfFile<O>[] = [];
  for (const { file, lines } of files.map((name) => ({ file: name, lines: read(name) }))) all.push({ file, outcomes: await work(lines) });
  return all;
}

function reportsOf<O, R>(all: readonly OfFile<O>[], reportOf: (outcomes: readonly O[]) => R): { whole: R; shown: (readonly [string, R])[] } {
  const whole = reportOf(all.flatMap(({ outcomes }) => outcomes));
  const each = all.map(({ file, outcomes }) => [basename(file), reportOf(outcomes)] as const);
  return { whole, shown: all.length === 1 ? each : [...each, ['all', whole]] };
}
