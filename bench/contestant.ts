/** What both clients keep. */
export const TOPICS_HELD = ['guarantees', 'attendance', 'counts'] as const
export type Topics = (typeof TOPICS_HELD)[number]

/** A client of the imitation, looked at from outside. */
export type Contestant = {
  readonly name: string
  /** Calls and handshakes so far. */
  readonly requests: number
  /** Records by `kind/key`, each as canonical JSON. */
  holds(topic: Topics): ReadonlyMap<string, string>
  /** Whether it says that the topic may be wrong. */
  says(topic: Topics): boolean
  stop(): void
}
