import { DOCTOR_STEPS, type DoctorFinding, type DoctorStep, type DoctorWishes } from '../../shared/view/doctor.ts'
import {
  type Chart,
  type DoctorPorts,
  doubtful,
  type Examination,
  findingOf,
  type Outcome,
  type Patient,
  skipped,
  STEP_WAIT,
} from './chart.ts'
import { type Word, within } from './patience.ts'
import { askPlainly, compareClocks, readShape } from './steps-http.ts'
import { lookUpName, reachPort, seeCertificate } from './steps-network.ts'
import { echo, readEverything } from './steps-records.ts'
import { trySignIn } from './steps-sign-in.ts'
import { hearHello, listen, pingOnce } from './steps-socket.ts'
import { upgradeByHeader, upgradeByOrigin, upgradeByQuery } from './steps-upgrade.ts'

const EXAMINATIONS: Readonly<Record<DoctorStep, Examination>> = {
  name: lookUpName,
  tcp: reachPort,
  tls: seeCertificate,
  http: askPlainly,
  'sign-in': trySignIn,
  clock: compareClocks,
  rest: readShape,
  'upgrade-header': upgradeByHeader,
  'upgrade-query': upgradeByQuery,
  'upgrade-origin': upgradeByOrigin,
  hello: hearHello,
  ping: pingOnce,
  liveness: listen,
  snapshot: readEverything,
  echo,
}
/** Where one of these is bad nothing after it can be good: the rest is left out. */
const GROUND: ReadonlySet<DoctorStep> = new Set(['name', 'tcp', 'tls', 'http'])
/** Listening has its own length, half a minute; this is far beyond it. ms. */
const LISTENING_ENDS = 60_000

export type Visit = {
  readonly ports: DoctorPorts
  readonly patient: Patient
  readonly wishes: DoctorWishes
  readonly stop: Word
  /** Ends listening early. */
  readonly enough: Word
  /** A step began, or is so far, 0 to 1. */
  readonly under: (step: DoctorStep, part: number | null) => void
}

/**
 * Looks at the way to a server, one layer after the other, and tells of each what was seen. It writes nothing, but for the
 * one record agreed to in words; it holds one socket of its own and gives it back however it ends.
 */
export async function* examine(visit: Visit): AsyncGenerator<DoctorFinding> {
  const { ports, stop } = visit
  let step: DoctorStep = 'name'
  const chart: Chart = {
    ...visit,
    progress: (part) => visit.under(step, part),
    answer: null,
    token: null,
    probe: { is: 'trouble', detail: 'not asked' },
    user: null,
    tries: new Map(),
    line: null,
    over: false,
  }
  let lost = false
  try {
    for (const [at, each] of DOCTOR_STEPS.entries()) {
      if (stop.isSaid) return
      step = each
      visit.under(step, null)
      const began = ports.clock.elapsed()
      const outcome: Outcome | null = lost ? skipped('not-reached') : await attend(chart, step)
      if (outcome === null) return
      lost ||= outcome.verdict === 'bad' && GROUND.has(step)
      yield findingOf(at + 1, step, outcome, ports.clock.elapsed() - began)
    }
  } finally {
    chart.over = true
    chart.line?.drop()
  }
}

/** Null: stopped on the way. */
async function attend(chart: Chart, step: DoctorStep): Promise<Outcome | null> {
  const limit = step === 'liveness' ? LISTENING_ENDS : STEP_WAIT
  const ended = await within(chart.ports.clock, limit, chart.stop, EXAMINATIONS[step](chart))
  if (ended.is === 'done') return chart.stop.isSaid ? null : ended.value
  return ended.is === 'stopped' ? null : doubtful('too-long', `nothing in ${limit / 1000} s`)
}
