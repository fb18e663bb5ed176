import type { WebSocket } from 'ws'
import type { Viewer } from '../auth/roles.ts'
import type { Admission } from '../auth/tickets.ts'
import type { ReplayRun } from './resume.ts'
import type { Close, Outgoing } from './wire.ts'
import { CLOSE, skipText } from './wire.ts'

/** After a close frame the other side has this long before the line is cut. */
const CLOSE_GRACE_MS = 2000

export type DeskLimits = { readonly epoch: string; readonly bufferedBytes: number }

/**
 * One open socket: who reads it, what it may see, how far it has been served. Owns the socket's sending side until it is
 * closed. It never reads the store and never decides what to answer.
 */
export class Desk {
  admission: Admission
  viewer: Viewer
  /** False when a protocol ping went out and nothing came back yet. */
  alive = true
  /** When the last chunk was handed over and has not left yet; null when nothing waits. UTC ms. */
  waitingSince: number | null = null
  readonly #socket: WebSocket
  readonly #limits: DeskLimits
  readonly #onClose: (code: number) => void
  #closing = false
  /** While missed frames are being sent, live ones wait in the store. */
  #replay: ReplayRun | null = null

  constructor(
    socket: WebSocket,
    who: { admission: Admission; viewer: Viewer },
    limits: DeskLimits,
    onClose: (code: number) => void,
  ) {
    this.#socket = socket
    this.admission = who.admission
    this.viewer = who.viewer
    this.#limits = limits
    this.#onClose = onClose
  }

  get open(): boolean {
    return !this.#closing && this.#socket.readyState === this.#socket.OPEN
  }

  get replaying(): boolean {
    return this.#replay !== null
  }

  beginReplay(since: number): ReplayRun {
    this.#replay = { cursor: since }
    return this.#replay
  }

  isReplay(run: ReplayRun): boolean {
    return this.#replay === run
  }

  endReplay(run: ReplayRun): void {
    if (this.#replay === run) this.#replay = null
  }

  say(message: object): void {
    if (this.open) this.#socket.send(JSON.stringify(message))
  }

  /** Frames in order; those not for this reader become a skip. `sent` hears when all of it has left this machine's memory. */
  deliver(frames: readonly Outgoing[], sent?: () => void): number {
    const messages = this.#messagesOf(frames)
    messages.forEach((message, index) => {
      if (!this.open) return
      const last = index === messages.length - 1
      if (last && sent !== undefined) this.#socket.send(message, { binary: false }, () => sent())
      else this.#socket.send(message, { binary: false })
    })
    if (sent === undefined && this.#socket.bufferedAmount > this.#limits.bufferedBytes) this.close(CLOSE.tooSlow)
    return messages.length
  }

  #messagesOf(frames: readonly Outgoing[]): (Buffer | string)[] {
    const messages: (Buffer | string)[] = []
    let hiddenFrom: number | null = null
    let last = 0
    for (const frame of frames) {
      const text = frame.for(this.viewer)
      last = frame.seq
      if (text === null) {
        hiddenFrom ??= frame.seq
        continue
      }
      if (hiddenFrom !== null) messages.push(skipText(this.#limits.epoch, hiddenFrom, frame.seq - 1))
      hiddenFrom = null
      messages.push(text)
    }
    if (hiddenFrom !== null) messages.push(skipText(this.#limits.epoch, hiddenFrom, last))
    return messages
  }

  ping(): void {
    this.alive = false
    if (this.open) this.#socket.ping()
  }

  close(why: Close): void {
    if (this.#closing) return
    this.#closing = true
    this.#socket.close(why.code, why.reason)
    this.#onClose(why.code)
    setTimeout(() => this.#socket.terminate(), CLOSE_GRACE_MS).unref()
  }

  /** The line is dead: no close frame would arrive. */
  cut(): void {
    if (!this.#closing) this.#onClose(1006)
    this.#closing = true
    this.#socket.terminate()
  }
}
