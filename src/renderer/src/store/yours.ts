import { closeNow, openNow } from './open.ts'

/** Opens what was done at this desk, from wherever something is said of it; or closes it. */
export const openYours = (open: boolean): void => (open ? openNow('yours') : closeNow('yours'))
