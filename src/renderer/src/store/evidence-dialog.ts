import { create } from 'zustand'

/** Whether the evidence pack's dialog is open: several screens lead to it. */
export const useEvidenceDialog = create<{
  readonly isOpen: boolean
  readonly open: () => void
  readonly close: () => void
}>((set) => ({
  isOpen: false,
  open: () => set({ isOpen: true }),
  close: () => set({ isOpen: false }),
}))
