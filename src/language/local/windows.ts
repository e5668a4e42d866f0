import type { Span } from '../language.ts';
import { sentencesOf } from './sentences.ts';

/** Texts up to this length are judged as one. */
const short = 450;
const windowLength = 320;
const mostWindows = 16;

/** Stretches of a normalised text that are judged on their own: in a long mail the request is one sentence among many. */
export function windowsOf(low: string): Span[] {
  if (low.length <= short) return [{ start: 0, end: low.length }];
  const windows: Span[] = [];
  let open: Span | undefined;
  for (const sentence of sentencesOf(low)) {
    if (windows.length === mostWindows) break;
    if (open && sentence.end - open.start <= windowLength) {
      open = { start: open.start, end: sentence.end };
      continue;
    }
    if (open) windows.push(open);
    open = { start: sentence.start, end: Math.min(sentence.end, sentence.start + short) };
  }
  return open && windows.length < mostWindows ? [...windows, open] : windows;
}
