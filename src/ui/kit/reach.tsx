/** A way to reach somebody, which a press dials or writes to where the device can. */
export const Reach = ({ kind, value }: { kind: string; value: string }) =>
  kind === 'phone' ? <a href={`tel:${value.replace(/[^\d+*#]/g, '')}`}>{value}</a> : value
