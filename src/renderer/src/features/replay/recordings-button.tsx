import { Tooltip } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './replay.module.css'

/** The way to the recorded days, in the header. */
export function RecordingsButton({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useTranslation()
  return (
    <Tooltip label={t('replay.days')}>
      <button type="button" className={classes.icon} onClick={onOpen} aria-label={t('replay.days')}>
        <IconHistory size={18} aria-hidden />
      </button>
    </Tooltip>
  )
}
