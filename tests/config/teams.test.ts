import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/config/problem.ts';
import { loadConfig, loadTeamsPackageSettings } from '../../src/config.ts';

const app = { TEAMS_APP_ID: '1F2E3D4C-5b6a-4789-8abc-1234567890ab', TEAMS_TENANT_ID: '72f988bf-86f1-41af-91ab-2d7cd011db47' };
const password = { TEAMS_APP_PASSWORD: 'hunter2' };

function problemsOf(load: () => unknown): Record<string, string> {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.problems.map(({ variable, message }) => [variable, message]));
    throw error;
  }
  return {};
}

describe('Microsoft Teams', () => {
  it('is served for the tenant of the app registration', () => {
    expect(loadConfig({ ...app, ...password })).toMatchObject({
      teams: {
        app: { id: app.TEAMS_APP_ID.toLowerCase(), tenantId: app.TEAMS_TENANT_ID, secret: { kind: 'password', password: 'hunter2' } },
        allowedTenants: [app.TEAMS_TENANT_ID],
      },
      publicListener: true,
      localPort: 3979,
      room: false,
    });
  });

  it('may be signed in to with a certificate, and be served for other tenants', () => {
    const { teams } = loadConfig({ ...app, TEAMS_CERTIFICATE_FILE: '/etc/plumb/teams.pem', TEAMS_ALLOWED_TENANTS: 'one, two' });
    expect(teams).toMatchObject({ app: { secret: { kind: 'certificate', file: '/etc/plumb/teams.pem' } }, allowedTenants: ['one', 'two'] });
  });

  it('is served without any sign-in on this machine alone', () => {
    expect(loadConfig({ TEAMS_LOCAL: 'on' })).toMatchObject({ teams: { app: undefined, allowedTenants: [] }, publicListener: false, localPort: 3978 });
  });

  it.each([
    [{ ...app }, 'TEAMS_APP_PASSWORD'],
    [{ ...password }, 'TEAMS_APP_ID'],
    [{ ...password, TEAMS_APP_ID: app.TEAMS_APP_ID }, 'TEAMS_TENANT_ID'],
    [{ ...app, ...password, TEAMS_CERTIFICATE_FILE: 'a.pem' }, 'TEAMS_APP_PASSWORD'],
    [{ ...app, ...password, TEAMS_LOCAL: 'on' }, 'TEAMS_LOCAL'],
    [{ ...app, ...password, PLUMB_CLOCK_OFFSET: '1h' }, 'PLUMB_CLOCK_OFFSET'],
    [{ TEAMS_LOCAL: 'on', NODE_ENV: 'production' }, 'TEAMS_APP_ID'],
    [{ ...password, TEAMS_APP_ID: 'my bot', TEAMS_TENANT_ID: app.TEAMS_TENANT_ID }, 'TEAMS_APP_ID'],
  ])('%j names what is missing or in the way', (env, variable) => {
    expect(Object.keys(problemsOf(() => loadConfig(env)))).toEqual([variable]);
  });

  it('never repeats its secret', () => {
    expect(() => loadConfig({ ...password })).not.toThrow(/hunter2/);
  });
});

describe('the settings of the package for Teams', () => {
  it('are the app and the address', () => {
    expect(loadTeamsPackageSettings({ TEAMS_APP_ID: app.TEAMS_APP_ID, PUBLIC_URL: 'https://plumb.example.com/' })).toEqual({
      appId: app.TEAMS_APP_ID.toLowerCase(),
      publicUrl: 'https://plumb.example.com',
    });
  });

  it('name everything that is missing, and take no address that Teams would refuse', () => {
    expect(Object.keys(problemsOf(() => loadTeamsPackageSettings({})))).toEqual(['TEAMS_APP_ID', 'PUBLIC_URL']);
    expect(problemsOf(() => loadTeamsPackageSettings({ TEAMS_APP_ID: app.TEAMS_APP_ID, PUBLIC_URL: 'http://plumb.example.com' }))).toHaveProperty('PUBLIC_URL');
  });
});
