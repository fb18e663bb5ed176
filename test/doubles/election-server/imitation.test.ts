import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createReader } from '../../../src/core/backend/election/reader.ts'
import { TOPICS } from '../../../src/shared/model/change.ts'
import { Client, fieldsOf, type Target } from '../../contract/backend/client.ts'
import { type Line, openLine } from '../../contract/backend/line.ts'
import { ACCOUNTS, PASSWORD } from './seed.ts'
import { type ElectionServer, type ElectionServerOptions, startElectionServer } from './start.ts'
import type { Truth } from './truth.ts'

const CAPTURES = join(import.meta.dirname, '../../../../shared/data/captures')
const captured = existsSync(CAPTURES)

const running: ElectionServer[] = []
async function start(options: ElectionServerOptions = {}): Promise<ElectionServer> {
  const server = await startElectionServer({ electorsEach: 20, ...options })
  running.push(server)
  return server
}
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})

const target = (server: ElectionServer, email: string = ACCOUNTS.admin): Target => ({
  url: server.url,
  email,
  password: PASSWORD,
  origin: null,
})
async function signedIn(server: ElectionServer, email: string = ACCOUNTS.admin): Promise<Client> {
  const client = new Client(target(server, email))
  expect((await client.signIn()).status).toBe(200)
  return client
}
async function listening(server: ElectionServer, client: Client): Promise<Line> {
  const opening = await openLine(target(server), { bearer: client.tokens.access })
  if (opening.is !== 'open') throw new Error(JSON.stringify(opening))
  return opening.line
}
/** The keys of an object at every depth, lists by their first item. */
const keysOf = (value: unknown, at = ''): string[] => {
  if (Array.isArray(value)) return keysOf(value[0], `${at}[]`)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) => [`${at}.${key}`, ...keysOf(inside, `${at}.${key}`)])
}

describe('like the captured server', () => {
  beforeEach((context) => {
    if (!captured) context.skip(`skipped: no captures of the real server in ${CAPTURES}`)
  })

  type Capture = {
    readonly request?: string
    readonly status?: number
    readonly reply?: unknown
    readonly received?: readonly { readonly parsed: unknown }[]
    readonly raw?: { readonly bytes: string }
  }
  const captures = (name: string): Record<string, Capture> =>
    JSON.parse(readFileSync(join(CAPTURES, name), 'utf8')) as Record<string, Capture> // its form is described beside it
  const tidy = (keys: string[]): string[] => keys.toSorted()

  test('[W60] answers have the captured status and keys', async () => {
    const server = await start({ phase: 'COUNTING' })
    await server.others.mark('0100001', 'm1')
    await server.others.finishCount(() => 3)
    const client = await signedIn(server)
    const compared: string[] = []
    for (const [name, { request = '', status, reply }] of Object.entries(captures('rest.json'))) {
      const [method = '', path = ''] = request.split(' ')
      const plain = [
        'me',
        'users',
        'guarantees',
        'attendees',
        'attendees_doc_path',
        'vote_counts',
        'results',
        'elections',
      ]
      if (!plain.includes(name) && !['committees', 'candidates', 'page_past_the_end', 'health_admin'].includes(name))
        continue
      const answer = await client.call(method, path)
      expect(answer.status, name).toBe(status)
      if (typeof reply === 'string') expect(answer.text, name).toBe(reply)
      else if (name === 'guarantees' || name === 'elections' || name === 'users') {
        const own = keysOf(answer.json)
        for (const key of keysOf(reply))
          if (!/members|by|recent|top|groups|supervis/i.test(key)) expect(own).toContain(key)
      } else expect(tidy(keysOf(answer.json)), name).toEqual(tidy(keysOf(reply)))
      compared.push(name)
    }
    expect(compared).toHaveLength(12)
  })

  test('[W60] frames have the captured keys', async () => {
    const server = await start()
    const client = await signedIn(server)
    const line = await listening(server, client)
    await server.others.guarantee('0100001')
    const id = server.db.all('guarantees').at(-1)?.id ?? 0
    await server.others.editGuarantee(id, { quick_note: 'ملاحظة' })
    await server.others.deleteGuarantee(id)
    await server.others.mark('0100001', 'm1')
    await server.others.finishCount(() => 3)
    await line.change('results', (said) => said.kind === 'results' && said.op === 'upsert' && said.record.electors > 0)
    const mine = line.texts.map((text) => fieldsOf(JSON.parse(text)))
    for (const name of [
      'guarantee_created',
      'guarantee_updated',
      'guarantee_deleted',
      'attendance_created',
      'vote_created',
    ]) {
      const frame = fieldsOf(captures('broadcasts.json')[name]?.received?.[0]?.parsed)
      const own = mine.find(({ type, action }) => type === frame.type && action === frame.action)
      expect(keysOf(own), name).toEqual(keysOf(frame))
    }
    expect(line.texts.some((text) => text.includes('\\u0645'))).toBe(true)
  })

  test('[W60] handshakes are refused with the captured bytes', async () => {
    const server = await start()
    const paths: Readonly<Record<string, string>> = {
      missing_token: '/ws/election-updates/',
      empty_token: '/ws/election-updates/?token=',
      garbage: '/ws/election-updates/?token=x.y.z',
      unknown_path: '/ws/nothing/',
      no_trailing_slash: '/ws/election-updates',
    }
    for (const [name, path] of Object.entries(paths))
      expect(await upgradeBytes(server.port, path), name).toBe(captures('rejections.json')[name]?.raw?.bytes)
  })
})

function upgradeBytes(port: number, path: string): Promise<string> {
  const head = ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
  return new Promise((done, fail) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      ),
    )
    socket.on('data', (chunk) => {
      text += String(chunk)
    })
    socket.on('end', () => done(text))
    socket.on('error', fail)
  })
}

async function readWhole(client: Client): Promise<Record<string, Record<string, unknown>>> {
  const names = { election: 'election', committee: 'committees', party: 'parties', candidate: 'candidates' }
  const more = {
    guarantee: 'guarantees',
    group: 'groups',
    call: 'calls',
    sheet: 'sheets',
    attendance: 'attendance',
    count: 'counts',
    entry: 'entries',
    results: 'results',
  }
  const found: Record<string, Record<string, unknown>> = {}
  for (const name of Object.values({ ...names, ...more })) found[name] = {}
  const reader = createReader(client.rest, { election: null })
  for (const topic of TOPICS) {
    const whole = await reader.read(
      topic,
      ({ changes }) => {
        for (const change of changes)
          if (change.op === 'upsert')
            Object.assign(found[{ ...names, ...more }[change.kind]] ?? {}, { [change.key]: change.record })
      },
      () => false,
    )
    expect(whole).toEqual({ ok: true, value: undefined })
  }
  return found
}

test.for([1, 2, 3])('[W61] after a day of chance, seed %i, what is read is what is there', async (seed) => {
  const server = await start({ seed, committees: 3, electorsEach: 70, candidates: 40, commitDelay: 0 })
  for (let act = 0; act < 250; act++) await server.act()
  expect(server.db.all('counts').length).toBeGreaterThan(50)
  for (const email of [ACCOUNTS.admin, ACCOUNTS.user]) {
    const read = await readWhole(await signedIn(server, email))
    // It has a place for neither calls nor words to a sheet.
    expect(read).toEqual({ ...(server.truth(email) satisfies Truth), calls: {}, sheets: {} })
  }
})

describe('its faults', () => {
  test('[W62] everything is refused at the handshake with a status', async () => {
    const server = await start({ allowedHosts: ['127.0.0.1'] })
    const client = await signedIn(server)
    const bearer = client.tokens.access
    const opened = (options: Parameters<typeof openLine>[1]) => openLine(target(server), options)
    const refused = { is: 'refused', status: 403 }
    expect(await opened({ bearer: client.tokens.refresh })).toEqual(refused)
    expect(await opened({ bearer, origin: null })).toEqual(refused)
    expect(await opened({ bearer, origin: 'file://' })).toEqual(refused)
    expect((await opened({ bearer, origin: 'https://127.0.0.1:99' })).is).toBe('open')
    server.faults.killRedis()
    expect(await opened({ bearer })).toEqual(refused)
    server.faults.reviveRedis()
    server.faults.expireAccessTokens()
    expect(await opened({ bearer })).toEqual(refused)
    expect((await client.call('GET', '/api/users/me/')).status).toBe(401)
    expect((await client.refresh()).status).toBe(200)
    expect((await opened({ bearer: client.tokens.access })).is).toBe('open')
    server.others.deactivate(ACCOUNTS.admin)
    expect(await opened({ bearer: client.tokens.access })).toEqual(refused)
    server.faults.socket(false)
    expect(await opened({ bearer })).toEqual({ is: 'refused', status: 404 })
  })

  test('[W62] deletes and bulk changes are silent, rolled-back writes are not', async () => {
    const server = await start()
    const line = await listening(server, await signedIn(server))
    await server.others.mark('0100001', 'm1')
    const id = server.db.all('attendance')[0]?.id ?? 0
    await server.others.deleteAttendance(id)
    const own = server.db.all('guarantees').filter(({ user }) => user === 1)
    await server.others.bulkUpdate(
      own.map((row) => row.id),
      'PENDING',
    )
    await server.others.setPhase('COUNTING')
    expect(await server.others.phantom(1, 1, 77)).toEqual({ status: 500, html: true })
    await line.change(
      'the phantom',
      (said) => said.kind === 'count' && said.op === 'upsert' && said.record.votes === 77,
    )
    expect(line.changes.map(({ kind, op }) => `${kind} ${op}`)).toEqual(['attendance upsert', 'count upsert'])
    expect(server.db.all('counts')).toEqual([])
    expect(server.db.all('attendance')).toEqual([])
    expect(server.db.all('guarantees').filter((row) => row.user === 1 && row.status !== 'PENDING')).toEqual([])
  })

  test('[W62] a frame comes before its commit', async () => {
    const server = await start({ commitDelay: 200 })
    const client = await signedIn(server)
    const line = await listening(server, client)
    const marked = server.others.mark('0100001', 'm1')
    await line.change('the mark', ({ kind }) => kind === 'attendance')
    expect(fieldsOf((await client.call('GET', '/api/attendees/')).json).data).toEqual([])
    await marked
    expect(fieldsOf((await client.call('GET', '/api/attendees/')).json).data).toHaveLength(1)
  })

  test('[W62] first results are three frames, later ones two', async () => {
    const server = await start({ candidates: 2 })
    const line = await listening(server, await signedIn(server))
    await server.others.finishCount(() => 5)
    await server.others.generateResults()
    await server.others.publishResults()
    await line.change(
      'the publication',
      (said) => said.kind === 'results' && said.op === 'upsert' && said.record.status === 'PUBLISHED',
    )
    const statuses = line.changes.flatMap((said) =>
      said.kind === 'results' && said.op === 'upsert' ? [said.record.status] : [],
    )
    expect(statuses).toEqual(['DRAFT', ...Array.from({ length: 4 }, () => 'PRELIMINARY'), 'PUBLISHED'])
  })

  test('[W62] frames are lost, sockets end, membership lapses', async () => {
    const server = await start()
    const client = await signedIn(server)
    const line = await listening(server, client)
    server.faults.dropNextFrames(2)
    for (const elector of ['0100001', '0100002', '0100003']) await server.others.mark(elector, 'm1')
    await line.change('the third', (said) => said.kind === 'attendance')
    expect(line.changes.map(({ key }) => key)).toEqual([3])
    line.send('[]')
    expect(await line.closed()).toBe(1011)
    const second = await listening(server, client)
    server.faults.closeAfterDay()
    expect(await second.closed()).toBe(1000)
    const third = await listening(server, client)
    server.faults.killRedis()
    expect(await third.closed()).toBe(1011)
    expect((await client.call('GET', '/api/users/me/')).status).toBe(200)
    server.faults.reviveRedis()
    const last = await listening(server, client)
    server.faults.lapseMembership()
    await server.others.mark('0100004', 'm1')
    last.send(JSON.stringify({ type: 'ping', timestamp: 5 }))
    await last.frame('the pong', (heard) => heard.is === 'pong')
    expect(last.changes).toEqual([])
  })

  test('[E97] with Redis standing still pings are answered, handshakes cut, and a write waits with its frame', async () => {
    const server = await start()
    const client = await signedIn(server)
    const line = await listening(server, client)
    server.faults.stopRedis()
    let isDone = false
    const marking = server.others.mark('0100001', 'm1').then(() => {
      isDone = true
    })
    line.send('{"type":"ping","timestamp":3}')
    await line.frame('the pong', (heard) => heard.is === 'pong' && heard.echo === 3)
    await expect(listening(server, client)).rejects.toThrow()
    expect([isDone, line.changes, server.db.all('attendance')]).toEqual([false, [], []])
    server.faults.reviveRedis()
    await marking
    await line.change('the mark', (change) => change.kind === 'attendance')
    expect(server.db.all('attendance')).toHaveLength(1)
    const later = await listening(server, client)
    server.faults.stopRedis()
    const lost = server.others.mark('0100002', 'm1')
    server.faults.killRedis()
    await lost
    expect([await later.closed(), server.db.all('attendance').length]).toEqual([1011, 2])
  })
  test('[W63] cut, dark, stalled', async () => {
    const server = await start()
    const client = await signedIn(server)
    const line = await listening(server, client)
    server.faults.cutAll()
    expect(await line.closed()).toBe(1006)
    const dark = server.faults.cutFor(150)
    await expect(client.call('GET', '/api/users/me/')).rejects.toThrow()
    await dark
    expect((await client.call('GET', '/api/users/me/')).status).toBe(200)
    const second = await listening(server, client)
    const stall = server.faults.stallFor(300)
    await server.others.mark('0100001', 'm1')
    let over = false
    void stall.then(() => {
      over = true
    })
    await second.change('the mark, late', ({ kind }) => kind === 'attendance')
    expect(over).toBe(true)
  })

  test('[W63] a proxy that limits and fails', async () => {
    const server = await start({ proxy: { status: 503, retryAfter: 7 } })
    const statuses: number[] = []
    const client = new Client(target(server))
    for (let attempt = 0; attempt < 9; attempt++)
      statuses.push((await client.call('POST', '/api/auth/refresh/', { body: { refresh: 'x' } })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 503, 503, 503])
    server.faults.proxy(null)
    server.faults.failWith(502)
    const answer = await client.call('GET', '/api/elections/')
    expect([answer.status, answer.text.includes('<html')]).toEqual([502, true])
  })
})
