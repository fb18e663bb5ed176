import { notifications } from '@mantine/notifications'
import { ar } from '../i18n/ar.ts'
import { en } from '../i18n/en.ts'

/** Long enough to read two short sentences, ms. */
const SHOWN_MS = 5_000

/** A short word to the operator at the edge of the window. A failure stays until it is closed. */
export function say(text: string, weight: 'done' | 'failed' = 'done'): void {
  notifications.show({
    message: text,
    autoClose: weight === 'done' ? SHOWN_MS : false,
    color: weight === 'done' ? 'gray' : 'red',
    withBorder: true,
    closeButtonProps: { 'aria-label': closing() },
    role: weight === 'done' ? 'status' : 'alert',
  })
}

/** Said outside every view, so the page's own language is asked. */
const closing = (): string => (document.documentElement.lang === 'ar' ? ar : en).common.close
