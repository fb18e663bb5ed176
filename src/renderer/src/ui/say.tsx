import { notifications } from '@mantine/notifications'
import { ar } from '../i18n/ar.ts'
import { en } from '../i18n/en.ts'
import { keepMessage, type Message } from '../store/messages.ts'
import { openYours } from '../store/yours.ts'
import classes from './say.module.css'

/** Long enough to read two short sentences, ms. */
const SHOWN_MS = 5_000

/**
 * A short word to the operator at the edge of the window; a failure stays until it is closed. The same words said again soon
 * are counted on the note that is there. All of them can be read later in the list of messages.
 */
export function say(text: string, weight: Message['weight'] = 'done', more: Message['more'] = null): void {
  const message = keepMessage({ text, weight, more })
  const note = {
    id: `said-${message.id}`,
    message: <Words message={message} />,
    autoClose: weight === 'done' ? SHOWN_MS : (false as const), // the literal the library asks for
    color: weight === 'done' ? 'gray' : 'red',
    withBorder: true,
    closeButtonProps: { 'aria-label': words().common.close },
    role: weight === 'done' ? 'status' : 'alert',
  }
  if (message.times > 1) notifications.hide(note.id)
  notifications.show(note)
}

function Words({ message: { id, text, times, more } }: { readonly message: Message }) {
  const open = () => {
    notifications.hide(`said-${id}`)
    openYours(true)
  }
  return (
    <>
      {text}
      {times > 1 && <b className={classes.times}> ×{times}</b>}
      {more === 'yours' && (
        <button type="button" className={classes.more} onClick={open}>
          {words().acts.showYours}
        </button>
      )}
    </>
  )
}

/** Said outside every view, so the page's own language is asked. */
const words = () => (document.documentElement.lang === 'ar' ? ar : en)
