import { expect, test } from 'vitest'
import { sourcesOf } from '../../../src/core/sources.ts'
import { ElectorNumber } from '../../../src/shared/model/ids.ts'
import { hub } from '../../hub/fixture.ts'
import { realDesk, until } from '../real-desk.ts'

test('[V322] an action on a guarantee is told with its elector', async () => {
  const server = await hub()
  const desk = realDesk()
  await desk.live('admin@example.com', 'password-1')(server.url)
  const elector = ElectorNumber.parse('70003')
  const made = { does: 'guarantee.create', elector, status: 'PENDING', group: null, mobile: '', note: '' } as const
  expect(desk.core().act(made).ok).toBe(true)
  const guarantees = () => [...desk.book().projection.of('guarantee').values()]
  await until(() => guarantees().length === 1)
  const id = guarantees()[0]?.record.id
  if (id === undefined) throw new Error('the guarantee is there')
  desk.core().act({ does: 'guarantee.update', id, status: 'GUARANTEED' })
  const feed = sourcesOf(desk.desk).outbox(null, () => undefined)
  expect(feed.snapshot().recent[0]?.about).toBe('70003 Elector Number 2 Sample Test')
  feed.stop()
})
