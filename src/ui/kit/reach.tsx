/** A way to reach somebody, which a press dials or writes to where the device can. Addresses part before the @. */
export const Reach = ({ kind, value }: { kind: string; value: string }) => {
  if (kind === 'phone') return <a href={`tel:${value.replace(/[^\d+*#]/g, '')}`}>{value}</a>
  const at = value.lastIndexOf('@')
  if (at <= 0) return value
  return (
    <span translate="no">
      {value.slice(0, at)}
      <wbr />
      {value.slice(at)}
    </span>
  )
}
