import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../../src/config/problem.ts';
import { loadTeamsPackageSettings } from '../../src/config.ts';
import { buildPackage, PackageError } from './build-package.ts';

/** `npm run manifest`: writes the package that an admin uploads to Teams. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')));
  const built = await buildPackage({ ...loadTeamsPackageSettings(), version });
  const file = join(import.meta.dirname, 'plumb-teams.zip');
  await writeFile(file, built);
  process.stdout.write(`The manifest is valid. The package is manifests/teams/plumb-teams.zip: upload it in the Teams admin center, "Manage apps".\n`);
}

main().catch((error: unknown) => {
  const ours = error instanceof ConfigError || error instanceof PackageError;
  process.stderr.write(`${ours ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
