import { describe, expect, test } from 'vitest'
import { outboxSource } from '../../../src/core/patch/whole.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { until } from '../real-desk.ts'
import { deskAt, SITES } from './sites.ts'

describe.each(SITES)('%s', (_kind, make) => {
  /** A guarantee of the desk's own, seen by it. */
  async function promised() {
    const desk = await deskAt(make)
    const elector = desk.of('m1')[1]!
    const key = desk.act({
      does: 'guarantee.create',
      elector,
      status: 'PENDING',
      group: null,
      mobile: '',
      note: 'first',
    })
    await desk.settled(key)
    const id: number = desk.held('guarantee').find((one) => one['elector'] === elector)!['id']
    const now = async () => (await desk.other.get(`/api/guarantees/${id}/`)).body['data']
    const theirs = (body: object) => desk.other.patch(`/api/guarantees/${id}/`, body)
    return { ...desk, id, now, theirs }
  }

  test('[O50] what two desks changed is a card with both, and nothing is written over', async () => {
    const { act, settled, away, id, now, theirs, cards } = await promised()
    const back = await away()
    const mine = act({ does: 'guarantee.update', id, note: 'mine' })
    await theirs({ quickNote: 'theirs' })
    await back()
    const ended = await settled(mine)
    expect(ended).toMatchObject({ state: 'conflict', next: 'decide' })
    expect(cards()).toMatchObject([
      {
        ...{ id: ended.conflict, kind: 'guarantee', about: `#${id}`, own: true, key: mine, state: 'open' },
        fields: [{ field: 'note', of: null, mine: 'mine', theirs: 'theirs' }],
        decisions: ['keep-mine', 'keep-theirs'],
      },
    ])
    expect((await now()).quickNote).toBe('theirs')
  }, 60_000)

  test('[O51] a change of something else goes on top of the other’s', async () => {
    const { act, settled, away, id, now, theirs, cards } = await promised()
    const back = await away()
    const mine = act({ does: 'guarantee.update', id, mobile: '60001111' })
    await theirs({ quickNote: 'theirs' })
    await back()
    expect(await settled(mine)).toMatchObject({ state: 'confirmed' })
    expect(await now()).toMatchObject({ quickNote: 'theirs', mobile: '60001111' })
    expect(cards()).toEqual([])
  }, 60_000)

  test('[O52] two changes of one’s own typed one after the other are no conflict', async () => {
    const { act, settled, away, id, now, cards } = await promised()
    const back = await away()
    const keys = ['a', 'b', 'c'].map((note) => act({ does: 'guarantee.update', id, note }))
    await back()
    for (const key of keys) expect(await settled(key)).toMatchObject({ state: 'confirmed' })
    expect([(await now()).quickNote, cards()]).toEqual(['c', []])
  }, 60_000)

  test('[O53] a decision needs a reason, is written down, and is carried out through the outbox', async () => {
    const { act, settled, away, id, now, theirs, cards, core, book } = await promised()
    const clock = new ManualClock()
    const back = await away()
    const mine = act({ does: 'guarantee.update', id, note: 'mine' })
    await theirs({ quickNote: 'theirs' })
    await back()
    await settled(mine)
    const shown = () => outboxSource(book(), clock, () => null)(null, () => {}).snapshot()
    const asks = () => shown().recent.find(({ key }) => key === mine)?.next
    expect(asks()).toBe('decide')
    const card = cards()[0]!.id
    expect(core().acts.decide(card, 're-enter', 'x')).toEqual({ ok: false, error: 'not-a-choice' })
    expect(core().acts.decide('other', 'keep-mine', 'x')).toEqual({ ok: false, error: 'unknown' })
    const decided = core().acts.decide(card, 'keep-mine', 'asked the elector')
    if (!decided.ok) throw new Error(decided.error)
    expect(await settled(decided.value[0]!)).toMatchObject({ state: 'confirmed', why: 'asked the elector' })
    expect((await now()).quickNote).toBe('mine')
    const decision = { decision: 'keep-mine', reason: 'asked the elector', keys: decided.value }
    expect(cards()[0]).toMatchObject({ state: 'decided', decisions: [], decided: decision })
    expect(asks()).toBeNull()
    expect(core().acts.decide(card, 'keep-theirs', 'x')).toEqual({ ok: false, error: 'decided-already' })
  }, 60_000)

  test('[O54] a count entered twice with different numbers is a card; the other stands until somebody decides', async () => {
    const { act, settled, away, other, cards, book, core } = await deskAt(make)
    const [committee] = book().projection.of('committee').keys()
    const candidates = [...book().projection.of('candidate').keys()]
    const votes = (figure: number) => candidates.map((candidate) => ({ candidate, votes: figure }))
    const back = await away()
    const mine = act({ does: 'count.enter', committee, cast: 6, invalid: 0, votes: votes(2) })
    await other.post('/api/voting/vote-counts/bulk_entry/', {
      ...{ committeeId: committee, totalBallotsCast: 6, invalidBallots: 0 },
      voteCounts: votes(1).map(({ candidate, votes: figure }) => ({ candidateId: candidate, voteCount: figure })),
    })
    await back()
    expect(await settled(mine)).toMatchObject({ state: 'conflict' })
    const [card] = cards()
    expect(card).toMatchObject({ kind: 'count', decisions: ['keep-mine', 'keep-theirs', 're-enter'] })
    expect(card!.fields.filter(({ field }) => field === 'votes')).toHaveLength(candidates.length)
    const figures = () => [...book().projection.of('count').values()].map(({ record }) => record.votes)
    await until(() => figures().length === candidates.length)
    expect(new Set(figures())).toEqual(new Set([1]))
    const decided = core().acts.decide(card!.id, 'keep-mine', 'counted again')
    if (!decided.ok) throw new Error(decided.error)
    expect(await settled(decided.value[0]!)).toMatchObject({ state: 'confirmed' })
    expect(new Set(figures())).toEqual(new Set([2]))
  }, 60_000)

  test('[O55] an elector marked elsewhere is a card; keeping one’s own takes the other mark away and records the arrival', async () => {
    const { act, settled, away, other, cards, of, core, held } = await deskAt(make)
    const elector = of('m1')[4]!
    const back = await away()
    const mine = act({ does: 'attendance.mark', elector, committee: 'FC#28', notes: '' })
    await other.mark(elector)
    await back()
    expect(await settled(mine)).toMatchObject({ state: 'conflict' })
    const [card] = cards()
    expect(card).toMatchObject({
      ...{ kind: 'double-mark', own: true, about: `${elector} @ FC#28` },
      ...{ mine: { committee: 'FC#28', origin: 'desk' }, theirs: { committee: 'm1', origin: 'answer' } },
      fields: [{ field: 'committee', mine: 'FC#28', theirs: 'm1' }],
    })
    const decided = core().acts.decide(card!.id, 'keep-mine', 'the elector stands here')
    if (!decided.ok) throw new Error(decided.error)
    for (const key of decided.value) expect(await settled(key)).toMatchObject({ state: 'confirmed' })
    const records = held('attendance').filter((one) => one['elector'] === elector)
    expect(records.map(({ committeeCode, status }) => [committeeCode, status])).toEqual([['FC#28', 'PENDING']])
  }, 60_000)

  test('[O56] marked here by another is no conflict: it is so, and it is said by whom', async () => {
    const { act, settled, away, other, of, cards } = await deskAt(make)
    const elector = of('m1')[0]!
    const back = await away()
    const mine = act({ does: 'attendance.mark', elector, committee: 'm1', notes: '' })
    await other.mark(elector)
    await back()
    const ended = await settled(mine)
    expect(ended).toMatchObject({ state: 'confirmed', already: { by: expect.stringContaining('Ada') } })
    expect([cards(), ended.already!.at]).toEqual([[], expect.any(Number)])
  }, 60_000)
})
