// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import type { Port } from '../../../src/shared/port.ts'
import type { FeedItem } from '../../../src/shared/view/board.ts'
import type { AttendanceRow } from '../../../src/shared/view/lists.ts'
import { createFakeCore } from '../../../src/renderer/src/dev/fake-core.ts'
import { portPair } from '../../../src/renderer/src/dev/memory-port.ts'
import { parseScenario } from '../../../src/renderer/src/dev/scenario.ts'
import { createWorld } from '../../../src/renderer/src/dev/world.ts'
import { afterRender } from '../../../src/renderer/src/store/after-render.ts'
import { applyPatches } from '../../../src/renderer/src/store/apply-patches.ts'
import { HostRefusal, linkToCore } from '../../../src/renderer/src/store/link-to-core.ts'
import { createStreams } from '../../../src/renderer/src/store/streams.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

function wire(open: () => Promise<Port>) {
  const link = linkToCore(open)
  const streams = createStreams(link)
  stops.push(link.stop, streams.stop)
  return { link, streams }
}

/** A port that keeps what the page sends. */
function listening(open: () => Promise<Port>) {
  const sent: { t: string; name?: string }[] = []
  const ports: Port[] = []
  const opened = async (): Promise<Port> => {
    const port = await open()
    ports.push(port)
    return {
      ...port,
      send(message) {
        sent.push(message as { t: string; name?: string })
        port.send(message)
      },
    }
  }
  return { sent, ports, opened }
}

test('[V40] a stream is watched once, however many views show it', async () => {
  const core = createFakeCore(parseScenario('still'))
  stops.push(core.stop)
  const { sent, opened } = listening(core.open)
  const { streams } = wire(opened)
  const drop = [streams.hold('headline', null), streams.hold('headline', null)]
  const store = streams.store('headline', null)
  await vi.waitFor(() => expect(store.getState().is).toBe('ready'))
  expect(sent.filter((message) => message.t === 'watch')).toHaveLength(1)
  for (const each of drop) each()
})

test('[V37] when the host comes back the page opens a new port and every held stream starts with a fresh snapshot', async () => {
  const core = createFakeCore(parseScenario('still'))
  stops.push(core.stop)
  const { sent, ports, opened } = listening(core.open)
  const { link, streams } = wire(opened)
  const store = streams.store('headline', null)
  stops.push(streams.hold('headline', null))
  await vi.waitFor(() => expect(store.getState().is).toBe('ready'))
  ports[0]?.close()
  expect(link.presence.getState().is).toBe('away')
  expect(store.getState()).toMatchObject({ is: 'ready', fresh: false })
  await vi.waitFor(() => expect(store.getState()).toMatchObject({ is: 'ready', fresh: true }), { timeout: 5_000 })
  expect(link.presence.getState().is).toBe('here')
  expect(sent.filter((message) => message.t === 'watch')).toHaveLength(2)
})

test('[V37] while the host cannot be opened the page goes on looking', async () => {
  let tries = 0
  const { link } = wire(async () => {
    tries++
    throw new Error('nobody there')
  })
  await vi.waitFor(() => expect(tries).toBeGreaterThanOrEqual(3), { timeout: 5_000 })
  expect(link.presence.getState().is).toBe('away')
})

test('[V49] a host that is there and turns the page away is told apart from one that is gone', async () => {
  let tries = 0
  const { link } = wire(async () => {
    tries++
    throw tries < 2 ? new Error('nobody there') : new HostRefusal('unknown page')
  })
  await vi.waitFor(() => expect(link.presence.getState()).toMatchObject({ is: 'away', refused: false }))
  await vi.waitFor(() => expect(link.presence.getState()).toMatchObject({ is: 'away', refused: true }), {
    timeout: 5_000,
  })
})

test('[V38] a host of another version is told apart, and not looked for as if it were away', async () => {
  const [page, host] = portPair()
  const { link } = wire(async () => page)
  await vi.waitFor(() => expect(link.presence.getState().is).toBe('here'))
  host.send({ t: 'hello', version: 999 })
  await vi.waitFor(() => expect(link.presence.getState()).toEqual({ is: 'mismatch', theirs: 999 }))
  page.close()
  expect(link.presence.getState().is).toBe('mismatch')
})

test('[V30] a stream the core does not give is told as refused', async () => {
  const [page, host] = portPair()
  host.onMessage((message) => {
    const asked = message as { t: string; id: number }
    if (asked.t === 'watch') host.send({ t: 'refused', id: asked.id, error: 'rejected-input' })
  })
  const { streams } = wire(async () => page)
  const store = streams.store('meters', null)
  stops.push(streams.hold('meters', null))
  await vi.waitFor(() => expect(store.getState()).toEqual({ is: 'refused', error: 'rejected-input' }))
})

test('[V35] a batch counts as seen after a frame, or after a while where the page draws none, and once', () => {
  const frames: (() => void)[] = []
  const later: (() => void)[] = []
  const seen = vi.fn()
  afterRender({ frame: (run) => frames.push(run), later: (run) => later.push(run) })(seen)
  expect(seen).not.toHaveBeenCalled()
  later[0]?.()
  frames[0]?.()
  expect(seen).toHaveBeenCalledTimes(1)
})

test('[V39] committees are merged by id and new ones are added', () => {
  const rows = createWorld({ committees: 3, counting: false, quiet: false, now: 0 }).committees
  const [first, second, third] = rows
  if (!first || !second || !third) throw new Error('three were made')
  const after = applyPatches('committees', [first, second], [{ ...second, attended: 1 }, third])
  expect(after.map((row) => [row.id, row.attended])).toEqual([
    [first.id, first.attended],
    [second.id, 1],
    [third.id, third.attended],
  ])
})

test('[V328] a list told anew keeps each row that says the same, wherever it stands now', () => {
  const world = createWorld({ committees: 3, counting: false, quiet: false, now: 0 })
  const slice = (rows: readonly AttendanceRow[]) => structuredClone({ total: rows.length, offset: 0, rows: [...rows] })
  const [first, second, third] = world.attendance
  if (!first || !second || !third) throw new Error('three were made')
  const before = slice([second, third])
  const after = applyPatches('attendance', before, [slice([first, { ...second, notes: 'moved' }, third])])
  expect(after.rows.map(({ notes }) => notes)).toEqual([first.notes, 'moved', third.notes])
  expect(after.rows.map((row) => before.rows.indexOf(row))).toEqual([-1, -1, 1])
})

test('[V39] the feed grows at its top, without doubles, and keeps a hundred', () => {
  const line = (cursor: number): FeedItem => ({
    id: cursor,
    cursor,
    at: cursor,
    source: 'live',
    of: { kind: 'attendance', key: '1' },
    what: { is: 'attendance-removed', committee: 'm1' },
  })
  const before = Array.from({ length: 100 }, (_, index) => line(100 - index))
  const after = applyPatches('feed', before, [
    [line(102), line(101)],
    [line(102), line(101), line(100)],
  ])
  expect(after).toHaveLength(100)
  expect(after.slice(0, 3).map((item) => item.cursor)).toEqual([102, 101, 100])
})

test('[V39] a line that grew takes the place of what it was, and an older telling does not bring that back', () => {
  const line = (id: number, cursor: number, votes: number): FeedItem => ({
    ...{ id, cursor, at: cursor, source: 'live', of: { kind: 'count', key: '1:1' } },
    what: { is: 'counted', committee: 'm1', candidates: 1, votes },
  })
  const before = [line(9, 9, 1), line(4, 4, 40), line(2, 2, 2)]
  const after = applyPatches('feed', before, [[line(4, 12, 60)], [line(4, 11, 50)]])
  expect(after).toEqual([line(9, 9, 1), line(4, 12, 60), line(2, 2, 2)])
})

test('[V39] of patches that replace the whole value the last one counts', () => {
  expect(applyPatches('results', null, [null, null])).toBeNull()
})
