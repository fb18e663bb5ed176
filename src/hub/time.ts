/** The election's wall clock. The server family runs on Kuwait time: UTC+3 all year, no daylight saving. */
export const LOCAL_OFFSET_MS = 3 * 60 * 60 * 1000

/** Envelope and frame times: UTC, six decimals, `+00:00`, as the server family writes them. */
export const utcStamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '000+00:00')

/** Times inside records: local time, six decimals, `+03:00`. */
export const localStamp = (ms: number): string => new Date(ms + LOCAL_OFFSET_MS).toISOString().replace('Z', '000+03:00')

/** `localStamp` for a column that may be empty. */
export const localStampOrNull = (ms: number | null): string | null => (ms === null ? null : localStamp(ms))

/** `HH:MM:SS` on the local clock, for sentences. */
export const localClock = (ms: number): string => new Date(ms + LOCAL_OFFSET_MS).toISOString().slice(11, 19)

/** `YYYY-MM-DD` on the local calendar. */
export const localDay = (ms: number): string => new Date(ms + LOCAL_OFFSET_MS).toISOString().slice(0, 10)
