/**
 * Fields that sound like a figure of the election and are none, by file and name, each with the reason.
 * @type {ReadonlyMap<string, string>}
 */
export const KNOWN = new Map()
