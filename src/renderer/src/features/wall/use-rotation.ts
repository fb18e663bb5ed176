import { useEffect } from 'react'
import type { WallView } from '../../../../shared/view/wall.ts'
import { SCENES, type Scene, type SceneAddress, showScene } from './scene-address.ts'

/** Long enough to read three facts twice from the other end of a room, ms. */
export const SCENE_MS = 15_000

/** Before anything is counted there is nothing to see of it: the rotation passes it by, the key still shows it. */
export const scenesOf = (view: WallView | null): readonly Scene[] =>
  view && view.counted === 0 && view.ballotsCast === 0 && view.election?.phase !== 'COUNTING'
    ? SCENES.filter((scene) => scene !== 'count')
    : SCENES

/** The scene so many steps on among those that turn. */
export function stepFrom(scene: Scene, by: 1 | -1, scenes: readonly Scene[]): Scene {
  const at = scenes.indexOf(scene)
  const next = at === -1 ? 0 : (at + by + scenes.length) % scenes.length
  return scenes[next] ?? 'turnout'
}

/** Shows one scene after the other, until it is paused. */
export function useRotation(at: SceneAddress, scenes: readonly Scene[], rests: boolean): void {
  const turns = !at.paused && !rests
  const next = stepFrom(at.scene, 1, scenes)
  useEffect(() => {
    if (!turns) return
    const timer = setTimeout(() => showScene({ scene: next, paused: false }), SCENE_MS)
    return () => clearTimeout(timer)
  }, [turns, next, at.scene])
}
