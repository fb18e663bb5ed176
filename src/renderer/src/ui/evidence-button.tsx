import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { openNow } from '../store/open.ts'

/** The way to the evidence pack. Open to all: whoever may not make one reads there why. */
export function EvidenceButton() {
  const { t } = useTranslation()
  return (
    <Button variant="default" onClick={() => openNow('evidence')}>
      {t('evidence.open')}
    </Button>
  )
}
