import { Radio, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { StatusBadge } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases, type Status } from '../contract.ts'
import { joining } from '../contract-joining.ts'

export type Picked = { id: number; subject: string; requester: string | null }
type Line = Picked & { status: Status | null }

const useLines = (caseId: number, words: string): { lines: Line[]; suggested: boolean; looking: boolean } => {
  const [asked] = useDebouncedValue(words.trim(), 200)
  const near = useCall(joining.candidates, { id: caseId })
  const found = useCall(cases.search, { q: asked, limit: 8 }, { enabled: asked !== '' })
  if (asked === '') return { lines: near.data?.items ?? [], suggested: true, looking: near.isPending }
  const lines = (found.data?.items ?? [])
    .filter(hit => hit.type === 'case' && hit.id !== caseId)
    .map(hit => ({ id: hit.id, subject: hit.title, requester: null, status: hit.status }))
  return { lines, suggested: false, looking: found.isPending || asked !== words.trim() }
}

type Props = { caseId: number; picked: Picked | null; pick: (picked: Picked) => void; error?: string | undefined }

/** Chooses another case: those that may be the same matter come first, any other is found by number or words. */
export const CasePicker = ({ caseId, picked, pick, error }: Props) => {
  const t = useSay()
  const [words, setWords] = useState('')
  const { lines, suggested, looking } = useLines(caseId, words)
  return (
    <div className="rp-stack">
      <TextInput
        label={t('picker.label')}
        placeholder={t('picker.hint')}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        value={words}
        onChange={event => setWords(event.currentTarget.value)}
        error={error}
        maxLength={200}
        data-autofocus
      />
      {lines.length === 0 ? (
        <p className="rp-dim rp-small" role="status">
          {t(looking ? 'list.loading' : 'picker.none')}
        </p>
      ) : (
        <Radio.Group
          label={t(suggested ? 'picker.suggested' : 'picker.found')}
          value={picked ? String(picked.id) : ''}
          onChange={value => {
            const line = lines.find(one => String(one.id) === value)
            if (line) pick(line)
          }}
        >
          <div className="rp-radio-list rp-pick-list">
            {lines.map(line => (
              <Radio
                key={line.id}
                value={String(line.id)}
                label={
                  <span className="rp-pick-line">
                    <span className="rp-number">#{line.id}</span> <span>{line.subject}</span>{' '}
                    {line.requester && <span className="rp-dim">{line.requester}</span>}{' '}
                    {line.status && <StatusBadge status={line.status} />}
                  </span>
                }
              />
            ))}
          </div>
        </Radio.Group>
      )}
    </div>
  )
}
