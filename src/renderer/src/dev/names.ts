import { pick } from './seeded.ts'

const FIRST_AR = [
  'أحمد',
  'فاطمة',
  'خالد',
  'نورة',
  'عبدالله',
  'مريم',
  'يوسف',
  'هيا',
  'سعد',
  'دلال',
  'فيصل',
  'شيخة',
] as const
const LAST_AR = ['المطيري', 'العنزي', 'الرشيدي', 'الشمري', 'العجمي', 'الكندري', 'الصباح', 'الفضلي'] as const
const FIRST_EN = [
  'Ahmad',
  'Fatima',
  'Khaled',
  'Noura',
  'Abdullah',
  'Mariam',
  'Yousef',
  'Haya',
  'Saad',
  'Dalal',
] as const
const LAST_EN = ['Al-Mutairi', 'Al-Enezi', 'Al-Rashidi', 'Al-Shammari', 'Al-Ajmi', 'Al-Kandari', 'Al-Fadhli'] as const

/** As long as they come on a roll. */
const LONG = [
  'عبدالرحمن عبدالعزيز عبداللطيف عبدالمحسن آل الشيخ المطيري',
  'Abdulrahman Abdulaziz Abdullatif Abdulmohsen Al-Sheikh Al-Mutairi',
] as const

export const longName = (random: () => number): string => pick(LONG, random)

/** Two of three in Arabic, as on a real roll. */
export const fakeName = (random: () => number): string =>
  random() < 0.67
    ? `${pick(FIRST_AR, random)} ${pick(FIRST_AR, random)} ${pick(LAST_AR, random)}`
    : `${pick(FIRST_EN, random)} ${pick(FIRST_EN, random)} ${pick(LAST_EN, random)}`
