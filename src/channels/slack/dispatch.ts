import type { App, ReceiverEvent } from '@slack/bolt';
import type { Logger } from '../../app/ports.ts';

/** Hands a press, form, shortcut or command to the Bolt app. Resolves as soon as it was answered through `send`; what is left goes on by itself. */
export type Dispatch = (body: Record<string, unknown>, send: (response?: unknown) => void | Promise<void>) => Promise<'answered' | 'failed'>;

/** Creates the one way into the Bolt app, whichever transport something came by. */
export function createDispatch(app: () => Pick<App, 'processEvent'> | undefined, logger: Logger): Dispatch {
  return (body, send) =>
    new Promise((resolve) => {
      let answered = false;
      const ack = async (response?: unknown): Promise<void> => {
        if (answered) return;
        answered = true;
        try {
          await send(response);
        } catch (error) {
          logger.warn({ error }, 'Slack could not be answered; the person who waits for it sees that something went wrong.');
        }
        resolve('answered');
      };
      const fail = (error?: unknown): void => {
        logger.error({ error }, 'What somebody did in Slack could not be taken.');
        resolve('failed');
      };
      const made = app();
      if (!made) return fail();
      const event: ReceiverEvent = { body, ack };
      // What no listener takes (a closed form, for instance) is answered all the same.
      made.processEvent(event).then(() => ack(), fail);
    });
}
