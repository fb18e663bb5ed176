import type { Keychain } from '../../src/main/node/keychain.ts'
import type { Vault, VaultFault, VaultState } from '../../src/core/ports.ts'
import { err, ok } from '../../src/shared/result.ts'

export type MemoryVault = Vault & {
  /** What the keychain is from now on. */
  become(state: 'keychain' | 'locked' | 'unavailable'): void
  /** Everything held anywhere, for a test to look for what must not be there. */
  secrets(): ReadonlyMap<string, string>
}

/** A vault in memory that behaves as the real one does in each state of the keychain under it. */
export function memoryVault(first: 'keychain' | 'locked' | 'unavailable' = 'keychain'): MemoryVault {
  const keychain = new Map<string, string>()
  /** What the keychain still has to learn. */
  const owed = new Map<string, string | null>()
  let under = first
  const closed = (): VaultFault => ({ is: under === 'locked' ? 'locked' : 'unavailable', detail: `keychain ${under}` })
  const state = (): VaultState => ([...owed.values()].some((secret) => secret !== null) ? 'memory' : under)
  function settle() {
    if (under !== 'keychain') return
    for (const [name, secret] of owed) {
      if (secret === null) keychain.delete(name)
      else keychain.set(name, secret)
    }
    owed.clear()
  }
  return {
    probe: async () => {
      settle()
      return state()
    },
    state,
    read: async (name) => {
      const waiting = owed.get(name)
      if (waiting !== undefined) return ok(waiting)
      return under === 'keychain' ? ok(keychain.get(name) ?? null) : err(closed())
    },
    write: async (name, secret) => {
      owed.set(name, secret)
      settle()
      return ok(undefined)
    },
    erase: async (name) => {
      owed.set(name, null)
      settle()
      return under === 'keychain' ? ok(undefined) : err(closed())
    },
    become: (next) => void (under = next),
    secrets: () =>
      new Map([
        ...keychain,
        ...[...owed].flatMap(([name, secret]) => (secret === null ? [] : [[name, secret] as const])),
      ]),
  }
}

export type FakeKeychain = Keychain & {
  readonly entries: Map<string, string>
  /** `ready`; `locked` and `no-bus` refuse as the real library does (reads of a locked one say null); `prompting` waits. */
  mode: 'ready' | 'locked' | 'no-bus' | 'prompting'
  /** A person answers the prompt: calls that waited are carried out. */
  answerPrompt(): void
  /** Calls inside the library now, and the most there ever were at once. */
  readonly inside: { now: number; most: number }
}

/** The keychain library as measured on Linux, in each of its moods. */
export function fakeKeychain(): FakeKeychain {
  const entries = new Map<string, string>()
  const inside = { now: 0, most: 0 }
  const waiting: (() => void)[] = []
  const key = (service: string, account: string) => `${service}/${account}`
  async function call<T>(refusal: string | null, act: () => T): Promise<T> {
    inside.now += 1
    inside.most = Math.max(inside.most, inside.now)
    try {
      if (fake.mode === 'prompting') await new Promise<void>((resolve) => waiting.push(resolve))
      if (fake.mode === 'no-bus') throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY')
      if (fake.mode === 'locked' && refusal !== null) throw new Error(refusal)
      return act()
    } finally {
      inside.now -= 1
    }
  }
  const fake: FakeKeychain = {
    mode: 'ready',
    entries,
    inside,
    getPassword: (service, account) =>
      call(null, () => (fake.mode === 'locked' ? null : (entries.get(key(service, account)) ?? null))),
    setPassword: (service, account, secret) =>
      call('Cannot create an item in a locked collection', () => void entries.set(key(service, account), secret)),
    deletePassword: (service, account) =>
      call('Cannot delete an item in a locked collection', () => entries.delete(key(service, account))),
    answerPrompt: () => {
      fake.mode = 'ready'
      for (const go of waiting.splice(0)) go()
    },
  }
  return fake
}
