import { Server } from 'node:net';

// Loaded before the Agents Playground, which would listen on every address of the machine and has no option for that.
const listen = Server.prototype.listen;
Server.prototype.listen = function listenOnLoopback(this: Server, ...args: unknown[]) {
  const [port, ...rest] = args;
  const onward = typeof port === 'number' && typeof rest[0] !== 'string' ? [port, '127.0.0.1', ...rest] : args;
  return Reflect.apply(listen, this, onward);
};
