const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
};

// They start Plumb or a whole command again and again, wait for several of them on one PostgreSQL, or send it every payload there is in every spoilt
// shape: a quarter of a minute and more each, so they run beside the browser tests.
const slow = [
  'two-processes',
  'two-workspaces',
  'uninstall',
  'other-rigs',
  'emulate-whole',
  'forged-cards',
  'forged-follow-through',
  'hostile-activities',
  'slack/coach',
  'teams/coach',
  'teams/follow-through',
  'eval-command/command',
  'tests/main',
  'app/served',
  'hostile-words',
  'two-platforms',
  'teams/whole',
  'slack/follow-through',
  'teams/elsewhere',
  'teams/references',
  'teams/privacy',
  'teams/local-mode',
  'teams/halfway',
];

export default {
  // Two cores is the smallest machine that this is run on; a third worker uses the time in which the others wait for a disk or a clock.
  maxWorkers: 3,
  // Nothing here is about speed: a busy machine may take its time.
  testTimeout: 30_000,
  // Half a second, as Jest has it, is too short for a worker to end on a busy machine; what is really left open still shows after this.
  workerGracefulExitTimeout: 5_000,
  projects: [
    {
      ...shared,
      displayName: 'fast',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['/tests/e2e/', '/tests/bench/', '/tests/chaos/', ...slow.map((name) => `/${name}\\.test\\.ts$`)],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/tests/e2e/**/*.test.ts', ...slow.map((name) => `<rootDir>/**/${name}.test.ts`)] },
  ],
};
