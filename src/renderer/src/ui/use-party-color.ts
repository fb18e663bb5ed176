import { useComputedColorScheme } from '@mantine/core'
import { readableOn } from '../theme/contrast.ts'

/** The surface a chart is drawn on; n0 of tokens.css. */
const GROUND = { light: '#ffffff', dark: '#1b1f25' } as const

/** A party's colour as it may be drawn here: its own where it reaches 3:1, else the nearest shade; neutral when unknown. */
export function usePartyColor(): (color: string | null) => string {
  const scheme = useComputedColorScheme('light')
  return (color) => (color ? readableOn(color, GROUND[scheme]) : null) ?? 'var(--n7)'
}
