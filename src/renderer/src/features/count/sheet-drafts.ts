import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { CommandKey } from '../../../../shared/model/ids.ts'
import { useValue } from '../../store/core-context.tsx'
import type { FieldName, Typed } from './sheet-check.ts'

/** What was said to warnings, by the warning's name. */
export type Said = Readonly<Record<string, string>>
/** A sheet being typed: its fields, what was said to its warnings, the key of the outbox once it was saved at this desk. `kept`: from before this page. */
export type Draft = {
  readonly typed: Typed
  readonly said: Said
  readonly key: CommandKey | null
  readonly kept?: boolean
}
const EMPTY: Draft = { typed: {}, said: {}, key: null }
type Drafts = Readonly<Record<string, Draft>>

/** Figures of ballots under ids of candidates: nobody's name, nobody's number. */
const KEPT = 'tallydesk.sheets'

/** Sheets being typed, by whose they are: kept in the window's own storage, so that neither another screen nor a reload loses them. */
export const useDrafts = create<{ readonly drafts: Drafts }>()(
  persist(() => ({ drafts: {} }), {
    name: KEPT,
    version: 1,
    storage: createJSONStorage(() => localStorage),
    // What a page of another time wrote may be anything.
    merge: (kept) => ({ drafts: keptDrafts(kept) }),
  }),
)

const Kept = z.object({
  drafts: z.record(
    z.string(),
    z.object({
      typed: z.record(z.string(), z.string().max(20)),
      said: z.record(z.string(), z.string().max(500)).default({}),
      key: CommandKey.nullable(),
    }),
  ),
})

function keptDrafts(kept: unknown): Drafts {
  const parsed = Kept.safeParse(kept)
  if (!parsed.success) return {}
  return Object.fromEntries(Object.entries(parsed.data.drafts).map(([name, draft]) => [name, { ...draft, kept: true }]))
}

/** One committee's sheet of this account in this election on this server: no other meets it. */
export function useDraftName(committee: number): string {
  const session = useValue('session')
  const election = useValue('headline')?.election?.id
  return [session?.server?.id, session?.mode, session?.user?.id, election, committee].join(' ')
}

export const useDraft = (name: string): Draft => useDrafts(({ drafts }) => drafts[name] ?? EMPTY)
export const useHasDraft = (committee: number): boolean => {
  const name = useDraftName(committee)
  return useDrafts(({ drafts }) => drafts[name] !== undefined)
}

const change = (name: string, next: (before: Draft) => Draft) =>
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [name]: next(drafts[name] ?? EMPTY) } }))

export const typeInto = (name: string, field: FieldName, text: string) =>
  change(name, (draft) => ({ ...draft, typed: { ...draft.typed, [field]: text } }))
export const explainIn = (name: string, warning: string, words: string) =>
  change(name, (draft) => ({ ...draft, said: { ...draft.said, [warning]: words } }))
export const saidSaved = (name: string, key: CommandKey) => change(name, ({ typed, said }) => ({ typed, said, key }))
/** In place of whatever was typed. */
export const beginWith = (name: string, typed: Typed, said: Said) => change(name, () => ({ typed, said, key: null }))

/** Only after the server confirmed it. */
export const dropDraft = (name: string) =>
  useDrafts.setState(({ drafts: { [name]: _, ...rest } }) => ({ drafts: rest }))
