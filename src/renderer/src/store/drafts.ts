import { useEffect, useState } from 'react'
import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { SessionView } from '../../../shared/view/session.ts'
import { useValue } from './core-context.tsx'

/** What is typed in a dialog, by the field. */
const Draft = z.record(z.string(), z.string())
type Draft = Readonly<z.infer<typeof Draft>>
const EMPTY: Draft = {}
const Stored = z.object({ drafts: z.record(z.string(), Draft) })
type Drafts = Readonly<Record<string, Draft>>

/** Until the window is closed. Passwords, tokens, what is typed to sign something off: never, those fields are their own. */
const KEPT = 'tallydesk.typed'

/**
 * What is being typed in dialogs, by whose and what of. It lives as long as the window: a dialog that Back, Esc or a reload
 * closed holds it again when it is opened for the same record; what was sent or cancelled is gone, and so is everything when
 * its owner signs out.
 */
export const useDrafts = create<{ readonly drafts: Drafts }>()(
  persist(() => ({ drafts: {} }), {
    name: KEPT,
    version: 1,
    storage: createJSONStorage(() => sessionStorage),
    // What a page of another time wrote may be anything.
    merge: (kept) => Stored.safeParse(kept).data ?? { drafts: {} },
  }),
)

export type Kept = {
  readonly typed: Draft
  readonly type: (change: Draft) => void
  /** `sent`: only if nothing was typed since. */
  readonly drop: (sent?: Draft) => void
  /** Something was there already when the dialog opened. */
  readonly wasKept: boolean
}

type Owned = Pick<SessionView, 'server' | 'user'>
const ownerOf = ({ server, user }: Owned): string => `${server?.id ?? '-'} ${user?.id ?? '-'} `

/** `about`: the dialog and its record. */
export function useKept(about: string): Kept {
  const session = useValue('session')
  // No other account or server meets it.
  const name = `${ownerOf(session ?? { server: null, user: null })}${session?.mode} ${about}`
  const typed = useDrafts(({ drafts }) => drafts[name] ?? EMPTY)
  const [wasKept] = useState(Object.keys(typed).length > 0)
  return {
    typed,
    wasKept,
    type: (change) =>
      void useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [name]: { ...drafts[name], ...change } } })),
    drop: (sent) =>
      void useDrafts.setState(({ drafts: { [name]: now, ...rest } }) => (sent && now !== sent ? {} : { drafts: rest })),
  }
}

/** At a sign-out nothing of it stays in the window. */
export function forgetTyped(): void {
  useDrafts.setState({ drafts: {} })
  useDrafts.persist.clearStorage()
}

/** Somebody else signed in, or the account was taken away: what was typed is not for whoever sits here now. */
export function useForgetTyped(): void {
  const session = useValue('session')
  const owner = session?.state === 'signed-in' ? ownerOf(session) : null
  const isTaken = (session?.revoked ?? null) !== null
  useEffect(() => {
    if (isTaken) return forgetTyped()
    if (owner === null) return
    const { drafts } = useDrafts.getState()
    const own = Object.entries(drafts).filter(([name]) => name.startsWith(owner))
    if (own.length < Object.keys(drafts).length) useDrafts.setState({ drafts: Object.fromEntries(own) })
  }, [owner, isTaken])
}
