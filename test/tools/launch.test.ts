import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test, vi } from 'vitest'
import { BUILDER, type Checkout, makeCheckout } from './checkout.ts'

const open: Checkout[] = []
const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  for (const checkout of open.splice(0)) checkout.remove()
})

function launch(cli: string, args: readonly string[] = [], builder?: string) {
  const checkout = makeCheckout(cli)
  if (builder !== undefined) checkout.write('node_modules/electron-vite/bin/electron-vite.js', builder)
  open.push(checkout)
  const child = spawn(process.execPath, [join(checkout.root, 'bin/tallydesk'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  started.push(child)
  return { child, root: checkout.root }
}

test('[C11] arguments, input, output and the exit code go through, and set-up words go to stderr', async () => {
  const cli = `let input = ''
    for await (const piece of process.stdin) input += piece
    console.log(JSON.stringify({ args: process.argv.slice(2), input }))
    process.exitCode = 7`
  const { child } = launch(cli, ['watch', '--server', 'http://a b', ''])
  child.stdin.end('hello')
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  expect(JSON.parse(out)).toEqual({ args: ['watch', '--server', 'http://a b', ''], input: 'hello' })
  expect(err).toMatch(/^(Tallydesk \d\/3 [^\n]*…\n)+$/)
  expect(code).toBe(7)
})

const RUNS_UNTIL_TOLD = `process.on('SIGTERM', () => { console.log('SIGTERM'); process.exit(5) })
  process.on('SIGINT', () => { console.log('SIGINT'); process.exit(6) })
  setInterval(() => {}, 1000)
  console.log(process.pid)`

test.each([
  ['SIGTERM', 5],
  ['SIGINT', 6],
] as const)('[C11] %s reaches the command, and its exit code comes back', async (signal, code) => {
  const { child } = launch(RUNS_UNTIL_TOLD)
  await once(child.stdout, 'data')
  const heard = text(child.stdout)
  child.kill(signal)
  expect(await once(child, 'close')).toEqual([code, null])
  expect((await heard).trim()).toBe(signal)
})

test('[C11] a command ended by a signal it does not handle ends the launcher with 128 and its number', async () => {
  const { child } = launch('process.kill(process.pid, "SIGKILL")')
  expect(await once(child, 'close')).toEqual([137, null])
})

test('[C12] a killed launcher takes its command with it', async () => {
  const { child } = launch(RUNS_UNTIL_TOLD)
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  // The command writes its farewell into the pipe it inherited, and the pipe closes when it is gone.
  expect((await text(child.stdout)).trim()).toBe('SIGTERM')
})

test('[C12] npm passes a signal to its shell only, and the command still ends', async () => {
  const checkout = makeCheckout(RUNS_UNTIL_TOLD)
  open.push(checkout)
  const shell = spawn('sh', ['-c', `"${process.execPath}" "${join(checkout.root, 'bin/tallydesk')}"; true`], {
    env: { ...process.env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  started.push(shell)
  await once(shell.stdout, 'data')
  shell.kill('SIGTERM')
  expect((await text(shell.stdout)).trim()).toBe('SIGTERM')
})

test('[C4] a killed set-up is taken over only when the tool it had started is gone too', async () => {
  const slowToEnd = `
    import { appendFileSync } from 'node:fs'
    process.on('SIGTERM', () => setTimeout(() => { appendFileSync('order', 'first ended\\n'); process.exit(1) }, 1500))
    setInterval(() => {}, 1000)
    appendFileSync('order', 'first began\\n')`
  const { child, root } = launch('', [], slowToEnd)
  const order = join(root, 'order')
  await vi.waitUntil(() => existsSync(order), { timeout: 10_000 })
  child.kill('SIGKILL')
  await once(child, 'close')
  const entry = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  writeFileSync(entry, `${BUILDER}\nappendFileSync('order', 'second began\\n')`)
  const second = spawn(process.execPath, [join(root, 'bin/tallydesk')], { stdio: ['ignore', 'ignore', 'pipe'] })
  started.push(second)
  const [err] = await Promise.all([text(second.stderr), once(second, 'close')])
  expect(err).toContain(`waits for another set-up of this folder (process ${child.pid})`)
  expect(readFileSync(order, 'utf8')).toBe('first began\nfirst ended\nsecond began\n')
})

test('[C5] a set-up that fails is one line on stderr and exit code 70', async () => {
  const { child, root } = launch('', [], 'console.error("Error: no space left"); process.exit(1)')
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  const last = err.trimEnd().split('\n').at(-1)
  expect(last).toBe(
    `Tallydesk: building failed (exit code 1): Error: no space left. Full log: ${join(root, '.cache/bootstrap/build.log')}`,
  )
  expect([out, code]).toEqual(['', 70])
})
