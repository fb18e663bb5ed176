import type { Vault, VaultFault, VaultState } from '../../src/core/ports.ts'
import { err, ok, type Result } from '../../src/shared/result.ts'

/** A vault in memory that fails, or takes its time, when told to. Keeps the order of calls. */
export class ScriptedVault implements Vault {
  readonly kept = new Map<string, string>()
  readonly calls: string[] = []
  fault: VaultFault | null = null
  /** Awaited by each write. */
  held: Promise<void> = Promise.resolve()

  probe(): Promise<VaultState> {
    return Promise.resolve(this.state())
  }
  state(): VaultState {
    return this.fault === null ? 'keychain' : 'locked'
  }
  async read(name: string): Promise<Result<string | null, VaultFault>> {
    this.calls.push('read')
    return this.fault === null ? ok(this.kept.get(name) ?? null) : err(this.fault)
  }
  async write(name: string, secret: string): Promise<Result<void, VaultFault>> {
    await this.held
    this.calls.push('write')
    if (this.fault !== null) return err(this.fault)
    this.kept.set(name, secret)
    return ok(undefined)
  }
  async erase(name: string): Promise<Result<void, VaultFault>> {
    this.calls.push('erase')
    this.kept.delete(name)
    return ok(undefined)
  }
}
