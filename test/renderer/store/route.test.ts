// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { followAddress, go, parseRoute, refine, to, useRoute } from '../../../src/renderer/src/store/route.ts'
import { openNow } from '../../../src/renderer/src/store/open.ts'

test('[V41] the address names the screen and its filters, and leaves out what is empty', () => {
  expect(to('attendance', { committee: 'm4', status: null, q: '' })).toBe('#/attendance?committee=m4')
  expect(parseRoute('#/attendance?committee=m4')).toEqual({ screen: 'attendance', query: { committee: 'm4' } })
  expect(parseRoute(to('guarantees', { q: 'آل صباح & sons' })).query.q).toBe('آل صباح & sons')
})

test('[V41] an address nobody knows leads to the board', () => {
  expect(parseRoute('#/admin').screen).toBe('board')
  expect(parseRoute('').screen).toBe('board')
  expect(parseRoute('#/__proto__').screen).toBe('board')
})

test('[V41] a refined filter stays on the same entry of the history', async () => {
  const stop = followAddress()
  go('attendance')
  await expect.poll(() => useRoute.getState().screen).toBe('attendance')
  const length = history.length
  refine({ q: 'a' })
  refine({ q: 'ab' })
  expect(history.length).toBe(length)
  expect(useRoute.getState().query).toEqual({ q: 'ab' })
  stop()
})

test('[V441] a filter that is changed as something opens leaves it open', () => {
  go('attendance')
  openNow('correct', '7-1007')
  refine({ q: '1007' })
  expect(parseRoute(location.hash)).toEqual({
    screen: 'attendance',
    query: { open: 'correct', of: '7-1007', q: '1007' },
  })
})
