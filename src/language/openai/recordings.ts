import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { completionSchema } from './completion.ts';
import type { ModelLogger } from './outcome.ts';
import { CallError, type ModelCall, type Transport } from './transport.ts';

/** One call and its answer as a file. `answer` is the model's JSON; what is not JSON stands in `content`. Times and ids are left out. */
const recordingSchema = z.object({
  prompt: z.object({ name: z.string(), version: z.number() }),
  model: z.string(),
  message: z.array(z.string()),
  response: z.object({
    answer: z.unknown().optional(),
    content: z.string().nullish(),
    refusal: z.string().nullish(),
    finishReason: z.string().nullish(),
    usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
  }),
});

/** Of the prompt's name and version, the model and the message; nothing that changes from run to run. */
function recordingName({ prompt, model, message }: ModelCall): string {
  const hash = createHash('sha256').update(JSON.stringify([prompt.name, prompt.version, model, message]));
  return `${prompt.name}-${hash.digest('hex').slice(0, 20)}.json`;
}

/** Writes each call that was answered, with its answer, into `directory`. A file that cannot be written is logged and changes nothing else. */
export function recordTo(directory: string, transport: Transport, logger: ModelLogger): Transport {
  return async function record(call, signal) {
    const completion = await transport(call, signal);
    const name = recordingName(call);
    try {
      await mkdir(directory, { recursive: true });
      // What people said is for whoever started the recording.
      await writeFile(join(directory, `${name}.tmp`), `${JSON.stringify(recordingOf(call, completion), undefined, 2)}\n`, { mode: 0o600 });
      await rename(join(directory, `${name}.tmp`), join(directory, name));
    } catch (error) {
      logger.warn({ path: name, error }, 'An answer of the language model could not be recorded.');
    }
    return completion;
  };
}

function recordingOf(call: ModelCall, completion: unknown): z.input<typeof recordingSchema> {
  const { choices, usage } = completionSchema.parse(completion);
  const { finish_reason: finishReason, message } = choices[0];
  const said = jsonOf(message.content);
  return {
    prompt: { name: call.prompt.name, version: call.prompt.version },
    model: call.model,
    message: call.message.split('\n'),
    response: {
      ...(said === undefined ? { content: message.content ?? null } : { answer: said }),
      ...(message.refusal ? { refusal: message.refusal } : {}),
      finishReason: finishReason ?? null,
      usage: usage ?? null,
    },
  };
}

function jsonOf(content: string | null | undefined): unknown {
  try {
    return content ? JSON.parse(content) : undefined;
  } catch {
    // Kept as it was said, so that a replay fails in the same way.
    return undefined;
  }
}

/** Answers from recorded files alone. What was never recorded is listed once in `missing.jsonl` of the directory and rejects with `not-recorded`. */
export function replayFrom(directory: string, logger: ModelLogger): Transport {
  const listed = new Set<string>();
  return async function replay(call) {
    const name = recordingName(call);
    const text = await readFile(join(directory, name), 'utf8').catch(() => undefined);
    if (text === undefined) {
      if (!listed.has(name)) await listMissing(directory, name, call, logger);
      listed.add(name);
      throw new CallError('not-recorded');
    }
    return completionOf(text);
  };
}

function completionOf(text: string): z.output<typeof completionSchema> {
  try {
    const { response } = recordingSchema.parse(JSON.parse(text));
    const content = response.answer === undefined ? response.content : JSON.stringify(response.answer);
    return { choices: [{ finish_reason: response.finishReason, message: { content, refusal: response.refusal } }], usage: response.usage };
  } catch (cause) {
    throw new CallError('invalid', { cause });
  }
}

async function listMissing(directory: string, name: string, { prompt, model, message }: ModelCall, logger: ModelLogger): Promise<void> {
  logger.warn({ path: name }, 'No answer of the language model is recorded for this; the local engine answers. It is listed in missing.jsonl.');
  const line = JSON.stringify({ file: name, prompt: { name: prompt.name, version: prompt.version }, model, message: message.split('\n') });
  const file = join(directory, 'missing.jsonl');
  try {
    await mkdir(directory, { recursive: true });
    const before = await readFile(file, 'utf8').catch(() => '');
    if (!before.includes(`"${name}"`)) await appendFile(file, `${line}\n`);
  } catch (error) {
    logger.warn({ path: name, error }, 'The list of missing recordings could not be written.');
  }
}
