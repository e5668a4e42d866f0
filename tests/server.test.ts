import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'restify';
import type { Logger } from '../src/app/ports.ts';
import { createServer, ListenError, type PlumbServer, type ServerOptions } from '../src/server.ts';

const open: PlumbServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close(0)));
});

type LogLine = { level: string; fields: Record<string, unknown>; message: string };

function recorder(): { logger: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => void lines.push({ level, fields, message });
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

async function start(options: Partial<ServerOptions> = {}) {
  const { logger, lines } = recorder();
  const server = createServer({
    local: { port: 0 },
    metrics: { text: async () => 'plumb_store_up 1\n', contentType: 'text/plain; version=0.0.4' },
    metricsToken: undefined,
    checks: {},
    logger,
    ...options,
  });
  open.push(server);
  return { server, lines, ...(await server.listen()) };
}

/** fetch fixes the Host header, so this one speaks plain HTTP. */
async function getAs(url: string, host: string): Promise<{ status: number; body: string }> {
  const request = httpRequest(url, { headers: { host } }).end();
  const [response] = await once(request, 'response');
  let body = '';
  for await (const part of response) body += String(part);
  return { status: response.statusCode, body };
}

/** Sends bytes that no client would, and gives back everything that comes. */
async function send(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end(request);
  let answer = '';
  for await (const part of socket) answer += String(part);
  return answer;
}

describe('the local listener', () => {
  it('listens on 127.0.0.1 only', async () => {
    expect((await start()).local).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('serves what is mounted on it', async () => {
    const { local } = await start({
      local: {
        port: 0,
        mount: (server) => {
          server.get('/hello', async (_request: Request, response: Response) => {
            response.send(200, { hello: true });
          });
        },
      },
    });
    expect(await (await fetch(`${local}/hello`)).json()).toEqual({ hello: true });
  });

  it.each(['localhost:3978', '127.0.0.1', '[::1]:1'])('answers to the name %s', async (host) => {
    expect(await getAs(`${(await start()).local}/healthz`, host)).toMatchObject({ status: 200 });
  });

  it.each(['plumb.evil.example', 'localhost.evil.example:3978', '127.0.0.1.nip.io'])('turns the name %s away', async (host) => {
    const { local } = await start();
    expect(await getAs(`${local}/metrics`, host)).toMatchObject({ status: 421, body: expect.stringContaining('wrong_host') });
  });
});

describe('an address that is none', () => {
  it.each([
    ['in the request line', 'http://[', '127.0.0.1'],
    ['in the Host header', '/healthz', '127.0.0.1:99999'],
  ])('is refused %s, and the next request is answered', async (_where, path, host) => {
    const { local } = await start();
    expect(await send(local, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(`${local}/healthz`)).status).toBe(200);
  });

  it('is refused by the public listener, too', async () => {
    const served = await start({ public: { host: '127.0.0.1', port: 0, mount: () => undefined } });
    expect(await send(served.public ?? '', 'GET / HTTP/1.1\r\nHost: a[\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });
});

it('answers a client that offers another protocol in the one it came with', async () => {
  const { local } = await start();
  // What Java's client and `curl --http2` send to every address.
  const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__';
  expect(await send(local, `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n${offer}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
});

describe('the public listener', () => {
  it('serves probes and platforms, and neither metrics nor what is local', async () => {
    const served = await start({
      local: {
        port: 0,
        mount: (server) => {
          server.get('/room', async (_request: Request, response: Response) => {
            response.send(200, 'room');
          });
        },
      },
      public: {
        host: '127.0.0.1',
        port: 0,
        mount: (server) => {
          server.get('/platform', async (_request: Request, response: Response) => {
            response.send(200, 'platform');
          });
        },
      },
    });
    const status = async (path: string) => (await fetch(`${served.public}${path}`)).status;
    expect(await Promise.all(['/healthz', '/readyz', '/platform', '/room', '/metrics'].map(status))).toEqual([200, 200, 200, 404, 404]);
    expect((await fetch(`${served.local}/platform`)).status).toBe(404);
  });

  it('is absent while no platform is served', async () => {
    expect((await start()).public).toBeUndefined();
  });
});

describe('/readyz', () => {
  it('is 200 while every check passes', async () => {
    const { local } = await start({ checks: { store: async () => true, workers: async () => true } });
    const response = await fetch(`${local}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ready: true, failed: [] });
  });

  it('is 503 and names the checks that fail, and not why', async () => {
    const broken = async () => {
      throw new Error('password is hunter2');
    };
    const { local } = await start({ checks: { store: broken, workers: async () => false, clock: async () => true } });
    const response = await fetch(`${local}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, failed: ['store', 'workers'] });
    expect((await fetch(`${local}/healthz`)).status).toBe(200);
  });

  it('does not wait for a check that hangs', async () => {
    const { local } = await start({ checks: { store: () => new Promise<boolean>(() => undefined) } });
    expect(await (await fetch(`${local}/readyz`)).json()).toEqual({ ready: false, failed: ['store'] });
  });
});

describe('/metrics', () => {
  it('is open on the local listener while no token is set', async () => {
    const response = await fetch(`${(await start()).local}/metrics`);
    expect(response.headers.get('content-type')).toContain('version=0.0.4');
    expect(await response.text()).toBe('plumb_store_up 1\n');
  });

  it('asks for the token once one is set', async () => {
    const { local } = await start({ metricsToken: 'a-token-of-16-or-more' });
    const ask = async (authorization?: string) => (await fetch(`${local}/metrics`, { headers: authorization ? { authorization } : {} })).status;
    expect(await Promise.all([ask(), ask('Bearer wrong'), ask('a-token-of-16-or-more'), ask('Bearer a-token-of-16-or-more')])).toEqual([401, 401, 401, 200]);
  });
});

describe('answers', () => {
  const failing: ServerOptions['local']['mount'] = (server) => {
    server.get('/breaks', async () => {
      throw new Error('secret of /src/store/inbox.ts');
    });
    server.get('/breaks-oddly', async () => {
      await Promise.reject('secret');
    });
    server.get('/breaks-late', async (_request: Request, response: Response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('first part');
      throw new Error('secret');
    });
    server.get('/says-nothing', async () => undefined);
  };

  it.each(['/nothing', '/%zz', '/..%2f..%2fetc/passwd', '/healthz/more'])('give a plain 404 or 400 for %s', async (path) => {
    const response = await fetch(`${(await start()).local}${path}`);
    expect([400, 404]).toContain(response.status);
    expect(await response.json()).toEqual({ error: { code: expect.stringMatching(/^(not_found|bad_request)$/), message: expect.any(String) } });
  });

  it('give 405 for a method that is not served', async () => {
    const response = await fetch(`${(await start()).local}/healthz`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(await response.json()).toHaveProperty('error.code', 'method_not_allowed');
  });

  it.each(['/breaks', '/breaks-oddly'])('never tell why %s failed; the log does', async (path) => {
    const { local, lines } = await start({ local: { port: 0, mount: failing } });
    const response = await fetch(`${local}${path}`, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(JSON.parse(body)).toHaveProperty('error.code', 'unexpected');
    expect(body).not.toMatch(/secret|src/);
    expect(lines).toEqual([{ level: 'error', message: expect.any(String), fields: { error: expect.anything(), method: 'GET', path } }]);
  });

  it('never tell why a route said nothing', async () => {
    const { local } = await start({ local: { port: 0, mount: failing } });
    expect((await fetch(`${local}/says-nothing`)).status).toBe(500);
  });

  it('break off when a route fails after it began to answer', async () => {
    const { local } = await start({ local: { port: 0, mount: failing } });
    await expect(fetch(`${local}/breaks-late`).then((response) => response.text())).rejects.toThrow();
    expect((await fetch(`${local}/healthz`)).status).toBe(200);
  });

  it('carry security headers and do not tell what runs here', async () => {
    const { headers } = await fetch(`${(await start()).local}/healthz`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('server')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('listen', () => {
  async function takenPort() {
    const other = createTcpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    return { other, port: typeof address === 'object' && address ? address.port : 0 };
  }

  it('names a port that is in use and says what to do', async () => {
    const { other, port } = await takenPort();
    const { logger, lines } = recorder();
    const failed = await start({ local: { port }, logger }).catch((error: unknown) => error);
    other.close();
    expect(lines).toEqual([]);
    expect(failed).toBeInstanceOf(ListenError);
    expect(failed).toMatchObject({
      code: 'port_in_use',
      message: expect.stringMatching(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use.*set LOCAL_PORT or PORT`)),
    });
  });

  it('leaves nothing open when one of two listeners fails', async () => {
    const { other, port } = await takenPort();
    let local = 0;
    const failed = start({
      local: { port: 0, mount: (server) => server.server.once('close', () => (local += 1)) },
      public: { host: '127.0.0.1', port, mount: () => undefined },
    });
    await expect(failed).rejects.toMatchObject({ code: 'port_in_use' });
    other.close();
    expect(local).toBe(1);
  });

  it('names an address that does not exist here', async () => {
    await expect(start({ public: { host: '203.0.113.7', port: 0, mount: () => undefined } })).rejects.toMatchObject({ code: 'address_not_usable' });
  });
});

describe('close', () => {
  it('lets a request under way end and takes no new one', async () => {
    const entered: (() => void)[] = [];
    const gate: { open(): void } = { open: () => undefined };
    const inside = new Promise<void>((resolve) => entered.push(resolve));
    const { server, local } = await start({
      local: {
        port: 0,
        mount: (routes) => {
          routes.get('/slow', async (_request: Request, response: Response) => {
            const opened = new Promise<void>((resolve) => {
              gate.open = resolve;
            });
            entered[0]?.();
            await opened;
            response.send(200, { done: true });
          });
        },
      },
    });
    const answer = fetch(`${local}/slow`);
    await inside;
    const closed = server.close(60_000);
    await expect(fetch(`${local}/healthz`)).rejects.toThrow();
    gate.open();
    expect(await (await answer).json()).toEqual({ done: true });
    await closed;
  });

  it('cuts a stream that would never end', async () => {
    const { server, local } = await start({
      local: {
        port: 0,
        mount: (routes) => {
          routes.get('/stream', async (_request: Request, response: Response) => {
            response.writeHead(200, { 'content-type': 'text/event-stream' });
            response.write(': hello\n\n');
          });
        },
      },
    });
    const stream = await fetch(`${local}/stream`);
    await server.close(10);
    await expect(stream.text()).rejects.toThrow();
  });

  it('does not wait for a connection on which nobody asked anything yet', async () => {
    const { server, local } = await start();
    const ahead = connect(Number(new URL(local).port), '127.0.0.1');
    await once(ahead, 'connect');
    // An answer on a later connection shows that the server has taken the first one.
    await (await fetch(`${local}/healthz`)).arrayBuffer();
    const ended = once(ahead, 'close');
    await server.close(60_000);
    await ended;
  });
});
