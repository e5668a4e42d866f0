import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createDemandingEncoder, engineOf } from '../eval/engine.ts';
import { EvaluationError } from '../eval/evaluation-error.ts';
import { hearing } from '../eval/hearing.ts';

const maybe = 'Wondering whether a bit of negotiation practice would do the team good.';

describe('the OpenAI engine', () => {
  it('is refused where no model is configured, and says what to set', async () => {
    await expect(engineOf('openai', {})).rejects.toThrow('set OPENAI_API_KEY');
  });

  it('is refused where the settings contradict each other', async () => {
    const both = { OPENAI_API_KEY: 'key', PLUMB_LLM_RECORD: '/tmp/a', PLUMB_LLM_REPLAY: '/tmp/b' };
    await expect(engineOf('openai', both)).rejects.toThrow('PLUMB_LLM_RECORD');
  });

  it('counts how often the local engine answered in its place', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumb-replay-'));
    const engine = await engineOf('openai', { PLUMB_LLM_REPLAY: folder });
    try {
      expect((await hearing(engine.language, maybe)).band).toBe('maybe');
      expect(engine.model?.fell_back).toEqual({ 'not-recorded': 1 });
    } finally {
      await engine.close();
      rmSync(folder, { recursive: true });
    }
  });
});

it('an encoder that cannot run ends the measuring, and says why', async () => {
  const encoder = createDemandingEncoder({ worker: new URL('data:text/javascript,throw new Error("no room")') });
  const reading = encoder.encode(['x']);
  await expect(reading).rejects.toThrow(EvaluationError);
  await expect(reading).rejects.toThrow('no room');
  await encoder.close();
});
