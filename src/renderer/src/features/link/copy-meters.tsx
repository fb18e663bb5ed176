import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MetersView } from '../../../../shared/view/meters.ts'
import { say } from '../../ui/say.ts'

/** All of the link's figures as JSON, as the stream `meters` tells them: for a report, or a tool. */
export function CopyMeters({ meters }: { readonly meters: MetersView }) {
  const { t } = useTranslation()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(JSON.stringify(meters, null, 2))
      say(t('charts.copied'))
    } catch {
      say(t('charts.notCopied'), 'failed')
    }
  }
  return (
    <Button size="compact-xs" variant="default" onClick={() => void copy()}>
      {t('charts.copy')}
    </Button>
  )
}
