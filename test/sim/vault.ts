import type { Vault } from '../../src/core/ports.ts'
import { ok, type Result } from '../../src/shared/result.ts'
import type { Chance } from './chance.ts'
import type { Life, Machine } from './machine.ts'

/** The keychain of one desk: it outlives the process, and takes a moment for everything. */
export class SimVault {
  readonly kept = new Map<string, string>()
  readonly #machine: Machine
  readonly #chance: Chance

  constructor(machine: Machine, chance: Chance) {
    this.#machine = machine
    this.#chance = chance
  }

  port(life: Life): Vault {
    const soon = <T>(run: () => T): Promise<Result<T, never>> =>
      new Promise((resolve) => {
        this.#machine.world.after(1 + this.#chance.upTo(20), () =>
          this.#machine.awake(() => {
            if (life.alive) resolve(ok(run()))
          }),
        )
      })
    return {
      probe: async () => 'keychain',
      state: () => 'keychain',
      read: (name) => soon(() => this.kept.get(name) ?? null),
      write: (name, secret) => soon(() => void this.kept.set(name, secret)),
      erase: (name) => soon(() => void this.kept.delete(name)),
    }
  }
}
