import { describe, expect, it } from '@jest/globals';
import { createSignIn } from '../../../src/channels/teams/sign-in.ts';
import { trySecret } from '../../../src/channels/teams/try-secret.ts';
import { createLog } from '../../app/kit.ts';
import { openOpenIdServer } from './open-id-server.ts';

async function tryWith(secret: 'right' | 'wrong', reachable = true) {
  const server = await openOpenIdServer();
  const { appId: id, tenantId, password, endpoints } = server;
  const logger = createLog();
  const app = { id, tenantId, secret: { kind: 'password' as const, password: secret === 'right' ? password : 'hunter2-wrong' } };
  const signIn = createSignIn({ app, endpoints, logger });
  if (!reachable) await server.close();
  try {
    await trySecret(signIn, logger);
    return { logger };
  } catch (error) {
    return { logger, error };
  } finally {
    if (reachable) await server.close();
  }
}

describe('at the start', () => {
  it('a secret that Microsoft takes is no matter', async () => {
    const { logger, error } = await tryWith('right');
    expect(error).toBeUndefined();
    expect(logger.lines).toEqual([]);
  });

  it('a secret that Microsoft refuses stops Plumb, with what to check, and is not repeated', async () => {
    const { error } = await tryWith('wrong');
    expect(error).toMatchObject({ code: 'teams_secret_refused', message: expect.stringContaining('TEAMS_APP_PASSWORD') });
    expect(String(error)).not.toContain('hunter2');
  });

  it('a Microsoft that cannot be reached does not', async () => {
    const { logger, error } = await tryWith('right', false);
    expect(error).toBeUndefined();
    expect(JSON.stringify(logger.lines)).toContain('asked again with each message');
  });
});
