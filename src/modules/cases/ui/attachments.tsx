import { Button, CloseButton, Loader, Modal } from '@mantine/core'
import { IconFile, IconFileTypePdf, IconFileZip, IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
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

/** A picture as large as the window allows. */
const Zoomed = ({ file, close }: { file: Attachment; close: () => void }) => {
  const t = useSay()
  return (
    <Modal opened onClose={close} title={file.name} size="auto" closeButtonProps={{ 'aria-label': t('action.close') }}>
      <img src={file.url} alt={file.name} className="rp-zoomed" />
      <div className="rp-actions" data-end>
        <Button component="a" href={file.url} download={file.name} variant="default">
          {t('files.download')}
        </Button>
      </div>
    </Modal>
  )
}

const Inside = ({ file }: { file: Attachment }) => {
  const Icon = iconOf(file.type)
  return (
    <>
      {shownInline.includes(file.type) ? (
        <img src={file.url} alt="" loading="lazy" />
      ) : (
        <Icon size={20} stroke={1.5} aria-hidden />
      )}
      <span className="rp-grow">
        <span className="rp-truncate rp-file-name">{file.name}</span>
        <span className="rp-dim rp-small">{sizeOf(file.size)}</span>
      </span>
    </>
  )
}

export const Attachments = ({ items }: { items: Attachment[] }) => {
  const t = useSay()
  const [zoomed, zoom] = useState<Attachment | null>(null)
  if (items.length === 0) return null
  return (
    <>
      <ul className="rp-files" aria-label={t('files.label')}>
        {items.map(file => (
          <li key={file.id}>
            {shownInline.includes(file.type) ? (
              <button type="button" onClick={() => zoom(file)} title={file.name}>
                <Inside file={file} />
              </button>
            ) : (
              <a href={file.url} download={file.name} title={file.name}>
                <Inside file={file} />
              </a>
            )}
          </li>
        ))}
      </ul>
      {zoomed && <Zoomed file={zoomed} close={() => zoom(null)} />}
    </>
  )
}

export type Upload = {
  key: string
  name: string
  /** Bytes that go over the line. */
  size: number
  /** Bytes it had before it was made smaller. */
  from?: number
  /** Address of the picture, as it lies on this device or the server. */
  preview?: string
  file?: Attachment
  problem?: string
}

const Sign = ({ item }: { item: Upload }) => {
  if (item.preview && !item.problem) return <img src={item.preview} alt="" data-waiting={!item.file || undefined} />
  return item.file || item.problem ? <IconFile size={18} stroke={1.5} aria-hidden /> : <Loader size={16} />
}

/** Files of a message that is being written. */
export const Uploads = ({ items, remove }: { items: Upload[]; remove: (key: string) => void }) => {
  const t = useSay()
  if (items.length === 0) return null
  return (
    <ul className="rp-files" aria-label={t('files.label')}>
      {items.map(item => (
        <li key={item.key} data-problem={item.problem !== undefined || undefined}>
          <span className="rp-upload" aria-busy={!item.file && !item.problem}>
            <Sign item={item} />
            <span className="rp-grow">
              <span className="rp-truncate rp-file-name">{item.name}</span>
              <span className="rp-small">
                {item.problem ??
                  (item.from
                    ? t('files.smaller', { from: sizeOf(item.from), to: sizeOf(item.size) })
                    : sizeOf(item.size))}
              </span>
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
