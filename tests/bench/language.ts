import { join } from 'node:path';
import { z } from 'zod';
import { defaultSettings } from '../../src/app/ports.ts';
import { tenantLanguageOf } from '../../src/app/tenant-language.ts';
import { questionIds } from '../../src/domain/questions.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { linesOf } from '../../src/language/local/training-files.ts';
import { loadPrompts } from '../../src/prompts.ts';
import { bestOf, p99 } from './best-of.ts';

const sets = join(import.meta.dirname, '../eval');
const MAY_MATTER_ROUNDS_MS = 2_000;
const SPOT_ROUNDS = 5;
const READ_ROUNDS = 3;

const tenant = tenantLanguageOf('bench', defaultSettings, [], 'one');
const Text = z.object({ text: z.string() });
const Reply = z.object({ text: z.string(), asked: z.enum(questionIds).optional() });

/**
 * The local engine by itself, on one core: how many messages a second `mayMatter` looks at, microseconds of `spotRequest` and milliseconds of `readReply`
 * (99th of 100 messages, each at its best of several rounds). `chat`: a file with one JSON object with `text` a line, such as real chat; otherwise the requests of tests/eval are looked at.
 */
export async function measureLanguage(
  chat: string | undefined,
): Promise<{ mayMatterPerSecond: number; spotRequestP99Us: number; readReplyP99Ms: number; texts: number }> {
  const { knowledge } = loadPrompts(join(import.meta.dirname, '../../prompts'));
  const language = createLocalLanguage({ knowledge });
  // What a request holds for the coach is read only of requests.
  const spot = async (text: string) => {
    const spotted = await language.spotRequest({ text, mentions: [], tenant });
    return spotted.band === 'no' ? 0 : spotted.cues.length;
  };
  const requests = linesOf(join(sets, 'requests.jsonl'), Text).map(({ text }) => text);
  const replies = linesOf(join(sets, 'replies.jsonl'), Reply);
  const texts = chat === undefined ? requests : linesOf(chat, Text).map(({ text }) => text);
  return {
    mayMatterPerSecond: looksPerSecond((text) => language.mayMatter(text), texts),
    spotRequestP99Us: 1_000 * p99(await bestOf(texts, SPOT_ROUNDS, spot)),
    readReplyP99Ms: p99(
      await bestOf(replies, READ_ROUNDS, ({ text, asked }) =>
        language.readReply({ text, tenant }, { ...(asked && { asked }), followUp: false, answered: [], addressed: false, mentions: [], people: [] }),
      ),
    ),
    texts: texts.length,
  };
}

/** The best of several rounds: on a shared machine the others were disturbed. */
function looksPerSecond(look: (text: string) => boolean, texts: readonly string[]): number {
  let best = 0;
  let passed = 0;
  for (const until = performance.now() + MAY_MATTER_ROUNDS_MS; performance.now() < until; ) {
    const startedAt = performance.now();
    let looks = 0;
    while (looks < 20_000) {
      for (const text of texts) if (look(text)) passed += 1;
      looks += texts.length;
    }
    best = Math.max(best, looks / ((performance.now() - startedAt) / 1_000));
  }
  // Used, so that nothing of the loop is optimised away.
  return passed < 0 ? 0 : best;
}
