import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

type Tour = {
  /** It was offered here once and taken or declined: it comes again only when it is asked for. */
  readonly offered: boolean
  /** The stop shown; null: it is not under way. */
  readonly stop: number | null
}

export const useTour = create<Tour>()(
  persist((): Tour => ({ offered: false, stop: null }), {
    name: 'tallydesk.tour',
    version: 1,
    storage: createJSONStorage(() => localStorage),
    partialize: ({ offered }) => ({ offered }),
  }),
)

export const goToStop = (stop: number): void => void useTour.setState({ stop, offered: true })
export const endTour = (): void => void useTour.setState({ stop: null, offered: true })
