import { expect, test } from 'vitest'
import { handedVault } from '../../../src/main/node/handed-vault.ts'
import { createVault, memoryOnlyVault } from '../../../src/main/node/vault.ts'

type Secrets = Readonly<Record<string, string>>

test('[C71] a secret kept in memory is there after a death, and gone once it was erased', async () => {
  let kept: Secrets = {}
  const live = () => handedVault(memoryOnlyVault(), { secrets: kept, keep: (now) => (kept = now) })
  await live().write('server', 'token')
  expect(kept).toEqual({ server: 'token' })
  const next = live()
  expect(await next.read('server')).toEqual({ ok: true, value: 'token' })
  expect(next.state()).toBe('memory')
  await next.erase('server')
  expect(kept).toEqual({})
  expect(await live().read('server')).toMatchObject({ ok: false })
})

test('[C71] what a keychain took is not handed over', async () => {
  const stored = new Map<string, string>()
  const keychain = {
    setPassword: async (_service: string, account: string, secret: string) => void stored.set(account, secret),
    getPassword: async (_service: string, account: string) => stored.get(account) ?? null,
    deletePassword: async (_service: string, account: string) => stored.delete(account),
  }
  let kept: Secrets = { server: 'from memory' }
  const vault = handedVault(createVault({ desk: 'd', load: async () => keychain }), {
    secrets: kept,
    keep: (now) => (kept = now),
  })
  await vault.write('server', 'token')
  expect(kept).toEqual({})
  expect([...stored.values()]).toEqual(['token'])
  expect(await vault.read('server')).toEqual({ ok: true, value: 'token' })
})
