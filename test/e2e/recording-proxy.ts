import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

const JWT = /eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]{10,}/g

/** Passes bytes between the console and its server and keeps what it saw. It changes nothing; it may hold back. */
export type RecordingProxy = {
  readonly url: string
  /** Every token either side said. */
  tokens(): readonly string[]
  /** Those of them the server gave as answers to a refresh. */
  refreshes(): number
  /** Upgrades asked for so far: sockets that were opened. */
  sockets(): number
  /** From now on what the server says after its hello waits; gives what lets it go on. */
  holdAfterHello(): () => void
  stop(): Promise<void>
}

export async function recordingProxy(to: number): Promise<RecordingProxy> {
  const open = new Set<Socket>()
  const tokens = new Set<string>()
  let refreshes = 0
  let sockets = 0
  let held: (() => void)[] | null = null
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    const said = { up: '', down: '' }
    let greeted = false
    const pass = (way: 'up' | 'down', part: Buffer, run: () => void) => {
      if (way === 'down' && greeted && held) held.push(run)
      else run()
      if (way === 'down' && part.includes('connection_success')) greeted = true
    }
    const keep = (way: 'up' | 'down', part: Buffer) => {
      const text = part.toString('latin1')
      said[way] += text
      if (way === 'up') {
        // The head of a request is one write, so one part.
        refreshes += text.match(/POST \/api\/auth\/refresh\//g)?.length ?? 0
        sockets += text.match(/GET \/ws\//g)?.length ?? 0
      }
      for (const [token] of said[way].matchAll(JWT)) tokens.add(token)
      // A token is shorter than this; the rest was looked at.
      said[way] = said[way].slice(-4_096)
    }
    for (const [one, other, way] of [
      [near, far, 'up'],
      [far, near, 'down'],
    ] as const) {
      open.add(one)
      one.on('data', (part) => {
        keep(way, part)
        pass(way, part, () => void other.write(part))
      })
      one.on('end', () => other.end())
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const { port } = server.address() as AddressInfo // a TCP server's
  return {
    url: `http://127.0.0.1:${port}`,
    tokens: () => [...tokens],
    refreshes: () => refreshes,
    sockets: () => sockets,
    holdAfterHello() {
      held = []
      return () => {
        for (const run of held ?? []) run()
        held = null
      }
    },
    stop: () =>
      new Promise((down) => {
        for (const socket of open) socket.destroy()
        server.close(() => down())
      }),
  }
}
