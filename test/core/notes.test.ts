import { expect, test } from 'vitest'
import type { PledgeNotes, ReadFault } from '../../src/core/backend/backend.ts'
import { type NotesDesk, notesSource } from '../../src/core/notes.ts'
import { GuaranteeId } from '../../src/shared/model/ids.ts'
import { err, ok, type Result } from '../../src/shared/result.ts'
import type { NotesRefusal } from '../../src/shared/view/notes.ts'
import { NotesView } from '../../src/shared/view/notes.ts'
import { ManualClock } from '../doubles/manual-clock.ts'

const id = GuaranteeId.parse(17)
const note = (text: string) => ({ id: 1, author: 'Dana Test', at: 5, text, important: false })
const notes = (...texts: string[]): Result<PledgeNotes, ReadFault> => ok({ notes: texts.map(note), history: null })
const failed = (fault: ReadFault['fault']): Result<PledgeNotes, ReadFault> => err({ topic: 'guarantees', fault })
const answered = (status: number) => failed({ is: 'answer', status, message: '', errors: null, retryAfterMs: null })

function panel() {
  const clock = new ManualClock()
  const world = {
    answer: notes('call first'),
    refusal: null as NotesRefusal | null,
    reads: 0,
    told: (_what: 'frame' | 'taken' | 'link') => {},
    listening: true,
  }
  const desk: NotesDesk = {
    clock,
    refusal: () => world.refusal,
    read: async () => {
      world.reads += 1
      return world.answer
    },
    listen: (_id, told) => {
      world.told = told
      return () => {
        world.listening = false
      }
    },
  }
  const open = () => notesSource(desk)({ id }, () => {})
  return { clock, world, open }
}
const turn = async () => {
  for (let times = 0; times < 5; times++) await Promise.resolve()
}

test('[P83] notes are read when a panel opens, and again when the guarantee was told of, a note was taken and now and then', async () => {
  const { clock, world, open } = panel()
  const feed = open()
  expect(feed.snapshot()).toEqual({ is: 'loading' })
  await turn()
  expect(feed.snapshot()).toMatchObject({ is: 'read', notes: [{ text: 'call first' }], since: null })
  expect(NotesView.safeParse(feed.snapshot()).error).toBeUndefined()
  world.answer = notes('second', 'call first')
  world.told('frame')
  await clock.advance(1_999)
  await turn()
  expect(world.reads).toBe(1)
  await clock.advance(1)
  await turn()
  expect(feed.patch('notes')).toMatchObject({ notes: [{ text: 'second' }, {}] })
  world.told('taken')
  await clock.advance(0)
  await turn()
  expect(world.reads).toBe(3)
  await clock.advance(30_000)
  await turn()
  expect(world.reads).toBe(4)
})

test('[P83] a closed panel reads nothing more and listens to nothing', async () => {
  const { clock, world, open } = panel()
  const feed = open()
  await turn()
  feed.stop()
  world.told('taken')
  await clock.advance(120_000)
  await turn()
  expect([world.reads, world.listening]).toEqual([1, false])
})

test('[P84] without a link nothing is asked and that is said; what was read stays, with since when', async () => {
  const { clock, world, open } = panel()
  world.refusal = 'offline'
  const away = open()
  await turn()
  expect([away.snapshot(), world.reads]).toEqual([{ is: 'refused', because: 'offline' }, 0])
  world.refusal = null
  world.told('link')
  await clock.advance(0)
  await turn()
  expect(away.snapshot()).toMatchObject({ is: 'read', since: null })
  world.refusal = 'offline'
  world.told('link')
  await clock.advance(0)
  await turn()
  const since = { at: clock.now(), because: 'offline' }
  expect(away.snapshot()).toMatchObject({ is: 'read', notes: [{ text: 'call first' }], since })
  world.refusal = null
  world.answer = answered(500)
  await clock.advance(10)
  world.told('link')
  await clock.advance(0)
  await turn()
  expect(away.snapshot()).toMatchObject({ is: 'read', since })
})

test('[P85] notes of somebody else’s guarantee, or of one that is gone, are neither asked for nor shown any longer', async () => {
  const { clock, world, open } = panel()
  const feed = open()
  await turn()
  world.refusal = 'not-yours'
  world.told('frame')
  await clock.advance(2_000)
  await turn()
  expect([feed.snapshot(), world.reads]).toEqual([{ is: 'refused', because: 'not-yours' }, 1])
  const causes: readonly (readonly [Result<PledgeNotes, ReadFault>, NotesRefusal])[] = [
    [answered(404), 'gone'],
    [answered(403), 'not-yours'],
    [answered(502), 'no-answer'],
    [failed({ is: 'signed-out' }), 'offline'],
    [failed({ is: 'network', fault: { is: 'reset', detail: '' } }), 'no-answer'],
    [failed({ is: 'wrong-shape', detail: '' }), 'not-understood'],
  ]
  for (const [answer, because] of causes) {
    const asked = panel()
    asked.world.answer = answer
    const fresh = asked.open()
    await turn()
    expect(fresh.snapshot()).toEqual({ is: 'refused', because })
  }
})
