import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { z } from 'zod';

const bodySchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});

export type Received = { path: string; headers: IncomingHttpHeaders; text: string; body: z.output<typeof bodySchema>; user: string; system: string };
/** What the endpoint does with one request. */
export type Behaviour = (response: ServerResponse, received: Received) => void;

/** An endpoint that speaks the chat completions API and does what it is told: one behaviour for each request, the last one for all that follow. */
export async function openEndpoint(...script: readonly Behaviour[]) {
  const received: Received[] = [];
  const behaviours = [...script];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      const body = bodySchema.parse(JSON.parse(text));
      const of = (role: string) => body.messages.find((message) => message.role === role)?.content ?? '';
      const one = { path: request.url ?? '', headers: request.headers, text, body, user: of('user'), system: of('system') };
      received.push(one);
      const behave = behaviours.length > 1 ? behaviours.shift() : behaviours[0];
      (behave ?? fails(500))(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    last: () => {
      const last = received.at(-1);
      if (!last) throw new Error('Nothing was received.');
      return last;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function completion(content: string | null, more: { refusal?: string; finish?: string; usage?: unknown } = {}): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'fake',
    choices: [{ index: 0, finish_reason: more.finish ?? 'stop', message: { role: 'assistant', content, refusal: more.refusal ?? null } }],
    usage: 'usage' in more ? more.usage : { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 },
  });
}

function json(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}

/** The model says this object; a function sees what was received. */
export const says =
  (answer: object | ((received: Received) => object)): Behaviour =>
  (response, received) =>
    json(response, 200, completion(JSON.stringify(typeof answer === 'function' ? answer(received) : answer)));

/** The model says these very characters. */
export const saysText =
  (content: string | null, more: Parameters<typeof completion>[1] = {}): Behaviour =>
  (response) =>
    json(response, 200, completion(content, more));

export const fails =
  (status: number, headers: Record<string, string> = {}, error: object = {}): Behaviour =>
  (response) =>
    json(response, status, JSON.stringify({ error: { message: 'no', type: 'error', param: null, code: null, ...error } }), headers);

/** Nothing ever comes. */
export const hangs: Behaviour = () => undefined;

/** Headers and half a body come, and then nothing. */
export const stalls: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"choices":[{"index":0,');
};

/** The connection breaks in the middle of the body. */
export const breaksOff: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
  response.write('{"choices":[{"index":0,', () => response.destroy());
};

export const sendsNoJson: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('<html>gateway</html>');
};
