import { Button, Group, NativeSelect, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GroupId, type GuaranteeId } from '../../../../shared/model/ids.ts'
import { type BulkChange, BulkChange as Change, type BulkPlan } from '../../../../shared/view/bulk.ts'
import type { GuaranteeQuery } from '../../../../shared/view/lists.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { BulkPreview } from './bulk-preview.tsx'
import { useBulkWords } from './bulk-words.ts'
import { CONFIRMATION, STATUS } from './guarantee-filters.tsx'

/** What most ask for. */
const USUAL: BulkChange = { is: 'confirmation', to: 'CONFIRMED' }

type BulkDialogProps = {
  readonly query: Omit<GuaranteeQuery, 'offset' | 'limit'>
  readonly ticked: readonly GuaranteeId[]
  readonly onStarted: () => void
  readonly onClose: () => void
}

/** One change of many: whom, what, then what it would do; only then is it done. */
export function BulkDialog({ query, ticked, onStarted, onClose }: BulkDialogProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const failure = useFailureWords()
  const [whom, setWhom] = useState<'ticked' | 'all'>(ticked.length > 0 ? 'ticked' : 'all')
  const kept = useKept('bulk')
  const change = kept.typed.change === undefined ? USUAL : readChange(kept.typed.change)
  const [plan, setPlan] = useState<BulkPlan | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const preview = async () => {
    setBusy(true)
    const made = await call('bulk.prepare', { query, ids: whom === 'ticked' ? [...ticked] : null, change })
    setBusy(false)
    setFault(made.ok ? null : failure(made.error))
    if (made.ok) setPlan(made.value)
  }
  const start = async () => {
    if (plan === null) return
    const started = await call('bulk.start', { id: plan.id })
    if (started.ok) {
      kept.drop()
      return onStarted()
    }
    setFault(failure(started.error))
  }
  return (
    <Dialog title={t('pledges.bulk.title')} size="lg" onClose={onClose}>
      {plan === null ? (
        <Stack gap="sm">
          <Radio.Group
            label={t('pledges.bulk.whom')}
            value={whom}
            onChange={(value) => setWhom(value === 'all' ? 'all' : 'ticked')}
          >
            <Stack gap={6} mt={6}>
              {ticked.length > 0 && (
                <Radio
                  value="ticked"
                  label={t('pledges.bulk.ticked', { count: ticked.length, n: format.number(ticked.length) })}
                />
              )}
              <Radio value="all" label={t('pledges.bulk.all')} />
            </Stack>
          </Radio.Group>
          <ChangeChoice value={change} onChange={(next) => kept.type({ change: JSON.stringify(next) })} />
          {fault && <p role="alert">{fault}</p>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button loading={busy} data-autofocus onClick={() => void preview()}>
              {t('pledges.bulk.preview')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <BulkPreview
          plan={plan}
          change={change}
          fault={fault}
          onBack={() => setPlan(null)}
          onStart={() => void start()}
        />
      )}
    </Dialog>
  )
}

type ChangeChoiceProps = { readonly value: BulkChange; readonly onChange: (change: BulkChange) => void }

/** What every one of them is to become. */
function ChangeChoice({ value, onChange }: ChangeChoiceProps) {
  const { t } = useTranslation()
  const groups = useValue('guarantee-choices')?.groups ?? []
  const words = useBulkWords()
  const choices: readonly BulkChange[] = [
    ...CONFIRMATION.map((to): BulkChange => ({ is: 'confirmation', to })),
    ...STATUS.map((to): BulkChange => ({ is: 'status', to })),
    ...(groups.length === 0 ? [] : [null, ...groups.map(({ id }) => id)]).map(
      (to): BulkChange => ({ is: 'group', to }),
    ),
  ]
  return (
    <NativeSelect
      label={t('pledges.bulk.what')}
      value={JSON.stringify(value)}
      onChange={(event) => onChange(readChange(event.currentTarget.value))}
      data={choices.map((choice) => ({ value: JSON.stringify(choice), label: words(choice) }))}
    />
  )
}

/** One of the options, which are written as JSON; a group's number is branded again. */
function readChange(text: string): BulkChange {
  const read: unknown = JSON.parse(text)
  const change = Change.parse(read)
  return change.is === 'group' && change.to !== null ? { ...change, to: GroupId.parse(change.to) } : change
}
