import { CloseButton, Loader } from '@mantine/core'
import { IconFile, IconFileTypePdf, IconFileZip, IconPhoto } from '@tabler/icons-react'
import { useSay } from '../../../ui/language/index.ts'
import type { Attachment } from '../contract.ts'

export const sizeOf = (bytes: number): string => {
  if (bytes < 1000)
    return new Intl.NumberFormat('en-GB', { style: 'unit', unit: 'byte', unitDisplay: 'long' }).format(bytes)
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  return new Intl.NumberFormat('en-GB', {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value)
}

const shownInline = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const iconOf = (type: string) =>
  type.startsWith('image/')
    ? IconPhoto
    : type === 'application/pdf'
      ? IconFileTypePdf
      : type.includes('zip')
        ? IconFileZip
        : IconFile

export const Attachments = ({ items }: { items: Attachment[] }) => {
  const t = useSay()
  if (items.length === 0) return null
  return (
    <ul className="rp-files" aria-label={t('files.label')}>
      {items.map(file => {
        const Icon = iconOf(file.type)
        return (
          <li key={file.id}>
            <a href={file.url} download={file.name} title={file.name}>
              {shownInline.includes(file.type) ? (
                <img src={file.url} alt="" loading="lazy" />
              ) : (
                <Icon size={20} stroke={1.5} aria-hidden />
              )}
              <span className="rp-grow">
                <span className="rp-truncate rp-file-name">{file.name}</span>
                <span className="rp-dim rp-small">{sizeOf(file.size)}</span>
              </span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}

export type Upload = { key: string; name: string; size: number; file?: Attachment; problem?: string }

/** Files of a message that is being written. */
export const Uploads = ({ items, remove }: { items: Upload[]; remove: (key: string) => void }) => {
  const t = useSay()
  if (items.length === 0) return null
  return (
    <ul className="rp-files" aria-label={t('files.label')}>
      {items.map(item => (
        <li key={item.key} data-problem={item.problem !== undefined || undefined}>
          <span className="rp-upload">
            {item.file || item.problem ? <IconFile size={18} stroke={1.5} aria-hidden /> : <Loader size={16} />}
            <span className="rp-grow">
              <span className="rp-truncate rp-file-name">{item.name}</span>
              <span className="rp-small">{item.problem ?? sizeOf(item.size)}</span>
            </span>
            <CloseButton
              size="sm"
              onClick={() => remove(item.key)}
              aria-label={t('files.remove', { name: item.name })}
            />
          </span>
        </li>
      ))}
    </ul>
  )
}
