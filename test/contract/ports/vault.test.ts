import { describe, expect, test, vi } from 'vitest'
import type { Vault } from '../../../src/core/ports.ts'
import { createVault, memoryOnlyVault } from '../../../src/main/node/vault.ts'
import { fakeKeychain, memoryVault } from '../../doubles/memory-vault.ts'

/** Long enough for a call that is answered at once, short enough not to wait for. */
const TIMEOUT_MS = 40

type Mood = 'keychain' | 'locked' | 'unavailable'
type Way = (mood: Mood) => { vault: Vault; become: (mood: Mood) => void; kept: () => string }

const inMemory: Way = (mood) => {
  const vault = memoryVault(mood)
  return { vault, become: vault.become, kept: () => JSON.stringify([...vault.secrets()]) }
}
const overKeychain: Way = (mood) => {
  const keychain = fakeKeychain()
  const become = (next: Mood) =>
    void (keychain.mode = next === 'keychain' ? 'ready' : next === 'locked' ? 'locked' : 'no-bus')
  become(mood)
  const vault = createVault({ desk: 'one', load: async () => keychain, timeoutMs: TIMEOUT_MS })
  return { vault, become, kept: () => JSON.stringify([...keychain.entries]) }
}

describe.each([
  ['in memory', inMemory],
  ['over a keychain', overKeychain],
] as const)('a vault %s', (_name, make) => {
  test('[S30] what is written is read, replaced and erased; what was never there is null', async () => {
    const { vault, kept } = make('keychain')
    expect(await vault.probe()).toBe('keychain')
    expect(kept()).toBe('[]')
    expect(await vault.read('refresh')).toEqual({ ok: true, value: null })
    expect(await vault.write('refresh', 'سر-1')).toEqual({ ok: true, value: undefined })
    expect(await vault.read('refresh')).toEqual({ ok: true, value: 'سر-1' })
    await vault.write('refresh', 's-2')
    expect(await vault.read('refresh')).toEqual({ ok: true, value: 's-2' })
    expect(vault.state()).toBe('keychain')
    expect(kept()).toContain('s-2')
    expect(await vault.erase('refresh')).toMatchObject({ ok: true })
    expect(await vault.read('refresh')).toEqual({ ok: true, value: null })
    expect(await vault.erase('refresh')).toMatchObject({ ok: true })
    expect(kept()).toBe('[]')
  })

  test.each(['locked', 'unavailable'] as const)(
    '[S32] while the keychain is %s a secret is kept for this session, and that is said',
    async (mood) => {
      const { vault } = make(mood)
      expect(await vault.probe()).toBe(mood)
      expect(await vault.write('refresh', 's')).toMatchObject({ ok: true })
      expect(vault.state()).toBe('memory')
      expect(await vault.read('refresh')).toEqual({ ok: true, value: 's' })
      await vault.erase('refresh')
      expect(await vault.read('refresh')).toEqual({ ok: true, value: null })
      expect(vault.state()).toBe(mood)
    },
  )

  test.each(['locked', 'unavailable'] as const)(
    '[S33] a secret that cannot be read because the keychain is %s is not called absent',
    async (mood) => {
      const { vault, become } = make('keychain')
      await vault.probe()
      await vault.write('refresh', 's')
      become(mood)
      await vault.probe()
      expect(await vault.read('refresh')).toMatchObject({ ok: false, error: { is: mood } })
      expect(await vault.read('never-written')).toMatchObject({ ok: false, error: { is: mood } })
      become('keychain')
      await vault.probe()
      expect(await vault.read('refresh')).toEqual({ ok: true, value: 's' })
    },
  )

  test('[S35] what was kept and what was erased while it was locked reaches the keychain once it opens', async () => {
    const { vault, become, kept } = make('keychain')
    await vault.probe()
    await vault.write('old', 'secret-of-yesterday')
    become('locked')
    await vault.probe()
    expect(await vault.erase('old')).toMatchObject({ ok: false, error: { is: 'locked' } })
    expect(await vault.read('old')).toEqual({ ok: true, value: null })
    await vault.write('new', 'secret-of-today')
    become('keychain')
    expect(await vault.probe()).toBe('keychain')
    expect(kept()).not.toContain('secret-of-yesterday')
    expect(kept()).toContain('secret-of-today')
    expect(await vault.read('new')).toEqual({ ok: true, value: 'secret-of-today' })
  })
})

describe('over a keychain that misbehaves', () => {
  const setUp = (desk = 'one') => {
    const keychain = fakeKeychain()
    return { keychain, vault: createVault({ desk, load: async () => keychain, timeoutMs: TIMEOUT_MS }) }
  }

  test('[S33] one locked behind our back answers null, and is not believed', async () => {
    const { keychain, vault } = setUp()
    await vault.probe()
    await vault.write('refresh', 's')
    keychain.mode = 'locked'
    expect(await vault.read('refresh')).toMatchObject({ ok: false, error: { is: 'locked' } })
    expect(vault.state()).toBe('locked')
  })

  test('[S32] one locked behind our back makes the next write stay in memory', async () => {
    const { keychain, vault } = setUp()
    await vault.probe()
    keychain.mode = 'locked'
    expect(await vault.write('refresh', 's')).toMatchObject({ ok: true })
    expect(vault.state()).toBe('memory')
    expect(await vault.read('refresh')).toEqual({ ok: true, value: 's' })
  })

  test('[S34] a prompt nobody answers ends each call in time, with one call inside the library at most', async () => {
    const { keychain, vault } = setUp()
    keychain.mode = 'prompting'
    expect(await vault.probe()).toBe('locked')
    const all = await Promise.all([
      vault.read('a'),
      vault.write('b', 's'),
      vault.read('c'),
      vault.erase('d'),
      vault.probe(),
    ])
    expect(all[0]).toMatchObject({ ok: false })
    expect(all[1]).toMatchObject({ ok: true })
    expect(vault.state()).toBe('memory')
    expect(keychain.inside.most).toBe(1)
  })

  test('[S34] calls of a ready keychain go in one at a time', async () => {
    const { keychain, vault } = setUp()
    await Promise.all(Array.from({ length: 20 }, (_, n) => vault.write(`k${n}`, 's')))
    await Promise.all(Array.from({ length: 20 }, (_, n) => vault.read(`k${n}`)))
    expect(keychain.inside.most).toBe(1)
    expect(keychain.entries.size).toBe(20)
  })

  test('[S35] an erase wins over a write that a person lets through later', async () => {
    const { keychain, vault } = setUp()
    await vault.probe()
    keychain.mode = 'prompting'
    expect(await vault.write('refresh', 'late-secret')).toMatchObject({ ok: true })
    expect(vault.state()).toBe('memory')
    expect(await vault.erase('refresh')).toMatchObject({ ok: false })
    keychain.answerPrompt()
    await vi.waitFor(() => expect(vault.state()).toBe('keychain'))
    await vi.waitFor(() => expect(keychain.entries.size).toBe(0))
    expect(await vault.read('refresh')).toEqual({ ok: true, value: null })
  })

  test('[S35] an erase that could not follow its write is not forgotten', async () => {
    const { keychain, vault } = setUp()
    await vault.probe()
    const { setPassword } = keychain
    keychain.setPassword = async (service, account, secret) => {
      await setPassword(service, account, secret)
      keychain.mode = 'locked'
    }
    const [written, erased] = await Promise.all([vault.write('refresh', 's'), vault.erase('refresh')])
    expect(written.ok).toBe(true)
    expect(erased).toMatchObject({ ok: false, error: { is: 'locked' } })
    expect(await vault.read('refresh')).toEqual({ ok: true, value: null })
    keychain.setPassword = setPassword
    keychain.mode = 'ready'
    await vault.probe()
    expect(keychain.entries.size).toBe(0)
  })

  test('[S34] questions given up before they were sent are never sent', async () => {
    const { keychain, vault } = setUp()
    await vault.probe()
    keychain.mode = 'prompting'
    const asked: string[] = []
    const { getPassword } = keychain
    keychain.getPassword = (service, account) => {
      asked.push(account)
      return getPassword(service, account)
    }
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => vault.read(name)))
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { is: 'timed-out' } })
    keychain.answerPrompt()
    await vi.waitFor(() => expect(vault.state()).toBe('keychain'))
    expect(asked.filter((account) => account !== 'probe@one')).toEqual(['a@one'])
  })

  test('[S35] a secret kept while a prompt waited reaches the keychain when it is answered', async () => {
    const { keychain, vault } = setUp()
    keychain.mode = 'prompting'
    await vault.write('refresh', 's')
    keychain.answerPrompt()
    await vi.waitFor(() => expect([...keychain.entries.values()]).toEqual(['s']))
    expect(vault.state()).toBe('keychain')
  })

  test('[S31] two desks of one person keep their secrets apart', async () => {
    const keychain = fakeKeychain()
    const [one, two] = ['one', 'two'].map((desk) => createVault({ desk, load: async () => keychain }))
    await one?.write('refresh', 's1')
    await two?.write('refresh', 's2')
    expect(await one?.read('refresh')).toEqual({ ok: true, value: 's1' })
    await two?.erase('refresh')
    expect(await one?.read('refresh')).toEqual({ ok: true, value: 's1' })
  })

  test('[S32] without the optional library secrets live in memory, and forgetting them is complete', async () => {
    const vault = memoryOnlyVault()
    expect(await vault.probe()).toBe('unavailable')
    expect(await vault.read('refresh')).toMatchObject({ ok: false, error: { is: 'unavailable' } })
    await vault.write('refresh', 's')
    expect(vault.state()).toBe('memory')
    expect(await vault.erase('refresh')).toMatchObject({ ok: true })
    expect(await vault.read('refresh')).toEqual({ ok: true, value: null })
  })
})
