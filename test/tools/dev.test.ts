import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { type Checkout, makeCheckout } from './checkout.ts'

/** Each step waits for the next look at the sources and for a process to start. */
const DEV_LIMIT_MS = 30_000

let checkout: Checkout
afterEach(() => checkout.remove())

/** A console of three lines: says who it is, and lives until it is ended. */
const consoleNamed = (name: string) => `console.log('${name} at http://127.0.0.1:1/', process.argv.slice(2).join(' '))
  process.on('SIGTERM', () => { console.log('${name} ended'); process.exit(0) })
  setInterval(() => {}, 1000)`

test(
  '[C14] a saved source is built and the console started anew; a failed build leaves it running',
  async () => {
    checkout = makeCheckout(consoleNamed('first'))
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env
    const child = spawn(process.execPath, [join(checkout.root, 'tools/dev.mjs'), '--rehearsal'], {
      env: { ...env, FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    try {
      const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      const faults = createInterface({ input: child.stderr })
      const next = async () => (await said.next()).value
      expect(await next()).toMatch(/^first at .* start --web --no-open --data .*\.cache\/dev --rehearsal$/)

      checkout.write('src/main/cli.js', consoleNamed('second'))
      expect(await next()).toBe('first ended')
      expect(await next()).toMatch(/^second at /)

      checkout.write(
        'node_modules/electron-vite/bin/electron-vite.js',
        'console.log("Error: no such name"); process.exit(1)',
      )
      const failed = new Promise((resolve) => faults.on('line', (line) => line.includes('failed') && resolve(line)))
      checkout.write('src/main/cli.js', consoleNamed('third'))
      expect(await failed).toMatch(/^Tallydesk: building failed \(exit code 1\): Error: no such name\./)

      child.kill('SIGTERM')
      expect(await next()).toBe('second ended')
      expect(await once(child, 'close')).toEqual([0, null])
    } finally {
      child.kill('SIGKILL')
    }
  },
  DEV_LIMIT_MS,
)
