/** How a file is read. */
export type Format = 'pdf' | 'office' | 'archive' | 'html' | 'text'

const byName: [RegExp, Format][] = [
  [/\.pdf$/i, 'pdf'],
  [/\.(?:docx|xlsx|pptx|odt|ods|odp|docm|xlsm|pptm)$/i, 'office'],
  [/\.zip$/i, 'archive'],
  [/\.x?html?$/i, 'html'],
  [/\.(?:txt|text|md|markdown|csv|tsv|log|json|eml|ics|vcf)$/i, 'text'],
]

const byType: [RegExp, Format][] = [
  [/^application\/pdf$/, 'pdf'],
  [/^application\/vnd\.(?:openxmlformats-officedocument|oasis\.opendocument)\./, 'office'],
  [/^application\/(?:x-)?zip(?:-compressed)?$/, 'archive'],
  [/^text\/html$|^application\/xhtml\+xml$/, 'html'],
  [/^text\/(?:plain|csv|markdown|tab-separated-values|calendar)$/, 'text'],
]

/** Which format a file says it has, by its name or else its type; null for one we do not read. */
export const formatOf = (name: string, type: string): Format | null =>
  [...byName.filter(([pattern]) => pattern.test(name)), ...byType.filter(([pattern]) => pattern.test(type))][0]?.[1] ??
  null
