import './purchases.css'
import { Button, Loader, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconReceipt, IconScan } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { channels, purchases } from '../contract.ts'
import { useFinding, useFirstField, useNarrowing } from './finding.ts'
import { Only } from './only.tsx'
import { PurchaseRow } from './purchase-row.tsx'

const Actions = () => {
  const t = useSay()
  const may = useMay()
  return (
    <>
      {may('purchase.import') && (
        <Button variant="default" component={Link} to="/purchases/import">
          {t('purchaseImport.title')}
        </Button>
      )}
      {may('purchase.record') && (
        <Button component={Link} to="/purchases/new">
          {t('purchaseForm.title')}
        </Button>
      )}
    </>
  )
}

type FindProps = { text: string; setText: (text: string) => void; finding: ReturnType<typeof useFinding> }

const Find = ({ text, setText, finding }: FindProps) => {
  const t = useSay()
  const field = useRef<HTMLInputElement>(null)
  useFirstField(field)
  return (
    <TextInput
      ref={field}
      type="search"
      label={t('purchases.find')}
      description={t('purchases.findHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      leftSection={finding.busy ? <Loader size={14} /> : <IconScan size={16} aria-hidden />}
      value={text}
      maxLength={100}
      autoComplete="off"
      onChange={event => {
        setText(event.currentTarget.value)
        finding.forget()
      }}
      onKeyDown={event => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        event.preventDefault()
        finding.find(event.currentTarget.value)
        // The next scan takes the place of this one.
        event.currentTarget.select()
      }}
    />
  )
}

const Nothing = ({ typed, narrow }: { typed: boolean; narrow: boolean }) => {
  const t = useSay()
  const which = typed ? 'none' : narrow ? 'noneHere' : 'empty'
  const icon = <IconReceipt size={34} stroke={1.2} />
  return <EmptyState icon={icon} title={t(`purchases.${which}`)} text={t(`purchases.${which}Text`)} />
}

/** What customers bought: found by whatever number is at hand, opened by Enter. */
export const Purchases = () => {
  const t = useSay()
  const { personId, importId, channel, start, set } = useNarrowing()
  const [text, setText] = useState(start)
  const [q] = useDebouncedValue(text.trim(), 200)
  const finding = useFinding({
    cardOf: person => {
      setText('')
      set('person', String(person.id))
    },
  })
  const narrowed = { ...(personId ? { personId } : {}), ...(importId ? { importId } : {}) }
  const list = usePages(
    purchases.list,
    { limit: 50, ...(q ? { q } : {}), ...narrowed, ...(channel ? { channel } : {}) },
    { keep: true },
  )
  return (
    <div className="rp-page">
      <PageHeader title={t('purchases.title')} lead={t('purchases.lead')}>
        <Actions />
      </PageHeader>
      <div className="rp-purchase-find">
        <Find text={text} setText={setText} finding={finding} />
        <NativeSelect
          label={t('purchases.channel')}
          data={[
            { value: '', label: t('purchases.channel.any') },
            ...channels.map(value => ({ value, label: t(`purchases.channel.${value}`) })),
          ]}
          value={channel ?? ''}
          onChange={event => set('channel', event.currentTarget.value)}
        />
      </div>
      <Only personId={personId} name={list.items[0]?.person?.name} importId={importId} clear={name => set(name, '')} />
      <p className={finding.missed ? 'rp-dim rp-purchase-missed' : 'rp-hidden'} role="status">
        {finding.missed && t('purchases.noCode', { code: finding.missed })}{' '}
        {list.isSuccess && (q || channel) && t('purchases.found', { count: list.items.length })}
      </p>
      <RecordList
        of={list}
        height={56}
        none={<Nothing typed={q !== ''} narrow={channel !== null || personId !== null || importId !== null} />}
      >
        {row => <PurchaseRow key={row.id} row={row} />}
      </RecordList>
    </div>
  )
}
