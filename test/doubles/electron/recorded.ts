/** What the app asked of the desktop, in order; a test reads it. */
export type Recorded = { readonly what: string; readonly with: unknown }
const list: Recorded[] = []

export function record(what: string, given: unknown = null) {
  list.push({ what, with: given })
}
export const recorded = (): readonly Recorded[] => [...list]
