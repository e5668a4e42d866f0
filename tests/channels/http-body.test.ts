import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Server } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { readBody } from '../../src/channels/http-body.ts';

let server: Server;
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

it('a body that comes a byte at a time is not waited for, and its connection is gone', async () => {
  const read = new Promise<unknown>((resolve) => {
    server = createServer((request: IncomingMessage) => void readBody(request, 1_000, 30).then(resolve));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const slow = connect((server.address() as AddressInfo).port, '127.0.0.1');
  slow.on('error', () => undefined);
  const gone = new Promise<void>((resolve) => slow.on('close', () => resolve()));
  slow.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n');
  const drip = setInterval(() => slow.write('x'), 5);
  expect(await read).toBe('broken off');
  await gone;
  clearInterval(drip);
});
