import { expect, test } from 'vitest'
import { openStore } from '../../src/hub/store/sqlite/open.ts'
import type { CommittedFrame, DraftFrame } from '../../src/hub/store/store.ts'
import { EVERYBODY } from '../../src/hub/store/store.ts'
import { err, ok } from '../../src/shared/result.ts'

const draft = (data: object): DraftFrame => ({ type: 'election_update', action: 'updated', data, audience: EVERYBODY })

function opened(hear: (frames: readonly CommittedFrame[]) => void = () => undefined, keepFrames = 50_000) {
  const store = openStore(null, { mode: 'rehearsal', keepFrames, now: () => 0, publish: (frames) => hear(frames) })
  if (!store.ok) throw new Error(store.error.sentence)
  return store.value
}

test('[B23] frames are published when nothing of their change is open any more', () => {
  const heard: number[][] = []
  const nested: boolean[] = []
  const store = opened((frames) => {
    heard.push(frames.map((frame) => frame.seq))
    // a transaction inside a transaction is refused: this one can only begin after the commit
    nested.push(store.change(() => ok(null)).ok)
    expect(store.position().seq).toBe(frames.at(-1)?.seq)
    expect(store.framesAfter(0, 10).map((frame) => frame.seq)).toEqual(frames.map((frame) => frame.seq))
  })
  store.change((_tables, announce) => {
    announce(draft({ first: 1 }))
    announce(draft({ second: 2 }))
    expect(heard).toEqual([])
    return ok(null)
  })
  expect([heard, nested]).toEqual([[[1, 2]], [true]])
})

test('[B23] a change that fails or throws leaves no frame and no number', () => {
  const heard: unknown[] = []
  const store = opened((frames) => heard.push(frames))
  const failing = (end: () => never | ReturnType<typeof err>) => () =>
    store.change((_tables, announce) => {
      announce(draft({}))
      return end()
    })
  expect(failing(() => err('no'))()).toEqual({ ok: false, error: 'no' })
  expect(
    failing(() => {
      throw new Error('a bug')
    }),
  ).toThrow('a bug')
  const sealed = () =>
    store.change(
      (_tables, announce) => ok(announce(draft({}))),
      () => {
        throw new Error('the answer could not be kept')
      },
    )
  expect(sealed).toThrow('kept')
  expect([heard, store.position().seq, store.framesAfter(0, 10)]).toEqual([[], 0, []])
})

test('[B40] frames beyond the bound are let go, and the store says from where it can resume', () => {
  const store = opened(undefined, 1500)
  for (let index = 0; index < 40; index += 1) {
    store.change((_tables, announce) => {
      for (let one = 0; one < 100; one += 1) announce(draft({}))
      return ok(null)
    })
  }
  expect(store.position().seq).toBe(4000)
  expect(store.resumableFrom()).toBe(2500)
  expect(store.framesAfter(2500, 1)[0]?.seq).toBe(2501)
})

test('[B11] answers are remembered for more than 72 hours, and not for ever', () => {
  let now = 0
  const store = openStore(null, { mode: 'rehearsal', keepFrames: 10, now: () => now, publish: () => undefined })
  if (!store.ok) throw new Error(store.error.sentence)
  const answer = { request: 'digest', status: 201, answer: '{}' }
  store.value.change((tables) => ok(tables.answers.keep(1, 'key', answer, now)))
  const kept = () => {
    store.value.prune()
    return store.value.read((tables) => tables.answers.find(1, 'key')).value
  }
  now = 73 * 3_600_000
  expect(kept()).toEqual(answer)
  now = 97 * 3_600_000
  expect(kept()).toBeNull()
})
