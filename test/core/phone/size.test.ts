import { expect, test } from 'vitest'
import { callList } from '../../../src/core/phone/call-list.ts'
import { callSheet } from '../../../src/core/phone/call-sheet.ts'
import type { Shown } from '../../../src/core/projection/shown.ts'
import { CallQuery } from '../../../src/shared/view/calls.ts'
import { ADMIN } from '../ingest/arriving-desk.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { code, committee, election, guarantee, NINE } from '../projection/records.ts'

test('[P117] the call list and its file look at each guarantee once, and the file comes a page at a time', () => {
  const { book } = bookOnDisk()
  must(book, told(election(), ...Array.from({ length: 420 }, (_, id) => committee(id + 1))))
  const changes = Array.from({ length: 5_000 }, (_, id) =>
    guarantee(id, { mobile: '99887766', committeeName: null, committeeCode: code(`C${(id % 420) + 1}`) }),
  )
  must(book, told(...changes))
  let passes = 0
  const { tables } = book.projection
  const guarantees = new Proxy(tables.guarantee, {
    get: (table, key) => {
      if (key === 'values') passes += 1
      const value: unknown = Reflect.get(table, key)
      return typeof value === 'function' ? value.bind(table) : value
    },
  })
  const projection = new Proxy(book.projection, {
    get: (whole, key) =>
      key === 'of' ? (kind: never) => (kind === 'guarantee' ? guarantees : whole.of(kind)) : Reflect.get(whole, key),
  })
  const { figures, feed, attendanceByCommittee } = book
  const counted: Shown = { projection, figures, feed, attendanceByCommittee, listen: () => () => {} }
  expect([callList(counted, CallQuery.parse({}), ADMIN, NINE).length, passes]).toEqual([5_000, 1])
  const { pieces, rows } = callSheet(counted, { ...CallQuery.parse({}), language: 'ar' }, ADMIN, 'official', NINE)
  const texts = [...pieces]
  expect([rows, passes, texts.length]).toEqual([5_000, 2, 10])
  expect(texts.join('').split('\r\n').length).toBe(5_002)
})
