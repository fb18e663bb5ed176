/** So many looks in a row must show changes of which no frame told. */
const STRIKES = 2
/** Between two sockets ended for deafness, ms: where the server itself is deaf another socket does not help. */
const AGAIN = 5 * 60_000

/**
 * Recognises a socket that answers pings and hears nothing: its membership lapsed, or the message layer stands still. Some
 * changes are never told even on a good socket, so one look proves nothing.
 */
export class Deafness {
  #strikes = 0
  #endedAt = Number.NEGATIVE_INFINITY

  /** A look began at `since` found changes untold; `toldAt`: the last data frame. True: end the socket. All ms. */
  untold(since: number, toldAt: number, now: number): boolean {
    if (toldAt >= since) {
      this.#strikes = 0
      return false
    }
    this.#strikes += 1
    if (this.#strikes < STRIKES || now - this.#endedAt < AGAIN) return false
    this.#strikes = 0
    this.#endedAt = now
    return true
  }
}
