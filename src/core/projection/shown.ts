import type { FoldListener, Folded } from './folded.ts'

export type ShownListener = FoldListener & {
  /** Time went on by itself: what depends on the clock may be different. Only a replay says so; live views look at their clock. */
  timeMoved?(): void
}

/** What views are made of: everything folded so far, and word of each change. A live book is one, the stage of a replay another. */
export type Shown = Pick<Folded, 'projection' | 'figures' | 'feed' | 'attendanceByCommittee'> & {
  listen(listener: ShownListener): () => void
}
