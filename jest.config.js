const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
};

// Several Plumbs that wait for each other on one PostgreSQL: half a minute each, so they run beside the browser tests.
const slow = ['/two-processes\\.test\\.ts$'];

export default {
  // Two cores is the smallest machine that this is run on; a third worker uses the time in which the others wait for a disk or a clock.
  maxWorkers: 3,
  projects: [
    {
      ...shared,
      displayName: 'fast',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['/tests/e2e/', '/tests/bench/', '/tests/chaos/', ...slow],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/tests/e2e/**/*.test.ts', '<rootDir>/tests/**/two-processes.test.ts'] },
  ],
};
