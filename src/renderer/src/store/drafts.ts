import { useState } from 'react'
import { create } from 'zustand'
import { useValue } from './core-context.tsx'

/** What is typed in a dialog, by the field. */
type Draft = Readonly<Record<string, string>>
const EMPTY: Draft = {}

/**
 * What is being typed in dialogs, by whose and what of. It lives as long as the page: a dialog that Back or Esc closed holds
 * it again when it is opened for the same record; what was saved or cancelled is gone.
 */
const useDrafts = create<Readonly<Record<string, Draft>>>()(() => ({}))

export type Kept = {
  readonly typed: Draft
  readonly type: (change: Draft) => void
  readonly drop: () => void
  /** Something was there already when the dialog opened. */
  readonly wasKept: boolean
}

/** `about`: the dialog and its record. */
export function useKept(about: string): Kept {
  const session = useValue('session')
  // No other account or server meets it.
  const name = [session?.server?.id, session?.mode, session?.user?.id, about].join(' ')
  const typed = useDrafts((drafts) => drafts[name] ?? EMPTY)
  const [wasKept] = useState(Object.keys(typed).length > 0)
  return {
    typed,
    wasKept,
    type: (change) => useDrafts.setState((drafts) => ({ [name]: { ...drafts[name], ...change } })),
    drop: () => useDrafts.setState({ [name]: EMPTY }),
  }
}
