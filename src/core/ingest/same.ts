/** True when `told` says nothing that `known` does not say already. Fields absent in `told` are not compared. */
export function saysNothingNew(known: unknown, told: unknown): boolean {
  if (Object.is(known, told)) return true
  if (typeof known !== 'object' || typeof told !== 'object' || known === null || told === null) return false
  if (Array.isArray(told)) {
    return (
      Array.isArray(known) &&
      known.length === told.length &&
      told.every((item, index) => saysNothingNew(known[index], item))
    )
  }
  const before = known as Readonly<Record<string, unknown>> // plain records of our own model
  for (const [key, value] of Object.entries(told)) {
    if (value !== undefined && !saysNothingNew(before[key], value)) return false
  }
  return true
}
