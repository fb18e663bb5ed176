/** One line of the hub's log: what happened and the facts around it, never a token, a password or a person's data. */
export type HubLogLine = {
  readonly level: 'info' | 'warn' | 'error'
  readonly event: string
  readonly [fact: string]: string | number | boolean | null
}
export type HubLog = (line: HubLogLine) => void

/** What an unknown thrown thing says, for a log line or a fault's sentence. */
export const wordsOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
