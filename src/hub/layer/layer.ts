import type { CommittedFrame } from '../store/store.ts'

export type Unsubscribe = () => void

/** Carries committed frames from the store to whoever serves sockets, in order, at once. One process today, several behind one bus later. */
export type Layer = {
  /** What `health` calls it. */
  readonly kind: string
  publish(frames: readonly CommittedFrame[]): void
  subscribe(hear: (frames: readonly CommittedFrame[]) => void): Unsubscribe
}
