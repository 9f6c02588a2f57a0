/** Every time zone the browser knows, the one it is in among them even under an older name. */
export const zones = (): string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', Intl.DateTimeFormat().resolvedOptions().timeZone])].sort()
