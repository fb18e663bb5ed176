import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

/** How this window likes to look. Kept in the page's own storage: taste, never data. */
export type Preferences = {
  readonly language: 'en' | 'ar'
  readonly theme: 'auto' | 'light' | 'dark'
  readonly contrast: 'normal' | 'more'
  readonly density: 'comfortable' | 'compact'
  readonly digits: 'latn' | 'arab'
  /** Keys without Ctrl or Alt, such as `g b`: some input aids type them by accident. */
  readonly singleKeys: boolean
  /** A short sound with each mark at a kiosk. */
  readonly sound: boolean
}

type Store = Preferences & { readonly set: (change: Partial<Preferences>) => void }

export const usePreferences = create<Store>()(
  persist(
    (set) => ({
      language: 'en',
      theme: 'auto',
      contrast: 'normal',
      density: 'comfortable',
      digits: 'latn',
      singleKeys: true,
      sound: true,
      set: (change) => set(change),
    }),
    {
      name: 'tallydesk.preferences',
      version: 1,
      storage: createJSONStorage(() => localStorage),
      partialize: ({ set: _, ...preferences }) => preferences,
    },
  ),
)
