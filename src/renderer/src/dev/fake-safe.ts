import type { SafeView } from '../../../shared/view/safe.ts'

/** A desk that died four times in a minute, with three actions waiting. */
export const fakeSafe = (startedAt: number): SafeView => ({
  dataDir: '/home/desk/.local/share/tallydesk',
  deaths: [9_000, 6_000, 4_000, 1_000].map((ago) => ({
    at: startedAt - ago,
    how: ago === 6_000 ? 'SIGSEGV' : 'exit code 1',
  })),
  journals: [
    {
      name: 'tally-example-1-official',
      state: 'intact',
      events: 48_210,
      detail: null,
      waiting: 3,
      oldestAt: startedAt - 14 * 60_000,
    },
    { name: 'tally-example-2-rehearsal', state: 'checking', events: 5_000, detail: null, waiting: 0, oldestAt: null },
  ],
  canLeave: true,
})
