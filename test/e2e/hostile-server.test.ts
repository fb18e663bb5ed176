import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { type HostileServer, hostileServer } from './hostile-server.ts'
import { HubServer } from './hub-server.ts'
import { folder, isBuilt, type Line, NOT_BUILT, Program } from './program.ts'
import { ADMIN, PASSWORD } from './small-election.ts'

/** Whatever a server sends, the console lives, keeps what it could not read, and shows no wrong figure without a doubt. */

if (!isBuilt) console.info(`skipped: a hostile server, because ${NOT_BUILT}`)

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const frame = (fields: object) => JSON.stringify({ type: 'attendance_marked', ...fields })

describe.skipIf(!isBuilt)('a hostile server', () => {
  let hub: HubServer
  let server: HostileServer
  let place: Awaited<ReturnType<typeof folder>>
  let watch: Program
  /** Frames of the hub as they went by. */
  const passed: string[] = []
  beforeAll(async () => {
    hub = await HubServer.start()
    server = await hostileServer(hub.url)
    server.passFrames((text) => {
      passed.push(text)
      return [text]
    })
    place = await folder()
    watch = new Program(['watch', '--server', server.url, '--email', ADMIN, '--data', place.path, '--commands'], {
      env: { TALLYDESK_PASSWORD: PASSWORD },
    })
    await settled()
  })
  afterAll(async () => {
    const code = await watch?.stop()
    await server?.stop()
    await hub?.stop()
    await place?.remove()
    expect(code).toBe(0)
  })

  const lines = (t: string): Line[] => watch.lines().filter((line) => line.t === t)
  const linkNow = () => lines('link').at(-1)?.['state']
  const doubtOf = (topic: string) => lines('doubt').findLast((line) => line['topic'] === topic)
  /** Live, and nothing in doubt. */
  const settled = () =>
    watch.until('a settled desk', () => {
      const doubts = ['guarantees', 'attendance', 'counts', 'results', 'committees', 'phase'].map(doubtOf)
      return linkNow() === 'live' && doubts.every((line) => line !== undefined && line['because'] === null)
    })
  /** Attendance ids as the change lines leave them. */
  function held(): readonly string[] {
    const ids = new Set<string>()
    for (const line of lines('change')) {
      if (line['kind'] !== 'attendance') continue
      if (line['op'] === 'upsert') ids.add(String(line['id']))
      else ids.delete(String(line['id']))
    }
    return [...ids].toSorted()
  }
  const true_ = () =>
    hub
      .truth()
      .attendance.map(({ id }) => String(id))
      .toSorted()
  /** The desk holds what the hub holds, and answers. */
  async function isWell(): Promise<void> {
    await settled()
    const id = `well-${lines('reply').length}`
    watch.write({ id, do: 'link.try-now', input: null })
    await watch.until('a reply', () => lines('reply').some((line) => line['id'] === id))
    expect(held()).toEqual(true_())
    expect(watch.err).not.toMatch(/^\s+at |Error:/m)
  }

  const bad: readonly (readonly [string, string | Buffer])[] = [
    ['half of a JSON text', '{"type":"attendance_marked","attenda'],
    ['no JSON at all', '<html><body>502 Bad Gateway</body></html>'],
    ['an empty text', ''],
    ['a bare number', '42'],
    ['null', 'null'],
    ['a list', '[{"type":"attendance_marked"}]'],
    ['JSON ten thousand levels deep', deep(10_000)],
    [
      'an object a hundred levels deep inside a known message',
      `{"type":"attendance_marked","attendance":${deep(100)}}`,
    ],
    ['a known message without its parts', frame({})],
    [
      'a known message with parts of the wrong type',
      frame({ attendance: { id: 'x', elector: 5, committee: [] }, seq: 'one' }),
    ],
    ['a message whose type is __proto__', '{"type":"__proto__"}'],
    ['a message without a type', '{"hello":"world"}'],
    ['a message with a type that is no text', '{"type":{"toString":1}}'],
    ['a number too large to be one', frame({ attendance: { id: 1e400 } })],
  ]
  test('[E50] whatever cannot be understood is kept aside, told, and puts the figures in doubt until they are read again', async () => {
    for (const [what, text] of bad) {
      const kept = lines('quarantine').length
      server.say(text)
      await watch.until(`what was kept aside of ${what}`, () => lines('quarantine').length > kept)
      expect(lines('quarantine').at(-1), what).toMatchObject({ bytes: Buffer.byteLength(text) })
      await watch.until(`a doubt after ${what}`, () => doubtOf('attendance')?.['because'] === 'frame-not-understood')
    }
    await isWell()
  })

  test('[E51] keys named __proto__ or constructor pollute nothing', async () => {
    const kept = lines('quarantine').length
    server.say(
      '{"type":"attendance_marked","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"attendance":{"__proto__":{"id":1}}}',
    )
    await watch.until('a line of what was kept aside', () => lines('quarantine').length > kept)
    expect(watch.running).toBe(true)
  })

  test('[E52] a message of a type nobody knows changes nothing', async () => {
    const changes = lines('change').length
    server.say('{"type":"fireworks","at":"midnight","attendance":{"id":1}}')
    await hub.mark(1001)
    await watch.until('the mark after it', () => lines('change').length > changes)
    await isWell()
  })

  test('[E53] a binary frame and a frame that breaks off change nothing; the desk connects again', async () => {
    server.say(Buffer.from([0, 159, 146, 150]))
    await isWell()
    const opened = server.opened()
    server.sayHalf('{"type":"attendance_mar')
    await watch.until('another connection', () => server.opened() > opened)
    await isWell()
  })

  test('[E54] a frame of ten megabytes ends the connection with its cause, not the desk', async () => {
    const opened = server.opened()
    server.say(frame({ attendance: 'x'.repeat(10 * 1024 * 1024) }))
    await watch.until('the cause', () =>
      lines('link').some((line) => (line['cause'] as { code?: string } | null)?.code === 'frame-too-big'),
    ) // a link line's
    await watch.until('another connection', () => server.opened() > opened)
    await isWell()
  })

  test('[E55] a frame that comes twice counts once', async () => {
    server.passFrames((text) => [text, text])
    await hub.mark(1004, 1007)
    await watch.until('both marks', () => held().length === true_().length)
    server.passFrames((text) => [text])
    await isWell()
  })

  test('[E56] frames in the wrong order, and a frame that never came, end in the true figures', async () => {
    const waiting: string[] = []
    server.passFrames((text) => {
      if (!text.includes('"seq"') || text.includes('connection_success')) return [text]
      waiting.push(text)
      return waiting.length === 3 ? waiting.splice(0).toReversed() : []
    })
    await hub.mark(1010, 1013, 1016)
    await watch.until('the three marks', () => held().length === true_().length)
    server.passFrames((text) => [text])
    await isWell()
    const doubts = lines('doubt').length
    let lost = false
    server.passFrames((text) => {
      if (lost || !text.includes('"seq"') || text.includes('connection_success')) return [text]
      lost = true
      return []
    })
    await hub.mark(1019, 1022)
    await watch.until('a doubt of a gap', () =>
      lines('doubt')
        .slice(doubts)
        .some((line) => line['because'] === 'gap'),
    )
    server.passFrames((text) => [text])
    await isWell()
  })

  test('[E57] pages, lies and nothing instead of answers: the figures stay as they were, in doubt, and are read again when answers come', async () => {
    const replies: readonly { type: string; body: string; status?: number }[] = [
      { type: 'text/html', body: '<html><body>Sign in to this network</body></html>' },
      { type: 'application/json', body: '<html>' },
      { type: 'application/json', body: '{"success":true,"data":' },
      { type: 'application/json', body: '{"success":true,"data":{"results":"many","count":-1}}' },
      { type: 'application/json', body: 'null' },
      { type: 'application/json', body: '{"success":false}', status: 500 },
      { type: 'application/json', body: deep(10_000) },
    ]
    for (const reply of replies) {
      const before = held()
      const doubts = lines('doubt').length
      server.answerRest((path) => (path.includes('/api/auth/') ? null : reply))
      const id = `reread-${lines('reply').length}`
      watch.write({ id, do: 'link.reread', input: null })
      await watch.until('a failed read in doubt', () =>
        lines('doubt')
          .slice(doubts)
          .some((line) => line['because'] === 'read-failed'),
      )
      expect(held(), reply.body.slice(0, 40)).toEqual(before)
      expect(watch.running).toBe(true)
      server.answerRest(null)
      watch.write({ id: `${id}-again`, do: 'link.reread', input: null })
      await isWell()
    }
  })

  test('[E58] after all of it the desk holds exactly what the hub holds, and everything kept aside was counted', async () => {
    await waitFor('the same', async () => (held().join() === true_().join() ? true : null))
    expect(lines('quarantine').length).toBeGreaterThanOrEqual(bad.length + 1)
    expect(passed.length).toBeGreaterThan(0)
    expect(watch.running).toBe(true)
  })
})
