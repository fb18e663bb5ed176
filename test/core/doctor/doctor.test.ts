import { expect, test } from 'vitest'
import { Doctor } from '../../../src/core/doctor/doctor.ts'
import type { Network } from '../../../src/core/doctor/network.ts'
import { DOCTOR_STEPS, DoctorNote } from '../../../src/shared/view/doctor.ts'
import { DOCTOR_WORDS, STEP_NAMES } from '../../../src/shared/words/doctor-words.ts'
import { ok } from '../../../src/shared/result.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { ScriptedDial } from '../../doubles/scripted-dial.ts'
import { failure, later, ScriptedHttp } from '../../doubles/scripted-http.ts'
import { fixedRandom } from '../../doubles/seeded-random.ts'

const NETWORK: Network = {
  addressesOf: async () => ok(['10.0.0.1']),
  reach: async () => ok('10.0.0.1'),
  secure: async () =>
    ok({ protocol: 'TLSv1.3', subject: 's', issuer: 'i', names: 'n', validFrom: null, validTo: null }),
}
const PATIENT = { server: { url: 'https://ems.example', origin: null, authority: null }, session: null }

function surgery(network: Partial<Network> = {}) {
  const clock = new ManualClock()
  const http = new ScriptedHttp().on('GET', /users\/me/, failure(401, 'no credentials'))
  const wire = new ScriptedDial()
  const ports = { clock, http: http.http, dial: wire.dial, random: fixedRandom(0.5), log: new LogLines() }
  return { clock, http, wire, doctor: new Doctor({ ...ports, network: { ...NETWORK, ...network } }) }
}

test('[X10] every note and every step has words', () => {
  for (const note of DoctorNote.options) expect(DOCTOR_WORDS[note].operator).not.toBe('')
  for (const step of DOCTOR_STEPS) expect(STEP_NAMES[step]).not.toBe('')
})

test('[X12] a step that never ends is doubtful after 5 s, and the visit goes on', async () => {
  const { doctor, clock, wire } = surgery({ reach: () => new Promise(() => {}) })
  const visit = doctor.run(PATIENT, { echo: false, listen: false })
  await clock.advance(4_999)
  expect(doctor.view()).toMatchObject({ state: 'running', step: 'tcp' })
  await clock.advance(2)
  expect(doctor.view().findings[1]).toMatchObject({ step: 'tcp', verdict: 'doubtful', note: 'too-long', ms: 5_000 })
  wire.last.refuse(403)
  await clock.settle()
  await visit
  expect(doctor.view()).toMatchObject({ state: 'done', step: null })
  expect(doctor.view().findings).toHaveLength(DOCTOR_STEPS.length)
  expect(clock.pending).toBe(0)
})

test('[X13] a visit that is ended tells nothing more, and its socket is dropped', async () => {
  const { doctor, clock, wire } = surgery()
  const visit = doctor.run(PATIENT, { echo: false, listen: true })
  await clock.settle()
  wire.last.open()
  await clock.settle()
  expect(doctor.view().step).toBe('hello')
  doctor.stop()
  await clock.settle()
  await visit
  expect(doctor.view()).toMatchObject({ state: 'stopped', step: null })
  expect(doctor.view().findings.at(-1)?.step).toBe('upgrade-origin')
  expect(wire.last.endedBy).toBe('drop')
})

test('[X13] ended during a request, what answers late changes nothing', async () => {
  const { doctor, clock, http } = surgery()
  const answer = later()
  http.on('GET', /users\/me/, () => answer.reply)
  const visit = doctor.run(PATIENT, { echo: false, listen: true })
  await clock.settle()
  expect(doctor.view().step).toBe('http')
  doctor.stop()
  await visit
  const { findings } = doctor.view()
  answer.give(failure(401, 'late'))
  await clock.settle()
  expect(doctor.view().findings).toEqual(findings)
})

test('[X13] listening shows how far it is, and can be cut short', async () => {
  const { doctor, clock, wire } = surgery()
  const visit = doctor.run(PATIENT, { echo: false, listen: true })
  await clock.settle()
  wire.last.open()
  wire.last.text('{"type":"connection_success"}')
  await clock.settle()
  const { timestamp } = JSON.parse(wire.last.sent.at(-1) ?? '{}') as { timestamp: number }
  wire.last.text(JSON.stringify({ type: 'pong', timestamp }))
  await clock.settle()
  expect(doctor.view().step).toBe('liveness')
  for (let second = 0; second < 9; second++) {
    wire.last.alive()
    await clock.advance(1_000)
  }
  expect(doctor.view().progress).toBeCloseTo(0.3)
  doctor.skip()
  await clock.settle()
  await visit
  const listened = doctor.view().findings.find((finding) => finding.step === 'liveness')
  expect(listened).toMatchObject({ verdict: 'good', note: 'alive-so-far' })
})

test('[X16] half a minute without a byte is silence', async () => {
  const { doctor, clock, wire } = surgery()
  const visit = doctor.run(PATIENT, { echo: false, listen: true })
  await clock.settle()
  wire.last.open()
  wire.last.text('{"type":"connection_success"}')
  await clock.settle()
  const { timestamp } = JSON.parse(wire.last.sent.at(-1) ?? '{}') as { timestamp: number }
  wire.last.text(JSON.stringify({ type: 'pong', timestamp }))
  await clock.advance(31_000)
  await visit
  const listened = doctor.view().findings.find((finding) => finding.step === 'liveness')
  expect(listened).toMatchObject({ verdict: 'bad', cause: 'silent' })
})

test('[X19] a second visit ends the first, and another server forgets both', async () => {
  const { doctor, clock, http } = surgery()
  http.on('GET', /users\/me/, () => new Promise(() => {}))
  const first = doctor.run(PATIENT, { echo: false, listen: false })
  await clock.settle()
  const second = doctor.run(PATIENT, { echo: false, listen: false })
  await first
  await clock.settle()
  expect(doctor.view()).toMatchObject({ state: 'running', step: 'http' })
  expect(doctor.view().findings).toHaveLength(3)
  doctor.forget()
  await second
  expect(doctor.view()).toMatchObject({ state: 'idle', findings: [], startedAt: null })
})
