import { describe, expect, test } from 'vitest'
import { camelCase } from '../../../../src/core/backend/election/keys.ts'
import { createReader } from '../../../../src/core/backend/election/reader.ts'
import type { ReadPart, Rest } from '../../../../src/core/backend/backend.ts'
import type { Topic } from '../../../../src/shared/model/change.ts'
import { ElectionId } from '../../../../src/shared/model/ids.ts'
import * as sample from '../../../fixtures/election/frames.ts'
import { plainPage, refusal, scriptedRest } from './scripted-rest.ts'

const camel = (record: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [camelCase(key), value]))
const election = (id: number) => camel({ ...sample.electionData, id })
const committee = (id: number, code = `m${id}`) => camel({ ...sample.committeeData, id, code })
const attendance = (id: number, code: string) => camel({ ...sample.attendanceData, id, committee_code: code })
const count = (committeeId: number, candidate: number) =>
  camel({ ...sample.voteCountData, id: committeeId * 100 + candidate, committee: committeeId, candidate })
const guarantee = (id: number) => camel({ ...sample.guaranteeData, id })
const admin = { id: 1, email: 'ada@x.test', fullName: 'Ada Test', role: 'ADMIN', committees: [] }
const clerk = { ...admin, role: 'USER', committees: ['m1', 'm3'] }
const range = (n: number) => Array.from({ length: n }, (_, at) => at + 1)

async function reading(rest: Rest, topic: Topic, stopped = () => false, wanted: number | null = null) {
  const parts: ReadPart[] = []
  const reader = createReader(rest, { election: wanted === null ? null : ElectionId.parse(wanted) })
  const result = await reader.read(topic, (part) => parts.push(part), stopped)
  return { parts, result }
}
const keys = (part: ReadPart | undefined) => part?.changes.map((change) => change.key)

describe('election', () => {
  const script = () =>
    scriptedRest((path, query) => (path === '/api/elections/' ? plainPage([election(2), election(1)], query) : null))

  test('[W30] the newest, or the one asked for, never current', async () => {
    const { rest, asked } = script()
    expect((await reading(rest, 'phase')).parts).toMatchObject([
      {
        topic: 'phase',
        scope: { is: 'kind', kind: 'election' },
        changes: [{ key: 2, record: { phase: 'VOTING_DAY' } }],
      },
    ])
    expect(keys((await reading(rest, 'phase', undefined, 1)).parts[0])).toEqual([1])
    expect(keys((await reading(rest, 'phase', undefined, 9)).parts[0])).toEqual([])
    expect(asked.some((line) => line.includes('current') || line.includes('after='))).toBe(false)
  })

  test('[W43] who is signed in', async () => {
    const { rest } = scriptedRest((path) => (path === '/api/users/me/' ? { data: clerk } : null))
    expect(await createReader(rest, { election: null }).me()).toEqual({
      ok: true,
      value: { id: 1, email: 'ada@x.test', name: 'Ada Test', role: 'USER', committees: ['m1', 'm3'] },
    })
    const none = await createReader(scriptedRest(() => null).rest, { election: null }).me()
    expect(none).toMatchObject({ ok: false, error: { fault: { is: 'answer', status: 404 } } })
  })
})

describe('lists', () => {
  const plain = (committees: readonly unknown[]) =>
    scriptedRest((path, query) => {
      if (path === '/api/elections/') return plainPage([election(1)], query)
      if (path === '/api/elections/committees/') return plainPage(committees, query)
      if (path === '/api/candidates/' || path === '/api/candidates/parties/') return plainPage([], query)
      return null
    })

  test('[W31] page by page, whatever host next names', async () => {
    const { rest, asked } = plain(range(120).map((id) => committee(id)))
    const { parts, result } = await reading(rest, 'committees')
    expect(result.ok).toBe(true)
    expect(parts.map((part) => [part.scope, part.changes.length])).toEqual([
      [{ is: 'kind', kind: 'committee' }, 120],
      [{ is: 'kind', kind: 'party' }, 0],
      [{ is: 'kind', kind: 'candidate' }, 0],
    ])
    expect(asked.filter((line) => line.includes('committees')).map((line) => /[?&]page=\d+/.exec(line)?.[0])).toEqual([
      undefined,
      '&page=2',
      '&page=3',
    ])
    expect(asked.every((line) => line.startsWith('GET /api/') && !line.includes('inside'))).toBe(true)
  })

  test('[W32] by key where the server can; late-comers do no harm', async () => {
    const { rest } = scriptedRest((path, query) => {
      if (path === '/api/elections/') return plainPage([election(1)], query)
      if (path !== '/api/voting/vote-counts/') return plainPage([], query)
      const after = Number(query.get('after'))
      const items = range(4)
        .filter((candidate) => candidate > after)
        .slice(0, 2)
        .map((candidate) => count(1, candidate))
      const next = after < 2 ? 'http://hub/api/voting/vote-counts/?after=2&page_size=500' : null
      return {
        data: items,
        pagination: { count: 4 + after, next, previous: null },
        position: { epoch: 'e', seq: 10 + after },
      }
    })
    const { parts } = await reading(rest, 'counts')
    expect(keys(parts[0])).toEqual(['1:1', '1:2', '1:3', '1:4'])
  })

  test('[W32] guarantees too, and everybody’s the account may see', async () => {
    const { rest, asked } = scriptedRest((_, query) => {
      const after = Number(query.get('after'))
      const guarantees = range(250)
        .filter((id) => id > after)
        .slice(0, 200)
        .map(guarantee)
      const pagination = { count: 250 + after, page: 1, pageSize: 200 }
      return { data: { guarantees }, pagination, position: { epoch: 'e', seq: 3 } }
    })
    const { parts } = await reading(rest, 'guarantees')
    expect(parts[0]?.changes).toHaveLength(250)
    expect(asked).toEqual([
      'GET /api/guarantees/?all=1&page_size=200&after=0',
      'GET /api/guarantees/?all=1&page_size=200&after=200',
    ])
  })

  test('[W40] a part stands at its first page', async () => {
    const { rest } = scriptedRest((_, query) => {
      const page = plainPage(
        range(60).map((id) => election(id)),
        query,
      )
      return { ...page, position: { epoch: 'e', seq: Number(query.get('page') ?? 1) } }
    })
    expect((await reading(rest, 'phase')).parts[0]?.position).toEqual({ epoch: 'e', seq: 1 })
  })

  test('[W33] a list that never turns its page is given up', async () => {
    const { rest, asked } = scriptedRest((_, query) => ({
      data: [election(1)],
      pagination: { count: 9, next: `http://hub/?after=1&x=${query.get('after')}`, previous: null },
    }))
    expect((await reading(rest, 'phase')).result).toMatchObject({ ok: false, error: { fault: { is: 'wrong-shape' } } })
    expect(asked.length).toBeLessThan(10)
  })

  const shifting = (steady: (times: number) => boolean, shift: (items: unknown[]) => unknown[]) =>
    scriptedRest((path, query, times) => {
      if (path === '/api/elections/') return plainPage([election(1)], query)
      if (path !== '/api/voting/vote-counts/') return plainPage([], query)
      const items = range(100).map((candidate) => count(1, candidate))
      return plainPage(query.has('page') && !steady(times) ? shift(items) : items, query)
    })

  test.for<[string, (items: unknown[]) => unknown[]]>([
    ['a record came on top', (items) => [count(2, 1), ...items]],
    ['a record went from the first page', (items) => items.slice(1)],
    ['one went and one came', (items) => [count(2, 1), ...items.slice(0, -1)]],
    ['the last page went away', (items) => items.slice(0, 50)],
  ])('[W33] %s: read again, then reported', async ([, shift]) => {
    const once = shifting((times) => times > 1, shift)
    const { parts, result } = await reading(once.rest, 'counts')
    expect(result.ok).toBe(true)
    expect(parts[0]?.changes).toHaveLength(100)
    const never = shifting(() => false, shift)
    const given = await reading(never.rest, 'counts')
    expect(given.parts).toEqual([])
    expect(given.result).toMatchObject({ ok: false, error: { topic: 'counts', fault: { is: 'wrong-shape' } } })
  })

  test('[W37] guarantees, 200 a page until the count', async () => {
    const all = range(450).map(guarantee)
    const { rest, asked } = scriptedRest((path, query) => {
      if (path !== '/api/guarantees/') return null
      const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('page_size'))]
      const guarantees = all.slice((page - 1) * size, page * size)
      return { data: { guarantees, statistics: {}, groups: [] }, pagination: { count: 450, page, pageSize: size } }
    })
    const { parts } = await reading(rest, 'guarantees')
    expect(parts.at(-1)?.changes).toHaveLength(450)
    expect(asked).toHaveLength(3)
  })

  test('[W44] groups come with the guarantees, those of the last page, and cost no call', async () => {
    const groups = [camel(sample.groupData), camel({ ...sample.groupData, id: 4, name: 'Office' })]
    const list = (told: (page: number) => object) =>
      scriptedRest((path, query) => {
        const page = Number(query.get('page') ?? 1)
        const guarantees = range(300)
          .slice((page - 1) * 200, page * 200)
          .map(guarantee)
        const pagination = { count: 300, page, pageSize: 200 }
        return path === '/api/guarantees/' ? { data: { guarantees, ...told(page) }, pagination } : null
      })
    const { rest, asked } = list((page) => ({ groups: page === 1 ? groups.slice(0, 1) : groups }))
    const { parts } = await reading(rest, 'guarantees')
    expect(parts.map(({ scope }) => scope)).toEqual([
      { is: 'kind', kind: 'group' },
      { is: 'kind', kind: 'guarantee' },
    ])
    expect(parts[0]?.changes).toMatchObject([
      { kind: 'group', key: 3, record: { id: 3, name: 'Family', color: '#1976d2', order: 2 } },
      { key: 4, record: { name: 'Office' } },
    ])
    expect(asked).toHaveLength(2)
    const none = await reading(list(() => ({})).rest, 'guarantees')
    expect(none.parts.map(({ scope }) => scope)).toEqual([{ is: 'kind', kind: 'guarantee' }])
  })

  test('[W39] a stopped reading ends where it is', async () => {
    const { rest, asked } = plain(range(120).map((id) => committee(id)))
    const { parts, result } = await reading(rest, 'committees', () => asked.length >= 3)
    expect(result.ok).toBe(true)
    expect(parts).toEqual([])
    expect(asked).toHaveLength(3)
  })

  test('[W42] an unreadable record names call and field; a page is passed on', async () => {
    const { rest } = plain([committee(1), { ...committee(2), gender: 'OTHER' }])
    expect((await reading(rest, 'committees')).result).toEqual({
      ok: false,
      error: {
        topic: 'committees',
        fault: {
          is: 'wrong-shape',
          detail:
            'GET /api/elections/committees/?election=1&page_size=500&after=0.data[1].gender: ' +
            'one of MALE, FEMALE, MIXED was expected, text of 5 characters came',
        },
      },
    })
    const page = { is: 'not-ours', status: 200, detail: 'a page titled "Welcome"' } as const
    const portal = scriptedRest(() => page)
    expect((await reading(portal.rest, 'counts')).result).toEqual({
      ok: false,
      error: { topic: 'counts', fault: page },
    })
  })
})

describe('attendance', () => {
  const script = (user: object, committees: readonly unknown[], refused: readonly string[] = []) =>
    scriptedRest((path, query) => {
      if (path === '/api/users/me/') return { data: user }
      if (path === '/api/elections/') return plainPage([election(1)], query)
      if (path === '/api/elections/committees/') return plainPage(committees, query)
      if (path === '/api/attendees/' && query.get('committee') === '5') return plainPage([attendance(9, 'a/b')], query)
      const code = /^\/api\/attendees\/committee\/([^/.%]+|FC%2328|EK%20II|%D9%82)\/$/.exec(path)?.[1]
      if (code === undefined) return null
      const name = decodeURIComponent(code)
      if (refused.includes(name)) return refusal(403, 'No access')
      return { data: { committee: {}, statistics: {}, attendance: [attendance(name.length, name)] } }
    })

  test('[W34] committee by committee, codes encoded', async () => {
    const { rest, asked } = script(admin, [
      committee(1),
      committee(2, 'FC#28'),
      committee(3, 'EK II'),
      committee(4, 'ق'),
    ])
    const { parts, result } = await reading(rest, 'attendance')
    expect(result.ok).toBe(true)
    expect(parts.map((part) => [part.scope, keys(part)])).toEqual([
      [{ is: 'committee', code: 'm1' }, [2]],
      [{ is: 'committee', code: 'FC#28' }, [5]],
      [{ is: 'committee', code: 'EK II' }, [5]],
      [{ is: 'committee', code: 'ق' }, [1]],
    ])
    expect(asked).toContain('GET /api/attendees/committee/FC%2328/')
  })

  test('[W35] only where the account may', async () => {
    const three = [committee(1), committee(2), committee(3)]
    const assigned = script(clerk, three)
    const own = await reading(assigned.rest, 'attendance')
    expect(own.parts.map((part) => part.scope)).toEqual([
      { is: 'committee', code: 'm1' },
      { is: 'committee', code: 'm3' },
    ])
    expect(assigned.asked.some((line) => line.includes('m2'))).toBe(false)
    const some = await reading(script(clerk, three, ['m1']).rest, 'attendance')
    expect(some.result.ok && some.parts.length).toBe(1)
    for (const none of [script(clerk, three, ['m1', 'm3']), script({ ...clerk, committees: [] }, three)])
      expect((await reading(none.rest, 'attendance')).result).toMatchObject({
        ok: false,
        error: { topic: 'attendance', fault: { is: 'answer', status: 403 } },
      })
  })

  test('[W36] a code that cannot be addressed', async () => {
    const { rest } = script(admin, [committee(5, 'a/b')])
    const { parts, result } = await reading(rest, 'attendance')
    expect(result.ok).toBe(true)
    expect(parts.map((part) => [part.scope, keys(part)])).toEqual([[{ is: 'committee', code: 'a/b' }, [9]]])
  })
})

describe('voting', () => {
  const script = (results: object | null, broken: readonly string[] = [], votes = 131, own: object = statistics) =>
    scriptedRest((path, query) => {
      if (broken.includes(path)) return refusal(500, 'a page titled "Server Error (500)"')
      if (path === '/api/elections/') return plainPage([election(1)], query)
      if (path === '/api/elections/committees/')
        return plainPage([camel({ ...sample.committeeData, vote_count: votes })], query)
      if (path === '/api/voting/vote-counts/') return plainPage([count(4, 9)], query)
      if (path === '/api/voting/committee-entries/') return plainPage([camel(sample.entryData)], query)
      if (path === '/api/voting/committee-entries/progress/')
        return { data: { committees: [{ committeeCode: 'm4', status: 'COMPLETED' }] } }
      if (path === '/api/guarantees/statistics/') return { data: own }
      return path === '/api/voting/results/' && results !== null ? { data: results } : null
    })
  const statistics = {
    totalGuarantees: 3,
    pendingCount: 1,
    guaranteedCount: 2,
    confirmedCount: 1,
    pendingConfirmationCount: 2,
    notAvailableConfirmationCount: 0,
    byGroup: [{ group_Name: null, group_Color: null, count: 3 }],
  }
  const camelResults = () => {
    const { results_data, ...rest } = sample.resultsData
    return { ...camel(rest), resultsData: { candidates: results_data.candidates.map(camel) } }
  }

  test('[W38] counts with entries; results or none', async () => {
    const { rest } = script(camelResults())
    expect((await reading(rest, 'counts')).parts).toMatchObject([
      { scope: { kind: 'count' }, changes: [{ key: '4:9', record: { votes: 131 } }] },
      { scope: { kind: 'entry' }, changes: [{ key: 4, record: { status: 'COMPLETED', cast: 300 } }] },
    ])
    expect((await reading(rest, 'results')).parts).toMatchObject([{ changes: [{ record: { cast: 300 } }] }])
    const none = await reading(script(null).rest, 'results')
    expect(none.result.ok).toBe(true)
    expect(none.parts).toEqual([
      { topic: 'results', scope: { is: 'kind', kind: 'results' }, changes: [], position: null },
    ])
  })

  test('[W41] totals move when a total moves', async () => {
    const totals = (made: ReturnType<typeof script>) => createReader(made.rest, { election: null }).totals()
    const before = await totals(script(null))
    expect(before).toEqual(await totals(script(null)))
    if (!before.ok) throw new Error(JSON.stringify(before))
    expect(Object.keys(before.value).toSorted()).toEqual(
      ['attendance', 'committees', 'counts', 'guarantees', 'phase', 'results'].toSorted(),
    )
    const moved = await totals(script(camelResults(), [], 132))
    if (!moved.ok) throw new Error(JSON.stringify(moved))
    const changed = Object.entries(moved.value).filter(([topic, text]) => before.value[topic as Topic] !== text)
    expect(changed.map(([topic]) => topic).toSorted()).toEqual(['counts', 'results'])
    const group = { group_Name: 'Family', group_Color: '#1976d2', count: 3 }
    const grouped = await totals(script(null, [], 131, { ...statistics, byGroup: [group] }))
    expect(grouped.ok && grouped.value.guarantees).not.toBe(before.value.guarantees)
    const broken = await totals(script(null, ['/api/guarantees/statistics/']))
    expect(broken.ok && Object.keys(broken.value)).not.toContain('guarantees')
    const odd = await totals(script({ status: 'ODD' }))
    expect(odd.ok && Object.keys(odd.value)).not.toContain('results')
    const down = scriptedRest((path, query) =>
      path === '/api/elections/'
        ? plainPage([election(1)], query)
        : { is: 'network', fault: { is: 'refused', detail: '' } },
    )
    expect(await createReader(down.rest, { election: null }).totals()).toMatchObject({ ok: false })
  })
})
