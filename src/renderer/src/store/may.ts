import type { May } from '../../../shared/view/session.ts'

/** Whether this account may mark attendance there. Nobody known: no. */
export const mayMarkAt = (may: May | undefined, code: string): boolean =>
  may !== undefined && (may.markAnywhere || may.committees.includes(code))
