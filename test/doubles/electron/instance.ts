import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One instance to a data folder: a lock file names the first; a second tells it its words over a local socket. */

const lockOf = (folder: string) => join(folder, 'stand-in.lock')
const socketOf = (folder: string) =>
  join(tmpdir(), `stand-in-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.sock`)

export type Instance = {
  readonly first: boolean
  /** Settles when a second start has said its words, or at once. */
  readonly told: Promise<void>
  release(): void
}

export function claim(folder: string, onSecond: (words: string[], where: string) => void): Instance {
  mkdirSync(folder, { recursive: true })
  if (!lock(folder)) return { first: false, told: tell(folder), release: () => {} }
  const server = listen(folder, onSecond)
  return {
    first: true,
    told: Promise.resolve(),
    release() {
      server.close()
      rmSync(lockOf(folder), { force: true })
    },
  }
}

function lock(folder: string): boolean {
  try {
    const file = openSync(lockOf(folder), 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch {
    if (isAlive(Number(readFileSync(lockOf(folder), 'utf8')))) return false
    rmSync(lockOf(folder), { force: true }) // its owner died without tidying up
    return lock(folder)
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

function listen(folder: string, onSecond: (words: string[], where: string) => void): Server {
  rmSync(socketOf(folder), { force: true })
  const server = createServer((socket) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (part) => (text += part))
    socket.on('end', () => {
      const { words, where } = JSON.parse(text) as { words: string[]; where: string } // written by `tell` below
      onSecond(words, where)
    })
  })
  server.unref()
  return server.listen(socketOf(folder))
}

function tell(folder: string): Promise<void> {
  return new Promise((done) => {
    const socket = connect(socketOf(folder))
    socket.on('connect', () => socket.end(JSON.stringify({ words: process.argv, where: process.cwd() })))
    socket.on('close', () => done())
    socket.on('error', () => done()) // the first is just starting or just ending
  })
}
