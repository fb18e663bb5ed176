import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { GroupId, UserId } from '../../../../shared/model/ids.ts'
import type { GuaranteeQuery } from '../../../../shared/view/lists.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { parseSpan } from '../../store/brush.ts'
import { useRoute } from '../../store/route.ts'
import { useIsUnread } from '../../store/trust.ts'
import { DuringFilter } from '../../ui/during-filter.tsx'
import { ChoiceFilter, CommitteeFilter, Filters, oneOf, SearchFilter } from '../../ui/filters.tsx'

export const STATUS = ['PENDING', 'GUARANTEED'] as const
export const SORTS = ['name', 'number', 'committee'] as const
export const CONFIRMATION = ['PENDING', 'CONFIRMED', 'NOT_AVAILABLE'] as const
/** Px: with both the row of filters still fits beside the navigation on 1366. */
const NAMES_WIDEST = 142
const SEEN = ['seen', 'not-seen'] as const

export function GuaranteeFilters() {
  const { t } = useTranslation()
  return (
    <Filters>
      <SearchFilter placeholder={t('lists.searchElector')} />
      <CommitteeFilter />
      <DuringFilter />
      <OwnFilters />
      <ChoiceFilter
        name="status"
        label={t('common.status')}
        any={t('lists.anyStatus')}
        choices={STATUS.map((value) => ({ value, label: t(`lists.guarantees.status.${value}`) }))}
      />
      <ChoiceFilter
        name="confirmation"
        label={t('lists.guarantees.confirmationLabel')}
        any={t('lists.anyConfirmation')}
        choices={CONFIRMATION.map((value) => ({ value, label: t(`lists.guarantees.confirmation.${value}`) }))}
      />
      <ChoiceFilter
        name="attendance"
        label={t('lists.anyAttendance')}
        any={t('lists.anyAttendance')}
        choices={SEEN.map((value) => ({ value, label: t(`lists.guarantees.attendanceOf.${value}`) }))}
      />
    </Filters>
  )
}

/** What the list begins with. */
export function GuaranteeOrder() {
  const { t } = useTranslation()
  return (
    <ChoiceFilter
      name="sort"
      label={t('pledges.sort.label')}
      any={t('pledges.sort.any')}
      choices={SORTS.map((value) => ({ value, label: t(`pledges.sort.${value}`) }))}
      slim
    />
  )
}

/** Groups once there are some; collectors where the account sees guarantees of more than one. */
function OwnFilters() {
  const { t } = useTranslation()
  const format = useFormat()
  const choices = useValue('guarantee-choices')
  const isUnread = useIsUnread('guarantees')
  if (choices === null) return null
  // Of guarantees nobody read nobody has none.
  const counted = (label: string, n: number) => (isUnread ? label : `${label} (${format.number(n)})`)
  const groups = choices.groups.map(({ id, name, guarantees }) => ({
    value: String(id),
    label: counted(name, guarantees),
  }))
  const others = choices.collectors.filter(({ mine }) => !mine)
  const own = choices.collectors.find(({ mine }) => mine)?.guarantees ?? 0
  const collectors = others.map(({ id, name, guarantees }) => ({
    value: String(id),
    label: counted(name ?? t('lists.guarantees.collectorNumber', { n: format.number(id) }), guarantees),
  }))
  return (
    <>
      {groups.length > 0 && (
        <ChoiceFilter
          name="group"
          label={t('lists.guarantees.group')}
          widest={NAMES_WIDEST}
          any={t('lists.guarantees.anyGroup')}
          choices={[...groups, { value: 'none', label: counted(t('lists.guarantees.noGroup'), choices.ungrouped) }]}
        />
      )}
      {others.length > 0 && (
        <ChoiceFilter
          name="collector"
          label={t('lists.guarantees.collector')}
          widest={NAMES_WIDEST}
          any={t('lists.guarantees.anyCollector')}
          choices={[{ value: 'mine', label: counted(t('lists.guarantees.mine'), own) }, ...collectors]}
        />
      )}
    </>
  )
}

/** The id in an address, which may hold anything. */
function idOf<Id>(schema: { safeParse: (value: unknown) => { data?: Id } }, text: string | undefined): Id | null {
  return text === undefined ? null : (schema.safeParse(Number(text)).data ?? null)
}

/** What the address asks of the list. */
export function useGuaranteeQuery(): Omit<GuaranteeQuery, 'offset' | 'limit'> {
  const query = useRoute((route) => route.query)
  return useMemo(
    () => ({
      committee: query.committee ?? null,
      group: query.group === 'none' ? 'none' : idOf(GroupId, query.group),
      collector: query.collector === 'mine' ? 'mine' : idOf(UserId, query.collector),
      status: oneOf(STATUS, query.status),
      confirmation: oneOf(CONFIRMATION, query.confirmation),
      attendance: oneOf(SEEN, query.attendance),
      during: parseSpan(query.during),
      sort: oneOf(SORTS, query.sort),
      search: query.q ?? '',
    }),
    [query],
  )
}
