/** The fields of a patch that were given: undefined ones are left out. */
export type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

export function given<T extends object>(fields: T): Given<T> {
  const defined = Object.entries(fields).filter(([, value]) => value !== undefined)
  // entries of T without those whose value is undefined
  return Object.fromEntries(defined) as Given<T>
}
