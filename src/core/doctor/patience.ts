import type { Clock } from '../ports.ts'

/** A word that may be said once: "stop", or "listen no longer". Whoever waits can wait for it too. */
export class Word {
  readonly heard: Promise<void>
  #said = false
  #tell: () => void = () => {}

  constructor() {
    this.heard = new Promise((resolve) => {
      this.#tell = resolve
    })
  }
  get isSaid(): boolean {
    return this.#said
  }
  say(): void {
    this.#said = true
    this.#tell()
  }
}

/** The outcome, or `late` after `ms`, or `stopped` when that word is said first. */
export function within<T>(
  clock: Clock,
  ms: number,
  stop: Word,
  work: Promise<T>,
): Promise<{ readonly is: 'done'; readonly value: T } | { readonly is: 'late' | 'stopped' }> {
  return new Promise((resolve, reject) => {
    const off = clock.after(ms, () => resolve({ is: 'late' }))
    const settle = (outcome: Parameters<typeof resolve>[0]) => {
      off()
      resolve(outcome)
    }
    void stop.heard.then(() => settle({ is: 'stopped' }))
    work.then(
      (value) => settle({ is: 'done', value }),
      (bug: unknown) => {
        off()
        reject(bug)
      },
    )
  })
}
