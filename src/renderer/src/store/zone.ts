import { create } from 'zustand'
import { DEFAULT_ZONE } from '../../../shared/zone.ts'

type TheZone = {
  /** Where the election is held; every time is told so. */
  readonly zone: string
  /** Whether the question for another one is open. */
  readonly isAsked: boolean
}
export const useZone = create<TheZone>()(() => ({ zone: DEFAULT_ZONE, isAsked: false }))
export const askZone = (isAsked: boolean): void => useZone.setState({ isAsked })
