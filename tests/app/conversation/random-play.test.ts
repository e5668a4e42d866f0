import { expect, it } from '@jest/globals';
import { playAtRandom } from './random-play.ts';

/** More seeds for a longer look: RANDOM_PLAYS=40 npm test -- tests/app/conversation/random-play */
const seeds = Array.from({ length: Number(process.env['RANDOM_PLAYS'] ?? 1) }, (_, at) => at + 1);

it.each(seeds)('whatever people do with a brief and its programme, promises to them hold (seed %d)', async (seed) => {
  const { faults, did } = await playAtRandom(seed, 40);
  expect({ faults, did: faults.length === 0 ? [] : did }).toEqual({ faults: [], did: [] });
});
