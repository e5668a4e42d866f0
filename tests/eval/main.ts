import { runEval } from './command.ts';

process.exitCode = await runEval(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  sets: import.meta.dirname,
});
