/** What the bench and the desk in its own process say to one another. */
export type ToDesk =
  | { readonly is: 'sign-in'; readonly url: string; readonly email: string; readonly password: string }
  /** Moves its clock on to `elapsed` ms, once it has the hub's frame of this number. */
  | { readonly is: 'go'; readonly elapsed: number; readonly seq: number }
  | { readonly is: 'measure' }
  /** How much of a core it takes in so many ms of the wall, left alone. */
  | { readonly is: 'rest'; readonly ms: number }
  | { readonly is: 'end' }
  | { readonly is: 'window'; readonly message: unknown }
export type FromDesk =
  | { readonly is: 'done' }
  | { readonly is: 'measured'; readonly memory: Memory }
  | { readonly is: 'rested'; readonly share: number; readonly rss: number }
  | { readonly is: 'failed'; readonly why: string }
  | { readonly is: 'window'; readonly message: unknown }

/** Bytes. `rss` as the system sees it before anything was cleared for the measurement; `floor` and the rest after. */
export type Memory = {
  readonly rss: number
  readonly rssCleared: number
  /** What is alive in the heap. */
  readonly floor: number
  readonly external: number
  readonly rows: number
  readonly state: string
  /** Processor time since the start, ms. */
  readonly cpuMs: number
  readonly late: number
}
