import type { EvidenceFacts } from './facts.ts'

/** What the QR sign says: enough to find the pack's journal and to tell its head from any other. */
export const signText = ({ journal }: Pick<EvidenceFacts, 'journal'>): string =>
  ['tallydesk', '1', journal.server, journal.election, journal.mode, journal.cursor, journal.head].join(' ')
