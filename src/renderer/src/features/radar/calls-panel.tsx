import { Button, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CommitteeCode } from '../../../../shared/model/ids.ts'
import type { CallQuery } from '../../../../shared/view/calls.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCall } from '../../store/core-context.tsx'
import { usePreferences } from '../../store/preferences.ts'
import { useRoute } from '../../store/route.ts'
import { ChoiceFilter, CommitteeFilter, Filters, SearchFilter } from '../../ui/filters.tsx'
import { Refused, refusing } from '../../ui/refused.tsx'
import { saveCsvAs } from '../../ui/save-as.ts'
import { say } from '../../ui/say.ts'
import { EmptyList } from '../../ui/empty-list.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { useCallColumns } from './call-columns.tsx'
import classes from './calls.module.css'
import { useSharing } from '../../store/sharing.ts'
import { OpenedCall, openCall } from './opened-call.tsx'
import { useCalls } from './use-calls.ts'

const OF_THE_PLACE = ['list'] as const

/** Whom to ring, so that no two people ring the same. */
export function CallsPanel() {
  const { t } = useTranslation()
  const acts = useCalls()
  const sharing = useSharing('calls')
  const query = useCallQuery()
  const filtered = query.search !== '' || query.committee !== null || query.show !== null
  const columns = useCallColumns({
    window: acts.window,
    sharing,
    open: openCall,
    take: (row) => void acts.claim(row).then((taken) => taken && openCall(row)),
  })
  return (
    <>
      <Filters keep={OF_THE_PLACE} end={<Ways query={query} />}>
        <SearchFilter placeholder={t('lists.searchElector')} />
        <CommitteeFilter />
        <ChoiceFilter
          name="show"
          label={t('pledges.calls.show')}
          any={t('pledges.calls.all')}
          choices={[{ value: 'waiting', label: t('pledges.calls.waiting') }]}
        />
        <label className={classes.caller}>
          <span>{t('pledges.calls.caller')}</span>
          <TextInput
            id="caller"
            value={acts.caller}
            maxLength={60}
            w={160}
            onChange={(event) => acts.rename(event.currentTarget.value)}
          />
        </label>
      </Filters>
      <VirtualTable
        name="calls"
        label={t('pledges.radar.calls')}
        query={query}
        columns={columns}
        keyOf={(row) => row.elector}
        blank={t('pledges.calls.heard')}
        empty={<EmptyList topic="guarantees" filtered={filtered} text={t('pledges.calls.empty')} />}
      />
      <p className={sharing === 'away' ? classes.away : 'quiet small'}>{t(`pledges.calls.who.${sharing}`)}</p>
      <p className="quiet small">{t('pledges.calls.order')}</p>
      <OpenedCall acts={acts} />
    </>
  )
}

/** As a file. */
function Ways({ query }: { readonly query: Omit<CallQuery, 'offset' | 'limit'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const failure = useFailureWords()
  const language = usePreferences((preferences) => preferences.language)
  const past = useReplayRefusal()
  const save = async () => {
    const made = await call('call.export', { ...query, language })
    if (!made.ok) return say(failure(made.error), 'failed')
    const { name, rows, text } = made.value
    saveCsvAs(name, text)
    say(t('pledges.calls.csvSaved', { count: rows, n: format.number(rows), name: `\u2068${name}\u2069` }))
  }
  return (
    <div className={classes.ways}>
      <Refused why={past}>
        <Button
          variant="default"
          size="compact-md"
          title={past === null ? t('pledges.calls.csvText') : undefined}
          leftSection={<IconDownload size={16} aria-hidden />}
          {...(past === null ? { onClick: () => void save() } : refusing(past))}
        >
          {t('pledges.calls.csv')}
        </Button>
      </Refused>
    </div>
  )
}

/** What the address asks of the list. */
function useCallQuery(): Omit<CallQuery, 'offset' | 'limit'> {
  const query = useRoute((route) => route.query)
  return useMemo(
    () => ({
      committee: CommitteeCode.safeParse(query.committee).data ?? null,
      show: query.show === 'waiting' ? 'waiting' : null,
      search: query.q ?? '',
    }),
    [query],
  )
}
