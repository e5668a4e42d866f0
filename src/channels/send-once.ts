import type { Channel } from '../app/ports.ts';

/** A send that outlasts the deliverer's patience is still under way when the next try comes: that one waits for it instead of sending beside it. */
export function sendOnce(send: Channel['send']): Channel['send'] {
  const underWay = new Map<string, ReturnType<Channel['send']>>();
  return (message, platformId, history) => {
    const earlier = underWay.get(message.id);
    if (earlier !== undefined) return earlier;
    const sending = send(message, platformId, history).finally(() => underWay.delete(message.id));
    underWay.set(message.id, sending);
    return sending;
  };
}
