import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';

export type PackageOptions = { appId: string; publicUrl: string; version: string };

/** The package cannot be made as things stand; the message says what to correct. */
export class PackageError extends Error {
  readonly code: 'manifest_invalid' | 'icon_invalid';
  constructor(code: PackageError['code'], message: string) {
    super(message);
    this.name = 'PackageError';
    this.code = code;
  }
}

// Teams wants these sizes in pixels (Microsoft Learn: "Teams app icons").
const icons = { 'color.png': 192, 'outline.png': 32 } as const;
// A zip holds dates; the same input should give the same file.
const madeAt = new Date('2026-01-01T00:00:00Z');
const here = import.meta.dirname;
const Manifest = z.looseObject({ $schema: z.string(), manifestVersion: z.string(), id: z.string() });

/** The app package for Teams: manifest.json with the settings filled in, checked against Microsoft's schema, and both icons. Throws PackageError. */
export async function buildPackage(options: PackageOptions): Promise<Uint8Array> {
  const text = fill(await readFile(join(here, 'manifest.json'), 'utf8'), options);
  await check(text);
  const files: Record<string, Uint8Array> = { 'manifest.json': strToU8(text) };
  for (const [name, size] of Object.entries(icons)) files[name] = await readIcon(name, size);
  return zipSync(files, { mtime: madeAt });
}

function fill(template: string, { appId, publicUrl, version }: PackageOptions): string {
  const values: Readonly<Record<string, string>> = { APP_ID: appId, PUBLIC_URL: publicUrl, HOST: new URL(publicUrl).host, VERSION: version };
  return template.replace(/\$\{([A-Z_]+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The schema comes with the library, so nothing is fetched. */
async function check(text: string): Promise<void> {
  const manifest = Manifest.parse(JSON.parse(text));
  // The library wants its own type of what it is about to check.
  const problems = await AppManifestUtils.validateAgainstSchema(manifest as unknown as Parameters<typeof AppManifestUtils.validateAgainstSchema>[0]);
  if (problems.length > 0) throw new PackageError('manifest_invalid', `Correct manifests/teams/manifest.json:\n  ${problems.join('\n  ')}`);
}

async function readIcon(name: string, size: number): Promise<Uint8Array> {
  const file = await readFile(join(here, name));
  // The width and height of a PNG stand in its first chunk.
  const drawn = { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  if (drawn.width !== size || drawn.height !== size)
    throw new PackageError('icon_invalid', `manifests/teams/${name} is ${drawn.width} × ${drawn.height} pixels; Teams wants ${size} × ${size}.`);
  return file;
}
