import { expect, test } from 'vitest'
import type { Feature } from '../../../src/core/backend/backend.ts'
import { sheetsSource } from '../../../src/core/patch/sheets.ts'
import { Sharing } from '../../../src/core/sharing.ts'
import type { LinkState } from '../../../src/shared/model/link.ts'
import { CandidateId, CommitteeId } from '../../../src/shared/model/ids.ts'
import { err, ok } from '../../../src/shared/result.ts'
import type { Entered } from '../../../src/shared/sheet/sheet-view.ts'
import { systemClock } from '../../../src/main/node/clock.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { hub, signIn, smallSeed } from '../../hub/fixture.ts'
import { realDesk, until } from '../real-desk.ts'

const M1 = CommitteeId.parse(1)
const [CAST, ONE, TWO, THREE] = [557, 541, 523, 3]
/** More ballots than came, a tenth of a per cent invalid: one warning. */
const figures = (one = ONE) => ({
  ...{ cast: CAST, invalid: 1 },
  votes: [one, TWO, THREE].map((votes, index) => ({ candidate: CandidateId.parse(index + 1), votes })),
})
const sheet = (one = ONE) => ({ committee: M1, figures: figures(one), remarks: [] })

/** Two who type sheets, each at a desk of their own, and who verifies at a third. */
async function desks() {
  const { url } = await hub({ seed: smallSeed({}, 1200) })
  const admin = await signIn(url)
  await admin.patch('/api/users/4/', { role: 'SUPERVISOR' })
  const disk = memoryDisk()
  const [ada, badr, chief] = [realDesk({ disk }), realDesk(), realDesk()]
  await ada.live('supervisor@example.com', 'password-1')(url)
  await badr.live('member@example.com', 'password-1')(url)
  await chief.live('admin@example.com', 'password-1')(url)
  for (const desk of [ada, badr, chief]) {
    await until(() => desk.book().projection.of('committee').size === 2)
    await until(() => desk.book().projection.of('candidate').size === 3)
  }
  expect(sheets(chief).settle({ double: true, seats: null }).ok).toBe(true)
  return { url, disk, ada, badr, chief, admin }
}
type Desk = ReturnType<typeof realDesk>
const sheets = (desk: Desk) => desk.core().acts.sheets
const known = (desk: Desk) => desk.book().projection.sheets.entriesOf(M1)
const row = (desk: Desk) => {
  const source = sheetsSource(desk.book(), systemClock(), () => null)(null, () => undefined)
  const found = source.snapshot().find(({ id }) => id === M1)
  source.stop()
  if (!found) throw new Error('no such sheet')
  return found
}
const votes = (desk: Desk) => [...desk.book().projection.of('count').values()].map(({ record }) => record.votes)
const sealed = (entered: unknown) => {
  expect(entered).toMatchObject({ ok: true, value: { is: 'sealed' } })
  return (entered as { value: Extract<Entered, { is: 'sealed' }> }).value.key // just looked at
}
const settled = (desk: Desk, key: string) => desk.book().projection.outbox.find(key)?.state
const away = async (desk: Desk) => {
  desk.core().link.stop()
  await until(() => desk.core().link.view().state !== 'live')
}
const back = async (desk: Desk) => {
  desk.core().link.start()
  await desk.untilLive()
}
/** Two people type each sheet at this desk too, as who verifies settled it there. */
async function countsByTwo(desk: Desk, name: string) {
  await desk.core().session.signOut()
  await desk.signIn('admin@example.com', 'password-1')
  expect(sheets(desk).settle({ double: true, seats: null }).ok).toBe(true)
  await desk.core().session.signOut()
  await desk.signIn(`${name}@example.com`, 'password-1')
}

test('[O110] the first entry goes through the outbox and waits at the server; another desk knows who and when, and that its own is the second', async () => {
  const { ada, badr, chief } = await desks()
  await countsByTwo(ada, 'supervisor')
  const key = sealed(sheets(ada).enter(sheet()))
  expect(row(ada)).toMatchObject({ stage: 'second-waits', onWay: [{ by: 'supervisor@example.com' }] })
  await until(() => settled(ada, key) === 'confirmed')
  expect(row(ada)).toMatchObject({ stage: 'second-waits', onWay: [], entriesFrom: 'server' })
  await until(() => known(badr).first !== null && known(chief).first !== null)
  for (const desk of [badr, chief])
    expect(row(desk)).toMatchObject({
      ...{ stage: 'second-waits', entriesFrom: 'server', second: null, differs: [] },
      first: { by: 'supervisor@example.com', turns: 1 },
    })
  // Nobody turned it on at that desk: the sheet waits for a second person all the same.
  sealed(sheets(badr).enter(sheet()))
  await until(() => votes(chief).includes(ONE))
})

test('[O111] both typed the same, each at a desk of their own: the sheet is on record in the names of both', async () => {
  const { ada, badr, chief } = await desks()
  await countsByTwo(ada, 'supervisor')
  sealed(sheets(ada).enter(sheet()))
  await until(() => known(badr).first !== null)
  const key = sealed(sheets(badr).enter(sheet()))
  for (const desk of [ada, badr, chief]) {
    await until(() => row(desk).stage === 'entered')
    expect(row(desk).typed).toMatchObject({
      ...{ how: 'agreed', by: 'member@example.com' },
      first: { by: 'supervisor@example.com' },
      second: { by: 'member@example.com' },
    })
  }
  expect([settled(badr, key), row(badr).onWay]).toEqual(['confirmed', []])
  expect(votes(chief)).toEqual([ONE, TWO, THREE])
})

test('[O112] where they differ each desk is told the fields, each corrects their own once, and agreement puts the sheet on record', async () => {
  const { ada, badr, chief } = await desks()
  await countsByTwo(ada, 'supervisor')
  sealed(sheets(ada).enter(sheet()))
  await until(() => known(badr).first !== null)
  sealed(sheets(badr).enter(sheet(ONE - 1)))
  for (const desk of [ada, badr, chief]) {
    await until(() => row(desk).stage === 'differs')
    expect(row(desk).differs).toEqual(['1'])
  }
  expect(await sheets(ada).look(M1)).toMatchObject(ok({ mine: figures(), mayCorrect: true, both: null }))
  expect(await sheets(badr).look(M1)).toMatchObject(ok({ mine: figures(ONE - 1), mayCorrect: true, both: null }))
  sealed(sheets(badr).enter(sheet(ONE - 2)))
  await until(() => known(ada).second?.turns === 2)
  await until(() => known(badr).second?.turns === 2)
  expect(sheets(badr).enter(sheet())).toEqual(err('needs-decision'))
  expect(sheets(chief).enter(sheet())).toEqual(err('two-others'))
  sealed(sheets(ada).enter(sheet(ONE - 2)))
  await until(() => row(chief).stage === 'entered')
  expect(votes(chief)).toContain(ONE - 2)
})

test('[O113] who typed neither decides at their own desk, with a reason that every desk reads; or throws both away', async () => {
  const { ada, badr, chief } = await desks()
  await countsByTwo(ada, 'supervisor')
  const differ = async () => {
    sealed(sheets(ada).enter(sheet()))
    await until(() => known(badr).first !== null && row(ada).onWay.length === 0)
    sealed(sheets(badr).enter(sheet(ONE - 1)))
    await until(() => row(chief).stage === 'differs' && row(badr).onWay.length === 0)
  }
  await differ()
  expect(sheets(ada).drop(M1, 'No')).toEqual(err('role-too-low'))
  expect(sheets(chief).drop(M1, 'Wrong paper').ok).toBe(true)
  await until(() => row(ada).stage === 'not-started' && row(badr).stage === 'not-started')
  await differ()
  expect((await sheets(chief).look(M1)) as unknown).toMatchObject(
    ok({ mine: null, both: { fields: [{ field: '1', first: ONE, second: ONE - 1 }] } }),
  )
  expect(sheets(chief).resolve(M1, new Map([['cast', CAST]]), 'x')).toEqual(err('not-whole'))
  expect(sheets(chief).resolve(M1, new Map([['1', ONE - 7]]), 'The paper says so').ok).toBe(true)
  await until(() => row(ada).stage === 'entered')
  expect(row(ada).typed).toMatchObject({ how: 'resolved', by: 'admin@example.com', reason: 'The paper says so' })
  expect(votes(ada)).toContain(ONE - 7)
})

test('[O114] a desk that has not reached its server in this run goes by what its journal says of it', () => {
  const rest = () => Promise.reject(new Error('nothing is asked'))
  const at = (link: LinkState, features: readonly Feature[], wasHub = true) =>
    new Sharing({
      ...{ rest, clock: systemClock(), link: () => link, features: () => new Set(features) },
      remembers: (ability) => wasHub && ability === 'double',
    }).of('double')
  expect(at('offline', [])).toBe('away')
  expect(at('offline', [], false)).toBe('alone')
  expect(at('live', ['double'])).toBe('shared')
  // It said what it can do, and this is not among it.
  expect([at('live', []), at('offline', ['calls'])]).toEqual(['alone', 'alone'])
})

test('[O114] typed while the server is away it is on disk and goes under its key when the server is back, over a restart too', async () => {
  const { ada, badr, disk, url } = await desks()
  await countsByTwo(ada, 'supervisor')
  await away(ada)
  const key = sealed(sheets(ada).enter(sheet()))
  expect(row(ada)).toMatchObject({ stage: 'second-waits', first: null, onWay: [{ by: 'supervisor@example.com' }] })
  ada.stop()
  const again = realDesk({ disk })
  await again.live('supervisor@example.com', 'password-1')(url)
  await until(() => known(badr).first?.by === 'supervisor@example.com')
  await until(() => settled(again, key) === 'confirmed')
  // Away, a desk does not know that it is the second: the server does.
  await away(badr)
  sealed(sheets(badr).enter(sheet()))
  await back(badr)
  await until(() => row(again).stage === 'entered')
})
