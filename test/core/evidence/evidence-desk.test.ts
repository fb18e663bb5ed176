import { expect, test } from 'vitest'
import {
  EvidenceDesk,
  type MadePack,
  type Making,
  type MakingProgress,
} from '../../../src/core/evidence/evidence-desk.ts'
import type { EvidenceFailure } from '../../../src/shared/view/evidence.ts'
import { err, ok, type Result } from '../../../src/shared/result.ts'

const MADE: MadePack = {
  name: 'a.zip',
  file: '/d/a.zip',
  bytes: 9,
  cursor: 7,
  begins: null,
  head: 'h',
  sign: 's',
  squares: ['1'],
}
const ZONE = 'Asia/Kuwait'
const WISHES = { sealed: true, withJournal: false, language: 'en' } as const

function desk() {
  const zones: string[] = []
  const makings: { progress(so: MakingProgress): void; end(result: Result<MadePack, EvidenceFailure>): void }[] = []
  const evidence = new EvidenceDesk({
    make({ zone }, progress): Making {
      zones.push(zone)
      let end = (_result: Result<MadePack, EvidenceFailure>) => {}
      const ended = new Promise<Result<MadePack, EvidenceFailure>>((resolve) => {
        end = resolve
      })
      progress({ step: 'reading', done: 0, total: 7 })
      makings.push({ progress, end: (result) => end(result) })
      return { ended, cancel: () => end(err('cancelled')) }
    },
  })
  const seen: string[] = []
  evidence.onChange(() => seen.push(evidence.view().is))
  return { evidence, makings, seen, zones }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('[X86][X96] one pack at a time: its progress, its end, and then another', async () => {
  const { evidence, makings, seen, zones } = desk()
  expect(evidence.make('a', 7, WISHES, ZONE)).toEqual(ok(null))
  expect(evidence.make('a', 7, WISHES, ZONE)).toEqual(err('busy'))
  makings[0]?.progress({ step: 'writing', done: 1, total: 2 })
  expect(evidence.view()).toEqual({ is: 'making', step: 'writing', done: 1, total: 2 })
  makings[0]?.end(ok(MADE))
  await settle()
  expect(evidence.view()).toEqual({ is: 'made', sealed: true, ...MADE })
  expect(seen).toEqual(['making', 'making', 'making', 'made'])
  expect(zones).toEqual([ZONE])
  expect(evidence.make('a', 7, WISHES, ZONE)).toEqual(ok(null))
})

test('[X86][X72] cancelled it says so, and a sealed pack with the journal is not begun', async () => {
  const { evidence, makings } = desk()
  expect(evidence.make('a', 7, { ...WISHES, withJournal: true }, ZONE)).toEqual(err('sealed-with-journal'))
  expect(makings).toHaveLength(0)
  evidence.make('a', 7, WISHES, ZONE)
  evidence.cancel()
  await settle()
  expect(evidence.view()).toEqual({ is: 'failed', why: 'cancelled' })
})

test('[X88] what belongs to another account is forgotten, also when it ends later', async () => {
  const { evidence, makings } = desk()
  evidence.make('a', 7, WISHES, ZONE)
  evidence.forget()
  expect(evidence.view()).toEqual({ is: 'none' })
  makings[0]?.progress({ step: 'writing', done: 1, total: 2 })
  makings[0]?.end(ok(MADE))
  await settle()
  expect(evidence.view()).toEqual({ is: 'none' })
})
