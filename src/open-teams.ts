import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Clock, Logger } from './app/ports.ts';
import type { Store } from './app/store.ts';
import type { TeamsPlatform } from './channels/teams/teams.ts';
import { TeamsError } from './channels/teams/teams-error.ts';
import type { TeamsWords } from './channels/teams/words.ts';
import type { TeamsConfig } from './config/teams.ts';
import type { Prompts } from './prompts.ts';

/** Microsoft Teams, as it is configured. Its code and its SDK are loaded only then. Throws TeamsError when the certificate cannot be read. */
export async function openTeams(options: {
  config: TeamsConfig;
  admins: readonly string[];
  store: Store;
  prompts: Prompts;
  clock: Clock;
  logger: Logger;
}): Promise<TeamsPlatform> {
  const { createTeams } = await import('./channels/teams/teams.ts');
  const { config, prompts, ...rest } = options;
  const { app, allowedTenants } = config;
  if (!app) rest.logger.warn({}, 'Teams is served on this machine alone, and nobody has to sign in: there is no TEAMS_APP_ID. Use this for trials only.');
  const pem = app?.secret.kind === 'certificate' ? await readCertificate(app.secret.file) : undefined;
  return createTeams({ ...rest, allowedTenants, signIn: { app, ...(pem && { pem }) }, words: teamsWords(prompts) });
}

async function readCertificate(file: string): Promise<{ certificate: string; privateKey: string }> {
  const cause = (error: unknown) => ({ cause: error });
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new TeamsError(
      'teams_certificate_unreadable',
      `TEAMS_CERTIFICATE_FILE (${file}) cannot be read. Give the path of a PEM file that Plumb may read.`,
      cause(error),
    );
  });
  const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(text)?.[0];
  const privateKey = /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC )?PRIVATE KEY-----/.exec(text)?.[0];
  if (certificate === undefined || privateKey === undefined)
    throw new TeamsError(
      'teams_certificate_unreadable',
      `TEAMS_CERTIFICATE_FILE (${file}) must hold a certificate and its private key without a password, both as PEM.`,
    );
  try {
    // Only to see that it is one.
    new X509Certificate(certificate);
  } catch (error) {
    throw new TeamsError(
      'teams_certificate_unreadable',
      `The certificate in TEAMS_CERTIFICATE_FILE (${file}) is damaged. Export it once more as PEM.`,
      cause(error),
    );
  }
  return { certificate, privateKey };
}

function teamsWords({ words }: Prompts): TeamsWords {
  return {
    late: words.plain('teams.late'),
    notKept: words.plain('teams.not-kept'),
    toldPrivately: words.plain('teams.told-privately'),
    pressed: words.plain('teams.pressed'),
    cannotTellPrivately: words.plain('teams.cannot-tell-privately'),
    addForYourself: words.plain('teams.add-for-yourself'),
    notAdded: words.plain('teams.not-added'),
    addHere: words.plain('teams.add-here'),
    startTitle: words.plain('teams.start-title'),
    startAbout: words.plain('teams.start-about'),
    startButton: words.plain('teams.start-button'),
    started: words.plain('teams.started'),
    nothingSaid: words.plain('teams.nothing-said'),
    noticeTitle: words.plain('teams.notice-title'),
    fileOffered: words.plain('teams.file-offered'),
    fileDeclined: words.plain('teams.file-declined'),
    fileShared: words.plain('teams.file-shared'),
    fileLink: words.plain('teams.file-link'),
    fileOpen: words.plain('teams.file-open'),
    fileFailed: words.plain('teams.file-failed'),
    more: words.plain('teams.more'),
    chatOf: words.plain('teams.chat-of'),
    somebody: words.plain('teams.somebody'),
  };
}
