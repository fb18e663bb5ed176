import type { Language } from './words.ts'

/** Places elections like these are held at; others have the name of their time. */
const ARABIC: Readonly<Record<string, string>> = {
  'Asia/Kuwait': 'الكويت',
  'Asia/Riyadh': 'الرياض',
  'Asia/Baghdad': 'بغداد',
  'Asia/Bahrain': 'البحرين',
  'Asia/Qatar': 'قطر',
  'Asia/Dubai': 'دبي',
  'Asia/Muscat': 'مسقط',
  'Asia/Aden': 'عدن',
  'Asia/Amman': 'عمّان',
  'Asia/Beirut': 'بيروت',
  'Asia/Damascus': 'دمشق',
  'Asia/Gaza': 'غزة',
  'Asia/Hebron': 'الخليل',
  'Africa/Cairo': 'القاهرة',
  'Africa/Khartoum': 'الخرطوم',
  'Africa/Tripoli': 'طرابلس',
  'Africa/Tunis': 'تونس',
  'Africa/Algiers': 'الجزائر',
  'Africa/Casablanca': 'الدار البيضاء',
  UTC: 'التوقيت العالمي',
}

/** Whose time it is: `Kuwait`. */
export function zoneName(zone: string, language: Language): string {
  if (language === 'ar') return ARABIC[zone] ?? arabicTime(zone)
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
}

const arabicTime = (zone: string): string =>
  new Intl.DateTimeFormat('ar', { timeZone: zone, timeZoneName: 'longGeneric' })
    .formatToParts(0)
    .find((part) => part.type === 'timeZoneName')?.value ?? zone
