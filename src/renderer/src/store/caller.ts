import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

/** Who calls people at this window. All windows of a desk are signed in as one; each is another person. */
type Caller = {
  /** Made up by this window, so that its calls are told from another's. */
  readonly window: string
  /** As written; null: as the account is named. */
  readonly name: string | null
  readonly rename: (name: string) => void
}

/** Until the window is closed: a page that is loaded anew still knows which calls are its own. */
export const useCaller = create<Caller>()(
  persist(
    (set) => ({
      window: crypto.randomUUID(),
      name: null,
      rename: (name) => set({ name }),
    }),
    {
      name: 'tallydesk.caller',
      version: 1,
      storage: createJSONStorage(() => sessionStorage),
      partialize: ({ window, name }) => ({ window, name }),
    },
  ),
)
