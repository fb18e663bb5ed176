type Rgb = readonly [number, number, number]

/** `#rgb` or `#rrggbb` to three channels of 0-255; null when it is neither. */
export function parseColor(text: string): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text.trim())
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim())
  const parts = short ? short.slice(1).map((digit) => digit + digit) : long?.slice(1)
  const [r, g, b] = parts?.map((part) => Number.parseInt(part, 16)) ?? []
  return r === undefined || g === undefined || b === undefined ? null : [r, g, b]
}

function luminance([r, g, b]: Rgb): number {
  const part = (channel: number) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
}

/** WCAG contrast of two colours, 1 to 21. */
export function contrastOf(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

const toHex = (color: Rgb) => `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
const towards = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
]

/** A chart's mark has to be seen against its ground: WCAG 1.4.11. */
const LEAST_CONTRAST = 3
const STEPS = 20

/** The party's own colour where it can be seen on this ground, else the nearest shade of it that can. */
export function readableOn(color: string, ground: string): string | null {
  const own = parseColor(color)
  const back = parseColor(ground)
  if (!own || !back) return null
  const goal: Rgb = luminance(back) > 0.4 ? [0, 0, 0] : [255, 255, 255]
  for (let step = 0; step <= STEPS; step++) {
    const shade = towards(own, goal, step / STEPS)
    if (contrastOf(shade, back) >= LEAST_CONTRAST) return toHex(shade)
  }
  return toHex(goal)
}
