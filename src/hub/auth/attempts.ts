/** Wrong passwords one account may take before it must wait. */
const FREE_FAILURES = 10
/** The time a row of failures is remembered, and the longest wait. */
const WINDOW_MS = 5 * 60_000
/** Accounts watched at once; past it the oldest is forgotten. */
const MAY_WATCH = 10_000

export type Attempts = {
  /** Milliseconds the account must still wait; 0 when it may try. */
  waitFor(account: string): number
  failed(account: string): void
  succeeded(account: string): void
}

/** Counts wrong passwords by account, whoever tries them, whether the account exists or not. */
export function attemptsAt(now: () => number): Attempts {
  const failures = new Map<string, { readonly count: number; readonly since: number }>()
  const key = (account: string): string => account.trim().toLowerCase()
  const current = (account: string): { readonly count: number; readonly since: number } | null => {
    const found = failures.get(key(account))
    return found === undefined || found.since + WINDOW_MS <= now() ? null : found
  }
  return {
    waitFor: (account) => {
      const found = current(account)
      return found === null || found.count < FREE_FAILURES ? 0 : found.since + WINDOW_MS - now()
    },
    failed: (account) => {
      const found = current(account)
      failures.delete(key(account))
      failures.set(key(account), { count: (found?.count ?? 0) + 1, since: found?.since ?? now() })
      if (failures.size > MAY_WATCH) {
        for (const oldest of failures.keys()) {
          failures.delete(oldest)
          break
        }
      }
    },
    succeeded: (account) => void failures.delete(key(account)),
  }
}
