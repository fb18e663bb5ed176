import type { Mode } from '../../shared/model/records.ts'
import type { CallQuery } from '../../shared/view/calls.ts'
import type { User } from '../../shared/view/session.ts'
import { csvText } from '../evidence/csv.ts'
import { utc } from '../evidence/facts.ts'
import type { Shown } from '../projection/shown.ts'
import { callList, callRow } from './call-list.ts'

export type SheetWish = Pick<CallQuery, 'committee' | 'show' | 'search'> & { readonly language: 'en' | 'ar' }

const WORDS = {
  en: {
    columns: [
      'Number',
      'Name',
      'Committee',
      'Committee name',
      'Mobile',
      'Collector',
      'Confirmation',
      'Note',
      'Being called by',
      'Last call',
      'Called by',
      'Calls',
      'Data',
    ],
    confirmation: { PENDING: 'Not called', CONFIRMED: 'Confirmed', NOT_AVAILABLE: 'Not reached' },
    outcome: {
      coming: 'Is coming',
      came: 'Says they came',
      'no-answer': 'No answer',
      'wrong-number': 'Wrong number',
      'not-coming': 'Is not coming',
    },
    hidden: 'not shown to this account',
    mode: { official: 'official', rehearsal: 'REHEARSAL' },
  },
  ar: {
    columns: [
      'الرقم',
      'الاسم',
      'اللجنة',
      'اسم اللجنة',
      'الهاتف',
      'الجامع',
      'التأكيد',
      'ملاحظة',
      'يتصل به الآن',
      'آخر اتصال',
      'اتصل به',
      'عدد الاتصالات',
      'البيانات',
    ],
    confirmation: { PENDING: 'لم يُتصل به', CONFIRMED: 'أكّد', NOT_AVAILABLE: 'لم يُجب' },
    outcome: {
      coming: 'سيأتي',
      came: 'يقول إنه حضر',
      'no-answer': 'لا جواب',
      'wrong-number': 'رقم خاطئ',
      'not-coming': 'لن يأتي',
    },
    hidden: 'لا يُعرض لهذا الحساب',
    mode: { official: 'رسمية', rehearsal: 'تجربة' },
  },
} as const

/** The call list whole, as the viewer may see it, piece by piece: RFC 4180 with a byte order mark, nothing in it runs as a formula. */
export function callSheet(book: Shown, wish: SheetWish, viewer: User | null, mode: Mode, now: number) {
  const words = WORDS[wish.language]
  const listed = callList(book, wish, viewer, now)
  const rows = function* () {
    for (const one of listed) {
      const row = callRow(book, one, viewer, now)
      const { called, claim } = row
      yield [
        row.elector,
        row.name,
        row.committeeCode,
        row.committeeName,
        row.mobileHidden ? words.hidden : row.mobile,
        row.collector,
        words.confirmation[row.confirmation],
        row.note,
        claim?.caller ?? null,
        called ? words.outcome[called.outcome] : null,
        called?.caller ?? null,
        called?.times ?? 0,
        words.mode[mode],
      ]
    }
  }
  const pieces = csvText({ name: 'calls', columns: words.columns, rows })
  return { name: nameOf(mode, now), rows: listed.length, pieces }
}

/** `call-list-20300115T0600Z.csv`; a rehearsal's says so first. */
const nameOf = (mode: Mode, now: number): string =>
  `${mode === 'rehearsal' ? 'REHEARSAL-' : ''}call-list-${utc(now).replace(/[-:]/g, '').slice(0, 13)}Z.csv`
