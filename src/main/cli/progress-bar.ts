const WIDTH = 32

/** A bar on standard error: drawn over itself on a terminal, a line for each tenth elsewhere. */
export function progressBar(label: string): { show(done: number, total: number): void; end(): void } {
  let tenth = -1
  return {
    show(done, total) {
      const share = total === 0 ? 1 : done / total
      const full = Math.round(share * WIDTH)
      const line = `${label} ${'▬'.repeat(full)}${'▭'.repeat(WIDTH - full)} ${done} of ${total}`
      if (process.stderr.isTTY) process.stderr.write(`\r${line}`)
      else if (Math.floor(share * 10) !== tenth) process.stderr.write(`${line}\n`)
      tenth = Math.floor(share * 10)
    },
    end() {
      if (process.stderr.isTTY) process.stderr.write('\n')
    },
  }
}
