import { BROUGHT_PART } from '../../../../shared/view/replay.ts'
import type { Call } from '../../store/core-context.tsx'

/** Bytes of one part: three become four characters. */
const PART_BYTES = (BROUGHT_PART / 4) * 3

/**
 * Gives a file to the core in parts, in order; it is shown once it is whole and checked. `told` hears the share that is over,
 * 0 to 1. Answers null, or why it was not to be; stopped, it leaves nothing behind.
 */
export async function bringFile(
  call: Call,
  file: File,
  told: (share: number) => void,
  stopped: AbortSignal,
): Promise<string | null> {
  const begun = await call('replay.bring', { name: file.name, bytes: file.size })
  if (!begun.ok) return begun.error
  for (let at = 0; at < file.size; at += PART_BYTES) {
    const text = await base64Of(file.slice(at, at + PART_BYTES))
    if (stopped.aborted) {
      await call('replay.bring-stop', null)
      return null
    }
    if (text === null) return 'not-readable'
    const added = await call('replay.bring-part', { text })
    if (!added.ok) return added.error
    told(Math.min(1, (at + PART_BYTES) / file.size))
  }
  const ended = await call('replay.bring-end', null)
  return ended.ok ? null : ended.error
}

/** The part as base64; null where the browser cannot read it any more. */
function base64Of(part: Blob): Promise<string | null> {
  return new Promise((done) => {
    const reader = new FileReader()
    reader.onerror = () => done(null)
    reader.onload = () => done(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : null)
    reader.readAsDataURL(part)
  })
}
