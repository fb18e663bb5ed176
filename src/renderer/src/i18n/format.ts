import type { i18n } from 'i18next'
import { useContext } from 'react'
import { I18nContext } from 'react-i18next'
import { usePreferences } from '../store/preferences.ts'
import { DEFAULT_ZONE } from '../../../shared/zone.ts'
import { useZone } from '../store/zone.ts'
import type { Language } from './words.ts'
import { zoneName } from './zone-name.ts'

export type Digits = 'latn' | 'arab'
const LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', ar: 'ar-KW' }

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Narrow and unbreakable; a common separator to the bidi algorithm, so a grouped number stays in one piece. */
const THIN = '\u202f'

/** Says a unit: `n` is the larger part, `m` the minutes beside hours. */
type Words = (
  key: 'common.second' | 'common.minute' | 'common.hour' | 'common.hourMinute' | 'common.day' | 'common.ms',
  n: string,
  m?: string,
) => string

/** Figures, shares, clocks and ages in one language and one digit set. */
export function createFormat(language: Language, digits: Digits, words: Words, zone: string = DEFAULT_ZONE) {
  const locale = `${LOCALE[language]}-u-nu-${digits}`
  const timeZone = zone
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const plain = new Intl.NumberFormat(locale, { useGrouping: false })
  const short = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
  const long = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const dated = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone })
  const grouped = (format: Intl.NumberFormat, value: number) =>
    format
      .formatToParts(value)
      .map((part) =>
        part.type === 'group' && digits === 'latn' ? THIN : part.value.replace(/[\u200e\u200f\u061c]/g, ''),
      )
      .join('')
  const number = (value: number) => grouped(whole, value)

  /** `9 s`, `12 min`, `3 h 12 min`, `2 d`. */
  function age(ms: number): string {
    const span = Math.max(0, ms)
    if (span < MINUTE) return words('common.second', number(Math.floor(span / SECOND)))
    if (span < HOUR) return words('common.minute', number(Math.floor(span / MINUTE)))
    if (span >= DAY) return words('common.day', number(Math.floor(span / DAY)))
    const minutes = Math.floor((span % HOUR) / MINUTE)
    const hours = number(Math.floor(span / HOUR))
    return minutes === 0 ? words('common.hour', hours) : words('common.hourMinute', hours, number(minutes))
  }

  return {
    locale,
    /** The place whose time is told, by its name: `Kuwait`. */
    zone: zoneName(zone, language),
    number,
    /** Without grouping: ranks, ports, years. */
    plain: (value: number) => plain.format(value),
    /** `55.3 %`; an em dash where there is nothing to divide by. */
    share: (part: number, total: number) =>
      total > 0
        ? `${grouped(tenth, Math.floor((part / total) * 1000) / 10)}\u00a0${digits === 'arab' ? '٪' : '%'}`
        : '—',
    clock: (at: number) => short.format(at),
    clockSeconds: (at: number) => long.format(at),
    date: (at: number) => dated.format(at),
    age,
    /** `1:32`: what is left, to the second; never below zero. */
    countdown: (ms: number) => (digits === 'arab' ? toArabic(minutesLeft(ms)) : minutesLeft(ms)),
    /** Durations below a second too. */
    ms: (value: number) => (value < SECOND ? words('common.ms', number(Math.round(value))) : age(value)),
    /** Digits of a text in the chosen set: an elector's number keeps its leading zeros. */
    digitsOf: (text: string) => (digits === 'arab' ? toArabic(text) : text),
  }
}
export type Format = ReturnType<typeof createFormat>

const ARABIC = '٠١٢٣٤٥٦٧٨٩'
const PERSIAN = '۰۱۲۳۴۵۶۷۸۹'
const toArabic = (text: string) => text.replace(/[0-9]/g, (digit) => ARABIC[Number(digit)] ?? digit)

/** What was typed, with either digit set turned into ASCII: that is what is stored and sent. */
export const toAscii = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String(ARABIC.indexOf(digit)))
    .replace(/[۰-۹]/g, (digit) => String(PERSIAN.indexOf(digit)))

/** Formats are dear to make, and every row of a list wants one: those of a word book are made once. */
const formats = new WeakMap<i18n, Map<string, Format>>()

export function useFormat(): Format {
  // What useTranslation gives as the book is another object for each view.
  const words = useContext(I18nContext)?.i18n
  if (!words) throw new Error('a view is drawn outside I18nextProvider')
  const language = usePreferences((preferences) => preferences.language)
  const digits = usePreferences((preferences) => preferences.digits)
  const zone = useZone((told) => told.zone)
  return formatOf(words, language, digits, zone)
}

function formatOf(words: i18n, language: Language, digits: Digits, zone: string): Format {
  const made = formats.get(words) ?? new Map<string, Format>()
  formats.set(words, made)
  const name = `${language} ${digits} ${zone}`
  const known = made.get(name)
  if (known) return known
  const t = words.getFixedT(language)
  const format = createFormat(language, digits, (key, n, m = '') => t(key, { n, h: n, m }), zone)
  made.set(name, format)
  return format
}

function minutesLeft(ms: number): string {
  const left = Math.max(0, Math.ceil(ms / SECOND))
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
}
