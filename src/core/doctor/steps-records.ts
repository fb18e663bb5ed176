import { z } from 'zod'
import { TOPICS, type Topic } from '../../shared/model/change.ts'
import { electionCodec } from '../backend/election/codec.ts'
import { createReader } from '../backend/election/reader.ts'
import { readAnswer } from '../backend/envelope.ts'
import { createRest } from '../backend/rest.ts'
import type { Http } from '../ports.ts'
import { bad, caused, type Chart, doubtful, type Examination, faulted, good, skipped, STEP_WAIT } from './chart.ts'
import { look } from './steps-http.ts'

/** A little less than a step may last, ms, so that the outcome is a finding and not a lateness. */
const PATIENCE = STEP_WAIT - 250

/** Reads each topic as the console does after every break, and says how long and how large it was. */
export const readEverything: Examination = async (chart) => {
  const { ports, patient, stop, token } = chart
  if (token === null || patient.session === null) return skipped('not-signed-in')
  const { clock, random, log } = ports
  const from = clock.elapsed()
  let bytes = 0
  const counting: Http = async (request) => {
    const answer = await ports.http(request)
    if (answer.ok) bytes += answer.value.body.length
    return answer
  }
  const rest = createRest({ http: counting, clock, random, session: patient.session, server: patient.server, log })
  const reader = createReader(rest, { election: null })
  const isOver = () => stop.isSaid || clock.elapsed() - from > PATIENCE
  const lines: string[] = []
  const missing: Topic[] = []
  // Left after `PATIENCE` with what there is: the topic under way is then called missing, as it is.
  const reading = (async () => {
    for (const topic of TOPICS) {
      const [began, before] = [clock.elapsed(), bytes]
      let records = 0
      const read = await reader.read(topic, (part) => void (records += part.changes.length), isOver)
      if (read.ok && !isOver()) {
        const size = `${records} records, ${Math.ceil((bytes - before) / 1024)} KB`
        lines.push(`${topic} ${Math.round(clock.elapsed() - began)} ms (${size})`)
      } else missing.push(topic)
      if (isOver()) break
    }
  })()
  await Promise.race([reading, new Promise<void>((resolve) => void clock.after(PATIENCE, resolve)), stop.heard])
  rest.stop()
  const left = TOPICS.filter((topic) => missing.includes(topic) || !lines.some((line) => line.startsWith(`${topic} `)))
  if (left.length === 0) return good('read-whole', lines.join('; '))
  return doubtful('read-partly', [...lines, `not read: ${left.join(', ')}`].join('; '))
}

const Own = z.object({
  guarantees: z.array(z.object({ id: z.number().int(), quickNote: z.string().nullable().default('') })),
})

/**
 * Only when agreed to: writes the note of one guarantee of one's own as it is, and waits for the frame that tells of it. A
 * frozen message layer answers pings and swallows frames; nothing else shows that.
 */
export const echo: Examination = async (chart) => {
  const { wishes, token, line, ports, user } = chart
  if (!wishes.echo) return skipped('echo-not-agreed')
  if (token === null) return skipped('not-signed-in')
  if (line === null || line.closed) return skipped('not-reached', 'no socket is open')
  const due = ports.clock.elapsed() + PATIENCE
  const listed = await look(chart, '/api/guarantees/?page=1&page_size=1', token)
  if (!listed.ok) return faulted(listed.error)
  const reply = readAnswer(listed.value)
  const own = Own.safeParse(reply.ok ? reply.value.data : null)
  const record = own.success ? own.data.guarantees[0] : undefined
  if (record === undefined)
    return skipped('echo-nothing-own', `role ${user?.role ?? 'unknown'}, no guarantee of one's own`)
  const sentAt = ports.clock.elapsed()
  line.forget()
  const [written, came] = await Promise.all([
    writeAsItIs(chart, token, record.id, record.quickNote ?? ''),
    line.first((frame) => tellsOf(frame, record.id), Math.max(1, due - sentAt)),
  ])
  if (!written.ok) return faulted(written.error)
  const { status } = written.value
  if (status < 200 || status >= 300) return doubtful('echo-refused', `PATCH answered ${status}`)
  const ms = Math.round(ports.clock.elapsed() - sentAt)
  if (came !== null) return good('echo-came', `PATCH ${status}, frame after ${ms} ms`)
  const proof = `PATCH ${status}, no frame in ${ms} ms`
  return line.closed ? bad('echo-missing', proof) : { ...caused('layer-down', proof), note: 'echo-missing' }
}

const writeAsItIs = ({ ports, patient }: Chart, token: string, id: number, quickNote: string) =>
  ports.http({
    method: 'PATCH',
    url: `${patient.server.url}/api/guarantees/${id}/`,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ quickNote }),
    timeoutMs: PATIENCE,
    maxBytes: 64 * 1024,
    tls: { authority: patient.server.authority },
  })

function tellsOf(frame: string, id: number): true | null {
  const heard = electionCodec.decode(frame)
  if (!heard.ok || heard.value.is !== 'changes') return null
  return heard.value.changes.some((change) => change.kind === 'guarantee' && Number(change.key) === id) ? true : null
}
