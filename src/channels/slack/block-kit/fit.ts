import type { KnownBlock } from '@slack/types';
import { subtle } from './blocks.ts';
import { limits, shown } from './limits.ts';
import type { Rendering, Writing } from './rendering.ts';
import { merged } from './section.ts';

/** Tried one after the other until everything fits: the longest text of one block. */
const textLimits = [40_000, 9_000, 3_000, 1_500, 800, 400, 250] as const;
const shortest = 250;

/**
 * Blocks that Slack takes: what is too big is written more closely first, then with shorter texts; only then blocks at the end are left out, and it is said
 * that there is more. `last` (the buttons) is always there.
 */
export function fitting(
  surface: Writing['surface'],
  { words }: Rendering,
  build: (writing: Writing) => readonly KnownBlock[],
  last: readonly KnownBlock[] = [],
): KnownBlock[] {
  const fits = (blocks: readonly KnownBlock[]) => isSmallEnough(surface, blocks);
  const roomy = [...build({ surface, compact: false, maxText: textLimits[0] }), ...last];
  if (fits(roomy)) return roomy;
  const compact = (maxText: number) => merged(build({ surface, compact: true, maxText }));
  for (const maxText of textLimits) {
    const blocks = [...compact(maxText), ...last];
    if (fits(blocks)) return blocks;
  }
  const short = compact(shortest);
  const after = [...subtle(words.more, limits.contextText), ...last];
  const most = surface === 'message' ? limits.messageBlocks : limits.viewBlocks;
  for (let kept = Math.min(short.length - 1, most); kept > 0; kept -= 1) {
    // A heading or a line with nothing below it would look like something lost.
    const end = short[kept - 1]?.type;
    if (end === 'header' || end === 'divider') continue;
    const blocks = [...short.slice(0, kept), ...after];
    if (fits(blocks)) return blocks;
  }
  return after;
}

function isSmallEnough(surface: Writing['surface'], blocks: readonly KnownBlock[]): boolean {
  const size = Buffer.byteLength(JSON.stringify(blocks)) + blocks.length * shown.blockOverhead;
  return surface === 'message'
    ? blocks.length <= limits.messageBlocks && size <= shown.messageSize
    : blocks.length <= limits.viewBlocks && size <= shown.viewBytes;
}
