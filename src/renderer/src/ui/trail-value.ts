import type { TFunction } from 'i18next'
import type { TrailOf } from '../../../shared/view/trail.ts'
import { en } from '../i18n/en.ts'

const isOf = <Words extends object>(words: Words, code: string): code is keyof Words & string =>
  Object.hasOwn(words, code)

/** A state in the words its own screen has for it; null for what is no state, or one that is not known here. */
export function stateWords(t: TFunction, kind: TrailOf['kind'], field: string, code: string): string | null {
  const { lists, frame, trail } = en
  switch (`${kind}.${field}`) {
    case 'attendance.status':
      return isOf(lists.attendance.status, code) ? t(`lists.attendance.status.${code}`) : null
    case 'guarantee.status':
      return isOf(lists.guarantees.status, code) ? t(`lists.guarantees.status.${code}`) : null
    case 'guarantee.confirmation':
      return isOf(lists.guarantees.confirmation, code) ? t(`lists.guarantees.confirmation.${code}`) : null
    case 'entry.status':
      return isOf(lists.count.entry, code) ? t(`lists.count.entry.${code}`) : null
    case 'count.status':
      return isOf(lists.count.status, code) ? t(`lists.count.status.${code}`) : null
    case 'results.status':
      return isOf(lists.results.status, code) ? t(`lists.results.status.${code}`) : null
    case 'election.phase':
      return isOf(frame.phase, code) ? t(`frame.phase.${code}`) : null
    case 'election.votingMode':
      return isOf(trail.votingMode, code) ? t(`trail.votingMode.${code}`) : null
    case 'committee.gender':
      return isOf(trail.gender, code) ? t(`trail.gender.${code}`) : null
    case 'guarantee.hasNotes':
    case 'count.verified':
    case 'candidate.active':
      return isOf(trail.is, code) ? t(`trail.is.${code}`) : null
    default:
      return null
  }
}
