import { setTimeout as wait } from 'node:timers/promises'
import type { ElectionServer } from '../doubles/election-server/start.ts'

/** One thing that goes wrong, for `ms`, and is put right again. */
export type Mishap = {
  readonly name: string
  /** How often it is drawn, against the others. */
  readonly share: number
  readonly run: (faults: ElectionServer['faults'], ms: number, chance: () => number) => Promise<void>
}

/** All that BACKENDS.md knows to go wrong with this server. Each leaves it whole. */
export const MISHAPS: readonly Mishap[] = [
  {
    name: 'frames dropped',
    share: 4,
    run: async (faults, _ms, chance) => faults.dropNextFrames(1 + Math.floor(chance() * 5)),
  },
  lasting(
    'a full channel',
    3,
    (faults) => faults.dropShare(0.4),
    (faults) => faults.dropShare(0),
  ),
  { name: 'a restart', share: 2, run: (faults, ms) => faults.restart(ms / 2) },
  lasting(
    'redis dies',
    2,
    (faults) => faults.killRedis(),
    (faults) => faults.reviveRedis(),
  ),
  lasting(
    'redis freezes',
    2,
    (faults) => faults.freezeRedis(),
    (faults) => faults.reviveRedis(),
  ),
  lasting(
    'redis stands still',
    2,
    (faults) => faults.stopRedis(),
    (faults) => faults.reviveRedis(),
  ),
  { name: 'connections reset', share: 2, run: async (faults) => faults.cutAll() },
  { name: 'the network is gone', share: 2, run: (faults, ms) => faults.cutFor(ms) },
  { name: 'the network stalls', share: 2, run: (faults, ms) => faults.stallFor(ms) },
  { name: 'the 24 h close', share: 1, run: async (faults) => faults.closeAfterDay() },
  { name: 'the 24 h membership', share: 1, run: async (faults) => faults.lapseMembership() },
  { name: 'access tokens expire', share: 2, run: async (faults) => faults.expireAccessTokens() },
  lasting(
    'the proxy limits',
    2,
    (faults, chance) => faults.proxy({ status: chance() < 0.5 ? 503 : 429, retryAfter: chance() < 0.5 ? 2 : null }),
    (faults) => faults.proxy(null),
  ),
  lasting(
    'the proxy fails',
    1,
    (faults) => faults.failWith(502),
    (faults) => faults.failWith(null),
  ),
  lasting(
    'no socket',
    1,
    (faults) => {
      faults.socket(false)
      faults.cutAll()
    },
    (faults) => faults.socket(true),
  ),
]

function lasting(
  name: string,
  share: number,
  begin: (faults: ElectionServer['faults'], chance: () => number) => void,
  end: (faults: ElectionServer['faults']) => void,
): Mishap {
  return {
    name,
    share,
    run: async (faults, ms, chance) => {
      begin(faults, chance)
      await wait(ms)
      end(faults)
    },
  }
}

/** Most mishaps are short; a few last. Ms. */
export function lengthOf(longest: number, chance: () => number): number {
  return Math.min(longest, 300 + 500 / (1 - chance() * 0.98) + chance() * (longest / 4))
}

export function draw(chance: () => number): Mishap {
  let left = chance() * MISHAPS.reduce((sum, { share }) => sum + share, 0)
  for (const mishap of MISHAPS) {
    left -= mishap.share
    if (left < 0) return mishap
  }
  throw new Error('shares do not add up')
}
