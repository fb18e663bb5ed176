import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { afterDeath, DEATHS_BORNE, DEATH_SPAN_MS } from '../../tools/bootstrap/deaths.mjs'
import { supervise } from '../../tools/bootstrap/supervise.mjs'
import { type Checkout, makeCheckout } from './checkout.ts'

const undo: (() => void)[] = []
afterEach(() => {
  for (const one of undo.splice(0).reverse()) one()
})

/** A console of a few lines, which writes a line for each of its lives; `source` sees what it was told as `told`. */
function consoleOf(source: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tallydesk-supervise-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  const entry = join(folder, 'console.mjs')
  const lives = join(folder, 'lives')
  writeFileSync(
    entry,
    `import { appendFileSync } from 'node:fs'
    const words = process.argv.slice(2)
    const awake = setInterval(() => {}, 1000)
    process.send({ t: 'born' })
    const told = await new Promise((hear) => process.once('message', hear))
    appendFileSync(${JSON.stringify(lives)}, JSON.stringify({ words, ...told, options: process.env.NODE_OPTIONS ?? null }) + '\\n')
    clearInterval(awake)
    ${source}`,
  )
  const said: string[] = []
  const command = { node: process.execPath, entry, args: ['start', '--data', 'x'], env: process.env }
  return {
    command,
    said,
    say: (line: string) => void said.push(line),
    lives: (): Life[] =>
      readFileSync(lives, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Life), // written above
  }
}
type Life = {
  readonly words: readonly string[]
  readonly life: number
  readonly deaths: readonly { readonly at: number; readonly how: string }[]
  readonly kept: unknown
  readonly options: string | null
}

test('[C60] a console that dies of a signal or an error nobody caught is started again with the same words', async () => {
  const desk = consoleOf(`if (told.life === 0) process.kill(process.pid, 'SIGKILL')
    if (told.life === 1) throw new Error('broke')
    process.exit(0)`)
  expect(await supervise({ ...desk.command }, { say: desk.say })).toBe(0)
  const lives = desk.lives()
  expect(lives.map(({ words }) => words)).toEqual(Array.from({ length: 3 }, () => ['start', '--data', 'x']))
  expect(lives.map(({ deaths }) => deaths.map(({ how }) => how))).toEqual([[], ['SIGKILL'], ['SIGKILL', 'exit code 1']])
  expect(desk.said).toEqual([
    'Tallydesk ended unexpectedly (SIGKILL). Starting it again. Nothing that was saved is lost.',
    'Tallydesk ended unexpectedly (exit code 1). Starting it again. Nothing that was saved is lost.',
  ])
})

test.each([0, 2, 65, 69, 73, 74])('[C61] an end of its own will, exit code %i, is not started again', async (code) => {
  const desk = consoleOf(`process.exit(${code})`)
  expect(await supervise(desk.command, { say: desk.say })).toBe(code)
  expect([desk.lives().length, desk.said]).toEqual([1, []])
})

test('[C62] a directory or port taken is the answer of a first life, and of a later one a death', async () => {
  const desk = consoleOf(`if (told.life === 0) process.kill(process.pid, 'SIGKILL')
    process.exit(told.life === 1 ? 73 : 0)`)
  expect(await supervise(desk.command, { say: desk.say })).toBe(0)
  expect(desk.lives()).toHaveLength(3)
})

test('[C63] the first death is mended at once, the next after growing waits, and an older one is forgotten', () => {
  const soon = [0, 1, 2, 3].map((n) =>
    afterDeath(
      Array.from({ length: n + 1 }, (_, at) => at * 1000),
      false,
    ),
  )
  expect(soon.slice(0, DEATHS_BORNE - 1)).toEqual([
    { is: 'again', afterMs: 0 },
    { is: 'again', afterMs: 250 },
    { is: 'again', afterMs: 500 },
  ])
  expect(soon.at(DEATHS_BORNE - 1)).toEqual({ is: 'safe' })
  expect(afterDeath([0, 1, 2, DEATH_SPAN_MS + 2], false)).toEqual({ is: 'again', afterMs: 0 })
})

test('[C64] a console that dies four times within a minute is started in safe mode, without the options others hung into Node', async () => {
  const desk = consoleOf(`if (!words.includes('--safe')) process.kill(process.pid, 'SIGKILL')
    process.exit(0)`)
  const env = { ...process.env, NODE_OPTIONS: '--no-deprecation' }
  const began = performance.now()
  expect(await supervise({ ...desk.command, env }, { say: desk.say })).toBe(0)
  expect(performance.now() - began).toBeLessThan(10_000)
  const lives = desk.lives()
  expect(lives).toHaveLength(DEATHS_BORNE + 1)
  expect(lives[0]?.options).toBe('--no-deprecation')
  expect(lives.at(-1)).toMatchObject({ words: ['start', '--data', 'x', '--safe'], options: null })
  expect(lives.at(-1)?.deaths).toHaveLength(DEATHS_BORNE)
  expect(desk.said.at(-1)).toContain('4 times within a minute. Starting it in safe mode')
})

test('[C64] one that dies in safe mode as often is left alone, and says so', async () => {
  const desk = consoleOf(`process.kill(process.pid, 'SIGKILL')`)
  expect(await supervise(desk.command, { say: desk.say })).toBe(137)
  expect(desk.lives()).toHaveLength(2 * DEATHS_BORNE)
  expect(desk.said.at(-1)).toContain('left alone')
})

test('[C65] a console that asks for it is started again as a person would, with nothing held against it', async () => {
  const desk = consoleOf(`if (told.life < 4) process.kill(process.pid, 'SIGKILL')
    process.exit(told.life === 4 ? 75 : 0)`)
  expect(await supervise(desk.command, { say: desk.say })).toBe(0)
  const last = desk.lives().slice(-2)
  expect(last.map(({ words }) => words.includes('--safe'))).toEqual([true, false])
  expect(last.map(({ deaths }) => deaths.length)).toEqual([4, 0])
})

test('[C66] what a console wants kept is told to its next life', async () => {
  const desk = consoleOf(`if (told.life > 0) process.exit(0)
    process.send({ t: 'keep', kept: { port: 1 } })
    process.send({ t: 'keep', kept: { port: 8123, sessions: ['d'] } }, () => process.kill(process.pid, 'SIGKILL'))
    setInterval(() => {}, 1000)`)
  expect(await supervise(desk.command, { say: desk.say })).toBe(0)
  expect(desk.lives().map(({ kept }) => kept)).toEqual([null, { port: 8123, sessions: ['d'] }])
})

const PATIENCE = { lookEveryMs: 50, saidAfter: 10, endedAfter: 40 }
/** Beats as the console does, at a faster pace; then stands still for a while, once. */
const beating = (blockMs: number, inspected = false) => `
  process.send({ t: 'alive', inspected: ${inspected} })
  const beats = setInterval(() => process.send({ t: 'alive', inspected: ${inspected} }), 20)
  if (told.life > 0) process.exit(0)
  setTimeout(() => {
    const until = performance.now() + ${blockMs}
    while (performance.now() < until);
    setTimeout(() => process.exit(0), 300)
  }, 200)`

test('[C67] a console that stands still is said, and one that stays so is ended and started again', async () => {
  const desk = consoleOf(beating(60_000))
  expect(await supervise(desk.command, { say: desk.say, patience: PATIENCE })).toBe(0)
  expect(desk.lives()[1]?.deaths.map(({ how }) => how)).toEqual(['it did not answer any more'])
  expect(desk.said[0]).toMatch(/has not answered for \d+ s/)
  expect(desk.said[1]).toContain('it did not answer any more')
})

test('[C67] one that comes back in time is left as it is', async () => {
  const desk = consoleOf(beating(900))
  expect(await supervise(desk.command, { say: desk.say, patience: PATIENCE })).toBe(0)
  expect(desk.lives()).toHaveLength(1)
  expect(desk.said.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
    'Tallydesk has not',
    'Tallydesk answers again,',
  ])
})

test('[C68] one held by a debugger, and one that never beat, are never called stuck', async () => {
  const held = consoleOf(beating(2_600, true))
  const silent = consoleOf('setTimeout(() => process.exit(0), 2_600)')
  const ends = [held, silent].map((desk) => supervise(desk.command, { say: desk.say, patience: PATIENCE }))
  expect(await Promise.all(ends)).toEqual([0, 0])
  expect([held.said, silent.said]).toEqual([[], []])
})

const started: ChildProcess[] = []
const open: Checkout[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  for (const checkout of open.splice(0)) checkout.remove()
})
const DIES_OF = (signal: string) => `process.on('${signal}', () => process.kill(process.pid, 'SIGKILL'))
  console.log(process.pid)
  setInterval(() => {}, 1000)`

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '[C61] an end asked for by %s is never started again, however the console takes it',
  async (signal) => {
    const checkout = makeCheckout(DIES_OF(signal))
    open.push(checkout)
    const child = spawn(process.execPath, [join(checkout.root, 'bin/tallydesk'), 'start'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    started.push(child)
    await once(child.stdout, 'data')
    const rest = text(child.stdout)
    child.kill(signal)
    expect(await once(child, 'close')).toEqual([137, null])
    expect(await rest).toBe('')
  },
)

test('[C69] only the console is supervised: any other command that dies ends', async () => {
  const checkout = makeCheckout('console.log(1); process.kill(process.pid, "SIGKILL")')
  open.push(checkout)
  const child = spawn(process.execPath, [join(checkout.root, 'bin/tallydesk'), 'watch'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const out = text(child.stdout)
  expect(await once(child, 'close')).toEqual([137, null])
  expect(await out).toBe('1\n')
})
