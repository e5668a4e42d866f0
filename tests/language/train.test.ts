import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);
const train = (...words: string[]) => run(process.execPath, [join(root, 'src/train.ts'), ...words], { cwd: root });

describe('npm run train', () => {
  it('-- --help says what it does and takes, and does nothing', async () => {
    const { stdout } = await train('--help');
    expect(stdout).toContain('npm run train');
    expect(stdout).toContain('--chat FILE');
  });

  it('refuses what it does not know', async () => {
    await expect(train('--chatter', 'x')).rejects.toThrow(/--chatter/);
    await expect(train('everything')).rejects.toMatchObject({ code: 2 });
  });

  it('does not train hearing without chat, which would make it speak up everywhere', async () => {
    await expect(train('requests')).rejects.toMatchObject({ code: 2 });
  });
});
