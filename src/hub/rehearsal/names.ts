import type { Chance } from './chance.ts'

/**
 * Names for people who do not exist. Given names are everyday ones; family names are made of nouns and syllables, so
 * that a full name belongs to nobody. Some electors carry Latin-script names, as in any large company.
 */
const MEN = [
  'أحمد',
  'بدر',
  'تركي',
  'جاسم',
  'حمد',
  'خالد',
  'راشد',
  'زياد',
  'سالم',
  'سعود',
  'صقر',
  'طلال',
  'عادل',
  'عامر',
  'عبدالله',
  'عبدالعزيز',
  'عبدالرحمن',
  'عثمان',
  'علي',
  'عمر',
  'غانم',
  'فارس',
  'فهد',
  'فيصل',
  'ماجد',
  'محمد',
  'مشعل',
  'منصور',
  'ناصر',
  'نايف',
  'هشام',
  'وليد',
  'ياسر',
  'يعقوب',
  'يوسف',
  'مبارك',
  'داود',
  'إبراهيم',
  'حسين',
  'جعفر',
]
const WOMEN = [
  'أمل',
  'بشاير',
  'جميلة',
  'حصة',
  'خلود',
  'دانة',
  'دلال',
  'رهف',
  'ريم',
  'زهرة',
  'سارة',
  'سلوى',
  'شيخة',
  'شيماء',
  'عائشة',
  'عبير',
  'غدير',
  'فاطمة',
  'فرح',
  'لطيفة',
  'لولوة',
  'مريم',
  'منال',
  'منيرة',
  'موضي',
  'نادية',
  'نورة',
  'هديل',
  'هند',
  'وضحة',
  'أسماء',
  'إيمان',
  'بدرية',
  'طيبة',
  'كوثر',
  'نجاة',
]
const FAMILY_STEMS = [
  'مرجان',
  'سارية',
  'ساحل',
  'رملة',
  'نخلة',
  'غاف',
  'سدرة',
  'لؤلؤ',
  'بوصلة',
  'مرساة',
  'شراع',
  'نوخذ',
  'ضفاف',
  'غيمة',
  'واحة',
  'قنديل',
  'صدفة',
  'موجة',
  'نسيم',
  'هضبة',
  'وادي',
  'ينبوع',
  'تلال',
  'برق',
  'سهيل',
  'ثريا',
  'هلال',
  'فجر',
]
const FAMILY_FORMS = [
  (stem: string) => `ال${bare(stem)}ي`,
  (stem: string) => `ال${bare(stem)}اني`,
  (stem: string) => `بو${stem}`,
]

const LATIN_MEN = [
  'Adrian',
  'Anil',
  'Bruno',
  'Daniel',
  'Farid',
  'Joel',
  'Karim',
  'Leon',
  'Marco',
  'Nabil',
  'Paulo',
  'Ravi',
  'Samir',
  'Tomas',
  'Victor',
  'Yusuf',
]
const LATIN_WOMEN = [
  'Anita',
  'Carla',
  'Dina',
  'Elena',
  'Grace',
  'Hana',
  'Iris',
  'Layla',
  'Maya',
  'Nadia',
  'Priya',
  'Rosa',
  'Salma',
  'Tara',
  'Vera',
  'Zoya',
]
const SYLLABLES_FIRST = [
  'Bran',
  'Cal',
  'Dor',
  'Fen',
  'Gal',
  'Hes',
  'Ken',
  'Lor',
  'Mar',
  'Nel',
  'Per',
  'Quil',
  'Ros',
  'Tam',
  'Vel',
  'Wes',
]
const SYLLABLES_LAST = [
  'adale',
  'amore',
  'andes',
  'arath',
  'edino',
  'elkar',
  'ennick',
  'imoza',
  'indra',
  'olvar',
  'ombray',
  'ustine',
]

export type NameGender = 'MALE' | 'FEMALE'

/** Three to five parts in Arabic script: given name, father, (grandfather, his father), family. */
export function arabicName(chance: Chance, gender: NameGender): string {
  const fathers = chance.pickWeighted([
    [1, 2],
    [2, 5],
    [3, 3],
  ] as const)
  const parts = [chance.pick(gender === 'MALE' ? MEN : WOMEN)]
  for (let i = 0; i < fathers; i += 1) parts.push(chance.pick(MEN))
  parts.push(familyName(chance))
  return parts.join(' ')
}

/** Two or three parts in Latin script. */
export function latinName(chance: Chance, gender: NameGender): string {
  const given = gender === 'MALE' ? LATIN_MEN : LATIN_WOMEN
  const parts = [chance.pick(given)]
  if (chance.happens(0.35)) parts.push(chance.pick(LATIN_MEN))
  parts.push(`${chance.pick(SYLLABLES_FIRST)}${chance.pick(SYLLABLES_LAST)}`)
  return parts.join(' ')
}

function familyName(chance: Chance): string {
  return chance.pick(FAMILY_FORMS)(chance.pick(FAMILY_STEMS))
}

/** Arabic drops the feminine ending, and a final yeh, before a suffix. */
function bare(stem: string): string {
  return stem.replace(/[ةاي]+$/u, '')
}
