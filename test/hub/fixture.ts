import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Hub, HubOptions } from '../../src/hub/hub.ts'
import { startHub } from '../../src/hub/hub.ts'
import type { ElectionSeed, SeedElector } from '../../src/hub/seed.ts'

/** Something that came over the wire. Tests look into it freely: `expect` is its parser. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a wrong look makes the test fail, which is its purpose
export type Json = { [key: string]: any }

const COMMITTEES = ['m1', 'FC#28']

function elector(index: number): SeedElector {
  const committee = COMMITTEES[index % 2] ?? 'm1'
  return {
    number: String(70001 + index),
    name: index === 0 ? 'سارة علي حسن Example' : `Elector Number ${index} Sample Test`,
    committee,
    gender: index % 2 === 0 ? 'MALE' : 'FEMALE',
    mobile: `6000${String(index).padStart(4, '0')}`,
    section: `Section ${index % 3}`,
    department: 'Department A',
    team: 'Team A',
    area: 'Area A',
  }
}

/** Two committees, invented electors, five people of every rank; every password is `password-1`. */
export function smallSeed(over: Partial<ElectionSeed> = {}, electors = 12): ElectionSeed {
  const person = { password: 'password-1', lastName: 'Test', committees: [] as string[] }
  return {
    name: 'Sample Election',
    mode: 'rehearsal',
    votingMode: 'MIXED',
    maxCandidatesPerBallot: 2,
    date: '2030-01-15',
    parties: [{ name: 'Blue', color: '#0000ff' }],
    candidates: [
      { name: 'Candidate One', number: 1, party: 'Blue' },
      { name: 'Candidate Two', number: 2, party: null },
      { name: 'Candidate Three', number: 3, party: 'Blue' },
    ],
    committees: [
      { code: 'm1', name: 'Committee M1', gender: 'MALE', location: 'Hall 1' },
      { code: 'FC#28', name: 'Committee FC 28', gender: 'FEMALE', location: 'Hall 2' },
    ],
    users: [
      { ...person, email: 'admin@example.com', firstName: 'Ada', role: 'ADMIN' },
      { ...person, email: 'supervisor@example.com', firstName: 'Sami', role: 'SUPERVISOR', committees: ['m1'] },
      { ...person, email: 'clerk@example.com', firstName: 'Dana', role: 'USER', committees: ['m1'] },
      { ...person, email: 'member@example.com', firstName: 'Mona', role: 'USER', supervisor: 'supervisor@example.com' },
      { ...person, email: 'other@example.com', firstName: 'Omar', role: 'USER' },
    ],
    electors: Array.from({ length: electors }, (_, index) => elector(index)),
    guarantees: [],
    ...over,
  }
}

export async function hub(over: Partial<HubOptions> = {}): Promise<Hub> {
  const defaults = { host: '127.0.0.1', port: 0, dataDir: null, mode: 'rehearsal', seed: smallSeed() } as const
  const started = await startHub({ ...defaults, ...over })
  if (!started.ok) throw new Error(started.error.sentence)
  onTestFinished(() => started.value.stop())
  return started.value
}

export function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'tallydesk-hub-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export type Answer = { status: number; body: Json; headers: Headers; text: string }

export async function call(
  base: string,
  method: string,
  path: string,
  options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { token, body, headers } = options
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  let parsed: Json = {}
  try {
    parsed = JSON.parse(text)
  } catch {
    // left empty: the test looks at `text`
  }
  return { status: response.status, body: parsed, headers: response.headers, text }
}

/** One signed-in person and their calls. */
export class Person {
  base: string
  access: string
  refresh: string
  user: Json
  constructor(base: string, data: Json) {
    this.base = base
    this.access = data['access']
    this.refresh = data['refresh']
    this.user = data['user']
  }
  get(path: string) {
    return call(this.base, 'GET', path, { token: this.access })
  }
  post(path: string, body: unknown = {}, headers: Record<string, string> = {}) {
    return call(this.base, 'POST', path, { token: this.access, body, headers })
  }
  patch(path: string, body: unknown) {
    return call(this.base, 'PATCH', path, { token: this.access, body })
  }
  delete(path: string) {
    return call(this.base, 'DELETE', path, { token: this.access })
  }
  mark(kocId: string, committeeCode = 'm1', more: Json = {}) {
    return this.post('/api/attendees/mark/', { kocId, committeeCode, ...more })
  }
}

export async function signIn(base: string, name = 'admin'): Promise<Person> {
  const body = { email: `${name}@example.com`, password: 'password-1' }
  const answer = await call(base, 'POST', '/api/auth/login/', { body })
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.text}`)
  return new Person(base, answer.body['data'])
}

/** A real socket whose frames are waited for, never slept for. */
export class Line {
  socket: WebSocket
  frames: Json[] = []
  closed: Promise<{ code: number; reason: string }>
  #waiting: (() => void)[] = []

  constructor(url: string, options: { headers?: Record<string, string> } = {}) {
    this.socket = new WebSocket(url, options)
    this.socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)))
      for (const wake of this.#waiting.splice(0)) wake()
    })
    this.closed = new Promise((done) => {
      this.socket.on('close', (code, reason) => {
        done({ code, reason: String(reason) })
        for (const wake of this.#waiting.splice(0)) wake()
      })
    })
    this.socket.on('error', () => undefined)
    onTestFinished(() => this.socket.terminate())
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message))
  }

  /** The first frame that satisfies, already there or still to come. */
  async until(wanted: (frame: Json) => boolean): Promise<Json> {
    for (;;) {
      const found = this.frames.find(wanted)
      if (found !== undefined) return found
      if (this.socket.readyState === WebSocket.CLOSED)
        throw new Error(`closed before: ${JSON.stringify(this.frames.at(-1))}`)
      await new Promise<void>((wake) => this.#waiting.push(wake))
    }
  }

  /** Waits until everything sent before this call has been answered, so that what is not there will not come. */
  async settled(): Promise<void> {
    const mark = `settled-${this.frames.length}-${Math.random()}`
    this.send({ type: 'ping', timestamp: mark })
    await this.until((frame) => frame['timestamp'] === mark)
  }

  /** Frames with a number, hello aside. */
  get data(): Json[] {
    return this.frames.filter((frame) => frame['seq'] !== undefined && frame['data'] !== undefined)
  }
}

export const wsUrl = (base: string): string => `${base.replace('http', 'ws')}/ws/election-updates/`

export async function live(person: Person): Promise<Line> {
  const line = new Line(wsUrl(person.base), { headers: { authorization: `Bearer ${person.access}` } })
  await line.until((frame) => frame['type'] === 'connection_success')
  return line
}
