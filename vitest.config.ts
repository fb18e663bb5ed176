import { defineConfig } from 'vitest/config'

/** `unit` is fast and touches only loopback and temporary folders; `e2e` drives real browsers and whole processes. */
export default defineConfig({
  test: {
    // By default one core is left to the watcher; nobody watches here, and much of the time is waiting.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Nothing here sleeps; a limit this far off only ends what hangs, however busy the machine.
          testTimeout: 180_000,
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**', 'test/keychain/**', 'test/peers/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          // Whole programs mostly wait for each other: two files side by side fill the time.
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'django',
          // Redis, Daphne and a Django application of each file's own.
          include: ['test/peers/django/**/*.test.ts'],
          // Each test of a console has parts of its own, and waits most of the time.
          maxConcurrency: 6,
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'keychain',
          include: ['test/keychain/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 30_000,
        },
      },
    ],
  },
})
