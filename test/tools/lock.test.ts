import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeLock } from '../../tools/bootstrap/lock.mjs'

const LOCK = pathToFileURL(join(import.meta.dirname, '../../tools/bootstrap/lock.mjs')).href

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallydesk-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Another process that takes the lock, says so and keeps it. */
async function otherHolder() {
  const script = `const { takeLock } = await import(${JSON.stringify(LOCK)})
    await takeLock(${JSON.stringify(folder)})
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

test('[C4] a lock is waited for while its holder lives and taken once the holder was killed', async () => {
  const other = await otherHolder()
  const waitedFor: number[] = []
  const told = Promise.withResolvers<void>()
  const taken = takeLock(folder, (holder) => {
    waitedFor.push(holder.pid)
    told.resolve()
  })
  await told.promise
  expect(waitedFor).toEqual([other.pid])
  other.kill('SIGKILL')
  await once(other, 'close')
  const lock = await taken
  lock.release()
})

test('[C4] a lock that was given back is taken without waiting, again and again, and leaves one file', async () => {
  for (let round = 0; round < 5; round++) {
    const lock = await takeLock(folder, () => expect.unreachable('nobody holds it'))
    lock.release()
  }
  expect(readdirSync(folder)).toEqual(['lock.5'])
})

test('[C4] a torn lock file has no holder', async () => {
  writeFileSync(join(folder, 'lock.7'), '{"pid":')
  const lock = await takeLock(folder)
  lock.release()
  expect(readdirSync(folder)).toEqual(['lock.8'])
})

test('[C3] of many that want it at once, each holds it alone', async () => {
  let inside = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      const lock = await takeLock(folder)
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
      lock.release()
    }),
  )
  expect(most).toBe(1)
})
