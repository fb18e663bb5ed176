import { create } from 'zustand'

export const SCENES = ['turnout', 'committees', 'count', 'link'] as const
export type Scene = (typeof SCENES)[number]

/** What a wall shows: `#/wall/committees?paused`. In the address, so that a reload shows the same. */
export type SceneAddress = { readonly scene: Scene; readonly paused: boolean }

const FORM = /^#\/wall(?:\/([a-z]+))?(\?paused)?$/

/** Null: the address is not of a wall. */
export function parseScene(hash: string): SceneAddress | null {
  const found = FORM.exec(hash)
  if (!found) return null
  return { scene: SCENES.find((scene) => scene === found[1]) ?? 'turnout', paused: found[2] !== undefined }
}

export const sceneAt = ({ scene, paused }: SceneAddress): string => `#/wall/${scene}${paused ? '?paused' : ''}`

export const useSceneAddress = create<{ readonly at: SceneAddress | null }>()(() => ({ at: parseScene(location.hash) }))

/** Follows the address bar; returns its stop. */
export function followScene(page: Pick<Window, 'addEventListener' | 'removeEventListener'> = window): () => void {
  const follow = () => useSceneAddress.setState({ at: parseScene(location.hash) })
  follow()
  page.addEventListener('hashchange', follow)
  return () => page.removeEventListener('hashchange', follow)
}

/** Shows a scene. A wall that turns for days must not pile up addresses to go back to. */
export function showScene(at: SceneAddress): void {
  history.replaceState(null, '', sceneAt(at))
  useSceneAddress.setState({ at })
}
