import { useSay } from '../language/index.ts'

/** Quiet bones while something is read: no spinner over a whole page. */
export const Loading = ({ rows = 5, height = 44 }: { rows?: number; height?: number }) => {
  const t = useSay()
  return (
    <div role="status" className="rp-stack" style={{ padding: 16 }}>
      <span className="rp-hidden">{t('list.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bones are all alike and never move
        <div key={row} className="rp-bone" style={{ height, opacity: 1 - row * 0.15 }} />
      ))}
    </div>
  )
}
