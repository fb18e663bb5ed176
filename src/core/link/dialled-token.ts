import type { Probe, ProbeAnswer } from './probe.ts'

/**
 * Knows whether the token of the dial under way was renewed since. What a newer one is worth says nothing of the one that was
 * refused; taken for it, the next try would go another way, with the token in its address.
 */
export class DialledToken {
  #renewedSince = false

  dialled(): void {
    this.#renewedSince = false
  }
  renewed(): void {
    this.#renewedSince = true
  }
  /** Asks what the dialled token is worth. */
  ask(probe: Probe, answered: (answer: ProbeAnswer) => void): void {
    void probe.me().then((answer) => {
      const isOther = answer.is === 'good' && this.#renewedSince
      answered(isOther ? { is: 'token-bad', detail: 'it was renewed meanwhile' } : answer)
    })
  }
}
