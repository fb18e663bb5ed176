import { IconClock, IconClockExclamation } from '@tabler/icons-react'
import type { Topic } from '../../../../shared/model/change.ts'
import { useTrust } from '../../store/trust.ts'
import { useAsReadWords, useDoubtWords } from '../../ui/doubt-mark.tsx'
import classes from './doubt-line.module.css'

/** Why the figures of a scene do not stand, and since when; nothing while they do. */
export function DoubtLine({ topic }: { readonly topic: Topic }) {
  const trust = useTrust(topic)
  const doubt = useDoubtWords(trust)
  const asRead = useAsReadWords(trust)
  const words = doubt ?? asRead
  if (!words) return null
  const Icon = doubt ? IconClockExclamation : IconClock
  return (
    <p className={classes.doubt} data-doubt={doubt ? 'doubtful' : 'provisional'}>
      <Icon aria-hidden className={classes.doubtIcon} />
      <span>
        {words.why}
        {words.last !== '' && ` · ${words.last}`}
      </span>
    </p>
  )
}
