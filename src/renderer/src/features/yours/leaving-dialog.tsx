import { Button, Group, Stack } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useValue } from '../../store/core-context.tsx'
import { useLeaving, useUnsent, type WayOut } from '../../store/leaving.ts'
import { Dialog } from '../../ui/dialog.tsx'

const close = () => useLeaving.setState({ asked: null })

/** Leaving with unsent work asks: how much waits, and that it stays here. A window that closes asks too, in the browser's words. */
export function LeavingDialog() {
  useClosingAsks()
  const asked = useLeaving((leaving) => leaving.asked)
  if (asked === null) return null
  const go = () => {
    close()
    asked.go()
  }
  return <Question way={asked.way} onGo={go} />
}

function Question({ way, onGo }: { readonly way: WayOut; readonly onGo: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const { count, oldestAt, ofOthers } = useUnsent(way)
  const n = format.number(count)
  return (
    <Dialog title={t(`acts.leave.title.${way}`)} onClose={close}>
      <Stack gap="sm">
        <p>
          <strong>
            {oldestAt === null
              ? t('acts.leave.unsentPlain', { count, n })
              : t('acts.leave.unsent', { count, n, age: format.age(now - oldestAt) })}
          </strong>{' '}
          {t(`acts.leave.stays.${way}`)}
        </p>
        {ofOthers > 0 && (
          <p className="quiet">{t('acts.leave.ofOthers', { count: ofOthers, n: format.number(ofOthers) })}</p>
        )}
        <Group justify="flex-end">
          <Button variant="default" size="md" onClick={onGo}>
            {t(`acts.leave.go.${way}`)}
          </Button>
          <Button size="md" data-autofocus onClick={close}>
            {t('acts.leave.stay')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

/** While something of this user's is only here, the browser asks before the window goes. */
function useClosingAsks() {
  const isUnsent = (useValue('outbox')?.leaving.unsent ?? 0) > 0
  useEffect(() => {
    if (!isUnsent) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isUnsent])
}
