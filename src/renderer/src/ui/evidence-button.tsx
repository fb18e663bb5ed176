import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useEvidenceDialog } from '../store/evidence-dialog.ts'

/** The way to the evidence pack. Open to all: whoever may not make one reads there why. */
export function EvidenceButton() {
  const { t } = useTranslation()
  const open = useEvidenceDialog((dialog) => dialog.open)
  return (
    <Button variant="default" onClick={open}>
      {t('evidence.open')}
    </Button>
  )
}
