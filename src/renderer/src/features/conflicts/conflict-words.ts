import { useTranslation } from 'react-i18next'
import { assertNever } from '../../../../shared/result.ts'
import type { Conflict, ConflictField, Decision } from '../../../../shared/view/conflict.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'

type Side = 'mine' | 'theirs'

/** A card in people's words: its columns, its fields, and what each decision would keep. */
export function useConflictWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const value = useFieldWords()
  const sum = (card: Conflict, side: Side): string | null => {
    const of = (field: ConflictField['field']) => card.fields.filter((each) => each.field === field)
    const added = (fields: readonly ConflictField[]) => fields.reduce((all, each) => all + Number(each[side]), 0)
    const counted = (fields: readonly ConflictField[], key: 'acts.conflicts.votes' | 'acts.conflicts.ballots') => {
      const count = added(fields)
      return Number.isInteger(count) ? t(key, { count, n: format.number(count) }) : null
    }
    if (of('votes').length > 0) return counted(of('votes'), 'acts.conflicts.votes')
    if (of('cast').length > 0) return counted(of('cast'), 'acts.conflicts.ballots')
    const [first] = card.fields
    const told = first && first.field !== 'record' ? value(card, first, side) : null
    return told === '' ? null : told
  }
  const keep = (card: Conflict, side: Side): string => {
    const words = card.own
      ? t(side === 'mine' ? 'acts.conflicts.keepMine' : 'acts.conflicts.keepTheirs')
      : t(side === 'mine' ? 'acts.conflicts.keepFirst' : 'acts.conflicts.keepSecond')
    const what = sum(card, side)
    return what === null ? words : t('acts.conflicts.keepWith', { keep: words, what: `\u2068${what}\u2069` })
  }
  return {
    side: ({ own }: Conflict, side: Side) =>
      own ? t(`acts.conflicts.${side}`) : t(side === 'mine' ? 'acts.conflicts.first' : 'acts.conflicts.second'),
    field: ({ field, of }: ConflictField) =>
      of === null
        ? t(`acts.conflicts.field.${field}`)
        : t('acts.conflicts.fieldOf', { field: t(`acts.conflicts.field.${field}`), of: `\u2068${of}\u2069` }),
    value,
    decision(card: Conflict, decision: Decision): string {
      switch (decision) {
        case 'keep-mine':
          return card.kind === 'not-as-done' ? t('acts.conflicts.again') : keep(card, 'mine')
        case 'keep-theirs':
          return card.kind === 'not-as-done' ? t('acts.conflicts.leaveIt') : keep(card, 'theirs')
        case 're-enter':
          return t('acts.conflicts.reEnter')
        default:
          return assertNever(decision)
      }
    },
  }
}

const CAME = ['ATTENDED', 'PENDING'] as const
const ENTRY = ['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'VERIFIED'] as const
const RESULTS = ['DRAFT', 'PRELIMINARY', 'FINAL', 'PUBLISHED'] as const
const STATUS = ['PENDING', 'GUARANTEED'] as const
const CONFIRMATION = ['PENDING', 'CONFIRMED', 'NOT_AVAILABLE'] as const

/** What one version says of one field. */
function useFieldWords(): (card: Pick<Conflict, 'kind'>, field: ConflictField, side: Side) => string {
  const { t } = useTranslation()
  const format = useFormat()
  const groups = useValue('guarantee-choices')?.groups
  const statusWords = (kind: Conflict['kind'], text: string): string => {
    const came = CAME.find((each) => each === text)
    const entry = ENTRY.find((each) => each === text)
    const results = RESULTS.find((each) => each === text)
    const promise = STATUS.find((each) => each === text)
    if (kind === 'double-mark') return came ? t(`lists.attendance.status.${came}`) : text
    if (kind === 'count') return entry ? t(`lists.count.entry.${entry}`) : text
    if (kind === 'results') return results ? t(`lists.results.status.${results}`) : text
    return promise ? t(`lists.guarantees.status.${promise}`) : text
  }
  return ({ kind }, field, side) => {
    const text = field[side]
    switch (field.field) {
      case 'status':
        return statusWords(kind, text)
      case 'confirmation': {
        const known = CONFIRMATION.find((each) => each === text)
        return known ? t(`lists.guarantees.confirmation.${known}`) : text
      }
      case 'group':
        if (text === '' || text === 'null') return t('lists.guarantees.noGroup')
        return groups?.find(({ id }) => String(id) === text)?.name ?? format.digitsOf(text)
      case 'record':
        return t(text === '-' ? 'acts.conflicts.notThere' : 'acts.conflicts.there')
      case 'generated':
        return Number(text) > 0 ? format.clockSeconds(Number(text)) : text
      case 'votes':
      case 'cast':
      case 'invalid':
        return /^\d+$/.test(text) ? format.number(Number(text)) : text
      case 'committee':
      case 'mobile':
        return format.digitsOf(text)
      case 'note':
        return text
      default:
        return assertNever(field.field)
    }
  }
}
