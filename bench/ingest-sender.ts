import { WebSocketServer } from 'ws'

/**
 * The other end of the ingest benchmark, in a process of its own: sends numbered attendance frames as fast as the reader
 * takes them, each time a client connects. Prints its port.
 */
const frames = Number(process.argv[2] ?? 100_000)
/** Bytes waiting in the socket before the sender rests: enough to keep the reader busy. */
const HIGH_WATER = 1 << 20

const frameAt = (seq: number): string =>
  JSON.stringify({
    type: 'attendance_update',
    action: 'created',
    timestamp: '2026-03-07T06:41:12.104233+00:00',
    epoch: 'bench',
    seq,
    data: {
      id: seq,
      elector_koc_id: String(700_000 + seq),
      elector_name: `Elector ${seq}`,
      elector_gender: 'FEMALE',
      committee_code: `f${seq % 420}`,
      committee_name: `Committee ${seq % 420}`,
      marked_by_name: 'Dana Test',
      attended_at: '2026-03-07T09:41:12.101900+03:00',
      notes: '',
      status: 'ATTENDED',
    },
  })
const texts = Array.from({ length: frames }, (_, index) => frameAt(index + 1))

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false }, () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`)
})
server.on('connection', (socket) => {
  let next = 0
  const send = () => {
    while (next < texts.length && socket.bufferedAmount < HIGH_WATER) socket.send(texts[next++] ?? '')
    if (next < texts.length) setImmediate(send)
  }
  send()
})
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
