import { z } from 'zod'
import { create } from 'zustand'
import { WindowKey } from '../../../shared/view/calls.ts'

/** Until the window is closed: a page that is loaded anew still knows which calls are its own. */
const KEPT = 'tallydesk.caller'
const Kept = z.object({ window: WindowKey, name: z.string().nullable() })

/** Who calls people at this window. All windows of a desk are signed in as one; each is another person. */
type Caller = {
  /** Made up by this window with its first call, so that its calls are told from another's; null: it has made none. */
  readonly window: string | null
  /** As written; null: as the account is named. */
  readonly name: string | null
}

export const useCaller = create<Caller>()(() => kept())

function kept(): Caller {
  const text = sessionStorage.getItem(KEPT)
  if (text === null) return { window: null, name: null }
  try {
    return Kept.parse(JSON.parse(text))
  } catch {
    // Not ours: another program's, or an older one's. A new key costs at most ten minutes of a claim.
    return { window: null, name: null }
  }
}

function keep(caller: { readonly window: string; readonly name: string | null }): void {
  sessionStorage.setItem(KEPT, JSON.stringify(caller))
  useCaller.setState(caller)
}

/** This window's key, made when it is first needed. */
export function windowKey(): string {
  const { window, name } = useCaller.getState()
  if (window !== null) return window
  const made = crypto.randomUUID()
  keep({ window: made, name })
  return made
}

export const renameCaller = (name: string): void => keep({ window: windowKey(), name })
