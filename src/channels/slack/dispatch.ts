import type { App, ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';
import type { Logger } from '../../app/ports.ts';

/** Hands a press, form, shortcut or command to the Bolt app. Resolves as soon as it was answered through `send`; what is left goes on by itself. */
export type Dispatch = (body: Record<string, unknown>, send: (response?: unknown) => void | Promise<void>) => Promise<'answered' | 'failed'>;

const id = z.string().nullish();
const withId = z.looseObject({ id }).nullish();
/** By what Bolt finds out whose something is: it takes that as it comes, and fails over kinds that it knows only in part. */
const Whose = { team: withId, enterprise: withId, team_id: id, enterprise_id: id, view: z.looseObject({ app_installed_team_id: id }).nullish() };
const Served = z.union([
  z.looseObject({ type: z.enum(['block_actions', 'view_submission', 'view_closed', 'shortcut', 'message_action']), ...Whose }),
  z.looseObject({ command: z.string(), type: z.undefined().optional(), ...Whose }),
]);

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
      if (!Served.safeParse(body).success) {
        logger.debug({}, 'Slack told of something that Plumb does not serve; it was acknowledged and dropped.');
        ack().catch(fail);
        return;
      }
      const made = app();
      if (!made) return fail();
      const event: ReceiverEvent = { body, ack };
      // What no listener takes (a closed form, for instance) is answered all the same.
      made.processEvent(event).then(() => ack(), fail);
    });
}
