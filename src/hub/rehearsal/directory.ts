import { z } from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import type { PlayFault } from './play-fault.ts'
import { refusalWords } from './play-rest.ts'
import type { Halt, Sessions } from './play-session.ts'

/** Finds the server's ids for the names a plan uses. Reads each list once, when it is first needed. */
export type Directory = {
  election(): Promise<Result<number, Halt>>
  committee(code: string): Promise<Result<number, Halt>>
  candidate(number: number): Promise<Result<number, Halt>>
  /** The collector's own promise from this elector; null when there is none (any more). */
  guarantee(collector: string, elector: string): Promise<Result<number | null, Halt>>
  /** The attended record of an elector in a committee; null when there is none. */
  attendance(elector: string, committee: string): Promise<Result<number | null, Halt>>
  /** The count sheet of a committee; null when it has not been entered. */
  entry(code: string): Promise<Result<number | null, Halt>>
  noteEntry(code: string, id: number): void
}

/** The guarantee list takes a page size; few collectors have more. */
const GUARANTEES_PER_PAGE = 500
/** A list with more pages than this is a server that never ends. */
const MAX_PAGES = 2_000

const pageShape = z.looseObject({
  data: z.unknown(),
  meta: z.looseObject({ pagination: z.looseObject({ next: z.unknown() }).optional() }).optional(),
})
const electionShape = z.looseObject({ id: z.number() })
const committeeShape = z.looseObject({ id: z.number(), code: z.string() })
const candidateShape = z.looseObject({ id: z.number(), candidateNumber: z.number() })
const guaranteeShape = z.looseObject({ id: z.number(), elector: z.string() })
const attendanceShape = z.looseObject({
  id: z.number(),
  electorKocId: z.string(),
  committeeCode: z.string(),
  status: z.string(),
})
const entryShape = z.looseObject({ id: z.number(), committeeCode: z.string() })

export function createDirectory(sessions: Sessions, chief: string): Directory {
  const entries = new Map<string, number>()
  const known = listKeeper()

  async function election(): Promise<Result<number, Halt>> {
    const read = () => readAll(sessions, chief, '/api/elections/', electionShape)
    const found = await known('election', read, (item) => [String(item.id), item.id])
    if (!found.ok) return found
    const [first] = found.value.values()
    return first === undefined ? err(unknown('election', '(any)')) : ok(first)
  }

  /** The id of a thing of the election: the list it is in, and what it is called there. */
  async function named<T>(
    what: string,
    path: string,
    shape: z.ZodType<T>,
    key: Key<T>,
    name: string,
  ): Promise<Result<number, Halt>> {
    const id = await election()
    if (!id.ok) return id
    const list = await known(what, () => readAll(sessions, chief, `${path}?election=${id.value}`, shape), key)
    if (!list.ok) return list
    const found = list.value.get(name)
    return found === undefined ? err(unknown(what, name)) : ok(found)
  }

  return {
    election,
    committee: (code) =>
      named('committee', '/api/elections/committees/', committeeShape, (item) => [item.code, item.id], code),
    candidate: (number) =>
      named(
        'candidate',
        '/api/candidates/',
        candidateShape,
        (item) => [String(item.candidateNumber), item.id],
        String(number),
      ),
    async guarantee(collector, elector) {
      const read = () => readGuarantees(sessions, collector)
      const list = await known(`guarantees/${collector}`, read, (item) => [item.elector, item.id])
      return list.ok ? ok(list.value.get(elector) ?? null) : list
    },
    attendance: (elector, committee) => findAttendance(sessions, chief, elector, committee),
    entry: (code) => findEntry(sessions, chief, entries, code),
    noteEntry: (code, id) => entries.set(code, id),
  }
}

/** The sheets known so far, and those of others if this one is not among them. */
async function findEntry(
  sessions: Sessions,
  chief: string,
  entries: Map<string, number>,
  code: string,
): Promise<Result<number | null, Halt>> {
  if (entries.has(code)) return ok(entries.get(code) ?? null)
  const list = await readAll(sessions, chief, '/api/voting/committee-entries/', entryShape)
  if (!list.ok) return list
  for (const item of list.value) entries.set(item.committeeCode, item.id)
  return ok(entries.get(code) ?? null)
}

type Key<T> = (item: T) => readonly [string, number]

/** Reads a list once and keeps it under its name, as ids by key. A read that fails is not kept. */
function listKeeper() {
  const lists = new Map<string, ReadonlyMap<string, number>>()
  return async <T>(
    name: string,
    read: () => Promise<Result<readonly T[], Halt>>,
    key: Key<T>,
  ): Promise<Result<ReadonlyMap<string, number>, Halt>> => {
    const kept = lists.get(name)
    if (kept !== undefined) return ok(kept)
    const items = await read()
    if (!items.ok) return items
    const made: ReadonlyMap<string, number> = new Map(items.value.map(key))
    lists.set(name, made)
    return ok(made)
  }
}

async function findAttendance(
  sessions: Sessions,
  chief: string,
  elector: string,
  committee: string,
): Promise<Result<number | null, Halt>> {
  const path = `/api/attendees/?search=${encodeURIComponent(elector)}&committee__code=${encodeURIComponent(committee)}`
  const list = await readAll(sessions, chief, path, attendanceShape)
  if (!list.ok) return list
  const found = list.value.find(
    (item) => item.electorKocId === elector && item.committeeCode === committee && item.status === 'ATTENDED',
  )
  return ok(found?.id ?? null)
}

/** All pages of a list. */
async function readAll<T>(
  sessions: Sessions,
  email: string,
  path: string,
  shape: z.ZodType<T>,
): Promise<Result<readonly T[], Halt>> {
  const items: T[] = []
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const at = page === 1 ? path : `${path}${path.includes('?') ? '&' : '?'}page=${page}`
    const answer = await sessions.as(email, { method: 'GET', path: at })
    if (!answer.ok) return answer
    if (answer.value.status !== 200) return err(refused(at, answer.value.status, refusalWords(answer.value)))
    const body = pageShape.safeParse(answer.value.json)
    const list = body.success ? z.array(shape).safeParse(body.data.data) : body
    if (!body.success || !list.success) return err(odd(at, list.error))
    items.push(...list.data)
    if ((body.data.meta?.pagination?.next ?? null) === null) return ok(items)
  }
  return err(odd(path, undefined))
}

/** The guarantee list has an envelope and paging of its own. */
async function readGuarantees(sessions: Sessions, collector: string) {
  type Item = z.output<typeof guaranteeShape>
  const items: Item[] = []
  const shape = z.looseObject({
    data: z.looseObject({ guarantees: z.array(guaranteeShape) }),
    meta: z.looseObject({ count: z.number() }),
  })
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const path = `/api/guarantees/?page=${page}&page_size=${GUARANTEES_PER_PAGE}`
    const answer = await sessions.as(collector, { method: 'GET', path })
    if (!answer.ok) return answer
    if (answer.value.status !== 200) return err(refused(path, answer.value.status, refusalWords(answer.value)))
    const body = shape.safeParse(answer.value.json)
    if (!body.success) return err(odd(path, body.error))
    const { guarantees } = body.data.data
    items.push(...guarantees)
    if (guarantees.length === 0 || items.length >= body.data.meta.count) break
  }
  return ok<readonly Item[]>(items)
}

function unknown(what: string, name: string): PlayFault {
  return {
    is: 'unknown-name',
    call: `looking for ${what} ${name}`,
    status: null,
    message: `the server has no ${what} ${name}`,
    action: null,
  }
}
function refused(path: string, status: number, message: string): PlayFault {
  return { is: 'refused', call: `GET ${path}`, status, message, action: null }
}
function odd(path: string, error: z.ZodError | undefined): PlayFault {
  const issue = error?.issues[0]
  const message = issue === undefined ? 'the list never ends' : `${issue.path.join('.')}: ${issue.message}`
  return { is: 'unexpected-answer', call: `GET ${path}`, status: 200, message, action: null }
}
