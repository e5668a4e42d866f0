import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { PromptsError } from '../../src/prompts/source.ts';
import { loadPrompts } from '../../src/prompts.ts';

/** A file of prompts/ as it is. */
export const original = (file: string) => readFileSync(join('prompts', file), 'utf8');

/** Loads prompts/ with one change planted in a copy; returns what the error says and the line that the change stands on. */
export function mistake(file: string, search: string, replacement: string): { message: string; line: number } {
  const text = original(file);
  const at = text.indexOf(search);
  expect(at).toBeGreaterThanOrEqual(0);
  const changed = text.replace(search, () => replacement);
  return { message: problemOf((directory) => writeFileSync(join(directory, file), changed)), line: text.slice(0, at).split('\n').length };
}

/** What the error says when prompts/ is loaded after `change` was made in a copy. */
export function problemOf(change: (directory: string) => void): string {
  const directory = mkdtempSync(join(tmpdir(), 'prompts-'));
  try {
    cpSync('prompts', directory, { recursive: true });
    change(directory);
    loadPrompts(directory);
  } catch (error) {
    expect(error).toBeInstanceOf(PromptsError);
    return error instanceof Error ? error.message : '';
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  throw new Error('expected the mistake to be found');
}
