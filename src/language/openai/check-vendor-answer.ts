import type { PointToHold, ReadPoint } from '../language.ts';
import { locate, type Sent } from './check-stated.ts';
import type { ModelVendorAnswer } from './schemas.ts';

/** As many passages as a point is shown with. */
const mostQuotes = 2;

/** What the model found on each point that was asked about, as far as the text bears it out: without words of the vendor's it is open. */
export function checkVendorAnswer(sent: Sent, { points: told }: ModelVendorAnswer, points: readonly PointToHold[]): { value: ReadPoint[]; unfounded: number } {
  let unfounded = 0;
  const value = points.map(({ point }): ReadPoint => {
    const found = told.find((each) => each.point === point);
    if (!found || found.status === 'open') return { point, status: 'open', spans: [] };
    const spans = found.quotes.flatMap((quote) => locate(sent, quote) ?? []).slice(0, mostQuotes);
    if (spans.length > 0) return { point, status: found.status, spans };
    unfounded += 1;
    return { point, status: 'open', spans: [] };
  });
  return { value, unfounded };
}
