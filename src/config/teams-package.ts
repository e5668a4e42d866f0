import { z } from 'zod';
import { environment } from './environment.ts';
import { ConfigError, type ConfigProblem } from './problem.ts';

export type TeamsPackageSettings = { appId: string; publicUrl: string };

const settings = environment.pick({ TEAMS_APP_ID: true }).extend({
  PUBLIC_URL: z
    .url({ protocol: /^https$/, error: 'give the address under which others reach Plumb, with https:// (Teams takes no other): https://plumb.example.com' })
    .optional(),
});

/** What the package for Teams is made of. Throws ConfigError, which names everything that is wrong or missing. */
export function teamsPackageSettings(set: Readonly<Record<string, string>>): TeamsPackageSettings {
  const parsed = settings.safeParse(set);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(({ path, message }) => ({ variable: String(path[0]), message })));
  const { TEAMS_APP_ID: appId, PUBLIC_URL: publicUrl } = parsed.data;
  const problems: ConfigProblem[] = [];
  if (appId === undefined) problems.push({ variable: 'TEAMS_APP_ID', message: 'is missing: copy the Application (client) ID of the app registration' });
  if (publicUrl === undefined) problems.push({ variable: 'PUBLIC_URL', message: 'is missing: the package says under which address Plumb is reached' });
  if (appId === undefined || publicUrl === undefined) throw new ConfigError(problems);
  return { appId, publicUrl: publicUrl.replace(/\/+$/, '') };
}
