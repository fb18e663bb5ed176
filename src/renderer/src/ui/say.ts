import { notifications } from '@mantine/notifications'
import { createElement } from 'react'
import { keepMessage, type Message } from '../store/messages.ts'
import { noteOf, noteWords, SaidNote } from './said-note.tsx'

/** Long enough to read two short sentences, ms. */
const SHOWN_MS = 5_000

/**
 * A short word to the operator at the edge of the window; a failure stays until it is closed. The same words said again soon
 * are counted on the note that is there. All of them can be read later in the list of messages. Gives what takes the note away
 * once it is not so any more.
 */
export function say(text: string, weight: Message['weight'] = 'done', more: Message['more'] = null): () => void {
  const message = keepMessage({ text, weight, more })
  const id = noteOf(message)
  if (message.times > 1) notifications.hide(id)
  notifications.show({
    id,
    message: createElement(SaidNote, { message }),
    autoClose: weight === 'done' ? SHOWN_MS : false,
    color: weight === 'done' ? 'gray' : 'red',
    withBorder: true,
    closeButtonProps: { 'aria-label': noteWords().common.close },
    role: weight === 'done' ? 'status' : 'alert',
  })
  return () => notifications.hide(id)
}
