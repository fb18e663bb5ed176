import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import { parseSpan, type Span } from '../store/brush.ts'
import { refine, useRoute } from '../store/route.ts'

/** A time of the day as an address holds it: `to('attendance', { during: during(hour) })` leads to the marks of that hour. */
export const during = ({ from, to }: Span): string => `${Math.floor(from)}-${Math.ceil(to)}`

/** The time of the day a list is narrowed to, where a figure or a bar led here; a press takes it away. */
export function DuringFilter() {
  const { t } = useTranslation()
  const format = useFormat()
  const span = parseSpan(useRoute((route) => route.query.during))
  if (span === null) return null
  // What counts from the first mark on has no beginning anybody would name.
  const from = span.from === 0 ? '' : format.clockSeconds(span.from)
  const words = t(from === '' ? 'figures.until' : 'figures.during', { from, to: format.clockSeconds(span.to) })
  return (
    <Button
      size="compact-sm"
      variant="default"
      rightSection={<IconX size={14} aria-hidden />}
      aria-label={t('figures.notDuring', { words })}
      onClick={() => refine({ during: null })}
    >
      {words}
    </Button>
  )
}
