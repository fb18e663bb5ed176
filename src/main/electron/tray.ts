import { Menu, type NativeImage, nativeImage, Tray } from 'electron'
import type { Log } from '../../core/ports.ts'
import type { Unsubscribe } from '../../shared/port.ts'

/**
 * A coloured dot in the system's tray that says how the link stands. Owns the icon until stopped. It never says more
 * than its words: colour alone is no sign.
 */

export type TraySign = {
  readonly tone: 'good' | 'waiting' | 'bad' | 'off'
  /** Shown when the pointer rests on the dot. */
  readonly words: string
}
export type DeskTray = { show(sign: TraySign): void; stop: Unsubscribe }

/** Blue, green, red, opacity: the order a bitmap has on every platform we run on. */
const TONES: Readonly<Record<TraySign['tone'], readonly [number, number, number]>> = {
  good: [0x50, 0x9e, 0x2f],
  waiting: [0x1b, 0x94, 0xd9],
  bad: [0x2b, 0x36, 0xc9],
  off: [0x8a, 0x80, 0x78],
}
/** Side of the dot in pixels; the system scales it. */
const SIDE = 32

export type TrayActions = { readonly open: () => void; readonly quit: () => void }

/** Null where the desktop has no tray. */
export function openTray(actions: TrayActions, log: Log): DeskTray | null {
  try {
    const tray = new Tray(dot('off'))
    tray.setToolTip('Tallydesk')
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Tallydesk', click: actions.open },
        { label: 'Quit', click: actions.quit },
      ]),
    )
    tray.on('click', actions.open)
    return {
      show({ tone, words }) {
        tray.setImage(dot(tone))
        tray.setToolTip(`Tallydesk: ${words}`)
      },
      stop: () => tray.destroy(),
    }
  } catch (cause) {
    log.info('tray.none', { cause: String(cause) })
    return null
  }
}

function dot(tone: TraySign['tone']): NativeImage {
  const pixels = Buffer.alloc(SIDE * SIDE * 4)
  const middle = (SIDE - 1) / 2
  for (let at = 0; at < SIDE * SIDE; at += 1) {
    const far = Math.hypot((at % SIDE) - middle, Math.floor(at / SIDE) - middle)
    if (far <= middle - 2) pixels.set([...TONES[tone], 0xff], at * 4)
  }
  return nativeImage.createFromBitmap(pixels, { width: SIDE, height: SIDE })
}
