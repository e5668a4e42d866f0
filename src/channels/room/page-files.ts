import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export type PageFile = { type: string; body: Buffer; zipped: Buffer };

/** The files of the page, read once: those beside this file, and Microsoft's renderer from its package. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const folder = new URL('./page/', import.meta.url);
  const own = readdirSync(folder).flatMap((name): [string, URL | string][] => (types[extname(name)] ? [[name, new URL(name, folder)]] : []));
  const renderer = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
  return new Map([...own, ['adaptivecards.min.js', renderer] as const].map(([name, from]) => [name, pageFile(name, readFileSync(from))]));
}

function pageFile(name: string, body: Buffer): PageFile {
  return { type: types[extname(name)] ?? 'application/octet-stream', body, zipped: gzipSync(body) };
}
