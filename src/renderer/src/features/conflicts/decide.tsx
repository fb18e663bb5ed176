import { Button, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conflict, Decision } from '../../../../shared/view/conflict.ts'
import { useCommitteeNames } from '../../store/committee-names.ts'
import { useCall } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { go } from '../../store/route.ts'
import { Refused, refusing } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { useConflictWords } from './conflict-words.ts'
import classes from './conflicts.module.css'

/** A reason, and a button for each thing that can be decided. The reason stays until the decision is saved. */
export function Decide({ card }: { readonly card: Conflict }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const words = useConflictWords()
  const rows = useCommitteeNames()
  const field = useRef<HTMLTextAreaElement>(null)
  const kept = useKept(`decide ${card.id}`)
  const { reason = '' } = kept.typed
  const [asked, setAsked] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState<Decision | null>(null)
  const past = useReplayRefusal()
  const decide = async (decision: Decision) => {
    setAsked(true)
    if (busy !== null) return
    if (reason.trim() === '') return field.current?.focus()
    setBusy(decision)
    const decided = await call('conflict.decide', { id: card.id, decision, reason: reason.trim() })
    setBusy(null)
    if (!decided.ok) return setFailed(failure(decided.error))
    kept.drop()
    say(t('acts.conflicts.saved'))
    if (decision !== 're-enter') return focusNext()
    const committee = rows?.find((row) => `#${row.id}` === card.about)?.code
    go('count', { committee, sheet: committee === undefined ? null : 'open' })
  }
  return (
    <div className={classes.decide}>
      <Textarea
        ref={field}
        label={t('acts.conflicts.reason')}
        description={t('acts.reasonHint')}
        value={reason}
        maxLength={500}
        rows={2}
        error={asked && reason.trim() === '' ? t('acts.needReason') : undefined}
        onChange={(event) => kept.type({ reason: event.currentTarget.value })}
      />
      <div className={classes.buttons}>
        {card.decisions.map((decision) => (
          <Refused key={decision} why={past}>
            <Button
              variant="default"
              loading={busy === decision}
              {...(past === null ? { onClick: () => void decide(decision) } : refusing(past))}
            >
              {words.decision(card, decision)}
            </Button>
          </Refused>
        ))}
      </div>
      {failed && (
        <p className={classes.failed} role="alert">
          {failed}
        </p>
      )}
    </div>
  )
}

/** The card goes with its buttons; whoever works through a pile by keyboard goes on from the page. */
const focusNext = () => document.getElementById('content')?.focus()
