import type { Tables } from '../projection/table.ts'

/** Everything the desk knows of people: their names, numbers and addresses, none of which may leave it in a bundle. */
export type People = {
  /** Full names as told by the server or typed. */
  readonly names: readonly string[]
  /** Elector and telephone numbers. */
  readonly numbers: readonly string[]
}

/** The people of one election, as far as this desk has heard of them. */
export function peopleIn(tables: Pick<Tables, 'guarantee' | 'attendance'>): People {
  const names = new Set<string>()
  const numbers = new Set<string>()
  for (const { record } of tables.guarantee.values()) {
    names.add(record.electorName)
    for (const number of [record.elector, record.mobile, record.electorMobile]) numbers.add(number)
  }
  for (const { record } of tables.attendance.values()) {
    names.add(record.electorName)
    names.add(record.markedBy ?? '')
    numbers.add(record.elector)
  }
  names.delete('')
  numbers.delete('')
  return { names: [...names], numbers: [...numbers] }
}
