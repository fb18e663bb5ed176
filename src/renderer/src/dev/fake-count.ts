import type { AppContract } from '../../../shared/contract.ts'
import { CandidateId, CommandKey, type CommitteeId } from '../../../shared/model/ids.ts'
import type { Results } from '../../../shared/model/records.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Handlers } from '../../../shared/rpc/define.ts'
import { leadOf, type LeadSheet } from '../../../shared/sheet/lead.ts'
import type { Finding } from '../../../shared/sheet/rules.ts'
import type { SheetFigures } from '../../../shared/sheet/sheet.ts'
import { type CountSettings, NO_COUNT_SETTINGS, type SheetRow } from '../../../shared/sheet/sheet-view.ts'
import type { Changed, Whole } from './fake-sources.ts'
import type { Bench } from './fake-handlers.ts'
import { resultsOf, USER } from './fake-views.ts'
import type { Scenario } from './scenario.ts'
import type { World } from './world.ts'

const MINUTE = 60_000
const OTHER = 'count.desk@example.org'
const THIRD = 'second.desk@example.org'

type Stock = {
  readonly world: World
  readonly scenario: Scenario
  readonly startedAt: number
  readonly tell: (stream: string, key?: string) => void
}
type Save = (does: string, input: unknown, about: string) => ReturnType<Handlers<AppContract>['count.verify']>

/** Made-up count sheets on the way: two blind entries, warnings with words, and results that changed after they were published. */
export function fakeCount(stock: Stock) {
  const { world, scenario, startedAt } = stock
  const state: State = {
    settings: { ...NO_COUNT_SETTINGS, double: scenario.double },
    sheets: sheetsOf(stock),
    /** The signed-in person's own entries that wait. */
    mine: new Map<CommitteeId, SheetFigures>(),
    finds: [],
  }
  const published = scenario.published ? publishedOf(world, scenario, startedAt) : null
  return {
    published,
    finds: state.finds,
    handlers: (bench: Bench, save: Save) => handlersOf(stock, state, bench, save),
    sources: (whole: Whole) => ({
      sheets: (_input: null, changed: Changed) => {
        const feed = whole('sheets', () => [...state.sheets])(null, changed)
        return { ...feed, patch: (key: string) => state.sheets.find(({ id }) => String(id) === key) ?? null }
      },
      counting: whole('counting', () => ({ ...state.settings, published, signedBy: published && USER.email })),
      lead: whole('lead', () => leadOf(leadSheets(world, startedAt))),
    }),
  }
}

type State = {
  settings: CountSettings
  sheets: SheetRow[]
  readonly mine: Map<CommitteeId, SheetFigures>
  /** What only the core finds, whatever is typed. */
  readonly finds: Finding[]
}

const queueWith = (save: Save) => async (does: string, input: { readonly committee: CommitteeId }) => {
  const saved = await save(does, input, `#${input.committee}`)
  return saved.ok ? ok({ is: 'queued' as const, key: saved.value.key }) : err('not-saved') // the literal the schema names
}
const isAway = ({ scenario }: Stock): boolean => scenario.link !== 'live'
const sealedKey = (committee: CommitteeId) => CommandKey.parse(`typed-here-${committee}`)
const WAITS_NOT = { first: null, second: null, differs: [] }
type Queue = ReturnType<typeof queueWith>
type Change = (id: CommitteeId, over: Partial<SheetRow>) => void

function handlersOf(stock: Stock, state: State, bench: Bench, save: Save) {
  const { calls, now } = bench
  const change: Change = (id: CommitteeId, over: Partial<SheetRow>) => {
    state.sheets = state.sheets.map((row) => (row.id === id ? { ...row, ...over } : row))
    stock.tell('sheets', String(id))
  }
  const note = (name: string, input: unknown) => calls.push({ name, input })
  const queue = queueWith(save)
  return {
    'count.enter': async (input) => {
      const { committee, remarks, ...figures } = input
      if (state.finds.some(({ code }) => remarks.every((one) => one.code !== code))) return err('needs-words')
      const row = state.sheets.find(({ id }) => id === committee)
      if (!state.settings.double) return queue('count.enter', input)
      const mine = { by: USER.email, at: now(), turns: 1 }
      if (row?.first) {
        const saved = await queue('count.enter', input)
        if (!saved.ok || row.entriesFrom === 'desk') return saved
        const by = { how: 'agreed', by: USER.email, at: now(), reason: '' } as const // the literal of the schema
        change(committee, { ...WAITS_NOT, stage: 'entered', typed: { ...by, first: row.first, second: mine } })
        return ok({ is: 'sealed', key: saved.value.key })
      }
      note('count.enter', input)
      state.mine.set(committee, figures)
      if (row?.entriesFrom === 'server' && isAway(stock)) {
        change(committee, { stage: 'second-waits', onWay: [mine] })
        return ok({ is: 'sealed', key: sealedKey(committee) })
      }
      change(committee, { stage: 'second-waits', first: mine })
      return ok(row?.entriesFrom === 'server' ? { is: 'sealed', key: sealedKey(committee) } : { is: 'first' })
    },
    'count.check': async () => ok([...state.finds]),
    'count.look': async (input) => {
      const row = state.sheets.find(({ id }) => id === input.committee)
      if (row?.entriesFrom === 'server' && isAway(stock)) return err('server-away')
      const fields = (row?.differs ?? []).map((field) => ({ field, first: 120, second: 210 }))
      const isMine = row?.first?.by === USER.email || row?.second?.by === USER.email
      const both = { first: row?.first?.by ?? '', second: row?.second?.by ?? '', fields }
      const mine = isMine ? (state.mine.get(input.committee) ?? MINE) : null
      return ok({ mine, remarks: [], mayCorrect: isMine, both: isMine || fields.length === 0 ? null : both })
    },
    ...judging(stock, state, bench, change, queue),
  } satisfies Partial<Handlers<AppContract>>
}

/** What is for those who decide. */
function judging({ tell }: Stock, state: State, { calls, now }: Bench, change: Change, queue: Queue) {
  const note = (name: string, input: unknown) => calls.push({ name, input })
  return {
    'count.resolve': async (input) => {
      const { committee } = input
      change(committee, { stage: 'entering', first: null, second: null, differs: [] })
      return queue('count.resolve', input)
    },
    'count.drop': async (input) => {
      note('count.drop', input)
      change(input.committee, { stage: 'not-started', first: null, second: null, differs: [] })
      return ok(null)
    },
    'count.handle': async (input) => {
      note('count.handle', input)
      const row = state.sheets.find(({ id }) => id === input.committee)
      const handled = { by: USER.email, at: now(), note: input.note }
      const remarks = row?.remarks.map((each) =>
        each.code === input.code && each.field === input.field ? { ...each, handled } : each,
      )
      change(input.committee, { remarks: remarks ?? [] })
      return ok(null)
    },
    'count.settle': async (input) => {
      note('count.settle', input)
      state.settings = input
      tell('counting')
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}

const MINE: SheetFigures = {
  cast: 400,
  invalid: 7,
  votes: Array.from({ length: 30 }, (_, index) => ({ candidate: CandidateId.parse(index + 1), votes: 20 + index })),
}

function sheetsOf({ world, scenario, startedAt }: Stock): SheetRow[] {
  const votes = new Map<string, { candidate: CandidateId; votes: number }[]>()
  for (const row of world.counts) {
    const [committee = '', candidate = ''] = row.key.split(':')
    const so = votes.get(committee) ?? []
    so.push({ candidate: CandidateId.parse(Number(candidate)), votes: row.votes })
    votes.set(committee, so)
  }
  const open = world.committees.filter((row) => row.entry === 'NOT_STARTED').map((row) => row.id)
  return world.committees.map((row, index): SheetRow => {
    const [first, second] = [...(votes.get(String(row.id)) ?? [])].sort((a, b) => b.votes - a.votes)
    const stage = (
      { NOT_STARTED: 'not-started', IN_PROGRESS: 'entering', COMPLETED: 'entered', VERIFIED: 'verified' } as const
    )[row.entry]
    return {
      ...{ id: row.id, stage, cast: row.ballotsCast, invalid: row.ballotsCast > 0 ? 7 : 0, votes: row.votes },
      votesVerified: stage === 'verified' ? row.votes : 0,
      leader: first ? { ...first, ahead: first.votes - (second?.votes ?? 0) } : null,
      print: stage === 'entered' || stage === 'verified' ? `made-up-${row.id}` : null,
      ...(scenario.counting ? said(index, row.ballotsCast, startedAt) : { findings: [], remarks: [] }),
      ...{
        ...WAITS_NOT,
        onWay: [],
        typed: null,
        entriesFrom: scenario.unnumbered ? ('desk' as const) : ('server' as const),
        wordsFrom: scenario.unnumbered ? ('desk' as const) : ('server' as const),
      },
      ...(scenario.double && scenario.counting && index === 0 && { typed: decidedOf(startedAt) }),
      ...(scenario.double && waiting(open.indexOf(row.id), startedAt)),
    }
  })
}

/** Warnings with words at two committees, one of them dealt with; a fault at a third. */
function said(index: number, cast: number, startedAt: number): Pick<SheetRow, 'findings' | 'remarks'> {
  const late = { code: 'W201', field: 'cast', n: cast, most: cast - 2 } as const // literals of the schema
  const spoilt = { code: 'W204', field: 'invalid', n: 19, most: cast } as const // literals of the schema
  const by = { by: OTHER, at: startedAt - 21 * MINUTE }
  if (index === 2) {
    const words = 'Two came late and were marked on paper only.'
    return { findings: [late], remarks: [{ ...late, ...by, words, handled: null }] }
  }
  if (index === 5) {
    const handled = { by: USER.email, at: startedAt - 9 * MINUTE, note: 'Seen on the paper.' }
    return { findings: [spoilt], remarks: [{ ...spoilt, ...by, words: 'خُتمت أوراق كثيرة مرتين', handled }] }
  }
  if (index === 4) return { findings: [{ code: 'F302', field: '1', n: cast * 6, most: cast * 5 }], remarks: [] }
  return { findings: [], remarks: [] }
}

function decidedOf(startedAt: number): SheetRow['typed'] {
  const entry = (by: string, minutes: number) => ({ by, at: startedAt - minutes * MINUTE, turns: 2 })
  const by = { how: 'resolved', by: USER.email, at: startedAt - 50 * MINUTE, reason: 'The paper says so' } as const // the literal of the schema
  return { ...by, first: entry(OTHER, 58), second: entry(THIRD, 55) }
}

function waiting(place: number, startedAt: number): Partial<SheetRow> {
  const entry = (by: string, minutes: number) => ({ by, at: startedAt - minutes * MINUTE, turns: 1 })
  if (place === 0) return { stage: 'second-waits', first: entry(OTHER, 12) }
  if (place === 1) return { stage: 'differs', first: entry(OTHER, 30), second: entry(THIRD, 4), differs: ['cast', '3'] }
  if (place === 2) return { stage: 'differs', first: entry(USER.email, 40), second: entry(OTHER, 7), differs: ['3'] }
  return place === 3 ? { stage: 'second-waits', first: entry(USER.email, 3) } : {}
}

/** Published before the last two sheets were corrected. */
function publishedOf(world: World, scenario: Scenario, startedAt: number): Results | null {
  const results = resultsOf(world, scenario, startedAt)
  if (results === null) return null
  const candidates = results.candidates.map((row, index) => ({
    ...row,
    votes: row.votes - (index === 1 ? 14 : index === 4 ? -3 : 0),
  }))
  return { ...results, candidates, status: 'PUBLISHED', publishedAt: startedAt - 18 * MINUTE }
}

function leadSheets(world: World, startedAt: number): LeadSheet[] {
  const sheets = new Map<
    string,
    { committee: string; at: number; votes: { candidate: CandidateId; votes: number }[] }
  >()
  for (const row of world.counts) {
    const [committee = '', candidate = ''] = row.key.split(':')
    const at = startedAt - (world.committees.length - Number(committee)) * MINUTE
    const sheet = sheets.get(committee) ?? { committee: row.committeeCode, at, votes: [] }
    sheet.votes.push({ candidate: CandidateId.parse(Number(candidate)), votes: row.votes })
    sheets.set(committee, sheet)
  }
  return [...sheets.values()]
}
