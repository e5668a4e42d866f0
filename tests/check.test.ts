import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const project = join(import.meta.dirname, '..');

type Planted = readonly [file: string, specifier: string];

const forbidden: readonly Planted[] = [
  ['src/domain/a.ts', '../views/card.ts'],
  ['src/domain/a.ts', '../app/ports.ts'],
  ['src/domain/a.ts', '../store/inbox.ts'],
  ['src/domain/a.ts', '../language/language.ts'],
  ['src/domain/a.ts', '../prompts.ts'],
  ['src/domain/a.ts', './../app/ports.ts'],
  ['src/domain/a.ts', 'node:fs'],
  ['src/domain/a.ts', 'node:crypto'],
  ['src/domain/a.ts', 'fs'],
  ['src/domain/a.ts', 'zod'],
  ['src/domain/a.ts', 'kysely'],
  ['src/domain/deep/a.ts', '../../app/ports.ts'],
  ['src/views/a.ts', '../app/ports.ts'],
  ['src/views/a.ts', '../store/inbox.ts'],
  ['src/views/a.ts', '../channels/adaptive-card.ts'],
  ['src/views/a.ts', '../language/language.ts'],
  ['src/views/a.ts', 'node:fs'],
  ['src/documents/a.ts', '../app/ports.ts'],
  ['src/documents/a.ts', '../store/inbox.ts'],
  ['src/language/a.ts', '../app/ports.ts'],
  ['src/language/a.ts', '../views/card.ts'],
  ['src/language/a.ts', 'openai'],
  ['src/language/local/a.ts', '../openai/client.ts'],
  ['src/language/local/a.ts', '../../app/ports.ts'],
  ['src/language/local/a.ts', 'openai'],
  ['src/language/local/a.ts', 'openai/resources'],
  ['src/language/openai/a.ts', '../local/engine.ts'],
  ['src/language/local/entities/a.ts', '../../openai/client.ts'],
  ['src/language/local/entities/a.ts', '../../../app/ports.ts'],
  ['src/app/a.ts', '../store/database.ts'],
  ['src/app/a.ts', '../channels/room/routes.ts'],
  ['src/app/a.ts', '../language/local/engine.ts'],
  ['src/app/a.ts', '../config.ts'],
  ['src/app/a.ts', 'node:sqlite'],
  ['src/app/a.ts', 'kysely'],
  ['src/app/a.ts', 'pino'],
  ['src/app/a.ts', 'prom-client'],
  ['src/channels/adaptive-card.ts', './room/routes.ts'],
  ['src/channels/adaptive-card.ts', '../store/inbox.ts'],
  ['src/channels/room/a.ts', '../slack/send.ts'],
  ['src/channels/room/a.ts', '../teams/send.ts'],
  ['src/channels/room/a.ts', '../../store/room.ts'],
  ['src/channels/room/a.ts', '../../app/receive.ts'],
  ['src/channels/room/a.ts', '../../config.ts'],
  ['src/channels/room/a.ts', '@slack/bolt'],
  ['src/channels/slack/a.ts', '../room/routes.ts'],
  ['src/channels/slack/a.ts', '../teams/send.ts'],
  ['src/channels/slack/a.ts', '../../store/inbox.ts'],
  ['src/channels/slack/a.ts', '../../config/slack.ts'],
  ['src/channels/slack/a.ts', '../../views/forms.ts'],
  ['src/channels/slack/block-kit/a.ts', '../../room/routes.ts'],
  ['src/channels/slack/block-kit/a.ts', '../../../store/inbox.ts'],
  ['src/channels/slack/block-kit/a.ts', '../../../app/handle.ts'],
  ['src/channels/slack/block-kit/a.ts', '../../../views/forms.ts'],
  ['src/channels/slack/a.ts', 'botbuilder'],
  ['src/channels/slack/a.ts', 'botframework-connector'],
  ['src/channels/teams/a.ts', '../slack/send.ts'],
  ['src/channels/teams/a.ts', '../../store/inbox.ts'],
  ['src/channels/teams/a.ts', '@slack/web-api'],
  ['src/channels/teams/a.ts', '@slack/web-api/dist/types.js'],
  ['src/store/a.ts', '../app/receive.ts'],
  ['src/store/a.ts', '../channels/room/routes.ts'],
  ['src/store/a.ts', '../views/intake.ts'],
  ['src/store/migrations/a.ts', '../../app/receive.ts'],
  ['src/store/a.ts', '../config.ts'],
  ['src/config.ts', './telemetry.ts'],
  ['src/config/a.ts', '../telemetry.ts'],
  ['src/config/a.ts', '../domain/conversation.ts'],
  ['src/config/a.ts', 'kysely'],
  ['src/config/a.ts', 'node:fs'],
  ['src/prompts.ts', './app/ports.ts'],
  ['src/prompts/a.ts', '../app/ports.ts'],
  ['src/prompts/a.ts', '../views/card.ts'],
  ['src/telemetry.ts', './server.ts'],
  ['src/main.ts', 'kysely'],
  ['src/main.ts', 'kysely/helpers/sqlite'],
  ['src/main.ts', 'pg'],
  ['src/main.ts', 'node:sqlite'],
  ['src/main.ts', 'node:process'],
  ['src/main.ts', 'pino-pretty'],
  ['src/open-slack.ts', '@slack/bolt'],
  ['src/open-slack.ts', '@slack/web-api/dist/types.js'],
  ['src/server.ts', '@slack/bolt'],
  ['src/server.ts', 'botbuilder-core'],
  ['src/server.ts', 'botframework-connector/lib/auth'],
];

const allowed: readonly Planted[] = [
  ['src/domain/a.ts', './questions.ts'],
  ['src/domain/a.ts', 'luxon'],
  ['src/views/a.ts', '../domain/questions.ts'],
  ['src/views/a.ts', './card.ts'],
  ['src/documents/a.ts', '../domain/questions.ts'],
  ['src/language/a.ts', './local/engine.ts'],
  ['src/language/a.ts', '../domain/questions.ts'],
  ['src/language/local/a.ts', '../language.ts'],
  ['src/language/local/a.ts', '../../domain/questions.ts'],
  ['src/language/local/a.ts', 'chrono-node'],
  ['src/language/openai/a.ts', 'openai'],
  ['src/language/local/entities/a.ts', '../lexicon.ts'],
  ['src/language/local/entities/a.ts', '../../language.ts'],
  ['src/app/a.ts', '../domain/questions.ts'],
  ['src/app/a.ts', '../views/card.ts'],
  ['src/app/a.ts', '../language/language.ts'],
  ['src/app/a.ts', '../documents/markdown.ts'],
  ['src/app/a.ts', './ports.ts'],
  ['src/app/a.ts', 'node:crypto'],
  ['src/channels/adaptive-card.ts', '../views/card.ts'],
  ['src/channels/room/a.ts', '../adaptive-card.ts'],
  ['src/channels/room/a.ts', '../adaptive-card-text.ts'],
  ['src/channels/room/a.ts', '../../language/language.ts'],
  ['src/channels/room/a.ts', '../../app/ports.ts'],
  ['src/channels/room/a.ts', '../../app/store.ts'],
  ['src/channels/room/a.ts', '../../views/card.ts'],
  ['src/channels/room/a.ts', '../../domain/conversation.ts'],
  ['src/channels/room/a.ts', 'restify'],
  ['src/channels/slack/a.ts', '@slack/bolt'],
  ['src/channels/slack/a.ts', '../command-words.ts'],
  ['src/channels/slack/block-kit/a.ts', '../words.ts'],
  ['src/channels/slack/block-kit/a.ts', '../../../views/card.ts'],
  ['src/channels/slack/block-kit/a.ts', '@slack/types'],
  ['src/channels/teams/a.ts', 'botbuilder'],
  ['src/channels/teams/a.ts', 'botframework-connector'],
  ['src/store/a.ts', '../app/ports.ts'],
  ['src/store/a.ts', '../app/store.ts'],
  ['src/store/a.ts', '../domain/conversation.ts'],
  ['src/store/a.ts', 'kysely'],
  ['src/store/a.ts', 'pg'],
  ['src/store/a.ts', 'node:sqlite'],
  ['src/store/migrations/a.ts', '../schema.ts'],
  ['src/config.ts', './config/slack.ts'],
  ['src/config/a.ts', './problem.ts'],
  ['src/config/a.ts', 'zod'],
  ['src/prompts.ts', './views/wording.ts'],
  ['src/prompts/a.ts', '../views/wording.ts'],
  ['src/telemetry.ts', 'pino'],
  ['src/telemetry.ts', 'prom-client'],
  ['src/telemetry.ts', './app/ports.ts'],
  ['src/main.ts', './store/database.ts'],
  ['src/main.ts', './channels/room/routes.ts'],
  ['src/server.ts', 'restify'],
];

/** Other rules of the house that stand in biome.json: file, source, the rule that must fire. */
const broken: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['src/app/env.ts', 'export const port = process.env;', 'noProcessEnv'],
  ['src/config/env.ts', 'export const port = process.env;', 'noProcessEnv'],
  ['src/channels/slack/env.ts', 'export const token = process.env;', 'noProcessEnv'],
  ['src/domain/clock.ts', 'export const now = () => new Date();', 'noRestrictedGlobals'],
  ['src/domain/chance.ts', 'export const toss = () => Math.random();', 'noJsRestrictedProperties'],
  ['src/domain/luxon-now.ts', "import { DateTime } from 'luxon';\nexport const now = () => DateTime.now();", 'noJsRestrictedProperties'],
  ['src/views/clock.ts', 'export const now = () => Date.now();', 'noJsRestrictedProperties'],
  ['src/app/float.ts', 'async function save() {}\nexport function run() {\n  save();\n}', 'noFloatingPromises'],
  ['src/app/switch.ts', "export function say(kind: 'a' | 'b') {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n}", 'useExhaustiveSwitchCases'],
  ['src/app/main-export.ts', 'export default 1;', 'noDefaultExport'],
  ['src/app/any.ts', 'export const x: any = 1;', 'noExplicitAny'],
  ['src/app/bang.ts', 'export const first = (list: string[]) => list[0]!;', 'noNonNullAssertion'],
  ['src/app/swallow.ts', 'export function run() {\n  try {\n    run();\n  } catch {}\n}', 'noEmptyBlockStatements'],
  ['src/app/print.ts', 'export const run = () => console.log(1);', 'noConsole'],
  ['src/app/barrel.ts', "export * from './any.ts';", 'noBarrelFile'],
  ['src/app/CamelCase.ts', 'export const x = 1;', 'useFilenamingConvention'],
  ['src/app/colour.ts', 'export enum Colour {\n  red,\n}', 'noEnum'],
  ['src/app/ring-a.ts', "import { b } from './ring-b.ts';\nexport const a = () => b;", 'noImportCycles'],
  ['src/app/ring-b.ts', "import { a } from './ring-a.ts';\nexport const b = () => a;", 'noImportCycles'],
  ['src/app/long.ts', `export function long() {\n${'  long();\n'.repeat(90)}}`, 'noExcessiveLinesPerFunction'],
  ['src/app/long-file.ts', Array.from({ length: 400 }, (_, n) => `export const x${n} = 1;`).join('\n'), 'noExcessiveLinesPerFile'],
  ['tests/app/only.test.ts', "import { it } from '@jest/globals';\nit.only('x', () => {});", 'noFocusedTests'],
];

/** Each planted import stands three times, one line each: an import of types and one at run time count like any other. */
const forms = [
  (specifier: string, n: number) => `import { a${n} } from '${specifier}';`,
  (specifier: string, n: number) => `import type { B${n} } from '${specifier}';`,
  (specifier: string, n: number) => `export const c${n} = await import('${specifier}');`,
];

type Finding = { rule: string; file: string; line: number };

async function plant(files: ReadonlyMap<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'plumb-check-'));
  for (const name of ['biome.json', 'package.json']) await copyFile(join(project, name), join(root, name));
  for (const [file, source] of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), `${source}\n`);
  }
  return root;
}

/** Runs the project's own linter, with the project's own rules, over a planted copy. */
async function lint(root: string, only: readonly string[]): Promise<Finding[]> {
  const biome = join(project, 'node_modules/.bin/biome');
  const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', ...only.map((rule) => `--only=${rule}`), '.'];
  const run = promisify(execFile)(biome, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  const output = await run.then((result) => result.stdout, readOutput);
  return [...output.matchAll(/^::error title=lint\/\w+\/(\w+),file=([^,]+),line=(\d+)/gm)].map(([, rule, file, line]) => ({
    rule: rule ?? '',
    file: (file ?? '').replace(`${root}/`, ''),
    line: Number(line),
  }));
}

/** A run that finds something ends with exit code 1; its findings stand in its output all the same. */
function readOutput(error: unknown): string {
  const failed = z.object({ stdout: z.string().min(1) }).safeParse(error);
  if (failed.success) return failed.data.stdout;
  throw error;
}

describe('import rules', () => {
  const lines = new Map<string, string[]>();
  const firstLine = new Map<Planted, number>();
  for (const planted of [...forbidden, ...allowed]) {
    const [file, specifier] = planted;
    const source = lines.get(file) ?? [];
    lines.set(file, source);
    firstLine.set(planted, source.length + 1);
    source.push(...forms.map((form, n) => form(specifier, source.length + n)));
  }
  let root = '';
  let findings: Finding[] = [];
  beforeAll(async () => {
    root = await plant(new Map([...lines].map(([file, source]) => [file, source.join('\n')])));
    findings = await lint(root, ['style/noRestrictedImports']);
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  /** Which of the three forms of a planted import were found, as 0, 1, 2. */
  function found(planted: Planted): number[] {
    const first = firstLine.get(planted) ?? 0;
    const at = findings.filter(({ file, line }) => file === planted[0] && line >= first && line < first + forms.length);
    return [...new Set(at.map(({ line }) => line - first))].sort();
  }

  for (const planted of forbidden) {
    const [file, specifier] = planted;
    it(`${dirname(file) === 'src' ? file : dirname(file)} must not import ${specifier}`, () => expect(found(planted)).toEqual([0, 1, 2]));
  }
  for (const planted of allowed) {
    const [file, specifier] = planted;
    it(`${dirname(file) === 'src' ? file : dirname(file)} may import ${specifier}`, () => expect(found(planted)).toEqual([]));
  }
});

describe('house rules', () => {
  let root = '';
  let findings: Finding[] = [];
  beforeAll(async () => {
    root = await plant(new Map(broken.map(([file, source]) => [file, source])));
    findings = await lint(root, []);
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  for (const [file, , rule] of broken) {
    it(`${rule} fires on ${file}`, () => expect(findings.filter((finding) => finding.file === file).map((finding) => finding.rule)).toContain(rule));
  }
});
