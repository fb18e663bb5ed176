import { expect, test } from 'vitest'
import { handlersOf } from '../../../src/core/handlers.ts'
import { sourcesOf } from '../../../src/core/sources.ts'
import { contract } from '../../../src/shared/contract.ts'
import { CandidateId, CommitteeId } from '../../../src/shared/model/ids.ts'
import { hub, signIn, smallSeed } from '../../hub/fixture.ts'
import { realDesk, until } from '../real-desk.ts'

const M1 = CommitteeId.parse(1)
/** So large that no part of a time, no count of bytes and no other figure here is one of them by chance. */
const [CAST, INVALID] = [8_275_713, 1_357_911]
const SECRET = [CAST, INVALID]
const WHY = 'Seen by two'
const sheet = (cast: number) => ({
  ...{ cast, invalid: INVALID },
  votes: [3, 2, 4].map((votes, index) => ({ candidate: CandidateId.parse(index + 1), votes })),
})

/** Whether one of these figures is anywhere in it, as a number or inside a text. */
function tells(value: unknown, figures: readonly number[]): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some((one) => tells(one, figures))
  const parts = String(value).split(/\D+/)
  return figures.some((figure) => parts.includes(String(figure)))
}

/** Everything a window of this desk is told, and what it is answered about the sheet and how it came to be. */
async function everythingAt(desk: ReturnType<typeof realDesk>) {
  const [handlers, sources] = [handlersOf(desk.desk), sourcesOf(desk.desk)]
  const told: Record<string, unknown> = {}
  for (const [name, { input }] of Object.entries(contract.streams)) {
    const empty = [null, {}].find((one) => input.safeParse(one).success)
    if (empty === undefined) continue
    const source = sources[name as 'sheets'] // every one of them, by its name
    const feed = source(input.parse(empty) as null, () => undefined) // as the contract has it
    told[name] = [feed.snapshot(), name === 'sheets' ? feed.patch('1') : null]
    feed.stop()
  }
  const ways = [
    ['entry', '1'],
    ['count', '1:1'],
    ['committee', '1'],
  ] as const // literals of the contract
  for (const [kind, key] of ways)
    told[`trail ${kind}`] = await handlers['trail.read']({ of: { kind, key }, after: null })
  told['look'] = await handlers['count.look']({ committee: M1 })
  return told
}

test('[P141] nobody’s window is told a figure of another’s entry that waits: not at another desk, nor at the very desk it was typed at', async () => {
  const { url } = await hub({ seed: smallSeed() })
  const admin = await signIn(url)
  await admin.patch('/api/users/4/', { role: 'SUPERVISOR' })
  const [ada, badr, chief] = [realDesk(), realDesk(), realDesk()]
  await ada.live('supervisor@example.com', 'password-1')(url)
  await badr.live('member@example.com', 'password-1')(url)
  await chief.live('admin@example.com', 'password-1')(url)
  const acts = (desk: typeof ada) => desk.core().acts.sheets
  const first = (desk: typeof ada) => desk.book().projection.sheets.entriesOf(M1).first
  // Something on record, so that there is a way it came to be.
  const before = {
    cast: 8,
    invalid: 0,
    votes: [2, 2, 2].map((n, at) => ({ candidate: CandidateId.parse(at + 1), votes: n })),
  }
  for (const desk of [ada, badr, chief]) await until(() => desk.book().projection.of('candidate').size === 3)
  const words = (figures: typeof before) => acts(chief).check(M1, figures)
  const found = words(before)
  const said = found.ok ? found.value.map((one) => ({ ...one, words: 'So it is' })) : []
  expect(acts(chief).enter({ committee: M1, figures: before, remarks: said }).ok).toBe(true)
  for (const desk of [ada, badr, chief]) await until(() => desk.book().projection.of('entry').has(M1))
  await ada.core().session.signOut()
  await ada.signIn('admin@example.com', 'password-1')
  acts(ada).settle({ double: true, seats: null })
  await ada.core().session.signOut()
  await ada.signIn('supervisor@example.com', 'password-1')
  const warned = acts(ada).check(M1, sheet(CAST))
  const remarks = warned.ok ? warned.value.map((one) => ({ ...one, words: WHY })) : []
  expect(acts(ada).enter({ committee: M1, figures: sheet(CAST), remarks })).toMatchObject({ value: { is: 'sealed' } })
  for (const desk of [ada, badr, chief]) await until(() => first(desk) !== null)
  // The test sees what is there to be seen: who typed it may look at their own.
  expect(tells((await everythingAt(ada))['look'], SECRET)).toBe(true)
  for (const desk of [badr, chief])
    for (const [name, value] of Object.entries(await everythingAt(desk)))
      expect([name, tells(value, SECRET)]).toEqual([name, false])
  // Somebody else at the very desk whose journal has it.
  await ada.core().session.signOut()
  for (const who of ['member', 'admin']) {
    await ada.signIn(`${who}@example.com`, 'password-1')
    for (const [name, value] of Object.entries(await everythingAt(ada)))
      expect([name, tells(value, SECRET)]).toEqual([name, false])
    await ada.core().session.signOut()
  }
  // Once theirs is in, and differs: the field by its name, the figure still not.
  const mine = acts(badr).check(M1, sheet(CAST - 30))
  const why = mine.ok ? mine.value.map((one) => ({ ...one, words: WHY })) : []
  expect(acts(badr).enter({ committee: M1, figures: sheet(CAST - 30), remarks: why }).ok).toBe(true)
  await until(() => badr.book().projection.sheets.entriesOf(M1).differs.length > 0)
  const after = await everythingAt(badr)
  for (const [name, value] of Object.entries(after)) expect([name, tells(value, [CAST])]).toEqual([name, false])
})
