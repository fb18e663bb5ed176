import { err, ok } from '../../shared/result.ts'
import type { Viewer } from '../auth/roles.ts'
import { canAccessCommittee } from '../auth/roles.ts'
import type { Api } from '../http/api.ts'
import { there } from '../http/api.ts'
import { refused } from '../http/fault.ts'
import { pageAnswer, pageOf, wholeNumber } from '../http/paging.ts'
import { labelOf } from '../store/labels.ts'
import type { ElectorRecord } from '../store/records.ts'
import type { Tables } from '../store/tables.ts'

const PATH = '/api/electors/'
const FOUND_AT_MOST = 50

/** The register, read-only. A mobile is shown to those assigned to the committee. */
export function addElectors(api: Api): void {
  api.read(PATH, 'user', (ask, tables) => {
    const page = pageOf(ask.query, 'text')
    if (!page.ok) return page
    const committee = wholeNumber(ask.query, 'committee')
    if (!committee.ok) return committee
    const found = tables.electors.list(page.value, { search: ask.query['search'] ?? '', committee: committee.value })
    const { viewer } = ask.caller
    const answer = pageAnswer(found, page.value, ask.url, (elector) => elector.koc_id)
    if (!answer.ok) return answer
    const electors = found.items.map((elector) => row(tables, viewer, elector))
    const includes = (ask.query['include'] ?? '')
      .split(',')
      .filter((word) => word === 'groups' || word === 'committees')
    const more = {
      ...(includes.includes('groups') ? { groups: tables.guarantees.groups(viewer.userId) } : {}),
      ...(includes.includes('committees') ? { committees: tables.committees.all() } : {}),
    }
    return ok({ data: { electors, ...more }, meta: { ...answer.value.meta, includes } })
  })
  api.read(`${PATH}search/`, 'user', (ask, tables) => {
    const text = (ask.query['q'] ?? ask.query['query'] ?? ask.query['search'] ?? '').trim()
    if (text.length < 2) return err(refused('Type at least two characters.'))
    const { viewer } = ask.caller
    return ok({ data: tables.electors.search(text, FOUND_AT_MOST, null).map((elector) => masked(viewer, elector)) })
  })
  api.read(`${PATH}statistics/`, 'user', (_ask, tables) => {
    const by = (column: Parameters<Tables['electors']['groupedBy']>[0]) => tables.electors.groupedBy(column)
    const genders = by('gender')
    const total = genders.reduce((sum, { electors }) => sum + electors, 0)
    return ok({
      data: { total_electors: total, by_gender: genders, by_team: by('team'), by_department: by('department') },
    })
  })
  api.read(`${PATH}:kocId/`, 'user', (ask, tables) => {
    const elector = there(tables.electors.byNumber(ask.params['kocId'] ?? ''), 'Elector not found')
    return elector.ok ? ok({ data: masked(ask.caller.viewer, elector.value) }) : elector
  })
}

export const masked = (viewer: Viewer, elector: ElectorRecord): ElectorRecord =>
  elector.committee_code !== null && canAccessCommittee(viewer, elector.committee_code)
    ? elector
    : { ...elector, mobile: '' }

/** A row of the list, with what the caller himself has pledged from this elector. */
function row(tables: Tables, viewer: Viewer, elector: ElectorRecord): object {
  const { koc_id, full_name, gender, department, team, committee, committee_code, committee_name } = masked(
    viewer,
    elector,
  )
  const { is_active, is_approved, has_attended } = elector
  const pledge = tables.guarantees.ofElector(viewer.userId, koc_id)
  const place = { committee, committee_code, committee_name, mobile: masked(viewer, elector).mobile }
  return {
    ...{ koc_id, full_name, gender: labelOf(gender), department, team, ...place, is_active, is_approved, has_attended },
    is_guarantee: pledge !== null,
    guarantee_status: pledge?.guarantee_status ?? null,
    guarantee_id: pledge?.id ?? null,
    guarantee_group: pledge?.group ?? null,
    guarantee_confirmation_status: pledge?.confirmation_status ?? null,
    guarantee_mobile: pledge === null || pledge.mobile === '' ? null : pledge.mobile,
  }
}
