import { create } from 'zustand'
import { DEFAULT_ZONE } from '../../../shared/zone.ts'

/** Where the election is held; every time is told so. */
export const useZone = create<{ readonly zone: string }>()(() => ({ zone: DEFAULT_ZONE }))
