import { useEffect, useState } from 'react'
import { CommitteeCode, ElectorNumber } from '../../../../shared/model/ids.ts'
import { useCall } from '../../store/core-context.tsx'

/** A clerk types a number in about a second; the server is asked when the typing rests, ms. */
const REST_MS = 350
/** Shorter numbers are still being typed. */
const SHORTEST = 3

export type ElectorHint =
  | { readonly is: 'none' }
  | { readonly is: 'not-found' }
  | { readonly is: 'other-committee' }
  | {
      readonly is: 'found'
      readonly name: string
      readonly committee: string
      readonly attended: boolean
      readonly at: number | null
    }

const NONE: ElectorHint = { is: 'none' }

/** Who the typed number belongs to, where the server can say. Without an answer there is no hint, and marking goes on. */
export function useElectorHint(number: string, committee: string): ElectorHint {
  const call = useCall()
  const [hint, setHint] = useState<ElectorHint>(NONE)
  // biome-ignore lint: `call` is made anew each time and always asks the same core
  useEffect(() => {
    setHint(NONE)
    const elector = ElectorNumber.safeParse(number)
    const place = CommitteeCode.safeParse(committee)
    if (number.length < SHORTEST || !elector.success || !place.success) return
    let wanted = true
    const timer = setTimeout(async () => {
      const result = await call('elector.find', { elector: elector.data, committee: place.data })
      if (!wanted) return
      if (result.ok) {
        const { name, committeeName, attended, attendedAt } = result.value
        const at = attendedAt === null ? Number.NaN : Date.parse(attendedAt)
        return setHint({ is: 'found', name, committee: committeeName, attended, at: Number.isNaN(at) ? null : at })
      }
      if (result.error === 'not-found' || result.error === 'other-committee') setHint({ is: result.error })
    }, REST_MS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [number, committee])
  return hint
}
