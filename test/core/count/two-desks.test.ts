import { expect, test } from 'vitest'
import { CandidateId, CommitteeId } from '../../../src/shared/model/ids.ts'
import { err, ok } from '../../../src/shared/result.ts'
import type { Explained } from '../../../src/shared/sheet/sheet-view.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { hub, signIn, smallSeed } from '../../hub/fixture.ts'
import { realDesk, until } from '../real-desk.ts'

const ONE = CommitteeId.parse(1)
/** A tenth of the ballots is invalid. */
const FIGURES = { cast: 5, invalid: 1, votes: [1, 2, 3].map((id) => ({ candidate: CandidateId.parse(id), votes: 2 })) }
const WORDS: Explained = { code: 'W204', field: 'invalid', n: 1, most: 5, words: 'One was torn' }
const SHEET = { committee: ONE, figures: FIGURES, remarks: [WORDS] }
const ABOUT = { code: 'W204', field: 'invalid' } as const

/** The supervisor enters, the administrator looks. */
async function twoDesks() {
  const { url } = await hub({ seed: smallSeed() })
  const disk = memoryDisk()
  const [clerk, chief] = [realDesk(), realDesk({ disk })]
  await clerk.live('supervisor@example.com', 'password-1')(url)
  await chief.live('admin@example.com', 'password-1')(url)
  return { url, disk, clerk, chief }
}
type Desk = ReturnType<typeof realDesk>
const sheets = (desk: Desk) => desk.core().acts.sheets
const said = (desk: Desk) => desk.book().projection.sheets.said(ONE)
const away = async (desk: Desk) => {
  desk.core().link.stop()
  await until(() => desk.core().link.view().state !== 'live')
}
const back = async (desk: Desk) => {
  desk.core().link.start()
  await desk.untilLive()
}

test('[C89] the words to a warning travel with the sheet: the supervisor at another desk reads who said what', async () => {
  const { clerk, chief } = await twoDesks()
  expect(sheets(clerk).enter(SHEET)).toMatchObject({ ok: true, value: { is: 'queued' } })
  expect(said(clerk)).toMatchObject({ from: 'desk', remarks: [{ ...WORDS, by: 'supervisor@example.com' }] })
  await until(() => said(chief).remarks.length === 1)
  expect(said(chief)).toMatchObject({ from: 'server', remarks: [{ ...WORDS, by: 'supervisor@example.com' }] })
  await until(() => said(clerk).from === 'server')
  // Entered anew without a warning: nothing is left to be said.
  expect(sheets(chief).enter({ ...SHEET, figures: { ...FIGURES, invalid: 0 }, remarks: [] }).ok).toBe(true)
  await until(() => said(clerk).remarks.length === 0)
})

test('[C93] of two people who typed a sheet at one desk the words of both stay there; what is done about them is done about both', async () => {
  const { url, clerk, chief } = await twoDesks()
  await (await signIn(url, 'admin')).patch('/api/users/4/', { role: 'SUPERVISOR' })
  expect(sheets(chief).settle({ double: true, seats: null }).ok).toBe(true)
  // Begun at this desk alone, as on a server that keeps no entries apart: there it goes on.
  const typed = { does: 'typed', by: 'admin@example.com', ...SHEET } as const // a turn's literal
  expect(chief.book().commit([{ is: 'sheet', turn: typed }], 'power').ok).toBe(true)
  await chief.core().session.signOut()
  await chief.signIn('member@example.com', 'password-1')
  const second = { ...WORDS, words: 'Torn, the paper says' }
  expect(sheets(chief).enter({ ...SHEET, remarks: [second] })).toMatchObject({ value: { is: 'queued' } })
  await until(() => said(chief).from === 'server')
  const both = ['Torn, the paper says', 'One was torn']
  expect(said(chief).remarks.map(({ words }) => words)).toEqual(both)
  await until(() => said(clerk).remarks.length === 1)
  expect(await sheets(clerk).handle(ONE, ABOUT, 'Seen')).toEqual(ok(null))
  await until(() => said(chief).remarks.every(({ handled }) => handled?.note === 'Seen'))
  // Entered anew elsewhere: what was said to the sheet before is over.
  expect(sheets(clerk).enter({ ...SHEET, remarks: [{ ...WORDS, words: 'Anew' }] }).ok).toBe(true)
  await until(
    () =>
      said(chief)
        .remarks.map(({ words }) => words)
        .join() === 'Anew',
  )
})

test('[C90] who dealt with a warning, and how, is seen at every desk; it is done once, and not by who wrote the words', async () => {
  const { clerk, chief } = await twoDesks()
  sheets(clerk).enter(SHEET)
  await until(() => said(chief).from === 'server' && said(clerk).from === 'server')
  expect(await sheets(clerk).handle(ONE, ABOUT, 'Mine')).toEqual(err('own-words'))
  expect(await sheets(chief).handle(ONE, ABOUT, 'Seen on the paper')).toEqual(ok(null))
  await until(() => said(clerk).remarks[0]?.handled !== null)
  expect(said(clerk).remarks[0]?.handled).toMatchObject({ by: 'admin@example.com', note: 'Seen on the paper' })
  expect(await sheets(chief).handle(ONE, ABOUT, 'Again')).toEqual(err('handled-already'))
})

test('[C91] dealt with while the server is away: kept at this desk and told later, also by the next run', async () => {
  const { clerk, chief, disk, url } = await twoDesks()
  sheets(clerk).enter(SHEET)
  await until(() => said(chief).from === 'server')
  await away(chief)
  expect(await sheets(chief).handle(ONE, ABOUT, 'By telephone')).toEqual(ok(null))
  expect(said(chief).remarks[0]?.handled?.note).toBe('By telephone')
  expect(said(clerk).remarks[0]?.handled).toBeNull()
  chief.stop()
  const again = realDesk({ disk })
  await again.live('admin@example.com', 'password-1')(url)
  await until(() => said(clerk).remarks[0]?.handled?.note === 'By telephone')
  await until(() => again.book().projection.sheets.untold().length === 0)
})

test('[C92] another supervisor was first: theirs is what both desks show', async () => {
  const { url, clerk, chief } = await twoDesks()
  sheets(clerk).enter(SHEET)
  await until(() => said(chief).from === 'server')
  await away(chief)
  expect(await sheets(chief).handle(ONE, ABOUT, 'Mine')).toEqual(ok(null))
  const admin = await signIn(url, 'admin')
  await admin.patch('/api/users/4/', { role: 'SUPERVISOR' })
  const other = await signIn(url, 'member')
  const first = await other.post('/api/voting/sheets/1/handle/', { ...ABOUT, content: 'I was first' })
  expect(first.status).toBe(201)
  await back(chief)
  await until(() => said(chief).remarks[0]?.handled?.note === 'I was first')
  expect(said(chief).remarks[0]?.handled?.by).toBe('member@example.com')
})
