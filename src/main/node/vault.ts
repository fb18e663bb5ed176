import { randomUUID } from 'node:crypto'
import type { Vault, VaultFault, VaultState } from '../../core/ports.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type Answer, type Keychain, KeychainLine, loadKeychain } from './keychain.ts'

/** A keychain answers in milliseconds; longer means a prompt waits for a person, who may not be there. */
const ANSWER_MS = 3_000
/** The name under which this program's secrets appear in the system's own keychain window. */
const SERVICE = 'tallydesk'
/** Account of the probe; never a secret. */
const PROBE = 'probe'

export type VaultOptions = {
  /** Tells two desks on one account apart: a digest of the data directory. */
  readonly desk: string
  readonly load?: () => Promise<Keychain | null>
  readonly timeoutMs?: number
}

/**
 * Secrets in the operating system's keychain, or, where that is locked or missing, in this process's memory until it
 * ends. It owns the copies in memory; it writes none to disk and logs none. What it could not tell the keychain (a
 * secret to keep, one to forget) it tells as soon as the keychain answers again.
 */
export function createVault(options: VaultOptions): Vault {
  return new KeychainVault(options)
}

class KeychainVault implements Vault {
  readonly #line: KeychainLine
  readonly #load: () => Promise<Keychain | null>
  readonly #desk: string
  #keychain: Promise<Keychain | null> | null = null
  /** What the keychain itself is, whatever memory holds; null before the first probe. */
  #found: 'keychain' | 'locked' | 'unavailable' | null = null
  /** What the keychain still has to learn: a secret to keep, or null: one to forget. */
  readonly #owed = new Map<string, string | null>()
  #probing: Promise<VaultState> | null = null

  constructor(options: VaultOptions) {
    this.#line = new KeychainLine(options.timeoutMs ?? ANSWER_MS)
    this.#load = options.load ?? loadKeychain
    this.#desk = options.desk
  }

  state(): VaultState {
    const kept = [...this.#owed.values()].some((secret) => secret !== null)
    return kept ? 'memory' : (this.#found ?? 'unavailable')
  }

  probe(): Promise<VaultState> {
    this.#probing ??= this.#probe().finally(() => void (this.#probing = null))
    return this.#probing
  }

  async read(name: string): Promise<Result<string | null, VaultFault>> {
    const owed = this.#owed.get(name)
    if (owed !== undefined) return ok(owed)
    if (this.#found === null) await this.probe()
    if (this.#found !== 'keychain') return err(this.#closed())
    const first = await this.#ask((keychain) => keychain.getPassword(SERVICE, this.#account(name)))
    if (!first.ok || first.value !== null) return first
    // A keychain that was locked meanwhile also says null: only one that still answers the probe is believed.
    await this.probe()
    if (this.#found !== 'keychain') return err(this.#closed())
    return this.#ask((keychain) => keychain.getPassword(SERVICE, this.#account(name)))
  }

  async write(name: string, secret: string): Promise<Result<void, VaultFault>> {
    this.#owed.set(name, secret)
    if (this.#found === null) await this.probe()
    if (this.#found === 'keychain') await this.#settle(name)
    return ok(undefined)
  }

  async erase(name: string): Promise<Result<void, VaultFault>> {
    this.#owed.set(name, null)
    if (this.#found === null) await this.probe()
    if (this.#found === 'keychain') return this.#settle(name)
    // Without a keychain program there is nothing that could still hold it.
    if ((await this.#loaded()) === null) return ok(undefined)
    return err(this.#closed())
  }

  async #probe(): Promise<VaultState> {
    const value = randomUUID()
    const account = this.#account(PROBE)
    const before = this.#found
    const told = await this.#ask(async (keychain) => {
      await keychain.setPassword(SERVICE, account, value)
      const back = await keychain.getPassword(SERVICE, account)
      await keychain.deletePassword(SERVICE, account)
      return back === value
    })
    if (told.ok) this.#found = told.value ? 'keychain' : 'unavailable'
    if (this.#found === 'keychain' && before !== 'keychain') {
      for (const name of [...this.#owed.keys()]) await this.#settle(name)
    }
    return this.state()
  }

  /** Tells the keychain what it has to know about one name. On a refusal the debt stays. */
  async #settle(name: string): Promise<Result<void, VaultFault>> {
    const wanted = this.#owed.get(name)
    if (wanted === undefined) return ok(undefined)
    const account = this.#account(name)
    const told = await this.#ask(async (keychain) => {
      if (wanted === null) await keychain.deletePassword(SERVICE, account)
      else await keychain.setPassword(SERVICE, account, wanted)
    })
    // A newer wish may have come meanwhile; it is its own caller's to settle.
    if (told.ok && this.#owed.get(name) === wanted) this.#owed.delete(name)
    return told
  }

  /** One bounded question; what the answer says about the keychain is remembered. */
  async #ask<T>(question: (keychain: Keychain) => Promise<T>): Promise<Result<T, VaultFault>> {
    const keychain = await this.#loaded()
    if (keychain === null) {
      this.#found = 'unavailable'
      return err(this.#closed())
    }
    // A call given up may still be carried out once a person answers the prompt: then the debts are settled after it.
    const answer = await this.#line.run(
      () => question(keychain),
      () => void this.probe(),
    )
    return this.#take(answer)
  }

  #take<T>(answer: Answer<T>): Result<T, VaultFault> {
    switch (answer.is) {
      case 'answer':
        return ok(answer.value)
      case 'fault':
        this.#found = answer.fault.is === 'locked' ? 'locked' : 'unavailable'
        return err(answer.fault)
      case 'timed-out':
        this.#found = 'locked'
        return err({ is: 'timed-out', detail: 'the keychain did not answer; it may be asking to be unlocked' })
    }
  }

  #closed(): VaultFault {
    return this.#found === 'locked'
      ? { is: 'locked', detail: 'the keychain is locked: unlock it, then try again' }
      : { is: 'unavailable', detail: 'this machine offers no keychain' }
  }

  #account(name: string): string {
    return `${name}@${this.#desk}`
  }

  #loaded(): Promise<Keychain | null> {
    this.#keychain ??= this.#load()
    return this.#keychain
  }
}

/** Secrets in memory only, as when asked to leave no trace. */
export function memoryOnlyVault(): Vault {
  return createVault({ desk: 'memory', load: async () => null })
}
