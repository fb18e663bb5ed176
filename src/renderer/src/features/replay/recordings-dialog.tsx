import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Recording } from '../../../../shared/view/replay.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCall } from '../../store/core-context.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Refused, refusing } from '../../ui/refused.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { BringChoice } from './bring-choice.tsx'
import classes from './recordings-dialog.module.css'
import { useReplayActions } from './use-replay-actions.ts'

/** Every recording on this desk, the one being written first. */
export function RecordingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const call = useCall()
  const { open } = useReplayActions()
  const [found, setFound] = useState<readonly Recording[] | null>(null)
  useEffect(() => {
    let wanted = true
    void call('replay.list', null).then((result) => {
      if (wanted) setFound(result.ok ? result.value : [])
    })
    return () => {
      wanted = false
    }
  }, [call])
  const look = (name: string) => {
    onClose()
    void open(name)
  }
  return (
    <Dialog title={t('replay.days')} onClose={onClose} size="lg">
      <p className="quiet">{t('replay.daysText')}</p>
      {found === null && <Skeleton width="100%" height={120} />}
      {found?.length === 0 && <EmptyState text={t('replay.none')} />}
      <ul className={classes.recordings}>
        {found?.map((recording) => (
          <Row key={recording.name} recording={recording} onLook={() => look(recording.name)} />
        ))}
      </ul>
      <BringChoice onBrought={onClose} />
    </Dialog>
  )
}

function Row({ recording, onLook }: { readonly recording: Recording; readonly onLook: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { is, name, server, election, mode, from, to, rows } = recording
  const not = rows === 0 ? t('replay.empty') : null
  const when =
    from === null || to === null
      ? t('replay.empty')
      : `${format.date(from)} ${format.clock(from)} – ${format.date(to)} ${format.clock(to)}`
  return (
    <li className={classes.recording}>
      <div>
        <bdi>{server ?? name}</bdi>
        {election !== null && <> · {t('replay.election', { n: format.plain(election) })}</>}
        {mode === 'rehearsal' && <> · {t('frame.rehearsal')}</>} · <b>{t(`replay.is.${is}`)}</b>
        <div className="quiet small">
          <bdi>{when}</bdi> · {t('replay.rows', { count: rows, n: format.number(rows) })}
        </div>
      </div>
      <Refused why={not}>
        <Button size="xs" variant="default" onClick={() => not === null && onLook()} {...refusing(not)}>
          {t('replay.look')}
        </Button>
      </Refused>
    </li>
  )
}
