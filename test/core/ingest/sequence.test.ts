import { expect, test } from 'vitest'
import { place, type Sequence } from '../../../src/core/ingest/sequence.ts'

const at = (seq: number, epoch = 'e') => ({ epoch, seq })
const following = (seq: number): Sequence => ({ at: 'following', position: at(seq) })

test('[Q1] the next number moves the place', () => {
  expect(place(following(4), at(5))).toEqual({ is: 'next', sequence: following(5) })
})
test.each([0, 3, 4])('[Q2] number %i after 4 was had already', (seq) => {
  expect(place(following(4), at(seq))).toEqual({ is: 'duplicate' })
})
test.each([
  [6, 1],
  [104, 99],
])('[Q3] number %i after 4 shows that %i are missing', (seq, missing) => {
  expect(place(following(4), at(seq))).toEqual({ is: 'gap', missing, at: at(seq) })
})
test.each([1, 5, 900])('[Q4] number %i of another epoch joins nothing', (seq) => {
  expect(place(following(4), at(seq, 'f'))).toEqual({ is: 'other-epoch', at: at(seq, 'f') })
})
test('[Q5] a skipped range moves the place to its end, from wherever it began before', () => {
  expect(place(following(4), at(9), 5)).toEqual({ is: 'next', sequence: following(9) })
  expect(place(following(4), at(9), 2)).toEqual({ is: 'next', sequence: following(9) })
  expect(place(following(4), at(9), 6)).toMatchObject({ is: 'gap', missing: 1 })
  expect(place(following(9), at(9), 5)).toEqual({ is: 'duplicate' })
})
test('[Q6] while the place is not known everything waits', () => {
  for (const position of [null, at(1), at(9, 'f')]) expect(place({ at: 'held' }, position)).toEqual({ is: 'wait' })
})
test('[Q7] the first number after none begins the numbering', () => {
  expect(place({ at: 'unnumbered' }, at(7))).toEqual({ is: 'next', sequence: following(7) })
})
test('[Q8] a frame without a number has no place', () => {
  expect(place({ at: 'unnumbered' }, null)).toEqual({ is: 'unnumbered' })
  expect(place(following(4), null)).toEqual({ is: 'unnumbered' })
})
