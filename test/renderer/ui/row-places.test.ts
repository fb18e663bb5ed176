import { expect, test } from 'vitest'
import { RowPlaces } from '../../../src/renderer/src/ui/row-places.ts'

test('[V470] a row that stays keeps its place, one that comes takes the place of one that went', () => {
  const places = new RowPlaces()
  expect(places.of(['a', 'b', 'c'])).toEqual([0, 1, 2])
  expect(places.of(['d', 'a', 'b'])).toEqual([2, 0, 1])
})

test('[V470] where every row is new each stands where the one before it stood', () => {
  const places = new RowPlaces()
  places.of(['a', 'b', 'c'])
  expect(places.of(['d', 'e', 'f'])).toEqual([0, 1, 2])
})

test('[V470] asked twice for the same rows it gives the same places, and no two rows the same one', () => {
  const places = new RowPlaces()
  places.of(['a', 'b', 'c', 'd'])
  const first = places.of(['x', 'c', 'y', 'z', 'a', 'w'])
  expect(places.of(['x', 'c', 'y', 'z', 'a', 'w'])).toEqual(first)
  expect(new Set(first).size).toBe(first.length)
})
