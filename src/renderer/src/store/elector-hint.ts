import { useEffect, useState } from 'react'
import { CommitteeCode, ElectorNumber } from '../../../shared/model/ids.ts'
import type { Result } from '../../../shared/result.ts'
import { useCall } from './core-context.tsx'

/** A clerk types a number in about a second; the server is asked when the typing rests, ms. */
const REST_MS = 350
/** Shorter numbers are still being typed, and nobody is asked. */
export const SHORTEST = 3

export type ElectorHint =
  | { readonly is: 'none' }
  /** The server cannot be asked now. */
  | { readonly is: 'no-answer' }
  | { readonly is: 'not-found' }
  | { readonly is: 'other-committee' }
  | {
      readonly is: 'found'
      readonly name: string
      readonly committee: string
      readonly section: string
      readonly attended: boolean
      readonly at: number | null
    }

const NONE: ElectorHint = { is: 'none' }

/** Who the typed number belongs to, where the server can say. Without an answer there is no hint, and marking goes on. */
export function useElectorHint(number: string, committee: string): ElectorHint {
  const call = useCall()
  const [hint, setHint] = useState<ElectorHint>(NONE)
  useEffect(() => {
    setHint(NONE)
    const elector = ElectorNumber.safeParse(number)
    const place = CommitteeCode.safeParse(committee)
    if (number.length < SHORTEST || !elector.success || !place.success) return
    let wanted = true
    const ask = () =>
      call('elector.find', { elector: elector.data, committee: place.data }).then((result) => {
        if (wanted) setHint(hintOf(result))
      })
    const timer = setTimeout(() => void ask(), REST_MS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [call, number, committee])
  return hint
}

type Found = {
  readonly name: string
  readonly committeeName: string
  readonly section: string
  readonly attended: boolean
  readonly attendedAt: string | null
}

function hintOf(result: Result<Found, string>): ElectorHint {
  if (!result.ok)
    return result.error === 'not-found' || result.error === 'other-committee'
      ? { is: result.error }
      : { is: 'no-answer' }
  const { name, committeeName, section, attended, attendedAt } = result.value
  const at = attendedAt === null ? Number.NaN : Date.parse(attendedAt)
  return { is: 'found', name, committee: committeeName, section, attended, at: Number.isNaN(at) ? null : at }
}
