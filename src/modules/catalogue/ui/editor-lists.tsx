import { ActionIcon, Button, Switch, Textarea, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import type { Form } from './editor.tsx'
import { ProductField } from './product-field.tsx'

type ListProps<T> = {
  items: readonly T[]
  add?: { label: string; item: T }
  set: (next: T[]) => void
  removeLabel: (item: T, number: number) => string
  keyOf?: (item: T) => number
  children: (item: T, set: (part: Partial<T>) => void) => ReactNode
}

/** Rows that are added, filled in and taken away. */
const Rows = <T,>({ items, add, set, removeLabel, keyOf, children }: ListProps<T>) => (
  <div className="rp-stack">
    {items.map((item, index) => (
      <div key={keyOf?.(item) ?? index} className="rp-form-row">
        <div className="rp-stack">{children(item, part => set(items.with(index, { ...item, ...part })))}</div>
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={() => set(items.toSpliced(index, 1))}
          aria-label={removeLabel(item, index + 1)}
        >
          <IconX size={16} />
        </ActionIcon>
      </div>
    ))}
    {add && (
      <div>
        <Button variant="default" onClick={() => set([...items, add.item])}>
          {add.label}
        </Button>
      </div>
    )}
  </div>
)

export const FaultRows = ({ form }: { form: Form }) => {
  const t = useSay()
  return (
    <Rows
      items={form.values.faults}
      add={{ label: t('productForm.addFault'), item: { text: '', since: null, workaround: '', fixedOn: null } }}
      set={next => form.setFieldValue('faults', next)}
      removeLabel={(_, number) => t('productForm.removeFault', { number })}
    >
      {(fault, set) => (
        <>
          <Textarea
            label={t('productForm.fault')}
            required
            withAsterisk={false}
            autosize
            value={fault.text}
            onChange={event => set({ text: event.currentTarget.value })}
          />
          <Textarea
            label={t('productForm.workaround')}
            autosize
            value={fault.workaround}
            onChange={event => set({ workaround: event.currentTarget.value })}
          />
          <div className="rp-columns">
            <TextInput
              type="date"
              label={t('productForm.since')}
              value={fault.since ?? ''}
              onChange={event => set({ since: event.currentTarget.value || null })}
            />
            <TextInput
              type="date"
              label={t('productForm.fixedOn')}
              value={fault.fixedOn ?? ''}
              onChange={event => set({ fixedOn: event.currentTarget.value || null })}
            />
          </div>
        </>
      )}
    </Rows>
  )
}

export const PressRows = ({ form }: { form: Form }) => {
  const t = useSay()
  return (
    <Rows
      items={form.values.press}
      add={{ label: t('productForm.addPress'), item: { source: '', publishedOn: null, quote: '', url: '' } }}
      set={next => form.setFieldValue('press', next)}
      removeLabel={(_, number) => t('productForm.removePress', { number })}
    >
      {(note, set) => (
        <>
          <Textarea
            label={t('productForm.pressQuote')}
            required
            withAsterisk={false}
            autosize
            value={note.quote}
            onChange={event => set({ quote: event.currentTarget.value })}
          />
          <div className="rp-columns">
            <TextInput
              label={t('productForm.pressSource')}
              required
              withAsterisk={false}
              value={note.source}
              onChange={event => set({ source: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t('productForm.published')}
              value={note.publishedOn ?? ''}
              onChange={event => set({ publishedOn: event.currentTarget.value || null })}
            />
            <TextInput
              type="url"
              label={t('productForm.pressUrl')}
              value={note.url}
              onChange={event => set({ url: event.currentTarget.value })}
            />
          </div>
        </>
      )}
    </Rows>
  )
}

export const AlternativeRows = ({ form }: { form: Form }) => {
  const t = useSay()
  const { alternatives } = form.values
  const set = (next: typeof alternatives) => form.setFieldValue('alternatives', next)
  return (
    <div className="rp-stack">
      <Rows
        items={alternatives}
        set={set}
        keyOf={one => one.productId}
        removeLabel={one => t('productForm.removeAlternative', { name: one.name })}
      >
        {(one, change) => (
          <>
            <strong>{one.name}</strong>
            <TextInput
              label={t('productForm.alternativeNote')}
              maxLength={500}
              value={one.note}
              onChange={event => change({ note: event.currentTarget.value })}
            />
            <Switch
              label={t('productForm.bothWays')}
              checked={one.bothWays}
              onChange={event => change({ bothWays: event.currentTarget.checked })}
            />
          </>
        )}
      </Rows>
      <ProductField
        label={t('productForm.addAlternative')}
        onPick={({ id, name }) => {
          if (!alternatives.some(one => one.productId === id))
            set([...alternatives, { productId: id, name, bothWays: false, note: '' }])
        }}
      />
    </div>
  )
}
