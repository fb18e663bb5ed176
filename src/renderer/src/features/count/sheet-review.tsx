import { Button } from '@mantine/core'
import { IconAlertOctagonFilled, IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openFindings } from '../../../../shared/sheet/attention.ts'
import { ruleOf } from '../../../../shared/sheet/rules.ts'
import type { Remark, SheetRow } from '../../../../shared/sheet/sheet-view.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { Refused } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { useSharing } from '../../store/sharing.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { useFindingWords } from './finding-words.ts'
import { isAtField } from './sheet-check.ts'
import classes from './sheet-review.module.css'

/** What the rules say of a committee's sheet to whoever looks at it afterwards, what the clerk said to it, and who dealt with it. */
export function SheetReview({ sheet, code }: { readonly sheet: SheetRow; readonly code: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [asking, ask] = useState<Remark | null>(null)
  const sharing = useSharing('remarks')
  const unsaid = openFindings(sheet).filter(
    (finding) => !sheet.remarks.some((remark) => remark.code === finding.code && remark.field === finding.field),
  )
  if (unsaid.length + sheet.remarks.length === 0) return null
  return (
    <section className={`panel ${classes.review}`} aria-label={t('sheet.review', { committee: code })}>
      <h2>{t('sheet.review', { committee: `\u2068${format.digitsOf(code)}\u2069` })}</h2>
      <ul>
        {unsaid.map((finding) => (
          <li key={`${finding.code} ${finding.field}`} data-weight={ruleOf(finding.code).urgent ? 'alarm' : 'warning'}>
            <RuleLine finding={finding} />
            <p className="quiet">{t(sharing === 'shared' ? 'sheet.unsaidAnywhere' : 'sheet.unsaid')}</p>
          </li>
        ))}
        {sheet.remarks.map((remark) => (
          <RemarkLine
            key={`${remark.code} ${remark.field} ${remark.by}`}
            remark={remark}
            onHandle={() => ask(remark)}
          />
        ))}
      </ul>
      {sheet.remarks.length > 0 && <WhoSees from={sheet.wordsFrom} />}
      {asking && <Handle sheet={sheet} remark={asking} onClose={() => ask(null)} />}
    </section>
  )
}

/** Who reads the words: every desk, or this one alone, and why. */
function WhoSees({ from }: { readonly from: SheetRow['wordsFrom'] }) {
  const { t } = useTranslation()
  const sharing = useSharing('remarks')
  const who = sharing === 'shared' && from === 'desk' ? 'waiting' : sharing
  return <p className={who === 'shared' ? 'quiet small' : classes.notAll}>{t(`sheet.wordsSeen.${who}`)}</p>
}

function RuleLine({ finding }: { readonly finding: SheetRow['findings'][number] }) {
  const format = useFormat()
  const words = useFindingWords('supervisor')
  const candidates = useValue('candidates')
  const Icon = ruleOf(finding.code).urgent ? IconAlertOctagonFilled : IconAlertTriangle
  const { place, ...rest } = finding
  const row = isAtField(finding) ? candidates?.find(({ id }) => String(id) === finding.field) : undefined
  return (
    <p className={classes.rule}>
      <Icon size={16} aria-hidden />
      <b>{finding.code}</b>
      <span>
        {row && (
          <bdi>
            {format.plain(row.number)} {row.name} ·{' '}
          </bdi>
        )}
        {words({ ...rest, ...(place !== undefined && { place }) })}
      </span>
    </p>
  )
}

function RemarkLine({ remark, onHandle }: { readonly remark: Remark; readonly onHandle: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const why = useWhyNotHandle(remark)
  const { handled } = remark
  return (
    <li data-weight={handled ? 'done' : 'warning'}>
      <RuleLine finding={remark} />
      <p>
        <q>
          <bdi>{remark.words}</bdi>
        </q>{' '}
        <span className="quiet">
          <bdi>{remark.by}</bdi> · {format.clock(remark.at)}
        </span>
      </p>
      {handled ? (
        <p className={classes.handled}>
          <IconCheck size={16} aria-hidden /> {t('sheet.handledBy', { time: format.clock(handled.at) })}{' '}
          <bdi>{handled.by}</bdi>: <bdi>{handled.note}</bdi>
        </p>
      ) : (
        <Refused why={why}>
          <Button
            size="compact-sm"
            variant="default"
            className={classes.handle ?? ''}
            {...(why === null
              ? { onClick: onHandle }
              : { 'aria-disabled': true, 'data-disabled': true, 'aria-description': why })}
          >
            {t('sheet.handle', { code: remark.code })}
          </Button>
        </Refused>
      )}
    </li>
  )
}

function useWhyNotHandle({ by }: Remark): string | null {
  const { t } = useTranslation()
  const past = useReplayRefusal()
  const session = useValue('session')
  if (past !== null) return past
  if (session && !session.may.enterCounts) return t('common.error.role-too-low')
  return session?.user?.email === by ? t('common.error.own-words') : null
}

type HandleProps = { readonly sheet: SheetRow; readonly remark: Remark; readonly onClose: () => void }

function Handle({ sheet, remark, onClose }: HandleProps) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const { code, field } = remark
  const handle = async (note: string) => {
    const done = await call('count.handle', { committee: sheet.id, code, field, note })
    if (!done.ok) return failure(done.error)
    say(t('sheet.handled'))
    return null
  }
  return (
    <ReasonDialog
      about={`handle ${sheet.id} ${code} ${field}`}
      title={t('sheet.handleTitle', { code })}
      give={t('sheet.handleGive')}
      onGive={handle}
      onClose={onClose}
    >
      <RuleLine finding={remark} />
      <p>
        <q>
          <bdi>{remark.words}</bdi>
        </q>
      </p>
    </ReasonDialog>
  )
}
