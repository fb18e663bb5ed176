import { create } from 'zustand'

/** Whether what was done at this desk is open: also from where something is said of it. */
export const useYours = create<{ readonly open: boolean }>()(() => ({ open: false }))
export const openYours = (open: boolean): void => useYours.setState({ open })
