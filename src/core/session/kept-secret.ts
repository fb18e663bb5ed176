import type { Result } from '../../shared/result.ts'
import type { Log, Vault, VaultFault } from '../ports.ts'
import { readKept, writeKept, type Kept } from './tokens.ts'

/**
 * Owns one entry of the vault. Calls run one after the other, so that an erase is never overtaken by an older write. A
 * vault that fails is logged and otherwise costs nothing now: the tokens stay in memory, the next start asks.
 */
export class KeptSecret {
  readonly #vault: Vault
  readonly #name: string
  readonly #log: Log
  #turn: Promise<unknown> = Promise.resolve()

  constructor(vault: Vault, name: string, log: Log) {
    this.#vault = vault
    this.#name = name
    this.#log = log
  }

  /** What a former run left; null when there is nothing of ours, or the vault does not say. */
  async read(): Promise<Kept | null> {
    const read = await this.#inTurn(() => this.#vault.read(this.#name))
    if (!this.#went('session.vault-not-read', read) || read.value === null) return null
    return readKept(read.value)
  }

  /** Writes, unless it is out of date by the time it is its turn. */
  async write(kept: Kept, isCurrent: () => boolean): Promise<void> {
    await this.#inTurn(async () => {
      if (isCurrent()) this.#went('session.vault-not-written', await this.#vault.write(this.#name, writeKept(kept)))
    })
  }

  async erase(): Promise<void> {
    this.#went('session.vault-not-erased', await this.#inTurn(() => this.#vault.erase(this.#name)))
  }

  #went<T>(event: string, result: Result<T, VaultFault>): result is { readonly ok: true; readonly value: T } {
    if (!result.ok) this.#log.warn(event, { is: result.error.is })
    return result.ok
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(run)
    this.#turn = turn.catch(() => {})
    return turn
  }
}
