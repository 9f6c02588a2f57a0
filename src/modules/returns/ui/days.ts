const locale = () => navigator.languages.find(language => language.startsWith('en-')) ?? 'en-GB'
const day = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** A day without a time, such as the last of a right, wherever it is read. */
export const onPlainDay = (plain: string): string => day.format(new Date(`${plain}T00:00:00Z`))
