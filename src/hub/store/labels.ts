/** What the family's interface shows for a coded value. */
export const LABELS: Readonly<Record<string, string>> = {
  SETUP: 'Setup',
  GUARANTEE_PHASE: 'Guarantee Collection Phase',
  VOTING_DAY: 'Voting Day',
  COUNTING: 'Counting in Progress',
  CLOSED: 'Closed',
  FULL_PARTY: 'Full Party Ticket',
  MIXED: 'Mixed',
  BOTH: 'Both Options',
  MALE: 'Male',
  FEMALE: 'Female',
  PENDING: 'Pending',
  GUARANTEED: 'Guaranteed',
  CONFIRMED: 'Confirmed',
  NOT_AVAILABLE: 'Not Available',
  DRAFT: 'Draft',
  SUBMITTED: 'Submitted',
  VERIFIED: 'Verified',
  REJECTED: 'Rejected',
  IN_PROGRESS: 'In Progress',
  COMPLETED: 'Completed',
  PRELIMINARY: 'Preliminary',
  FINAL: 'Final',
  PUBLISHED: 'Published',
  SUPER_ADMIN: 'Super Admin',
  ADMIN: 'Admin',
  SUPERVISOR: 'Supervisor',
  USER: 'User',
  VIEWER: 'Wall',
}
export const labelOf = (code: string): string => LABELS[code] ?? code

/** Share in per cent with two decimals; 0 of 0 is 0. */
export const percent = (part: number, whole: number, decimals = 2): number => {
  if (whole <= 0) return 0
  const scale = 10 ** decimals
  return Math.round((part / whole) * 100 * scale) / scale
}
