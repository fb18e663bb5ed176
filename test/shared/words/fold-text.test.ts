import { expect, test } from 'vitest'
import { foldText, searchedWords } from '../../../src/shared/words/fold-text.ts'

/** As the register has it; as people type it. */
const SAME: readonly (readonly [string, string])[] = [
  ['أحمد', 'احمد'],
  ['إبراهيم', 'ابراهيم'],
  ['آدم', 'ادم'],
  ['ٱلرحمن', 'الرحمن'],
  ['فاطمة', 'فاطمه'],
  ['مصطفى', 'مصطفي'],
  ['علی', 'علي'],
  ['کریم', 'كريم'],
  ['مُحَمَّد', 'محمد'],
  ['مـحـمـد', 'محمد'],
  ['مؤيد', 'مويد'],
  ['هانئ', 'هاني'],
  ['بهاء', 'بها'],
  ['علاء الدين', 'علا الدين'],
  ['عبد الله', 'عبدالله'],
  ['عبد الرحمٰن', 'عبدالرحمن'],
  ['أبو بكر', 'ابوبكر'],
  ['آل صباح', 'الصباح'],
  ['ﷲ', 'الله'],
  ['ﻣﺤﻤﺪ', 'محمد'],
  ['٠١٢٣٤٥٦٧٨٩', '0123456789'],
  ['۰۱۲۳۴۵۶۷۸۹', '0123456789'],
  ['‏١٠٠٥‎', '1005'],
  ["Al-Sa'id", 'alsaid'],
  ['Al Mutairi', 'al-mutairi'],
  ['Abd-ul-Rahman', 'abdulrahman'],
  ['José Núñez', 'jose nunez'],
  ['Łukasz Øst', 'lukasz ost'],
  ['MÜLLER', 'muller'],
  ['9988-7766', '99887766'],
]

test.each(SAME)('[P100] %s is found as %s', (written, typed) => {
  expect(foldText(written)).toBe(foldText(typed))
})
test.each(SAME)('[P100] folding %s again changes nothing', (written) => {
  expect(foldText(foldText(written))).toBe(foldText(written))
})
test.each([
  ['محمد', 'محمود'],
  ['سالم', 'سلام'],
  ['نورة', 'نور'],
  ['1005', '105'],
  ['Salem', 'Selim'],
])('[P100] %s and %s stay apart', (one, other) => {
  expect(foldText(one)).not.toBe(foldText(other))
})
test('[P100] a compound name is one word, its second part is found by itself', () => {
  expect(searchedWords('  عبد الله   الصباح ')).toEqual(['عبدالله', 'الصباح'])
  expect(foldText('عبد الله')).toContain(foldText('الله'))
  expect(searchedWords('ـًٌ')).toEqual([])
})
