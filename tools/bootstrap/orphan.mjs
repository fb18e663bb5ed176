/** How soon a command notices that npm is gone. */
const LOOK_EVERY_MS = 250

/**
 * Calls back once when the process that started this one is gone. npm runs a script through a shell and passes a signal to
 * that shell alone, which dies of it and leaves the script running; so a script asks. Started without npm, it does not:
 * whoever sends a command to the background and leaves may want it to stay.
 * @param {() => void} onOrphaned
 * @returns {() => void} stops looking
 */
export function whenOrphaned(onOrphaned) {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return () => undefined
  const parent = process.ppid
  const looking = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(looking)
    onOrphaned()
  }, LOOK_EVERY_MS)
  looking.unref()
  return () => clearInterval(looking)
}
