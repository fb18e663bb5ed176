import { readSpec } from './spec.mjs'

const { rules, titles, faults } = readSpec(process.argv[2] ?? process.cwd())
for (const fault of faults) console.error(fault)
console.log(`${rules.length} rules, ${titles.length} tests, ${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1
