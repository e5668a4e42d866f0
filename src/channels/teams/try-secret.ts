import type { Logger } from '../../app/ports.ts';
import { botConnector } from './credentials.ts';
import { readTokenFailure } from './read-connector-failure.ts';
import type { SignIn } from './sign-in.ts';
import { TeamsError } from './teams-error.ts';

/**
 * Asks for a token once, so that a wrong secret shows at the start and not with the first message that cannot be sent. Throws TeamsError when Microsoft
 * Entra refuses it; where Entra cannot be reached, sending tries again by itself.
 */
export async function trySecret({ tokenFor }: Pick<SignIn, 'tokenFor'>, logger: Logger): Promise<void> {
  try {
    await tokenFor?.(botConnector);
  } catch (error) {
    const failure = readTokenFailure(error);
    const said = failure.kind === 'no token' && failure.code !== undefined ? failure.code : 'no answer';
    if (failure.kind !== 'no token' || !failure.refused) {
      logger.warn(
        { channel: 'teams', reason: said },
        'Microsoft Entra gave no token yet, so nothing can be sent to Teams; it is asked again with each message.',
      );
      return;
    }
    throw new TeamsError(
      'teams_secret_refused',
      `Microsoft Entra refuses Plumb's app (${said}). Check TEAMS_APP_ID and TEAMS_TENANT_ID, and that TEAMS_APP_PASSWORD is the value (not the id) of a client secret that has not run out, or that TEAMS_CERTIFICATE_FILE is a certificate of the app registration.`,
    );
  }
}
