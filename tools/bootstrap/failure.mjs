/**
 * A set-up step that did not work. Its message is the one line a person reads; `log` is the file with everything else.
 */
export class SetUpFailure extends Error {
  /**
   * @param {string} message what failed and what to do, in one line
   * @param {string} [log] path of the full log
   */
  constructor(message, log) {
    super(message)
    this.name = 'SetUpFailure'
    this.log = log
  }
}

/** Exit code of every command whose set-up failed: sysexits' EX_SOFTWARE, so that it is never taken for a command's own. */
export const SET_UP_FAILED = 70

/**
 * The one line for the terminal.
 * @param {unknown} error
 */
export function failureLine(error) {
  if (!(error instanceof SetUpFailure)) throw error
  return `Tallydesk: ${error.message}${error.log === undefined ? '' : ` Full log: ${error.log}`}`
}
