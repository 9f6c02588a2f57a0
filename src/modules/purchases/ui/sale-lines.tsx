import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useLayoutEffect, useRef } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import { blankRow, isBlank, type Row, type SaleForm } from './sale-form.ts'
import { SaleLine, type Step } from './sale-line.tsx'
import { enter } from './stepping.ts'

/** A line that is being mended is no longer marked as wrong. */
const without = (errors: SaleForm['errors'], index: number) =>
  Object.fromEntries(Object.entries(errors).filter(([name]) => !name.startsWith(`lines[${index}].`)))

/** What was sold, line by line. Enter at the end of a line begins the next; on an empty one it goes on to the payment. */
export const SaleLines = ({ form, currency }: { form: SaleForm; currency: string }) => {
  const t = useSay()
  const all = useRef<HTMLDivElement>(null)
  const { lines } = form.values
  const setLines = (next: Row[]) => {
    form.setFieldValue('lines', next)
    form.setErrors({})
  }
  const field = (key: number | undefined, what: string) =>
    enter(all.current?.querySelector<HTMLElement>(`[data-line="${key}"] [${what}]`))
  const begun = useRef<number>(undefined)
  // Before it is seen, so that nothing typed at its sight goes elsewhere.
  useLayoutEffect(() => {
    if (!lines.some(line => line.key === begun.current)) return
    field(begun.current, 'data-what')
    begun.current = undefined
  })
  const begin = () => {
    const fresh = blankRow()
    begun.current = fresh.key
    form.setFieldValue('lines', before => [...before, fresh])
  }
  const step = (index: number) => (to: Step) => {
    const row = lines[index] as Row
    if (to === 'quantity') return field(row.key, 'data-quantity')
    if (lines[index + 1]) return field(lines[index + 1]?.key, 'data-what')
    if (to === 'next' && isBlank(row)) enter(document.querySelector<HTMLElement>('[data-after-lines]'))
    else begin()
  }
  return (
    <div className="rp-stack" ref={all}>
      {lines.map((row, index) => (
        <SaleLine
          key={row.key}
          {...{ form, index, row, currency }}
          set={part => {
            form.setFieldValue(`lines.${index}`, before => ({ ...before, ...part }))
            form.setErrors(without(form.errors, index))
          }}
          step={step(index)}
          remove={() => setLines(lines.length > 1 ? lines.toSpliced(index, 1) : [blankRow()])}
        />
      ))}
      <div>
        <Button variant="default" size="compact-md" leftSection={<IconPlus size={15} />} onClick={begin}>
          {t('purchaseForm.add')}
        </Button>
      </div>
    </div>
  )
}
