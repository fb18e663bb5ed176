import { create } from 'zustand'

export type Freeze = {
  /** Since when the screen holds still, ms by this desk's clock; null: it does not. */
  readonly since: number | null
  /** When something opened meanwhile was first shown, ms: it is of its own moment, not of `since`. Null: nothing was. */
  readonly openedAt: number | null
}

const MOVING: Freeze = { since: null, openedAt: null }

/** Whether this window's figures hold still. Nothing is kept back but their drawing. */
export const useFreeze = create<Freeze>()(() => MOVING)

export const isFrozen = (): boolean => useFreeze.getState().since !== null

export function freeze(now: number = Date.now()): void {
  if (!isFrozen()) useFreeze.setState({ since: now, openedAt: null })
}
export function letGo(): void {
  useFreeze.setState(MOVING)
}
/** A view that was not on the page when it froze has been shown for the first time. */
export function openedWhileFrozen(now: number = Date.now()): void {
  if (isFrozen()) useFreeze.setState({ openedAt: now })
}

/** Whether the page draws nothing new for a moment: while the thumb of the scrub bar moves, only the thumb does. */
export const useDrawing = create<{ readonly rests: boolean }>()(() => ({ rests: false }))

export function restDrawing(rests: boolean): void {
  if (useDrawing.getState().rests !== rests) useDrawing.setState({ rests })
}
