import { expect, test } from 'vitest'
import { callList, callRow } from '../../../src/core/phone/call-list.ts'
import { callSheet } from '../../../src/core/phone/call-sheet.ts'
import { CallQuery } from '../../../src/shared/view/calls.ts'
import { ADMIN } from '../ingest/arriving-desk.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { code, committee, election, guarantee, NINE } from '../projection/records.ts'

test('[P117] the call list of 30 000 in 420 committees is made in one pass and one sort, and so is its file', () => {
  const { book } = bookOnDisk()
  must(book, told(election(), ...Array.from({ length: 420 }, (_, id) => committee(id + 1))))
  const changes = Array.from({ length: 30_000 }, (_, id) =>
    guarantee(id, { mobile: '99887766', committeeName: null, committeeCode: code(`C${(id % 420) + 1}`) }),
  )
  must(book, told(...changes))
  const query = CallQuery.parse({})
  const times = [0, 1, 2].map(() => {
    const started = performance.now()
    const list = callList(book, query, ADMIN, NINE)
    list.slice(0, 100).map((one) => callRow(book, one, ADMIN, NINE))
    expect(list.length).toBe(30_000)
    return performance.now() - started
  })
  const started = performance.now()
  const { pieces } = callSheet(book, { ...query, language: 'ar' }, ADMIN, 'official', NINE)
  let [text, longest, last] = ['', 0, started]
  for (const piece of pieces) {
    text += piece
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }
  const took = performance.now() - started
  console.info(
    `call list of 30 000: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms; file: ${took.toFixed(0)} ms, ${(text.length / 1e6).toFixed(1)} MB, the longest piece ${longest.toFixed(0)} ms`,
  )
  // A quadratic path would take minutes.
  expect(Math.max(...times)).toBeLessThan(5_000)
  expect(took).toBeLessThan(10_000)
})
