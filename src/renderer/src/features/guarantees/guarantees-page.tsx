import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuaranteeRow } from '../../../../shared/view/lists.ts'
import { useValue } from '../../store/core-context.tsx'
import { to, useRoute } from '../../store/route.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { ConflictBar } from '../../ui/conflict-bar.tsx'
import { ListHead } from '../../ui/list-head.tsx'
import classes from '../../ui/list-page.module.css'
import { EmptyState } from '../../ui/state-notes.tsx'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { EditGuarantee } from './edit-guarantee.tsx'
import { useColumns } from './guarantee-columns.tsx'
import { GuaranteeFilters, useGuaranteeQuery } from './guarantee-filters.tsx'
import { NewGuarantee } from './new-guarantee.tsx'
import { PledgeSumsPanel } from './pledge-sums.tsx'
import { NotesPanel } from './notes-panel.tsx'
import { RemoveGuarantee } from './remove-guarantee.tsx'
import { useGuaranteeActions } from './use-guarantee-actions.ts'

/** Who promised, who confirmed, who came; changed in place. */
export function GuaranteesPage() {
  const { t } = useTranslation()
  const headline = useValue('headline')
  const query = useGuaranteeQuery()
  const [creating, setCreating] = useState(false)
  const [removing, setRemoving] = useState<GuaranteeRow | null>(null)
  const [editing, setEditing] = useState<GuaranteeRow | null>(null)
  const [opened, setOpened] = useState<GuaranteeRow | null>(null)
  const columns = useColumns(useGuaranteeActions(), setEditing, setOpened)
  const sums = useRoute((route) => route.query.view === 'sums')
  const filtered = useRoute((route) => Object.keys(route.query).length > 0)
  const facts = headline
    ? [
        { label: t('lists.guarantees.collected'), value: headline.guarantees },
        { label: t('lists.guarantees.pledged'), value: headline.pledged },
        { label: t('lists.guarantees.confirmed'), value: headline.confirmed },
        { label: t('lists.guarantees.attended'), value: headline.pledgedAttended },
      ]
    : []
  return (
    <div className={classes.page}>
      <ListHead title={t('lists.guarantees.title')} topic="guarantees" facts={facts}>
        <Button size="compact-md" variant="default" onClick={() => setCreating(true)} className={classes.create ?? ''}>
          {t('acts.pledge.create')}
        </Button>
      </ListHead>
      <ConflictBar screen="guarantees" />
      <Tabs
        label={t('pledges.tabs')}
        tabs={[
          { href: to('guarantees'), words: t('pledges.list'), here: !sums },
          { href: to('guarantees', { view: 'sums' }), words: t('pledges.sums'), here: sums },
        ]}
      />
      {sums ? (
        <PledgeSumsPanel />
      ) : (
        <>
          <GuaranteeFilters />
          <VirtualTable
            name="guarantees"
            label={t('lists.guarantees.title')}
            query={query}
            columns={columns}
            keyOf={(row) => String(row.id)}
            onOpen={(row) => row.mine && setOpened(row)}
            empty={<EmptyState text={filtered ? t('lists.noMatch') : t('lists.guarantees.empty')} />}
          />
        </>
      )}
      {opened && <NotesPanel row={opened} onClose={() => setOpened(null)} />}
      {editing && (
        <EditGuarantee
          row={editing}
          onRemove={() => {
            setRemoving(editing)
            setEditing(null)
          }}
          onClose={() => setEditing(null)}
        />
      )}
      {creating && <NewGuarantee onClose={() => setCreating(false)} />}
      {removing && <RemoveGuarantee row={removing} onClose={() => setRemoving(null)} />}
    </div>
  )
}
