import type { Topic } from '../../shared/model/change.ts'
import type { EvidenceFacts } from './facts.ts'

const MINUTE = 60_000

/** Dates and times run from left to right in every language: among Arabic words their parts would change places. */
export const fromLeft = (text: string): string => `\u2066${text}\u2069`

/** Paper is read by people of the place: local time, with its distance from UTC, without leaning on the host's tables. */
export function localTime({ choice }: EvidenceFacts, at: number): string {
  const minutes = choice.utcOffsetMinutes
  const local = new Date(at + minutes * MINUTE).toISOString()
  const away = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
  return fromLeft(`${local.slice(0, 10)} ${local.slice(11, 19)} (UTC${away})`)
}
const two = (n: number) => String(n).padStart(2, '0')

/** 12345 as 12,345: on every host the same. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** Figures of one topic as they stand on paper: in doubt, each has a question mark. */
export function figureOf({ fold }: EvidenceFacts, topic: Topic): (n: number | string | null) => string {
  const mark = fold.projection.trust.of(topic).state === 'doubtful' ? ' ?' : ''
  return (n) => (n === null ? '–' : `${typeof n === 'number' ? grouped(n) : n}${mark}`)
}
