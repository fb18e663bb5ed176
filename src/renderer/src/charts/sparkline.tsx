type SparklineProps = {
  readonly values: readonly number[]
  readonly width?: number
  readonly height?: number
  readonly label: string
}

/** The last two hours as small bars: oldest at the left in both directions of writing, for time is not mirrored. */
export function Sparkline({ values, width = 64, height = 18, label }: SparklineProps) {
  const top = Math.max(1, ...values)
  const step = width / Math.max(1, values.length)
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ display: 'block' }}>
      {values.map((value, index) => {
        const tall = Math.max(1, (value / top) * (height - 1))
        return (
          <rect
            // A bar is its place in time.
            key={`${index}/${values.length}`}
            x={index * step + 0.5}
            y={height - tall}
            width={Math.max(1, step - 1)}
            height={tall}
            fill="var(--n6)"
          />
        )
      })}
    </svg>
  )
}
