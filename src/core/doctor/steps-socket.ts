import { electionCodec } from '../backend/election/codec.ts'
import { safeWords } from '../backend/envelope.ts'
import { classify } from '../link/close-cause.ts'
import { bad, caused, type Chart, doubtful, type Examination, good, type Outcome, skipped, STEP_WAIT } from './chart.ts'
import type { Line } from './line.ts'
import { within } from './patience.ts'

/** Whole listening, ms: the server's own pings come every 20 s, with one to spare. */
const LISTEN = 30_000
/** Listening that was not asked for, ms: long enough for one ping of ours and its pong. */
const GLANCE = 1_500
/** Between two protocol pings of ours, ms; progress moves as often. */
const BEAT = 1_000
/** A pong slower than this is felt, ms. */
const SLOW = 1_000
/** A little less than a step may last, ms, so that the outcome is a finding and not a lateness. */
const PATIENCE = STEP_WAIT - 250

const noLine = (): Outcome => skipped('not-reached', 'no socket is open')

export const hearHello: Examination = async (chart) => {
  const { line, ports } = chart
  if (line === null) return noLine()
  const heard = await line.first((frame) => electionCodec.decode(frame), PATIENCE)
  if (heard === null) return line.closed ? ended(chart, line) : caused('silent', 'no greeting in 5 s')
  if (!heard.ok) return bad('hello-strange', heard.error.detail)
  if (heard.value.is !== 'hello') return bad('hello-strange', `the first frame is "${heard.value.is}"`)
  const { features, position, mode, serverTime } = heard.value
  const skew = serverTime === null ? '' : `, clock ${Math.round((serverTime - ports.clock.now()) / 1000)} s ahead`
  if (features.size === 0) return good('hello-plain', `no features${skew}`)
  const place = position === null ? '' : `, at ${position.seq}`
  return good('hello-hub', `${[...features].join(', ')}${place}, ${mode ?? 'no mode'}${skew}`)
}

export const pingOnce: Examination = async (chart) => {
  const { line, ports } = chart
  if (line === null) return noLine()
  const sentAt = ports.clock.elapsed()
  const echo = Math.round(ports.clock.now())
  line.send(electionCodec.ping(echo))
  const came = await line.first((frame) => pongOf(frame, echo), PATIENCE)
  if (came === null) return line.closed ? ended(chart, line) : bad('ping-lost', 'no pong in 5 s')
  const ms = Math.round(ports.clock.elapsed() - sentAt)
  return ms > SLOW ? doubtful('ping-slow', `${ms} ms`) : good('ping-quick', `${ms} ms`)
}

function pongOf(frame: string, echo: number): true | null {
  const heard = electionCodec.decode(frame)
  return heard.ok && heard.value.is === 'pong' && heard.value.echo === echo ? true : null
}

/** Sends protocol pings and watches for any life at all, for half a minute or until told that it is enough. */
export const listen: Examination = async (chart) => {
  const { line, ports, wishes, stop, enough } = chart
  if (line === null) return noLine()
  const whole = wishes.listen ? LISTEN : GLANCE
  const from = ports.clock.elapsed()
  const passed = () => ports.clock.elapsed() - from
  let longest = 0
  while (passed() < whole && !stop.isSaid && !enough.isSaid && line.closed === null) {
    line.ping()
    await within(ports.clock, Math.min(BEAT, whole - passed()), stop, enough.heard)
    longest = Math.max(longest, ports.clock.elapsed() - Math.max(line.heardAt, from))
    chart.progress(Math.min(1, passed() / whole))
  }
  if (line.closed) return ended(chart, line)
  const seconds = Math.round(passed() / 1000)
  const proof = `${line.lifeSigns} pings or pongs in ${seconds} s, longest pause ${(longest / 1000).toFixed(1)} s`
  const heard = line.heardAt >= from
  // Cut short before anything could have come: nothing is known.
  if (!heard && enough.isSaid && longest < STEP_WAIT) return skipped('not-asked', proof)
  if (!heard || longest >= STEP_WAIT) return caused('silent', proof)
  return wishes.listen && !enough.isSaid ? good('alive', proof) : good('alive-so-far', proof)
}

/** The socket ended under our hands; where nobody is signed in, a server that says so is well. */
function ended({ token, ports }: Chart, line: Line): Outcome {
  const now = ports.clock.elapsed()
  const { code, reason } = line.closed ?? { code: 1006, reason: '' }
  const found = classify({ is: 'closed', code, reason: safeWords(reason), lastedMs: now - line.openedAt })
  if (token === null && found.code === 'token-refused') return skipped('not-signed-in', found.proof)
  return caused(found.code, found.proof)
}
