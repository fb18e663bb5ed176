import { withMobileFor } from '../auth/roles.ts'
import type { Ask } from '../http/api.ts'
import { ownersOf } from './pledging.ts'
import { percent } from '../store/labels.ts'
import type { Tables } from '../store/tables.ts'

const ANY = {
  search: '',
  status: null,
  confirmation: null,
  group: null,
  elector: null,
  ordering: '-created_at',
} as const
const RECENT = { offset: 0, limit: 5, after: null } as const

/** Figures over the guarantees a list call would show; keys with two underscores are the family's. */
export function statisticsOf(ask: Ask, tables: Tables): object {
  const owners = ownersOf(ask)
  const figures = tables.guarantees.statistics(owners)
  const recent = tables.guarantees.list(RECENT, { ...ANY, owners }).items
  return {
    total_guarantees: figures.total,
    pending_count: figures.pending,
    guaranteed_count: figures.guaranteed,
    not_available_count: figures.notAvailable,
    attended_count: figures.attended,
    by_group: figures.byGroup.map(({ code, name, count }) => ({ group__name: name, group__color: code, count })),
    by_committee: figures.byCommittee.map(({ code, name, count }) => ({
      elector__committee__code: code,
      elector__committee__name: name,
      count,
    })),
    recent_guarantees: recent.map((record) => withMobileFor(ask.caller.viewer, record)),
    top_sections: figures.topSections.map(({ name, count }) => ({ elector__section: name, count })),
    confirmed_count: figures.confirmed,
    pending_confirmation_count: figures.total - figures.confirmed - figures.notAvailable,
    not_available_confirmation_count: figures.notAvailable,
    unconfirmed_count: figures.total - figures.confirmed,
    confirmation_rate: percent(figures.confirmed, figures.total, 1),
  }
}
