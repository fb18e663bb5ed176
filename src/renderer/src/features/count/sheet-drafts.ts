import { create } from 'zustand'
import type { CommandKey } from '../../../../shared/model/ids.ts'
import { useValue } from '../../store/core-context.tsx'
import type { FieldName, Typed } from './sheet-check.ts'

/** A sheet being typed: its fields, and the key of the outbox once it was saved at this desk. */
export type Draft = { readonly typed: Typed; readonly key: CommandKey | null }
const EMPTY: Draft = { typed: {}, key: null }

/** Sheets being typed, by whose they are. They live as long as the page, so that a look at another screen loses nothing. */
export const useDrafts = create<Readonly<Record<string, Draft>>>()(() => ({}))

/** One committee's sheet of this account on this server: no other account or election meets it. */
export function useDraftName(committee: number): string {
  const session = useValue('session')
  return [session?.server?.id, session?.mode, session?.user?.id, committee].join(' ')
}

export const useDraft = (name: string): Draft => useDrafts((drafts) => drafts[name] ?? EMPTY)
export const useHasDraft = (committee: number): boolean => {
  const name = useDraftName(committee)
  return useDrafts((drafts) => drafts[name] !== undefined)
}

const change = (name: string, next: (before: Draft) => Draft) =>
  useDrafts.setState((drafts) => ({ [name]: next(drafts[name] ?? EMPTY) }))

export const typeInto = (name: string, field: FieldName, text: string) =>
  change(name, (draft) => ({ ...draft, typed: { ...draft.typed, [field]: text } }))
export const saidSaved = (name: string, key: CommandKey) => change(name, (draft) => ({ ...draft, key }))

/** Only after the server confirmed it. */
export const dropDraft = (name: string) => useDrafts.setState(({ [name]: _, ...rest }) => rest, true)
