import { Button, Group, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readCount } from '../../../../shared/sheet/read-count.ts'
import type { CandidateRow, CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCall } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { useOpen } from '../../store/open.ts'
import { go } from '../../store/route.ts'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import classes from './judge.module.css'
import type { FieldName } from './sheet-check.ts'
import type { Look } from './sheet-look.ts'

type Both = NonNullable<Look['both']>
type JudgeProps = { readonly committee: CommitteeRow; readonly rows: readonly CandidateRow[]; readonly both: Both }

/** For who typed neither: every field that differs, both figures, and what the paper says. */
export function Judge({ committee, rows, both }: JudgeProps) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const kept = useKept(`judge ${committee.id}`)
  const { reason = '', ...paper } = kept.typed
  const [asked, setAsked] = useState(false)
  const dropping = useOpen('drop')
  const [failed, setFailed] = useState<string | null>(null)
  const take = both.fields.flatMap(({ field }) => {
    const value = readCount(paper[field] ?? '')
    return value === null ? [] : [{ field, value }]
  })
  const decide = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (take.length < both.fields.length || reason.trim() === '') return
    const done = await call('count.resolve', { committee: committee.id, take, reason: reason.trim() })
    if (!done.ok) return setFailed(failure(done.error))
    kept.drop()
    say(t('sheet.two.decided'))
    go('count', { committee: committee.code })
  }
  const throwAway = async (why: string) => {
    const done = await call('count.drop', { committee: committee.id, reason: why })
    return done.ok ? null : failure(done.error)
  }
  return (
    <form className={`panel ${classes.judge}`} onSubmit={(event) => void decide(event)} noValidate>
      <h2>{t('sheet.two.decide')}</h2>
      <p>{t('sheet.two.decideText')}</p>
      <Fields rows={rows} both={both} paper={paper} asked={asked} onPaper={kept.type} />
      <Textarea
        label={t('acts.reason')}
        description={t('acts.reasonHint')}
        value={reason}
        rows={2}
        maxLength={500}
        error={asked && reason.trim() === '' ? t('acts.needReason') : undefined}
        onChange={(event) => kept.type({ reason: event.currentTarget.value })}
      />
      {failed && <p role="alert">{failed}</p>}
      <Group>
        <Button type="submit">{t('sheet.two.give')}</Button>
        <Button variant="default" onClick={() => dropping.open(committee.code)}>
          {t('sheet.two.drop')}
        </Button>
      </Group>
      {dropping.of === committee.code && (
        <ReasonDialog
          about={`drop ${committee.id}`}
          title={t('sheet.two.dropTitle')}
          give={t('sheet.two.dropGive')}
          grave
          onGive={throwAway}
          onClose={dropping.close}
        >
          <p>{t('sheet.two.dropText')}</p>
        </ReasonDialog>
      )}
    </form>
  )
}

type FieldsProps = Omit<JudgeProps, 'committee'> & {
  /** What the paper says, by field. */
  readonly paper: Readonly<Record<string, string>>
  readonly asked: boolean
  readonly onPaper: (change: Readonly<Record<string, string>>) => void
}

function Fields({ rows, both, paper, asked, onPaper }: FieldsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const labelOf = (field: FieldName) => {
    if (field === 'cast') return t('lists.count.ballots')
    if (field === 'invalid') return t('sheet.invalid')
    const row = rows.find(({ id }) => String(id) === field)
    return row ? `${format.plain(row.number)} ${row.name}` : field
  }
  return (
    <table className={classes.fields}>
      <thead>
        <tr>
          <th>{t('sheet.two.field')}</th>
          <th>
            <bdi>{both.first}</bdi>
          </th>
          <th>
            <bdi>{both.second}</bdi>
          </th>
          <th>{t('sheet.two.paper')}</th>
        </tr>
      </thead>
      <tbody>
        {both.fields.map(({ field, first, second }) => {
          const isRead = readCount(paper[field] ?? '') !== null
          return (
            <tr key={field}>
              <td>
                <bdi id={`judge-${field}`}>{labelOf(field)}</bdi>
              </td>
              {[first, second].map((value, index) => (
                <td key={index === 0 ? 'first' : 'second'}>
                  <Button
                    size="compact-md"
                    variant="default"
                    aria-label={t('sheet.two.take', {
                      n: format.number(value),
                      field: `\u2068${labelOf(field)}\u2069`,
                    })}
                    onClick={() => onPaper({ [field]: String(value) })}
                  >
                    {format.number(value)}
                  </Button>
                </td>
              ))}
              <td>
                <input
                  className={classes.input}
                  value={paper[field] ?? ''}
                  aria-labelledby={`judge-${field}`}
                  aria-invalid={(asked && !isRead) || undefined}
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={14}
                  dir="ltr"
                  onChange={(event) => onPaper({ [field]: event.currentTarget.value })}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
