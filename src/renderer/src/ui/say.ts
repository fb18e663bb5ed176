import { notifications } from '@mantine/notifications'

/** Long enough to read two short sentences, ms. */
const SHOWN_MS = 5_000

/** A short word to the operator at the edge of the window. A failure stays until it is closed. */
export function say(text: string, weight: 'done' | 'failed' = 'done'): void {
  notifications.show({
    message: text,
    autoClose: weight === 'done' ? SHOWN_MS : false,
    color: weight === 'done' ? 'gray' : 'red',
    withBorder: true,
    role: weight === 'done' ? 'status' : 'alert',
  })
}
