import { Button, Textarea } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandOver, ShiftReport } from '../../../../shared/view/shift.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { useReplay } from '../../store/replay.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Refused, refusing } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { TypedBefore } from '../../ui/typed-before.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import shared from './incidents.module.css'
import classes from './shift-dialog.module.css'
import { ShiftReportView } from './shift-report.tsx'

const LONGEST = 2_000

/** Write the hand-over, or (`reads`) read and confirm the one that waits. */
export function ShiftDialog({ reads = false, onClose }: { readonly reads?: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const shift = useValue('shift')
  useEffect(() => {
    document.documentElement.dataset.print = 'shift'
    return () => void delete document.documentElement.dataset.print
  }, [])
  return (
    <Dialog title={t('incidents.shift.title')} size="xl" onClose={onClose}>
      {shift &&
        (reads && shift.last ? (
          <Read handOver={shift.last} onDone={onClose} />
        ) : (
          <Write report={shift.now} onDone={onClose} />
        ))}
    </Dialog>
  )
}

function useSend() {
  const call = useCall()
  const failure = useFailureWords()
  return async (work: (send: typeof call) => Promise<{ ok: true } | { ok: false; error: string }>, done: string) => {
    const result = await work(call)
    say(result.ok ? done : failure(result.error), result.ok ? 'done' : 'failed')
    return result.ok
  }
}

function Write({ report, onDone }: { readonly report: ShiftReport; readonly onDone: () => void }) {
  const { t } = useTranslation()
  const send = useSend()
  const inReplay = useReplay() !== null
  const kept = useKept('shift')
  const { note = '' } = kept.typed
  const hand = async () => {
    if (!(await send((call) => call('shift.hand-over', { note }), t('incidents.shift.handed')))) return
    kept.drop()
    onDone()
  }
  return (
    <div className={shared.report}>
      <TypedBefore kept={kept} stays />
      <Textarea
        data-autofocus
        label={t('incidents.shift.note')}
        rows={3}
        maxLength={LONGEST}
        value={note}
        onChange={(event) => kept.type({ note: event.currentTarget.value })}
      />
      <ShiftReportView report={report} />
      <Foot>
        <Why
          not={inReplay ? t('common.error.in-replay') : null}
          onDo={() => void hand()}
          text={t('incidents.shift.hand')}
        />
      </Foot>
    </div>
  )
}

function Read({ handOver, onDone }: { readonly handOver: HandOver; readonly onDone: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const send = useSend()
  const inReplay = useReplay() !== null
  const me = useValue('session')?.user?.email ?? null
  const { id, by, note, report, acceptedBy, acceptedAt } = handOver
  const accept = async () => {
    if (await send((call) => call('shift.accept', { id }), t('incidents.shift.accepted'))) onDone()
  }
  const not = inReplay ? t('common.error.in-replay') : by === me ? t('incidents.shift.acceptOwn') : null
  return (
    <div className={shared.report}>
      <p>
        {t('incidents.shift.from', { name: `\u2068${by}\u2069`, time: format.clock(report.at) })}
        {' · '}
        {acceptedBy === null
          ? t('incidents.shift.notAccepted')
          : t('incidents.shift.acceptedBy', {
              name: `\u2068${acceptedBy}\u2069`,
              time: format.clock(acceptedAt ?? report.at),
            })}
      </p>
      {note !== '' && (
        <section>
          <h3>{t('incidents.shift.noteFrom')}</h3>
          <p className={classes.handed}>
            <bdi>{note}</bdi>
          </p>
        </section>
      )}
      <ShiftReportView report={report} />
      <Foot>
        {acceptedBy === null && <Why not={not} onDo={() => void accept()} text={t('incidents.shift.accept')} />}
        {not !== null && <span className="quiet small">{not}</span>}
      </Foot>
    </div>
  )
}

function Foot({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={classes.foot}>
      {children}
      <span className={shared.grow} />
      <Button variant="default" onClick={() => window.print()}>
        {t('incidents.shift.print')}
      </Button>
    </div>
  )
}

/** A button that says why where it cannot be pressed. */
function Why({ not, text, onDo }: { readonly not: string | null; readonly text: string; readonly onDo: () => void }) {
  return (
    <Refused why={not}>
      <Button {...(not === null ? { onClick: onDo } : refusing(not))}>{text}</Button>
    </Refused>
  )
}
