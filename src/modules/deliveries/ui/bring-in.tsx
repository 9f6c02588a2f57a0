import { Button, FileInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { keyOf } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Problem, upload } from '../../../ui/request.ts'
import type { ImportMode, ImportReport } from '../../catalogue/contract.ts'
import { ImportOutcome } from '../../catalogue/ui/index.ts'
import { deliveries } from '../contract.ts'

/** Deliveries from a table: tried first, brought in when one has seen what it would do. */
export const BringIn = () => {
  const t = useSay()
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const act = useMutation<ImportReport, Problem, { mode: ImportMode; file: File }>({
    meta: { quiet: true },
    mutationFn: asked => upload(`/api/deliveries/import/${asked.mode}`, asked.file),
    onSuccess: ({ written }) => {
      if (written)
        for (const stale of [deliveries.deliveries, deliveries.speed])
          void client.invalidateQueries({ queryKey: keyOf(stale) })
    },
  })
  const report = act.data
  const ready = report?.mode === 'try' && report.wrong === 0 && report.added + report.changed > 0
  return (
    <Section title={t('deliveries.file')} lead={t('deliveries.columns')}>
      <div className="rp-stack">
        <FileInput
          label={t('deliveries.choose')}
          placeholder={t('import.choose')}
          accept=".csv,.tsv,.txt,text/csv"
          value={file}
          onChange={chosen => {
            setFile(chosen)
            act.reset()
            if (chosen) act.mutate({ mode: 'try', file: chosen })
          }}
        />
        <ProblemNote problem={act.error} />
        {act.isPending && <Loading rows={2} />}
        {report && (
          <Suspense fallback={<Loading rows={2} />}>
            <ImportOutcome report={report} />
          </Suspense>
        )}
        {file && ready && (
          <div>
            <Button loading={act.isPending} onClick={() => act.mutate({ mode: 'all', file })}>
              {t('deliveries.bring')}
            </Button>
          </div>
        )}
      </div>
    </Section>
  )
}
