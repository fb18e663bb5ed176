/**
 * Loaded into the command before its own code. When the launcher is gone, however it went, the command is asked to end, so that
 * nothing is left running behind a killed `npm start`.
 */
if (process.channel !== undefined) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  // The tether alone must not keep the command alive.
  process.channel?.unref()
}
