export type Unsubscribe = () => void

/** One end of a two-way message pipe. It is open when handed over; it delivers in order, or closes. */
export interface Port {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): Unsubscribe
  onClose(listener: () => void): Unsubscribe
  close(): void
}
