import { Notification } from 'electron'
import type { Log } from '../../core/ports.ts'

export type Note = { readonly title: string; readonly body: string }
/** Shows a note on the desktop; a click brings a window forward. */
export type Notify = (note: Note) => void

/** Null where the desktop shows no notes. */
export function desktopNotes(onClick: () => void, log: Log): Notify | null {
  if (!Notification.isSupported()) return null
  return ({ title, body }) => {
    const note = new Notification({ title, body })
    note.on('click', onClick)
    note.on('failed', (_event, error) => log.warn('note.not-shown', { error }))
    note.show()
  }
}
