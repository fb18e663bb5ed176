import type { Vault } from '../../core/ports.ts'

/** Where secrets no keychain took are kept for the next life of this process: another process's memory, never a disk. */
export type Handover = {
  /** Those of the life before, by name. */
  readonly secrets: Readonly<Record<string, string>>
  readonly keep: (secrets: Readonly<Record<string, string>>) => void
}

/** A vault whose secrets in memory outlive this process's death: what the keychain holds is not handed over. */
export function handedVault(vault: Vault, { secrets, keep }: Handover): Vault {
  const held = new Map(Object.entries(secrets))
  const told = () => keep(Object.fromEntries(held))
  const letGo = (name: string) => {
    if (held.delete(name)) told()
  }
  return {
    probe: () => vault.probe(),
    state: () => vault.state(),
    async read(name) {
      const read = await vault.read(name)
      const before = held.get(name)
      if (before === undefined || (read.ok && read.value !== null)) return read
      await vault.write(name, before)
      return { ok: true, value: before }
    },
    async write(name, secret) {
      const written = await vault.write(name, secret)
      if (vault.state() === 'keychain') letGo(name)
      else {
        held.set(name, secret)
        told()
      }
      return written
    },
    async erase(name) {
      letGo(name)
      return await vault.erase(name)
    },
  }
}
