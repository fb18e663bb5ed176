import { expect, test } from 'vitest'
import { installMissing, type Machine, missingPackages, PACKAGES } from '../../tools/suite/debian.mjs'

/** A machine that has these commands; `refuses` are packages apt-get does not know. */
function machine(has: readonly string[], { root = true, sudo = false, refuses = [] as readonly string[] } = {}) {
  const commands = new Set(has)
  const files = new Set<string>()
  const ran: string[] = []
  const it: Machine = {
    platform: 'linux',
    hasCommand: (command) => commands.has(command),
    hasFile: (file) => files.has(file),
    isRoot: () => root,
    run: async (command, args) => {
      const line = [command, ...args].join(' ')
      ran.push(line)
      if (line === 'sudo -n true' && !sudo) throw new Error('a password is required')
      if (!line.includes(' install ')) return
      const names = PACKAGES.filter(({ name }) => args.includes(name))
      const unknown = names.find(({ name }) => refuses.includes(name))
      if (unknown !== undefined) throw new Error(`E: Unable to locate package ${unknown.name}`)
      for (const { commands: made, file } of names) {
        for (const command of made ?? []) commands.add(command)
        if (file !== undefined) files.add(file)
      }
    },
  }
  const said: string[] = []
  return { it, ran, said, say: (line: string) => said.push(line) }
}

test('[C20] as root, what is missing is installed and nothing is left to say', async () => {
  const { it, ran, said, say } = machine(['apt-get', 'chromium', 'make'])
  expect(await installMissing(it, say)).toEqual([])
  expect(ran).toHaveLength(2)
  expect(ran[1]).toMatch(/install -y --no-install-recommends libsecret-1-dev /)
  expect(ran[1]).not.toMatch(/chromium|make/)
  expect(said).toHaveLength(1)
})

test('[C20] with a sudo that asks nothing, it is used', async () => {
  const { it, ran, say } = machine(['apt-get', 'sudo'], { root: false, sudo: true })
  expect(await installMissing(it, say)).toEqual([])
  expect(ran.at(-1)).toMatch(/^sudo -n env .*apt-get .* install /)
})

test.each([
  ['without sudo', ['apt-get']],
  ['with a sudo that wants a password', ['apt-get', 'sudo']],
])('[C20] %s, one line says what to install and nothing is run as root', async (_, has) => {
  const { it, ran, said, say } = machine(has, { root: false })
  const left = await installMissing(it, say)
  expect(left).toHaveLength(PACKAGES.length)
  expect(said).toEqual([
    expect.stringMatching(/^Some tests will be skipped.*: sudo apt-get install chromium libsecret-1-dev /),
  ])
  expect(ran.filter((line) => line.includes('apt-get'))).toEqual([])
})

test('[C20] on another distribution the packages are named and nothing is run', async () => {
  const { it, ran, said, say } = machine([])
  await installMissing(it, say)
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('gnome-keyring')
  expect(ran).toEqual([])
})

test('[C20] nothing is missing on Windows and macOS', () => {
  expect(missingPackages({ ...machine([]).it, platform: 'win32' })).toEqual([])
  expect(missingPackages({ ...machine([]).it, platform: 'darwin' })).toEqual([])
})

test('[C20] any browser of the family will do', () => {
  expect(missingPackages(machine(['google-chrome']).it)).not.toContain('chromium')
})

test('[C21] one package that cannot be had does not cost the others', async () => {
  const { it, said, say } = machine(['apt-get'], { refuses: ['openbox'] })
  expect(await installMissing(it, say)).toEqual(['openbox'])
  expect(said.at(-1)).toBe(
    'Could not install openbox (E: Unable to locate package openbox). Some tests will be skipped. ' +
      'To run them: sudo apt-get install openbox',
  )
})
