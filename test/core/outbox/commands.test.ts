import { describe, expect, test } from 'vitest'
import { until } from '../real-desk.ts'
import { deskAt, SITES } from './sites.ts'

describe.each(SITES)('%s', (_kind, make) => {
  test('[O40] marks, arrivals, corrections: done there, and confirmed when they were seen back', async () => {
    const { act, settled, held, of } = await deskAt(make)
    const [first, second] = of('m1')
    const mark = act({ does: 'attendance.mark', elector: first, committee: 'm1', notes: '' })
    expect(await settled(mark)).toMatchObject({ state: 'confirmed', already: null })
    const arrival = act({ does: 'attendance.pending', elector: second, committee: 'FC#28', name: '', notes: 'lost' })
    expect(await settled(arrival)).toMatchObject({ state: 'confirmed' })
    const unknown = act({
      does: 'attendance.pending',
      elector: '999001',
      committee: 'm1',
      name: 'A New One',
      notes: '',
    })
    expect(await settled(unknown)).toMatchObject({ state: 'confirmed' })
    const id = () => held('attendance').find(({ elector }) => elector === first)!['id']
    const correct = (to: string) => ({ does: 'attendance.correct', id: id(), elector: first, committee: 'm1', to })
    expect(await settled(act(correct('PENDING'), { why: 'not he' }))).toMatchObject({
      state: 'confirmed',
      why: 'not he',
    })
    expect(await settled(act(correct('ATTENDED'), { why: 'he after all' }))).toMatchObject({ state: 'confirmed' })
    expect(await settled(act(correct('removed'), { why: 'twins' }))).toMatchObject({ state: 'confirmed' })
    expect(held('attendance').map(({ elector, status }) => [elector, status])).toEqual([[second, 'PENDING']])
  }, 60_000)

  test('[O41] guarantees: created, changed, confirmed, noted and taken away', async () => {
    const { act, settled, held, of, other } = await deskAt(make)
    const elector = of('m1')[2]!
    const mine = () => held('guarantee').find((one) => one['elector'] === elector)
    const made = act({
      does: 'guarantee.create',
      elector,
      status: 'PENDING',
      group: null,
      mobile: '60001234',
      note: 'a',
    })
    expect(await settled(made)).toMatchObject({ state: 'confirmed' })
    const id = mine()!['id']
    for (const action of [
      { does: 'guarantee.update', id, status: 'GUARANTEED' },
      { does: 'guarantee.update', id, mobile: '6000 9999', note: ' b ' },
      { does: 'guarantee.confirm', id, confirmation: 'CONFIRMED' },
      { does: 'guarantee.note', id, text: 'called twice', important: true },
    ])
      expect(await settled(act(action)), JSON.stringify(action)).toMatchObject({ state: 'confirmed' })
    await until(() => mine()?.['hasNotes'] === true)
    expect(mine()).toMatchObject({ status: 'GUARANTEED', mobile: '60009999', confirmation: 'CONFIRMED' })
    const notes = await other.get(`/api/guarantees/${id}/notes/`)
    if (notes.status === 200)
      expect(notes.body['data'].map((note: { content: string }) => note.content)).toEqual(['called twice'])
    expect(await settled(act({ does: 'guarantee.remove', id }))).toMatchObject({ state: 'confirmed' })
    expect(mine()).toBeUndefined()
  }, 60_000)

  test('[O42] a promise made twice is one promise', async () => {
    const { act, settled, of, other } = await deskAt(make)
    const elector = of('m1')[3]!
    await other.post('/api/guarantees/', { elector, guaranteeStatus: 'GUARANTEED' })
    const again = { does: 'guarantee.create', elector, group: null, mobile: '', note: '' }
    expect(await settled(act({ ...again, status: 'GUARANTEED' }))).toMatchObject({ state: 'confirmed', already: {} })
    expect(await settled(act({ ...again, status: 'PENDING' }))).toMatchObject({ state: 'conflict' })
  }, 60_000)

  test('[O43] sheets entered and verified, results added up and published; before that it is said what is missing', async () => {
    const { act, settled, held, book, site } = await deskAt(make)
    const early = await settled(act({ does: 'results.generate' }))
    expect(early).toMatchObject({ state: 'rejected', next: 'verify-first' })
    const candidates = [...book().projection.of('candidate').keys()]
    const votes = candidates.map((candidate) => ({ candidate, votes: 2 }))
    for (const committee of book().projection.of('committee').keys()) {
      const entered = await settled(act({ does: 'count.enter', committee, cast: 6, invalid: 0, votes }))
      expect(entered).toMatchObject({ state: 'confirmed' })
    }
    for (const committee of book().projection.of('committee').keys())
      expect(await settled(act({ does: 'count.verify', committee }))).toMatchObject({ state: 'confirmed' })
    expect(await settled(act({ does: 'results.generate' }))).toMatchObject({ state: 'confirmed' })
    const deadline = site.clock.now() + 600_000
    expect(await settled(act({ does: 'results.publish' }, { deadline }))).toMatchObject({ state: 'confirmed' })
    expect(held('results')[0]).toMatchObject({ status: 'PUBLISHED' })
    // Published results are not taken back by adding them up again.
    expect(await settled(act({ does: 'results.generate' }))).toMatchObject({ state: 'rejected' })
    expect(held('results')[0]).toMatchObject({ status: 'PUBLISHED' })
  }, 60_000)

  test('[O44] what is done there is undone by its opposite, with the reason; what is not sent is taken back', async () => {
    const { act, settled, held, of, core, entry, away } = await deskAt(make)
    const elector = of('m1')[0]!
    const mark = act({ does: 'attendance.mark', elector, committee: 'm1', notes: '' })
    await settled(mark)
    const undone = core().acts.undo(mark, 'wrong person')
    if (!undone.ok || undone.value === null) throw new Error('not undone')
    expect(await settled(undone.value)).toMatchObject({ state: 'confirmed', why: 'wrong person', undoes: mark })
    expect(held('attendance')).toEqual([])
    expect(core().acts.undo(mark, 'again')).toEqual({ ok: false, error: 'undone-already' })
    const back = await away()
    const unsent = act({ does: 'attendance.mark', elector, committee: 'm1', notes: '' })
    expect(core().acts.undo(unsent, 'too early')).toEqual({ ok: true, value: null })
    expect(entry(unsent)).toMatchObject({ state: 'withdrawn', reason: 'too early' })
    await back()
    await until(() => held('attendance').length === 0)
  }, 60_000)
})
