import type { InboundEvent, InteractionResponse } from '../../app/ports.ts';
import { type Doing, joined } from './deed.ts';
import type { Envelope } from './envelope.ts';
import { giveFile } from './files.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { sayPointer, showPrivately } from './private-answer.ts';
import { TeamsError } from './teams-error.ts';

type CommandGiven = Extract<InboundEvent, { type: 'CommandGiven' }>;

/**
 * Takes bot commands. Resolves as soon as one is durable, rejects when it could not be kept, so that Teams sends it again; it is answered after that, where
 * it was given, and privately what is only for whoever gave it.
 */
export function createCommands(dependencies: InteractionDependencies): (event: CommandGiven, envelope: Envelope) => Promise<void> {
  const { intake, logger } = dependencies;
  return function takeCommand(event, envelope) {
    const ready = intake();
    if (!ready) return Promise.reject(new TeamsError('teams_starting', 'Plumb is still starting, so the command was not taken; Teams sends it again.'));
    return new Promise((resolve, reject) => {
      const answered = ready.interact(event, resolve).then(async (response) => {
        resolve();
        const { by } = envelope;
        if (by) await answer(dependencies, { ...envelope, ...event.conversation, by }, event, response);
      });
      answered.catch((error: unknown) => {
        logger.error({ error, channel: 'teams', event: event.type }, 'A command could not be taken or answered.');
        // Without effect where it was stored already.
        reject(error);
      });
    });
  };
}

async function answer(dependencies: InteractionDependencies, doing: Doing, event: CommandGiven, response: InteractionResponse): Promise<void> {
  const { tell, logger } = dependencies;
  switch (response.kind) {
    case 'nothing':
      return;
    case 'notice':
      return tell.say(doing, { text: response.text });
    case 'errors':
      return tell.say(doing, { text: joined(response.errors) });
    case 'card':
      // What Plumb does may be read by everybody; all other cards show what is one person's own.
      if (event.command === 'help' || doing.kind === 'personal') return tell.say(doing, { card: response.card });
      return sayPointer(dependencies, doing, await showPrivately(dependencies, doing, response.card));
    case 'file':
      return sayPointer(dependencies, doing, await giveFile(dependencies, doing, response, { action: event.command, value: {} }, { seenBy: 'all' }));
    case 'form':
      logger.warn({ channel: 'teams', command: event.command }, 'A command was answered with a form, which Teams cannot show.');
      return;
    default:
      return response satisfies never;
  }
}
