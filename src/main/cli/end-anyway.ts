/** By then everything was stopped and told; only what will never end still holds the process, ms. */
const GRACE_MS = 1_000

/**
 * Ends the process although something holds it. A question to the system's keychain that nobody answers (an unlock prompt
 * on a screen no one looks at) holds a thread for ever, and Node waits for its threads when it exits. Nothing happens
 * where nothing holds it.
 */
export function endAnyway(code: number): void {
  setTimeout(() => {
    // Another program in this one's place: the only end that waits for no thread and keeps the exit code.
    if (process.platform !== 'win32' && typeof process.execve === 'function') {
      process.execve('/bin/sh', ['sh', '-c', `exit ${code}`], {})
    }
    process.exit(code)
  }, GRACE_MS).unref()
}
