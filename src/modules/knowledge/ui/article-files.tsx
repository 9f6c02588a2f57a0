import { Button, CloseButton, Loader } from '@mantine/core'
import { IconFile, IconPaperclip } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { prepared } from '../../../ui/kit/pictures.ts'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { newKey, type Problem, upload } from '../../../ui/request.ts'
import type { ArticleFile } from '../contract-shapes.ts'

type Item = {
  key: string
  name: string
  file?: ArticleFile
  problem?: string
  /** It was put into the text: once it is taken out there it is gone. */
  inText: boolean
}

const standsIn = (html: string, file: ArticleFile): boolean => html.includes(`"${file.url}"`)

/** Files of an article: each is uploaded as soon as it is chosen, and stands in the version that is saved next. */
export const useArticleFiles = (first: readonly ArticleFile[], html: string) => {
  const t = useSay()
  const [items, setItems] = useState<Item[]>(() =>
    first.map(file => ({ key: `f${file.id}`, name: file.name, file, inText: standsIn(html, file) })),
  )
  const patch = (key: string, change: Partial<Item>) =>
    setItems(before => before.map(item => (item.key === key ? { ...item, ...change } : item)))
  const send = async (key: string, file: File, placed?: (file: ArticleFile) => void) => {
    const ready = await prepared(file)
    if (ready === 'bomb') return patch(key, { problem: t('files.bomb') })
    await upload<ArticleFile>('/api/article-files', ready)
      .then(saved => {
        patch(key, { file: saved })
        placed?.(saved)
      })
      .catch((problem: Problem) => patch(key, { problem: sentenceOf(problem) }))
  }
  const add = (files: Iterable<File>, placed?: (file: ArticleFile) => void) => {
    for (const file of files) {
      const key = newKey()
      setItems(before => [
        ...before,
        { key, name: file.name, inText: placed !== undefined && file.type.startsWith('image/') },
      ])
      void send(key, file, placed)
    }
  }
  return {
    items,
    add,
    remove: (key: string) => setItems(before => before.filter(item => item.key !== key)),
    idsFor: (text: string) =>
      items.flatMap(({ file, inText }) => (file && (!inText || standsIn(text, file)) ? [file.id] : [])),
    busy: items.some(item => !item.file && !item.problem),
  }
}

type Props = { files: ReturnType<typeof useArticleFiles>; html: string }

/** What is attached to an article beside the pictures in its text. */
export const ArticleFiles = ({ files, html }: Props) => {
  const t = useSay()
  const picker = useRef<HTMLInputElement>(null)
  const beside = files.items.filter(({ file, inText, problem }) =>
    inText ? !file || problem : !file || !standsIn(html, file),
  )
  return (
    <div className="rp-article-files">
      {beside.length > 0 && (
        <ul aria-label={t('article.files')}>
          {beside.map(({ key, name, file, problem }) => (
            <li key={key}>
              {file || problem ? <IconFile size={15} stroke={1.7} aria-hidden /> : <Loader size={14} />} {name}
              {problem && (
                <span className="rp-small" role="alert">
                  {problem}
                </span>
              )}
              <CloseButton size="sm" aria-label={t('article.fileGone', { name })} onClick={() => files.remove(key)} />
            </li>
          ))}
        </ul>
      )}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={event => {
          if (event.target.files) files.add([...event.target.files])
          event.target.value = ''
        }}
      />
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconPaperclip size={15} stroke={1.7} />}
        onClick={() => picker.current?.click()}
      >
        {t('article.attach')}
      </Button>
    </div>
  )
}
