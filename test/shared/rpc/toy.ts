import { z } from 'zod'
import { ok, type Result } from '../../../src/shared/result.ts'
import { defineContract, type Handlers, type Sources } from '../../../src/shared/rpc/define.ts'

/** A small contract with one of each kind of thing. */
export const toy = defineContract({
  version: 7,
  commands: {
    add: {
      input: z.object({ key: z.string().min(1).max(8), by: z.number().int() }),
      output: z.object({ total: z.number() }),
      errors: ['too-much'],
    },
    wait: { input: z.null(), output: z.null(), errors: [] },
    fail: { input: z.null(), output: z.null(), errors: [] },
  },
  streams: {
    sums: {
      input: z.object({ prefix: z.string().max(8) }),
      snapshot: z.record(z.string(), z.number()),
      patch: z.object({ key: z.string(), total: z.number().nullable() }),
    },
    broken: { input: z.null(), snapshot: z.number(), patch: z.number() },
  },
})
export type Toy = typeof toy

/** A core over it: a map of sums. Counts what it holds open. */
export function toyCore() {
  const sums = new Map<string, number>()
  const feeds = new Set<(key: string) => void>()
  const waiting: (() => void)[] = []
  const core = {
    sums,
    feeds,
    /** How the stream `broken` misbehaves. */
    breaks: 'on-open' as 'on-open' | 'on-snapshot' | 'on-patch' | 'wrong-shape',
    addAnswer: null as Result<{ total: number }, string> | null,
    set(key: string, total: number | null) {
      if (total === null) sums.delete(key)
      else sums.set(key, total)
      for (const changed of [...feeds]) changed(key)
    },
    finishWaiting: () => waiting.splice(0).forEach((go) => go()),
    get calls() {
      return waiting.length
    },
  }
  const handlers: Handlers<Toy> = {
    add: async ({ key, by }) => {
      if (core.addAnswer) return core.addAnswer as never // deliberately outside the contract
      core.set(key, (sums.get(key) ?? 0) + by)
      return ok({ total: sums.get(key) ?? 0 })
    },
    wait: () => new Promise((resolve) => waiting.push(() => resolve(ok(null)))),
    fail: async () => {
      throw new Error('secret path /home/operator')
    },
  }
  const sources: Sources<Toy> = {
    sums: ({ prefix }, changed) => {
      const told = (key: string) => key.startsWith(prefix) && changed(key)
      const feed = (key: string) => void (key === '*' ? changed(key) : told(key))
      feeds.add(feed)
      return {
        snapshot: () => Object.fromEntries([...sums].filter(([key]) => key.startsWith(prefix))),
        patch: (key) => ({ key, total: sums.get(key) ?? null }),
        stop: () => void feeds.delete(feed),
      }
    },
    broken: (_input, changed) => {
      if (core.breaks === 'on-open') throw new Error('secret: on open')
      feeds.add(changed)
      return {
        snapshot: () => {
          if (core.breaks === 'on-snapshot') throw new Error('secret: on snapshot')
          return core.breaks === 'wrong-shape' ? ('text' as never) : 1
        },
        patch: () => {
          throw new Error('secret: on patch')
        },
        stop: () => void feeds.delete(changed),
      }
    },
  }
  return { core, handlers, sources }
}

/** A window's copy of the stream `sums`. */
export function sumsCopy() {
  const copy = {
    state: null as Record<string, number> | null,
    seen: [] as string[],
    refused: null as string | null,
    onSnapshot(state: Record<string, number>) {
      copy.state = { ...state }
      copy.seen.push(`snapshot ${Object.keys(state).length}`)
    },
    onPatches(patches: readonly { key: string; total: number | null }[]) {
      const state = copy.state ?? {}
      for (const { key, total } of patches) {
        if (total === null) delete state[key]
        else state[key] = total
      }
      copy.seen.push(`patches ${patches.map((patch) => `${patch.key}=${patch.total}`).join(' ')}`)
    },
    onRefused(error: string) {
      copy.refused = error
    },
  }
  return copy
}
