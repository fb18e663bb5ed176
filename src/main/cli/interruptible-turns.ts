import { Cancelled, type Turn } from '../node/evidence/rows.ts'
import { untilEnd } from './out.ts'
import { progressBar } from './progress-bar.ts'

/** Progress on standard error, and an end at Ctrl+C: the making or the verifying throws `Cancelled` at its next turn. */
export function interruptibleTurns(): { readonly turn: Turn; end(): void } {
  const { ended } = untilEnd(null)
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  const bars = { reading: progressBar('Reading the journal'), writing: progressBar('Making the files') }
  let last: keyof typeof bars | null = null
  return {
    async turn({ step, done, total }) {
      if (last !== null && last !== step) bars[last].end()
      last = step
      bars[step].show(done, total)
      await new Promise((resolve) => setImmediate(resolve))
      if (isOver) throw new Cancelled()
    },
    end() {
      if (last !== null) bars[last].end()
    },
  }
}
