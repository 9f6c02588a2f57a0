import './catalogue.css'
import { Button, FileInput, NativeSelect, SegmentedControl, Table } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keyOf } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { ScrollX } from '../../../ui/kit/scroll-x.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Problem, upload } from '../../../ui/request.ts'
import { catalogue, type ImportMode, type ImportReport } from '../contract.ts'

type What = 'availability' | 'products'
type Asked = { what: What; mode: ImportMode; file: File }

const useImport = () => {
  const client = useQueryClient()
  return useMutation<ImportReport, Problem, Asked>({
    meta: { quiet: true },
    mutationFn: ({ what, mode, file }) => upload(`/api/${what}/import/${mode}`, file),
    onSuccess: ({ written }) => {
      if (written)
        for (const stale of [catalogue.list, catalogue.get]) void client.invalidateQueries({ queryKey: keyOf(stale) })
    },
  })
}

const wordOf = (field: string) => sayOr(`product.${field}`, field)

const Preview = ({ report }: { report: ImportReport }) => {
  const t = useSay()
  if (report.preview.length === 0) return null
  const title = t('import.first', { count: report.preview.length })
  return (
    <section>
      <h2 className="rp-legend">{title}</h2>
      <ScrollX label={title}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('import.line')}</Table.Th>
              {report.columns.map(column => (
                <Table.Th key={column} scope="col">
                  {wordOf(column)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.preview.map(row => (
              <Table.Tr key={row.line}>
                <Table.Td>{row.line}</Table.Td>
                {row.cells.map((cell, index) => (
                  <Table.Td key={report.columns[index]}>{cell.length > 60 ? `${cell.slice(0, 60)}…` : cell}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollX>
    </section>
  )
}

const Wrong = ({ report }: { report: ImportReport }) => {
  const t = useSay()
  if (report.errors.length === 0) return null
  return (
    <section>
      <h2 className="rp-legend">{t('import.wrong')}</h2>
      <ScrollX label={t('import.wrong')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('import.line')}</Table.Th>
              <Table.Th scope="col">{t('import.column')}</Table.Th>
              <Table.Th scope="col">{t('import.problem')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.errors.map(error => (
              <Table.Tr key={`${error.line} ${error.field} ${error.message}`}>
                <Table.Td>{error.line}</Table.Td>
                <Table.Td>{wordOf(error.field)}</Table.Td>
                <Table.Td>{error.message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollX>
      {report.errors.length < report.wrong && (
        <p className="rp-dim">{t('import.more', { count: report.errors.length })}</p>
      )}
    </section>
  )
}

/** What a table would do, or did: counts, mistakes by line and field, and the first rows as they are understood. */
export const Outcome = ({ report }: { report: ImportReport }) => {
  const t = useSay()
  const { rows, added, changed, unchanged, wrong, ignored, mode, written } = report
  const counts = { added, changed, unchanged, wrong, count: rows }
  return (
    <>
      <div role="status">
        {mode === 'try' && <Notice tone={wrong > 0 ? 'note' : 'info'}>{t('import.counts', counts)}</Notice>}
        {mode !== 'try' && written && <Notice tone="good">{t('import.brought', counts)}</Notice>}
        {mode !== 'try' && !written && <Notice tone="bad">{t('import.nothing')}</Notice>}
      </div>
      {ignored.length > 0 && <p className="rp-dim">{t('import.ignored', { columns: ignored.join(', ') })}</p>}
      <Wrong report={report} />
      {mode === 'try' && <Preview report={report} />}
    </>
  )
}

/** Products or stock from a spreadsheet: tried first, brought in when one has seen what it would do. */
export const Import = () => {
  const t = useSay()
  const may = useMay()
  const [what, setWhat] = useState<What>('availability')
  const [file, setFile] = useState<File | null>(null)
  const [which, setWhich] = useState<'all' | 'good'>('all')
  const act = useImport()
  const attempt = (next: What, chosen: File | null) => {
    act.reset()
    if (chosen) act.mutate({ what: next, mode: 'try', file: chosen })
  }
  const report = act.data
  const ready =
    file && report?.mode === 'try' && report.added + report.changed > 0 && (which === 'good' || report.wrong === 0)
  const kinds = (['availability', 'products'] as const).filter(one => one === 'availability' || may('catalogue.edit'))
  return (
    <div className="rp-page">
      <PageHeader title={t('import.title')} lead={t('import.lead')} />
      <div className="rp-stack">
        <NativeSelect
          label={t('import.what')}
          description={t(`import.${what}Text`)}
          data={kinds.map(value => ({ value, label: t(`import.${value}`) }))}
          value={what}
          onChange={event => {
            const next = event.currentTarget.value as What
            setWhat(next)
            attempt(next, file)
          }}
        />
        <FileInput
          label={t('import.file')}
          description={t('import.limit')}
          placeholder={t('import.choose')}
          accept=".csv,.tsv,.txt,text/csv"
          value={file}
          onChange={chosen => {
            setFile(chosen)
            attempt(what, chosen)
          }}
        />
        <ProblemNote problem={act.error} />
        {act.isPending && <Loading rows={4} />}
        {report && <Outcome report={report} />}
        {file && report?.mode === 'try' && (
          <div className="rp-actions">
            <SegmentedControl
              aria-label={t('import.which')}
              data={(['all', 'good'] as const).map(value => ({ value, label: t(`import.${value}`) }))}
              value={which}
              onChange={setWhich}
            />
            <Button disabled={!ready} loading={act.isPending} onClick={() => act.mutate({ what, mode: which, file })}>
              {t('import.bring')}
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}
