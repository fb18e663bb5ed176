import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GuaranteeRow } from '../../../../shared/view/lists.ts'
import { useValue } from '../../store/core-context.tsx'
import { openNow, useOpen } from '../../store/open.ts'
import { filtersIn, to, useRoute } from '../../store/route.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { ConflictBar } from '../../ui/conflict-bar.tsx'
import { ListHead } from '../../ui/list-head.tsx'
import classes from '../../ui/list-page.module.css'
import { Refused, refusing } from '../../ui/refused.tsx'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { useFormat } from '../../i18n/format.ts'
import { EmptyList } from '../../ui/empty-list.tsx'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { BulkDialog } from './bulk-dialog.tsx'
import { useColumns } from './guarantee-columns.tsx'
import { GuaranteeFilters, GuaranteeOrder, useGuaranteeQuery } from './guarantee-filters.tsx'
import { NewGuarantee } from './new-guarantee.tsx'
import { PledgeSumsPanel } from './pledge-sums.tsx'
import { OpenedEdit } from './opened-edit.tsx'
import { OpenedNotes } from './opened-notes.tsx'
import { SavedViews } from './saved-views.tsx'
import { useTicks } from './use-ticks.ts'
import { useGuaranteeActions } from './use-guarantee-actions.ts'

/** A change of those ticked, as the address says it. */
const TICKED = 'ticked'
const PLEDGED = { status: 'GUARANTEED' }
const CONFIRMED = { confirmation: 'CONFIRMED' }
const CAME = { ...PLEDGED, attendance: 'seen' }

/** Who promised, who confirmed, who came; changed in place. */
export function GuaranteesPage() {
  const { t } = useTranslation()
  const headline = useValue('headline')
  const query = useGuaranteeQuery()
  const creating = useOpen('new')
  const past = useReplayRefusal()
  const { ticked, ticks, untick } = useTicks()
  const changing = useOpen('bulk')
  const columns = useColumns(useGuaranteeActions(), openEdit, openNotes, ticks)
  const sums = useRoute((route) => route.query.view === 'sums')
  const filtered = useRoute((route) => filtersIn(route.query).length > 0)
  const facts = headline
    ? [
        { label: t('lists.guarantees.collected'), value: headline.guarantees, href: to('guarantees') },
        { label: t('lists.guarantees.pledged'), value: headline.pledged, href: to('guarantees', PLEDGED) },
        {
          label: t('figures.once'),
          value: headline.promised.electors + headline.promised.beyond,
          href: to('radar'),
          hint: t('figures.onceText'),
        },
        { label: t('lists.guarantees.confirmed'), value: headline.confirmed, href: to('guarantees', CONFIRMED) },
        { label: t('lists.guarantees.attended'), value: headline.pledgedAttended, href: to('guarantees', CAME) },
      ]
    : []
  return (
    <div className={classes.page}>
      <ListHead title={t('lists.guarantees.title')} topic="guarantees" facts={facts}>
        <Refused why={past}>
          <Button
            size="compact-md"
            variant="default"
            className={classes.create ?? ''}
            {...(past === null ? { onClick: () => creating.open() } : refusing(past))}
          >
            {t('acts.pledge.create')}
          </Button>
        </Refused>
      </ListHead>
      <ConflictBar screen="guarantees" />
      <Tabs
        label={t('pledges.tabs')}
        tabs={[
          { href: to('guarantees'), words: t('pledges.list'), here: !sums },
          { href: to('guarantees', { view: 'sums' }), words: t('pledges.sums'), here: sums },
        ]}
        end={!sums && <Many ticked={ticked.size} onChange={() => changing.open(ticked.size > 0 ? TICKED : null)} />}
      />
      {sums ? (
        <PledgeSumsPanel />
      ) : (
        <>
          <GuaranteeFilters />
          <BulkBar />
          <VirtualTable
            name="guarantees"
            label={t('lists.guarantees.title')}
            query={query}
            columns={columns}
            keyOf={(row) => String(row.id)}
            onOpen={(row) => row.mine && openNotes(row)}
            empty={<EmptyList topic="guarantees" filtered={filtered} text={t('lists.guarantees.empty')} />}
          />
        </>
      )}
      <OpenedNotes />
      <OpenedEdit />
      {/* Rows ticked before the page was loaded anew are ticked no more: a change of those alone must not become one of all. */}
      {changing.isOpen && past === null && (changing.of !== TICKED || ticked.size > 0) && (
        <BulkDialog
          query={query}
          ticked={[...ticked]}
          onStarted={() => {
            untick()
            changing.close()
          }}
          onClose={changing.close}
        />
      )}
      {creating.isOpen && past === null && <NewGuarantee onClose={creating.close} />}
    </div>
  )
}

const openEdit = ({ id }: GuaranteeRow) => openNow('edit', String(id))
const openNotes = ({ id }: GuaranteeRow) => openNow('notes', String(id))

/** Over the list: its order, lists by name, and a change of many. */
function Many({ ticked, onChange }: { readonly ticked: number; readonly onChange: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const past = useReplayRefusal()
  return (
    <>
      <GuaranteeOrder />
      <SavedViews />
      <Refused why={past}>
        <Button variant="default" size="compact-md" {...(past === null ? { onClick: onChange } : refusing(past))}>
          {ticked > 0 ? t('pledges.bulk.openTicked', { n: format.number(ticked) }) : t('pledges.bulk.open')}
        </Button>
      </Refused>
    </>
  )
}
