/** How often a line is repeated where it cannot be rewritten in place, such as in a CI log. */
const REPEAT_EVERY_MS = 10_000

/** How often the seconds are redrawn on a terminal. */
const REDRAW_EVERY_MS = 1_000

/**
 * Shows one running stage on stderr: "Tallydesk 2/3 installing libraries… 8 s".
 * @param {{ write(text: string): unknown, isTTY?: boolean | undefined }} out
 * @param {string} line
 * @returns {() => void} ends it
 */
export function showProgress(out, line) {
  const started = Date.now()
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`
  out.write(out.isTTY ? `Tallydesk ${line}…` : `Tallydesk ${line}…\n`)
  const timer = setInterval(
    () => out.write(out.isTTY ? `\rTallydesk ${line}… ${seconds()}` : `Tallydesk ${line}… ${seconds()}\n`),
    out.isTTY ? REDRAW_EVERY_MS : REPEAT_EVERY_MS,
  )
  return () => {
    clearInterval(timer)
    if (out.isTTY) out.write(`\rTallydesk ${line}… ${seconds()}\n`)
  }
}
