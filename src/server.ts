import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import restify from 'restify';
import type { Logger } from './app/ports.ts';

type Mount = (server: restify.Server) => void;

export type ServerOptions = {
  /** Listens on 127.0.0.1 only: the room and /metrics. Port 0 takes any free one. */
  local: { port: number; mount?: Mount };
  /** What chat platforms call; absent while none is served. */
  public?: { host: string; port: number; mount: Mount };
  metrics: { text(): Promise<string>; contentType: string };
  /** When set, /metrics asks for it as a bearer token. */
  metricsToken: string | undefined;
  /** What must work before work may come in; a check that rejects, gives false or is not done in time makes /readyz fail by its name. */
  checks: Readonly<Record<string, () => Promise<boolean>>>;
  logger: Logger;
};

export type PlumbServer = {
  /** Starts to accept connections and tells under which addresses. Throws ListenError. */
  listen(): Promise<{ local: string; public?: string }>;
  /** Takes no new connections, lets requests under way end, and cuts what is still open after `graceMs`; connections without a request at once. */
  close(graceMs?: number): Promise<void>;
};

/** An address cannot be listened on. The message names it and says what to do. */
export class ListenError extends Error {
  readonly code: 'port_in_use' | 'port_not_allowed' | 'address_not_usable';
  constructor(code: ListenError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ListenError';
    this.code = code;
  }
}

const LOCAL_HOST = '127.0.0.1';
// Shorter than the 3 s after which common load balancers give a probe up.
const CHECK_TIME_MS = 2_000;
const CLOSE_GRACE_MS = 2_000;

/** The web server: a local listener always, a public one for chat platforms. Nothing listens before `listen`. */
export function createServer(options: ServerOptions): PlumbServer {
  const { logger } = options;
  const state = { status: 'open' as 'open' | 'closing' };
  const local = createListener(logger);
  local.pre(onlyLoopbackNames());
  addProbes(local, options.checks, state);
  addMetrics(local, options);
  options.local.mount?.(local);
  const listeners: Listener[] = [
    { server: local, unused: unusedConnections(local), host: LOCAL_HOST, port: options.local.port, variable: 'LOCAL_PORT or PORT' },
  ];
  if (options.public) {
    const server = createListener(logger);
    addProbes(server, options.checks, state);
    options.public.mount(server);
    listeners.push({ server, unused: unusedConnections(server), host: options.public.host, port: options.public.port, variable: 'PORT' });
  }
  async function close(graceMs = CLOSE_GRACE_MS): Promise<void> {
    state.status = 'closing';
    await Promise.all(listeners.map((listener) => closeListener(listener, graceMs)));
  }
  return {
    async listen() {
      try {
        const [localUrl = '', publicUrl] = await Promise.all(listeners.map((listener) => listenOn(logger, listener)));
        return { local: localUrl, ...(publicUrl !== undefined && { public: publicUrl }) };
      } catch (error) {
        await close(0);
        throw error;
      }
    },
    close,
  };
}

function createListener(logger: Logger): restify.Server {
  // restify's own logger would write whole requests. Its types still ask for a bunyan logger; restify 12 calls these two methods only.
  const log: unknown = { trace: () => false, warn: () => logger.warn({}, 'A request did not end as the web server expects.') };
  // The empty name leaves the Server header out.
  const server = restify.createServer({ name: '', log: log as NonNullable<restify.ServerOptions['log']> });
  // restify takes requests that offer another protocol and never answers them; without its listener Node serves them as the plain requests they also are.
  server.server.removeAllListeners('upgrade');
  server.pre((_request: restify.Request, response: restify.Response, next: restify.Next) => {
    for (const [name, value] of headersOfAll) response.setHeader(name, value);
    return next();
  });
  server.pre(onlyReadableAddresses());
  server.on('restifyError', (request: restify.Request, response: restify.Response, error: unknown, done: () => void) => {
    // `done` lets restify answer where nothing was sent yet; after an answer was begun it would throw outside of any handler.
    if (answerError(logger, request, response, error) === 'answered') done();
  });
  return server;
}

/** For everything that a route does not say otherwise about: answers are data, shown nowhere and kept by nobody. */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const headersOfAll = Object.entries(securityHeaders);

function sendJson(response: restify.Response, status: number, body: unknown): void {
  response.sendRaw(status, JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8' });
}

const refusals: Readonly<Record<number, { code: string; message: string }>> = {
  400: { code: 'bad_request', message: 'The request could not be read.' },
  401: { code: 'token_missing', message: 'Send the token in the header: Authorization: Bearer <METRICS_TOKEN>.' },
  404: { code: 'not_found', message: 'Nothing is served here.' },
  405: { code: 'method_not_allowed', message: 'This address does not take that method.' },
  413: { code: 'too_large', message: 'The request is too large.' },
  415: { code: 'unsupported_type', message: 'The request has a content type that is not read here.' },
  421: { code: 'wrong_host', message: 'This listener answers to 127.0.0.1 and localhost only.' },
};
const unexpected = { code: 'unexpected', message: 'Something went wrong here. The log says more.' };

function refuse(response: restify.Response, status: number): void {
  sendJson(response, status, { error: refusals[status] ?? (status < 500 ? refusals[400] : unexpected) });
}

/** What a caller is told about an error never depends on its text: that could hold a stack, a path or somebody's words. */
function answerError(logger: Logger, request: restify.Request, response: restify.Response, error: unknown): 'answered' | 'broken off' {
  const status = statusOf(error);
  if (status >= 500) logger.error({ error, method: request.method, path: request.path() }, 'A request failed.');
  if (response.headersSent) {
    response.destroy();
    return 'broken off';
  }
  refuse(response, status);
  return 'answered';
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

/** A page elsewhere whose name was pointed at 127.0.0.1 (DNS rebinding) still sends its own name as host, and is turned away by it. */
function onlyLoopbackNames(): restify.RequestHandler {
  const allowed = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;
  return (request, response, next) => {
    if (allowed.test(request.headers.host ?? '')) return next();
    refuse(response, 421);
    return next(false);
  };
}

/**
 * restify makes a URL of the request line and the Host header after all `pre` handlers, where nothing catches an error: what is no address there would
 * end the process.
 */
function onlyReadableAddresses(): restify.RequestHandler {
  return (request, response, next) => {
    try {
      request.path();
    } catch {
      refuse(response, 400);
      return next(false);
    }
    return next();
  };
}

function addProbes(server: restify.Server, checks: ServerOptions['checks'], state: { status: 'open' | 'closing' }): void {
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    sendJson(response, 200, { alive: true });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const failed = state.status === 'closing' ? ['stopping'] : await failedChecks(checks);
    sendJson(response, failed.length === 0 ? 200 : 503, { ready: failed.length === 0, failed });
  });
}

async function failedChecks(checks: ServerOptions['checks']): Promise<string[]> {
  const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => ({ name, passed: await passes(check) })));
  return results.filter(({ passed }) => !passed).map(({ name }) => name);
}

async function passes(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_TIME_MS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    // The probe says which check failed; whoever owns the check logs why.
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function addMetrics(server: restify.Server, { metrics, metricsToken }: Pick<ServerOptions, 'metrics' | 'metricsToken'>): void {
  server.get('/metrics', async (request: restify.Request, response: restify.Response) => {
    if (metricsToken !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${metricsToken}`)) {
      response.setHeader('www-authenticate', 'Bearer');
      refuse(response, 401);
      return;
    }
    response.sendRaw(200, await metrics.text(), { 'content-type': metrics.contentType });
  });
}

/** Compares digests, so that the time taken tells nothing about the secret, not even its length. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

type Listener = { server: restify.Server; unused: ReadonlySet<Socket>; host: string; port: number; variable: string };

/** Connections that have not carried a request yet. Browsers open some ahead, and Node counts them among the busy ones. */
function unusedConnections(server: restify.Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.server.on('request', ({ socket }: IncomingMessage) => unused.delete(socket));
  return unused;
}

async function listenOn(logger: Logger, { server, host, port, variable }: Listener): Promise<string> {
  const http = server.server;
  await new Promise<void>((resolve, reject) => {
    // restify passes errors of its HTTP server on as its own.
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(cause, { host, port, variable })));
    http.listen(port, host, resolve);
  });
  // Only now: an address that cannot be listened on is told by ListenError alone.
  server.removeAllListeners('error');
  server.on('error', (error: unknown) => logger.error({ error }, 'The web server met an error.'));
  return urlOf(http.address(), port);
}

function listenError(cause: NodeJS.ErrnoException, { host, port, variable }: Pick<Listener, 'host' | 'port' | 'variable'>): ListenError {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new ListenError(
        'port_in_use',
        `Port ${port} on ${host} is in use, perhaps by another Plumb. Stop that program, or set ${variable} to another port.`,
        { cause },
      );
    case 'EACCES':
      return new ListenError('port_not_allowed', `Port ${port} on ${host} may not be used by this account. Set ${variable} to a port above 1023.`, { cause });
    default:
      return new ListenError('address_not_usable', `Nothing can listen on ${host}, port ${port} (${cause.code}). Correct HOST or ${variable}.`, { cause });
  }
}

function urlOf(address: AddressInfo | string | null, port: number): string {
  if (address === null || typeof address === 'string') return `http://${LOCAL_HOST}:${port}`;
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

async function closeListener({ server, unused }: Listener, graceMs: number): Promise<void> {
  const http = server.server;
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => http.closeAllConnections(), graceMs);
    // A connection that is kept alive becomes idle after its last answer and would hold the stop up until it times out.
    const sweep = setInterval(() => http.closeIdleConnections(), 25);
    http.close(() => {
      clearTimeout(cut);
      clearInterval(sweep);
      resolve();
    });
    for (const socket of unused) socket.destroy();
  });
}
