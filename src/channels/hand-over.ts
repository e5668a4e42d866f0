import type { InboundEvent, Intake, InteractionResponse, Logger } from '../app/ports.ts';

/** Tells the platform that something arrived; it can be called more than once. */
export type Ack = () => Promise<void>;

/** What came of something that a person did; 'not kept' when it could not be made durable. */
export type Outcome = InteractionResponse | { kind: 'not kept' };

/** Gives something that a person did to the intake. `ack` is called as soon as it is durable, however long handling it takes. Never throws. */
export async function handOver({ intake, logger }: { intake: () => Intake | undefined; logger: Logger }, event: InboundEvent, ack: Ack): Promise<Outcome> {
  const about = { event: event.type, channel: event.conversation.channel };
  const acknowledge = (): void => {
    ack().catch((error: unknown) => logger.warn({ error, ...about }, 'A platform could not be told that something arrived.'));
  };
  try {
    const ready = intake();
    if (ready) return await ready.interact(event, acknowledge);
    logger.warn(about, 'Somebody used Plumb before it had started; they were told to try again.');
  } catch (error) {
    logger.error({ error, ...about }, 'What somebody did could not be kept; they were told.');
  } finally {
    acknowledge();
  }
  return { kind: 'not kept' };
}
