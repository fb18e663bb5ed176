import { useEffect } from 'react'
import { usePreferences } from '../../store/preferences.ts'
import { SCENES, type Scene, type SceneAddress, showScene } from './scene-address.ts'
import { stepFrom } from './use-rotation.ts'

export type WallOpen = 'nothing' | 'keys' | 'set-up'
type Wall = {
  readonly at: SceneAddress
  readonly scenes: readonly Scene[]
  readonly open: WallOpen
  readonly onOpen: (open: WallOpen) => void
  readonly tryNow: () => void
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA)$/.test(target.tagName)

/** The keys of a wall: a keyboard is plugged in for a minute, by somebody who knows none of them. */
export function useWallKeys(wall: Wall): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'Escape') return wall.onOpen('nothing')
      if (isTyping(event.target) || wall.open === 'set-up') return
      // A button that has the focus takes Space and Enter itself.
      if (event.key === ' ' && event.target instanceof HTMLButtonElement) return
      if (act(event.key, wall)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [wall])
}

/** False: the key means nothing here. */
function act(key: string, { at, scenes, open, onOpen, tryNow }: Wall): boolean {
  const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const numbered = SCENES[Number(key) - 1]
  if (numbered) showScene({ ...at, scene: numbered })
  else if (key === ' ') showScene({ ...at, paused: !at.paused })
  else if (key === 'ArrowLeft' || key === 'ArrowRight')
    showScene({ ...at, scene: stepFrom(at.scene, key === forward ? 1 : -1, scenes) })
  else if (key === '?') onOpen(open === 'keys' ? 'nothing' : 'keys')
  else if (key === 'p') onOpen('set-up')
  else if (key === 't') tryNow()
  else if (key === 'a') usePreferences.getState().set(otherLanguage())
  else if (key === 'd') usePreferences.getState().set(otherDigits())
  else return false
  return true
}

const otherLanguage = () => ({ language: usePreferences.getState().language === 'en' ? 'ar' : 'en' }) as const
const otherDigits = () => ({ digits: usePreferences.getState().digits === 'latn' ? 'arab' : 'latn' }) as const
