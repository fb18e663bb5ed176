import { expect, test, vi } from 'vitest'
import { CLAIM_LASTS } from '../../../src/core/phone/call-acts.ts'
import { SHARE_WAIT, Sharing } from '../../../src/core/sharing.ts'
import { ElectorNumber } from '../../../src/shared/model/ids.ts'
import { err, ok } from '../../../src/shared/result.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { hub, signIn, smallSeed } from '../../hub/fixture.ts'
import { realDesk, until } from '../real-desk.ts'
import { deskAt, SITES } from '../outbox/sites.ts'

const ELECTOR = ElectorNumber.parse('70001')
const [ONE, TWO] = ['window-one', 'window-two']

/** Two desks at one hub: the clerk's and the administrator's; the clerk promised two electors. */
async function twoDesks() {
  const { url, stop } = await hub({ seed: smallSeed() })
  const person = await signIn(url, 'clerk')
  for (const elector of [ELECTOR, '70003']) await person.post('/api/guarantees/', { elector })
  const disk = memoryDisk()
  const [clerk, chief] = [realDesk({ disk }), realDesk()]
  await clerk.live('clerk@example.com', 'password-1')(url)
  await chief.live('admin@example.com', 'password-1')(url)
  await until(() => clerk.book().projection.of('guarantee').size === 2)
  await until(() => chief.book().projection.of('guarantee').size === 2)
  return { url, stop, clerk, chief, disk, person }
}
type Desk = ReturnType<typeof realDesk>
const phone = (desk: Desk) => desk.core().duty.phone
const calls = (desk: Desk) => desk.book().projection.duty.calls
const claimAt = (desk: Desk) => calls(desk).claimOf(ELECTOR, desk.ports.clock.now())
const away = async (desk: Desk) => {
  desk.core().link.stop()
  await until(() => desk.core().link.view().state !== 'live')
}
const back = async (desk: Desk) => {
  desk.core().link.start()
  await desk.untilLive()
}
const dana = { elector: ELECTOR, window: ONE, caller: 'Dana' }
const ada = { elector: ELECTOR, window: TWO, caller: 'Ada' }

test('[C83] at a hub a claim is the hub’s: the second desk sees who calls, is refused, and takes it once it is given back', async () => {
  const { clerk, chief } = await twoDesks()
  expect(clerk.desk.view().shares).toContain('calls')
  expect(await phone(clerk).claim(dana)).toMatchObject({ ok: true, value: { from: 'server' } })
  expect(claimAt(clerk)).toMatchObject({ caller: 'Dana', from: 'server' })
  await until(() => claimAt(chief)?.caller === 'Dana')
  expect(claimAt(chief)).toMatchObject({ window: ONE, from: 'server' })
  expect(await phone(chief).claim(ada)).toEqual(err('claimed'))
  expect(await phone(chief).release(ada)).toEqual(err('not-claimed'))
  expect(await phone(clerk).release(dana)).toEqual(ok(null))
  await until(() => claimAt(chief) === null)
  expect((await phone(chief).claim(ada)).ok).toBe(true)
})

test('[C83] two who claim in the same moment: one of them has it, at both desks', async () => {
  const { clerk, chief } = await twoDesks()
  const both = await Promise.all([phone(clerk).claim(dana), phone(chief).claim(ada)])
  expect(both.filter(({ ok: so }) => so)).toHaveLength(1)
  expect(both).toContainEqual(err('claimed'))
  const winner = both[0].ok ? 'Dana' : 'Ada'
  await until(() => claimAt(clerk)?.caller === winner && claimAt(chief)?.caller === winner)
})

test('[C84] what a call came to is told to the other desk, and stands there after it was away', async () => {
  const { clerk, chief } = await twoDesks()
  await phone(clerk).claim(dana)
  await until(() => claimAt(chief) !== null)
  await away(chief)
  const kept = await phone(clerk).outcome({ ...dana, outcome: 'coming', note: 'after work' })
  expect(kept).toEqual(ok({ toServer: true, shared: true }))
  expect(calls(clerk).untold()).toEqual([])
  await back(chief)
  await until(() => calls(chief).calledOf(ELECTOR)?.outcome === 'coming')
  expect([claimAt(chief), calls(chief).calledOf(ELECTOR)?.note]).toEqual([null, ''])
  expect(calls(clerk).calledOf(ELECTOR)).toMatchObject({ caller: 'Dana', note: 'after work', times: 1 })
})

test('[C85] without the link a claim is this desk’s alone and says so; it is told once the link is back, also by the next run', async () => {
  const { clerk, chief, disk, url } = await twoDesks()
  await away(clerk)
  expect(await phone(clerk).claim(dana)).toMatchObject({ ok: true, value: { from: 'desk' } })
  expect(claimAt(clerk)?.from).toBe('desk')
  const other = { elector: ElectorNumber.parse('70003'), window: ONE, caller: 'Dana' }
  await phone(clerk).claim(other)
  expect(await phone(clerk).outcome({ ...other, outcome: 'came', note: '' })).toMatchObject({
    value: { shared: false },
  })
  expect(claimAt(chief)).toBeNull()
  clerk.stop()
  const again = realDesk({ disk })
  await again.live('clerk@example.com', 'password-1')(url)
  await until(() => claimAt(chief)?.caller === 'Dana' && calls(chief).calledOf(other.elector)?.outcome === 'came')
  await until(() => calls(again).untold().length === 0)
  expect(claimAt(again)?.from).toBe('server')
})

test('[C86] somebody else had the call first while this desk was away: that is shown, and what was rung is kept all the same', async () => {
  const { clerk, chief } = await twoDesks()
  await away(clerk)
  await phone(clerk).claim(dana)
  expect(await phone(chief).claim(ada)).toMatchObject({ ok: true })
  await back(clerk)
  await until(() => claimAt(clerk)?.caller === 'Ada')
  expect(await phone(clerk).claim(dana)).toEqual(err('claimed'))
  expect(await phone(clerk).outcome({ ...dana, outcome: 'no-answer', note: '' })).toMatchObject({ ok: true })
  await until(() => calls(chief).calledOf(ELECTOR)?.outcome === 'no-answer')
  expect(claimAt(chief)?.caller).toBe('Ada')
})

test('[C87] on the plain server nothing of a call is asked or told', async () => {
  const [, plain] = SITES[1]!
  const { act, settled, of, core, desk, ports, asked, book } = await deskAt(plain)
  const elector = ElectorNumber.parse(of('m1')[0])
  await settled(act({ does: 'guarantee.create', elector, status: 'GUARANTEED', group: null, mobile: '', note: '' }))
  await until(() => book().projection.desk.guaranteesOf(elector).length === 1)
  expect(desk.view().shares).toEqual([])
  const mine = { ...dana, elector }
  expect(await core().duty.phone.claim(mine)).toMatchObject({ ok: true, value: { from: 'desk' } })
  const done = await core().duty.phone.outcome({ ...mine, outcome: 'came', note: '' })
  expect(done).toEqual(ok({ toServer: false, shared: false }))
  const { duty } = book().projection
  expect([duty.calls.untold(), duty.calls.claimOf(elector, ports.clock.now())]).toEqual([[], null])
  expect(asked.filter((one) => one.includes('/api/calls/'))).toEqual([])
}, 30_000)

test('[C85] a server that does not answer keeps nobody waiting longer than the limit', async () => {
  const clock = new ManualClock()
  const sharing = new Sharing({
    ...{ clock, features: () => new Set(['calls'] as const), link: () => 'live' as const },
    rest: () => new Promise(() => {}),
  })
  const told = vi.fn()
  void sharing.tell('/api/calls/claim/', {}, 'key' as never).then(told)
  await clock.advance(SHARE_WAIT - 1)
  expect(told).not.toHaveBeenCalled()
  await clock.advance(1)
  expect(told).toHaveBeenCalledWith({ is: 'unreachable' })
})

test('[C88] a claim of the server ends here no later than its whole time after it was learnt, whatever its clock says', async () => {
  const { clerk, chief, person, stop } = await twoDesks()
  const claimed = (await person.post('/api/calls/claim/', dana)).body
  expect(claimed['data'].claim).toMatchObject({ caller: 'Dana' })
  await until(() => claimAt(chief) !== null && claimAt(clerk) !== null)
  await stop()
  const learnt = chief.book().projection.of('call').get(ELECTOR)!.at
  expect(calls(chief).claimOf(ELECTOR, learnt + CLAIM_LASTS - 1)).not.toBeNull()
  expect(calls(chief).claimOf(ELECTOR, learnt + CLAIM_LASTS)).toBeNull()
  expect(calls(chief).nextEnd(learnt)).toBe(learnt + CLAIM_LASTS)
})
