import { FileInput } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import { type Problem, upload } from '../../../ui/request.ts'
import { type PortalMessage, portal } from '../contract.ts'

/** What other departments answer is no change of a case one may see, so it is asked for now and then. */
export const followed = { refetchInterval: 60_000 }

/** Files that were chosen: they are uploaded when what they go with is sent. */
export const useFiles = () => {
  const [files, set] = useState<File[]>([])
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  /** Sends the files, and then what they go with, under the ids they have got. */
  const send = async (then: (attachmentIds: number[]) => void) => {
    setSending(true)
    setProblem(null)
    try {
      const ids: number[] = []
      for (const file of files) ids.push((await upload<{ id: number }>(portal.attachToRequest.path, file)).id)
      then(ids)
    } catch (error) {
      setProblem(error as Problem)
    } finally {
      setSending(false)
    }
  }
  return { files, set, send, sending, problem }
}

type Chosen = ReturnType<typeof useFiles>

/** Files that go with what is asked or said. */
export const FilesField = ({ chosen: { files, set } }: { chosen: Chosen }) => {
  const t = useSay()
  return (
    <FileInput
      label={t('requests.files')}
      placeholder={t('requests.filesHint')}
      leftSection={<IconPaperclip size={17} stroke={1.6} aria-hidden />}
      multiple
      clearable
      clearButtonProps={{ 'aria-label': t('action.remove') }}
      value={files}
      onChange={set}
    />
  )
}

/** Files that were sent, to be saved. */
export const FilesSaid = ({ id, files }: { id: number; files: PortalMessage['attachments'] }) =>
  files.length > 0 && (
    <ul className="rp-talk-files">
      {files.map(file => (
        <li key={file.id}>
          <a href={`/api/requests/${id}/files/${file.id}`} download={file.name}>
            <IconPaperclip size={15} stroke={1.6} aria-hidden />
            <bdi>{file.name}</bdi>
          </a>
        </li>
      ))}
    </ul>
  )
