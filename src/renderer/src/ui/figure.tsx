import type { Topic } from '../../../shared/model/change.ts'
import { useFormat } from '../i18n/format.ts'
import { useTrust, wasRead } from '../store/trust.ts'
import { DoubtMark } from './doubt-mark.tsx'
import classes from './figure.module.css'

type FigureProps = {
  readonly value: number | string
  readonly topic: Topic
  /** 1: forty pixels, 2: twenty-four, 3: sixteen, 4: as the text around it. */
  readonly level?: 1 | 2 | 3 | 4
  /** One clock a group of figures of the same topic is enough; the others are still drawn as doubtful. */
  readonly mark?: boolean
  /** The bar right below is drawn as far as it can be trusted; a second such line would only be noise. */
  readonly barred?: boolean
  /** Where the records behind it are. */
  readonly href?: string
}

/** Also a share or a difference of nothing: `0.0 %`. */
const isZero = (value: number | string): boolean => (typeof value === 'number' ? value === 0 : !/[1-9١-٩]/.test(value))

/** A number of the election. It knows how far it can be trusted and is drawn accordingly. */
export function Figure({ value, topic, level = 4, mark = false, barred = false, href }: FigureProps) {
  const format = useFormat()
  const trust = useTrust(topic)
  // What is not known yet to stand is not drawn as if it did.
  const state = trust?.state ?? 'provisional'
  // A sum over nothing read is no figure.
  const isKnown = !isZero(value) || trust === null || wasRead(trust)
  const digits = (
    <bdi dir="ltr" className={classes.value}>
      {!isKnown ? '—' : typeof value === 'number' ? format.number(value) : value}
    </bdi>
  )
  return (
    <span
      className={classes.figure}
      data-figure
      data-level={level}
      data-trust={state}
      data-barred={barred || undefined}
    >
      {href === undefined ? digits : <a href={href}>{digits}</a>}
      {mark && <DoubtMark topic={topic} />}
    </span>
  )
}
