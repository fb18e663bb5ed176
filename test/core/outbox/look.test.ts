import { expect, test } from 'vitest'
import { handlersOf } from '../../../src/core/handlers.ts'
import { CommandKey } from '../../../src/shared/model/ids.ts'
import { realDesk } from '../real-desk.ts'
import { deskAt, SITES } from './sites.ts'

test.each(SITES)('[V397] at %s who reads a refusal is written down, once, by name', async (_kind, make) => {
  const { act, settled, core, book } = await deskAt(make)
  const key = act({ does: 'results.generate' })
  expect(await settled(key)).toMatchObject({ state: 'rejected' })
  const { cursor } = book().journal
  const unknown = CommandKey.parse('no-such-key-1')
  expect(core().acts.look([key, unknown])).toEqual({ ok: true, value: null })
  expect(book().journal.cursor).toBe(cursor + 1)
  expect(book().projection.outbox.find(key)?.lookedAt).toMatchObject({ by: core().session.user()?.email })
  expect(core().acts.look([key])).toEqual({ ok: true, value: null })
  expect(book().journal.cursor).toBe(cursor + 1)
})

test('[V397] without a desk at work nothing is said to be read', async () => {
  const { desk } = realDesk()
  await desk.start()
  const looked = await handlersOf(desk)['outbox.look']({ keys: [CommandKey.parse('some-key-1')] })
  expect(looked).toEqual({ ok: false, error: 'not-open' })
})
