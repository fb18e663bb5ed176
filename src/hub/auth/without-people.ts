/** Names of things, not of people. */
const PUBLIC_NAMES: ReadonlySet<string> = new Set(['committee_name', 'candidate_name', 'party_name', 'election_name'])
/** What else says who somebody is, or what somebody wrote. */
const PERSONAL: ReadonlySet<string> = new Set([
  ...['notes', 'quick_note', 'mobile', 'elector_mobile', 'phone', 'email', 'user_email', 'content'],
  ...['elector_section', 'elector_department', 'elector_team', 'elector_gender'],
])
/** A person's number; one of the record's own stands in for it, the same each time. */
const NUMBERS: ReadonlySet<string> = new Set(['elector_koc_id', 'elector', 'koc_id'])

const isPersonal = (key: string): boolean =>
  PERSONAL.has(key) || key === 'device_info' || (key.endsWith('_name') && !PUBLIC_NAMES.has(key))

/** A record, or a list or page of them, for those who see figures and no person: the wire's snake_case keys stay, emptied. */
export function withoutPeople(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPeople)
  if (typeof value !== 'object' || value === null) return value
  const record = value as Readonly<Record<string, unknown>> // an object that is no list has keys
  const bare: Record<string, unknown> = {}
  for (const [key, held] of Object.entries(record)) {
    if (NUMBERS.has(key)) bare[key] = `#${String(record['id'] ?? '')}`
    else if (isPersonal(key)) bare[key] = typeof held === 'string' ? '' : null
    else bare[key] = withoutPeople(held)
  }
  return bare
}
