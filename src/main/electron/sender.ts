import { isOwnUrl } from './origin.ts'

/** The part of an Electron message event that says who sent it. */
export type SenderOf = {
  /** Null when the frame has gone since. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
  readonly sender: { readonly id: number }
}

export type SenderRefusal = 'frame-gone' | 'not-the-main-frame' | 'not-our-page' | 'not-our-window'

/** Why this sender gets nothing; null when it is the main frame of a window of ours, showing our page. */
export function senderRefusal(event: SenderOf, isOurs: (contentsId: number) => boolean): SenderRefusal | null {
  const frame = event.senderFrame
  if (frame === null) return 'frame-gone'
  if (frame.parent !== null) return 'not-the-main-frame'
  if (!isOwnUrl(frame.url)) return 'not-our-page'
  return isOurs(event.sender.id) ? null : 'not-our-window'
}
