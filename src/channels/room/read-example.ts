import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ExampleScript } from './example-script.ts';

/** The script of "Play an example". Throws when the file beside this one does not have its shape. */
export function readExample(): ExampleScript {
  return ExampleScript.parse(parse(readFileSync(new URL('./example.yaml', import.meta.url), 'utf8')));
}
