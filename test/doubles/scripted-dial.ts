import type { Dial, DialListener, DialRequest, NetworkFault, UpgradeRefusal } from '../../src/core/ports.ts'

/** One dial as the link made it, with the server's side in the test's hand. */
export type ScriptedSocket = {
  readonly request: DialRequest
  readonly sent: string[]
  readonly pings: number
  /** `dialling` until the test answers; `ended` however it came. */
  readonly state: 'dialling' | 'open' | 'ended'
  /** How our side ended it; null: it did not. */
  readonly endedBy: { readonly code: number } | 'drop' | null
  open(): void
  text(frame: string): void
  binary(bytes: number): void
  alive(): void
  refuse(status: number, more?: Partial<UpgradeRefusal>): void
  fail(is: NetworkFault['is'], detail?: string): void
  close(code: number, reason?: string): void
}

/** Dials that go nowhere until the test says what came of them. */
export class ScriptedDial {
  readonly sockets: ScriptedSocket[] = []
  /** What each new dial meets at once; by default nothing, the test answers by hand. */
  onDial: (socket: ScriptedSocket) => void = () => {}
  /** The most sockets that were ever dialling or open at one time. */
  mostAtOnce = 0

  readonly dial: Dial = (request, listener) => {
    const scripted = new Scripted(request, listener)
    this.sockets.push(scripted)
    this.mostAtOnce = Math.max(this.mostAtOnce, this.sockets.filter(({ state }) => state !== 'ended').length)
    this.onDial(scripted)
    return scripted.ours
  }
  get last(): ScriptedSocket {
    const last = this.sockets.at(-1)
    if (last === undefined) throw new Error('nothing was dialled')
    return last
  }
}

class Scripted implements ScriptedSocket {
  readonly request: DialRequest
  readonly sent: string[] = []
  readonly #listener: DialListener
  pings = 0
  state: ScriptedSocket['state'] = 'dialling'
  endedBy: ScriptedSocket['endedBy'] = null
  readonly ours = {
    send: (text: string) => void this.sent.push(text),
    ping: () => void (this.pings += 1),
    close: (code: number) => {
      this.endedBy = { code }
      this.state = 'ended'
    },
    drop: () => {
      this.endedBy = 'drop'
      this.state = 'ended'
    },
  }
  constructor(request: DialRequest, listener: DialListener) {
    this.request = request
    this.#listener = listener
  }
  open(): void {
    if (this.state === 'dialling') this.state = 'open'
    this.#listener.opened()
  }
  text(frame: string): void {
    this.#listener.text(frame)
  }
  binary(bytes: number): void {
    this.#listener.binary(bytes)
  }
  alive(): void {
    this.#listener.alive()
  }
  refuse(status: number, more: Partial<UpgradeRefusal> = {}): void {
    this.state = 'ended'
    this.#listener.refused({ status, headers: {}, body: '', ...more })
  }
  fail(is: NetworkFault['is'], detail = is): void {
    this.state = 'ended'
    this.#listener.failed({ is, detail })
  }
  close(code: number, reason = ''): void {
    this.state = 'ended'
    this.#listener.closed(code, reason)
  }
}
