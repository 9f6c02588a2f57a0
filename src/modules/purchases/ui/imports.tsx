import './purchases.css'
import { Button, FileInput, NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { Link, useNavigate } from 'react-router'
import { money } from '../../../shared/money.ts'
import { usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { inNumbers, TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Channel, channels, type PurchaseImport, purchaseImports } from '../contract.ts'
import { useSending } from './import-following.ts'
import { ImportState } from './import-state.tsx'

/** Fields stand in one line, however much is said of each. */
const below: ['label', 'input', 'description', 'error'] = ['label', 'input', 'description', 'error']

type Values = { file: File | null; source: string; channel: Channel }

const Begin = () => {
  const t = useSay()
  const go = useNavigate()
  const form = useForm<Values>({ initialValues: { file: null, source: '', channel: 'distance' } })
  const { start, busy, problem } = useSending(id => void go(`/purchases/import/${id}`))
  return (
    <form
      className="rp-stack"
      onSubmit={form.onSubmit(({ file, source, channel }) => {
        if (file) start(file, { source: source.trim(), channel })
      })}
    >
      <ProblemNote problem={problem} />
      <div className="rp-columns">
        <FileInput
          label={t('purchaseImport.file')}
          description={t('purchaseImport.fileText')}
          inputWrapperOrder={below}
          placeholder={t('import.choose')}
          accept=".csv,.tsv,.txt,text/csv"
          {...form.getInputProps('file')}
        />
        <TextInput
          label={t('purchaseImport.source')}
          description={t('purchaseImport.sourceText')}
          inputWrapperOrder={below}
          maxLength={60}
          {...form.getInputProps('source')}
        />
        <NativeSelect
          label={t('purchases.channel')}
          description={t('purchaseImport.channelText')}
          inputWrapperOrder={below}
          data={channels.map(value => ({ value, label: t(`purchases.channel.${value}`) }))}
          {...form.getInputProps('channel')}
        />
      </div>
      <div>
        <Button type="submit" loading={busy} disabled={!form.values.file || form.values.source.trim() === ''}>
          {t('purchaseImport.begin')}
        </Button>
      </div>
    </form>
  )
}

const Row = ({ one }: { one: PurchaseImport }) => {
  const t = useSay()
  const { id, name, source, state, by, createdAt, sold, soldMinor, currency } = one
  const facts = [source, by && t('purchaseImport.by', { name: by.name })].filter(Boolean).join(' · ')
  return (
    <li>
      <Link to={`/purchases/import/${id}`} className="rp-row-link">
        <span className="rp-grow">
          <span className="rp-purchase-first">{name}</span>
          <span className="rp-dim rp-small rp-purchase-about">
            {facts} · <TimeAgo at={createdAt} />
          </span>
        </span>
        <span className="rp-purchase-end">
          <ImportState state={state} />
          <span className="rp-purchase-total">
            {money(soldMinor, currency)}
            <span className="rp-dim rp-small rp-purchase-about">
              {t('purchaseImport.count', { count: sold, n: inNumbers(sold) })}
            </span>
          </span>
        </span>
      </Link>
    </li>
  )
}

/** Files of purchases: a new one is looked through first, earlier ones can be taken back. */
export const Imports = () => {
  const t = useSay()
  const list = usePages(purchaseImports.imports, {})
  return (
    <div className="rp-page">
      <PageHeader title={t('purchaseImport.title')} lead={t('purchaseImport.lead')} />
      <Section title={t('purchaseImport.start')} lead={t('purchaseImport.columns')}>
        <Begin />
      </Section>
      <Section title={t('purchaseImport.list')}>
        <RecordList
          of={list}
          height={56}
          none={
            <EmptyState
              icon={<IconFileSpreadsheet size={34} stroke={1.2} />}
              title={t('purchaseImport.none')}
              text={t('purchaseImport.noneText')}
            />
          }
        >
          {one => <Row key={one.id} one={one} />}
        </RecordList>
      </Section>
    </div>
  )
}
