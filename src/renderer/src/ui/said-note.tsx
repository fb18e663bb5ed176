import { notifications } from '@mantine/notifications'
import { ar } from '../i18n/ar.ts'
import { en } from '../i18n/en.ts'
import type { Message } from '../store/messages.ts'
import { openYours } from '../store/yours.ts'
import classes from './said-note.module.css'

/** Said outside every view, so the page's own language is asked. */
export const noteWords = () => (document.documentElement.lang === 'ar' ? ar : en)

/** The name of a message's note at the edge of the window. */
export const noteOf = ({ id }: Message): string => `said-${id}`

/** What a note says, how often it was said, and the way to where more of it is. */
export function SaidNote({ message }: { readonly message: Message }) {
  const open = () => {
    notifications.hide(noteOf(message))
    openYours(true)
  }
  return (
    <>
      {message.text}
      {message.times > 1 && <b className={classes.times}> ×{message.times}</b>}
      {message.more === 'yours' && (
        <button type="button" className={classes.more} onClick={open}>
          {noteWords().acts.showYours}
        </button>
      )}
    </>
  )
}
