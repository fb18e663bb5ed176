import { Button, FileButton, Progress } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { letGo } from '../../store/freeze.ts'
import { Refused } from '../../ui/refused.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { bringFile } from './bring-file.ts'
import classes from './bring-choice.module.css'

/** A journal file of another desk, or an evidence pack that holds its journal, by the system's own dialog. Leaving while it is brought stops it. */
export function BringChoice({ onBrought }: { readonly onBrought: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const failure = useFailureWords()
  const role = useValue('session')?.user?.role
  const [share, setShare] = useState<number | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const leaving = useRef<AbortController | null>(null)
  useEffect(() => () => leaving.current?.abort(), [])
  const bring = async (file: File | null) => {
    if (!file) return
    const stopped = new AbortController()
    leaving.current = stopped
    setFault(null)
    setShare(0)
    letGo()
    const why = await bringFile(call, file, setShare, stopped.signal)
    if (stopped.signal.aborted) return
    setShare(null)
    if (why === null) onBrought()
    else setFault(failure(why))
  }
  const refusal = role === 'ADMIN' || role === 'SUPER_ADMIN' ? null : t('common.notAllowed')
  return (
    <div className={classes.bring}>
      <p className="quiet small">{t('replay.bringText')}</p>
      {fault && <p role="alert">{fault}</p>}
      {share !== null ? (
        <div role="status">
          {t('replay.bringing', { share: format.share(share, 1) })}
          <Progress value={share * 100} aria-label={t('replay.bring')} />
        </div>
      ) : refusal !== null ? (
        <Refused why={refusal}>
          <Button variant="default" aria-disabled data-disabled aria-description={refusal}>
            {t('replay.bring')}
          </Button>
        </Refused>
      ) : (
        <FileButton onChange={(file) => void bring(file)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFolderOpen size={16} aria-hidden />}>
              {t('replay.bring')}
            </Button>
          )}
        </FileButton>
      )}
    </div>
  )
}
